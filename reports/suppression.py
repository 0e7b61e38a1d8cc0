"""Small numbers of people are not published, and cannot be worked out from what is.

Primary: every count from 1 to k-1 (domain: reporting 5). Secondary: for each such cell the cheapest hypercube of the
table, margins included, is hidden with it. Adding 1 to its corners in turn and taking 1 away leaves every published sum
as it is, so each hidden cell has at least two values that fit: that is the proof, and tests/reports checks it anew.

The grand total is never hidden as a complement: it is the one number that the tables about people share, so that tables
protected one by one stay protected together. Where it is itself small, nothing of the table is published. The order of
choice is fixed: the same numbers give the same pattern.
"""

from itertools import product

TOTAL = ""
Key = tuple[str, ...]


def with_margins(axes: list[list[str]], counts: dict[Key, int]) -> dict[Key, int]:
    """Every cell of the table and every sum, under keys in which TOTAL stands for «all values of this axis»."""
    cube = dict.fromkeys(product(*([*values, TOTAL] for values in axes)), 0)
    for key, count in counts.items():
        for sums in product((False, True), repeat=len(axes)):
            cube[tuple(TOTAL if summed else value for summed, value in zip(sums, key, strict=True))] += count
    return cube


def hidden(axes: list[list[str]], cube: dict[Key, int], k: int) -> set[Key]:
    """The keys of `cube` (from with_margins) that must not be published when counts below `k` are to be protected."""
    grand = (TOTAL,) * len(axes)
    if cube[grand] == 0:
        return set()
    if cube[grand] < k:
        return set(cube)
    order = {key: number for number, key in enumerate(cube)}
    primary = sorted((key for key, count in cube.items() if 0 < count < k), key=lambda key: (cube[key], order[key]))
    chosen, protected = set(primary), set()
    for key in primary:
        if key in protected:
            continue
        corners = min(
            (corners for corners in _cubes_around(axes, key) if grand not in corners),
            key=lambda corners: _price(cube, key, corners, chosen, k),
        )
        chosen |= corners.keys()
        protected |= corners.keys()
    return chosen


def _cubes_around(axes: list[list[str]], key: Key):
    """Every hypercube with a corner in `key`: {corner: +1 or -1}, how it moves so that all sums stay."""
    others = [[value for value in [*values, TOTAL] if value != mine] for values, mine in zip(axes, key, strict=True)]
    for opposite in product(*others):
        yield {
            corner: _sign(key, corner)
            for corner in product(*([mine, other] for mine, other in zip(key, opposite, strict=True)))
        }


def _sign(key: Key, corner: Key) -> int:
    """Neighbours on an axis move against each other; a sum moves with its part."""
    turns = sum(mine != other for mine, other in zip(key, corner, strict=True))
    turns += key.count(TOTAL) + corner.count(TOTAL)
    return -1 if turns % 2 else 1


def _price(cube, key, corners, chosen, k) -> tuple:
    """What hiding costs: no protection at all is impossible, a narrow one dear, then sums, zeros, and large numbers."""
    down = min(cube[corner] for corner, sign in corners.items() if sign > 0)
    falling = [cube[corner] for corner, sign in corners.items() if sign < 0]
    room = down + (min(falling) if falling else k)
    new = [corner for corner in corners if corner not in chosen]
    return (
        room < 1,
        room < k,
        sum(corner.count(TOTAL) for corner in new),
        sum(cube[corner] == 0 for corner in new),
        sum(cube[corner] for corner in new),
        tuple(corners),
    )
