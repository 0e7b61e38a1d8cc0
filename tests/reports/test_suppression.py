"""What is hidden cannot be worked out from what is published; totals stay the sum of their parts."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import TOTAL, hidden, with_margins

NAMES = "abcdefgh"


@st.composite
def tables(draw, axes=3, values=4, most=40):
    sizes = draw(st.lists(st.integers(1, values), min_size=1, max_size=axes))
    names = [[f"{NAMES[n]}{i}" for i in range(size)] for n, size in enumerate(sizes)]
    counts = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, most))
    return names, {key: draw(counts) for key in product(*names)}


def equations(axes):
    """For each line of the table along each axis: its parts, and their sum."""
    for n, values in enumerate(axes):
        for rest in product(*([*other, TOTAL] for m, other in enumerate(axes) if m != n)):
            line = [rest[:n] + (value,) + rest[n:] for value in values]
            yield line, rest[:n] + (TOTAL,) + rest[n:]


def bounds(axes, cube, gone):
    """Lowest and highest value of every cell that fits what is published, by repeated linear reasoning."""
    most = sum(cube[key] for key in cube if TOTAL not in key) + 1000
    low = {key: 0 if key in gone else value for key, value in cube.items()}
    high = {key: most if key in gone else value for key, value in cube.items()}
    for _ in range(30):
        before = dict(low), dict(high)
        for line, total in equations(axes):
            low[total] = max(low[total], sum(low[key] for key in line))
            high[total] = min(high[total], sum(high[key] for key in line))
            for key in line:
                others = [other for other in line if other != key]
                low[key] = max(low[key], low[total] - sum(high[other] for other in others))
                high[key] = min(high[key], high[total] - sum(low[other] for other in others))
        if (low, high) == before:
            break
    return low, high


def determined(axes, gone):
    """Hidden cells that the equations alone fix to one value (Gauss-Jordan elimination over the fractions)."""
    unknown = sorted(gone)
    rows = []
    for line, total in equations(axes):
        row = [Fraction((key in line) - (key == total)) for key in unknown]
        if any(row):
            rows.append(row)
    rank = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for r in range(len(rows)):
            if r != rank and (factor := rows[r][column]):
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    fixed = [[n for n, value in enumerate(row) if value] for row in rows[:rank]]
    return {unknown[cells[0]] for cells in fixed if len(cells) == 1}


@given(tables(), st.sampled_from([3, 5, 10]))
@settings(max_examples=200, deadline=None)
def test_no_hidden_cell_can_be_derived_from_the_published_margins(table, k):
    axes, counts = table
    cube = with_margins(axes, counts)
    gone = hidden(axes, cube, k)
    low, high = bounds(axes, cube, gone)
    assert not determined(axes, gone)
    for key in gone:
        assert high[key] > low[key], (key, low[key], cube[key], high[key])
    assert not [key for key, count in cube.items() if 0 < count < k and key not in gone]


@given(tables(axes=2, values=3, most=5), st.sampled_from([2, 3, 4]))
@settings(max_examples=150, deadline=None)
def test_for_every_hidden_cell_another_whole_table_fits(table, k):
    axes, counts = table
    cube = with_margins(axes, counts)
    gone = hidden(axes, cube, k)
    low, high = bounds(axes, cube, gone)
    inner = [key for key in cube if TOTAL not in key]
    seen = {key: set() for key in gone}
    ranges = [range(low[key], min(high[key], cube[key] + 2) + 1) for key in inner]
    if not gone or len(inner) > 6 or _many(ranges) > 40_000:
        return
    for values in product(*ranges):
        other = with_margins(axes, dict(zip(inner, values, strict=True)))
        if all(other[key] == cube[key] for key in cube if key not in gone):
            for key in gone:
                seen[key].add(other[key])
    assert all(len(values) > 1 for values in seen.values()), seen


def _many(ranges):
    size = 1
    for one in ranges:
        size *= max(len(one), 1)
    return size


@given(tables())
@settings(max_examples=100, deadline=None)
def test_totals_equal_their_parts(table):
    axes, counts = table
    cube = with_margins(axes, counts)
    for line, total in equations(axes):
        assert cube[total] == sum(cube[key] for key in line)
    assert cube[(TOTAL,) * len(axes)] == sum(counts.values())


@given(tables(), st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_same_numbers_hide_the_same_cells(table, random):
    axes, counts = table
    shuffled = list(counts.items())
    random.shuffle(shuffled)
    assert hidden(axes, with_margins(axes, counts), 5) == hidden(axes, with_margins(axes, dict(shuffled)), 5)


@given(tables())
@settings(max_examples=100, deadline=None)
def test_the_number_that_tables_share_is_hidden_only_when_it_is_small(table):
    axes, counts = table
    cube = with_margins(axes, counts)
    grand = (TOTAL,) * len(axes)
    assert (grand in hidden(axes, cube, 5)) == (0 < cube[grand] < 5)


def test_nothing_is_hidden_without_need():
    axes = [["FR", "DE"], ["female", "male"]]
    large = with_margins(axes, dict.fromkeys(product(*axes), 20))
    assert hidden(axes, large, 5) == set()
    empty = with_margins(axes, {})
    assert hidden(axes, empty, 5) == set()


def test_one_small_cell_takes_the_cheapest_square_with_it():
    axes = [["FR", "DE", "BE"], ["female", "male"]]
    cells = {("FR", "female"): 3, ("FR", "male"): 30, ("DE", "female"): 50, ("DE", "male"): 60}
    cells |= {("BE", "female"): 9, ("BE", "male"): 8}
    gone = hidden(axes, with_margins(axes, cells), 5)
    assert gone == {("FR", "female"), ("FR", "male"), ("BE", "female"), ("BE", "male")}


@pytest.mark.parametrize("k", [5])
def test_a_table_about_fewer_people_than_k_is_not_published_at_all(k):
    axes = [["SN"], ["female", "male"]]
    cube = with_margins(axes, {("SN", "female"): 2})
    assert hidden(axes, cube, k) == set(cube)
