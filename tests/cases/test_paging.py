"""Long lists by key: every row once, whatever the order; a mark nobody wrote leads to the first page."""

from datetime import date, timedelta

import pytest

from cases.models import Case
from cases.paging import keyset
from referrals.models import Sector, Service
from tests import make


def walk(queryset, by: str, size: int = 2) -> list:
    rows, after = [], ""
    while True:
        page = keyset(queryset, after, size, by)
        rows += page.rows
        if not (after := page.after):
            return rows


@pytest.mark.parametrize("by", ["next_due_on", "-next_due_on", "-opened_at", "opened_at"])
def test_every_row_comes_once_with_or_without_a_date(cast, by):
    for number in range(5):
        case = make.opened(cast)
        due = date(2026, 5, 1) + timedelta(days=number // 2) if number < 3 else None
        Case.objects.filter(pk=case.pk).update(next_due_on=due)
    rows = walk(Case.objects.all(), by)
    assert len(rows) == len({case.pk for case in rows}) == 5
    if "due" in by:
        assert [case.next_due_on is None for case in rows] == [False, False, False, True, True]


def test_a_list_by_name_goes_on_too(cast):
    for name in ("Atelier", "Bourse", "T-shirts", "Zinc"):
        Service.objects.create(provider=cast.provider, name=name, sector=Sector.FINANCE, country="SN")
    names = [service.name for service in walk(Service.objects.all(), "name")]
    assert names == ["Atelier", "Bourse", "Psychosocial support", "T-shirts", "Zinc"]


@pytest.mark.parametrize("mark", ["", "x", "bnVsbA", "WzEsMl0", "WyIwMDAxLTAxLTAxIiwgMV0", "éé", "W10", "WyJ4IiwgMV0"])
def test_a_mark_that_nobody_wrote_leads_to_the_first_page(cast, mark):
    case = make.opened(cast)
    for by in ("next_due_on", "-opened_at"):
        assert keyset(Case.objects.all(), mark, 5, by).rows in ([case], [])
