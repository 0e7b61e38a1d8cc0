"""How many queries a page takes: within its budget, and no more when there is more to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.lifecycle import add_note, add_task
from tests import make
from tests.make import OUSMANE

BUDGETS = {  # page: (who, address, most queries)
    "my work": ("amina", "/", 14),
    "my work of a partner": ("horizon", "/", 14),
    "case list": ("amina", "/cases/?stage=open", 14),
    "people of a partner": ("horizon", "/cases/", 10),
    "case": ("amina", "{case}", 34),
    "story": ("amina", "{case}story/", 16),
    "person": ("amina", "{case}people/1/", 24),
    "decision": ("bashir", "{case}decision/", 24),
    "journey": ("amina", "{case}journey/", 24),
    "journey of a partner": ("horizon", "{case}journey/", 14),
    "plan": ("horizon", "{case}plan/", 24),
    "grants": ("horizon", "{case}grants/", 24),
    "grant": ("horizon", "/grants/{grant}/", 20),
    "all grants": ("faye", "/grants/", 10),
    "follow-ups": ("horizon", "{case}follow-ups/", 14),
    "referrals": ("amina", "/referrals/", 12),
    "arrivals": ("horizon", "/arrivals/", 12),
    "shared case": ("horizon", "{case}", 20),
}


def count(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_keeps_its_budget_however_much_it_shows(page, cast, client):
    who, address, most = BUDGETS[page]
    grant = make.quoted(cast, OUSMANE)
    make.booked(cast)
    address = address.format(case=f"/cases/{grant.case.reference}/", grant=grant.reference)
    client.force_login(getattr(cast, who))
    count(client, address)  # the first request of a session writes it
    few = count(client, address)
    more(cast, grant)
    many = count(client, address)
    assert many <= few + 1, "more rows, more queries"
    assert many <= most, f"{many} queries"


def more(cast, grant) -> None:
    """More of everything: cases, work, notes, grants, quotes, journeys."""
    make.booked(cast)
    make.departed(cast)
    other = make.request(cast, grant.plan, "100", "A table")
    make.quote(other, "90", "One")
    make.quote(other, "95", "Two")
    for number in range(4):
        add_note(grant.shared, by=cast.horizon, note=f"Call {number}")
        add_task(grant.case, by=cast.amina, title=f"Task {number}", due_on=make.today(cast.amina))
        add_task(grant.shared, by=cast.horizon, title=f"Task {number}", due_on=make.today(cast.horizon))
