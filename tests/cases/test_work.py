"""What waits for whom: derived from the facts, for the right person, at the right time, once."""

from datetime import date, timedelta

import pytest

from cases.lifecycle import add_task, raise_concern
from cases.models import Case, Work
from cases.work import settle
from cases.worklist import groups, row_of
from tests import make, moments
from tests.seen import fresh, waits


def mine(user) -> list[str]:
    return [work.kind for work in Work.objects.waiting_for(user, make.today(user))]


def test_settling_again_changes_nothing(cast):
    case = fresh(make.granted(cast).case)
    before = list(Work.objects.order_by("pk").values())
    settle(case)
    assert list(Work.objects.order_by("pk").values()) == before


def test_the_owner_has_the_next_step_and_the_colleague_has_not(cast, amina, claire, bashir):
    make.opened(cast)
    assert (mine(amina), mine(claire), mine(bashir)) == (["start_counselling"], [], [])


def test_a_decision_waits_for_every_supervisor(cast, amina, bashir, samuel):
    make.asked(cast)
    assert (mine(amina), mine(bashir), mine(samuel)) == ([], ["decide_case"], ["decide_case"])


def test_a_hand_over_waits_for_the_partner_until_someone_takes_it(cast, horizon, hawa, lantern):
    make.handed_over(cast)
    assert (mine(horizon), mine(lantern)) == (["accept_handover"], [])


def test_a_review_waits_for_the_named_reviewer_alone(cast, amina, bashir, samuel):
    case = make.screened(cast)
    raise_concern(case.people.get(), by=amina, kind="fear", detail="Debts", reviewer=bashir)
    assert "release_concern" in mine(bashir) and "release_concern" not in mine(samuel)


def test_a_deputy_stands_in_while_somebody_is_away(cast, amina, claire, clock):
    make.opened(cast)
    today = make.today(amina)
    amina.deputy, amina.away_from, amina.away_until = claire, today, today + timedelta(days=2)
    amina.save()
    assert mine(claire) == ["start_counselling"]
    clock.shift(timedelta(days=3))
    assert mine(claire) == []


def test_steps_are_due_in_working_days(cast):
    case = make.opened(cast)
    assert Work.objects.get(case=case).due_on == date(2026, 3, 17)
    assert fresh(case).next_due_on == date(2026, 3, 17)


def test_my_work_comes_in_the_order_of_the_day(cast, amina, clock):
    case, today = make.opened(cast), make.today(amina)
    for days, title in ((-1, "late"), (0, "today"), (20, "later")):
        add_task(case, by=amina, title=title, due_on=today + timedelta(days=days))
    found = groups(Work.objects.waiting_for(amina, today).order_by("due_on"), today, amina)
    assert [(tone, len(rows)) for _heading, tone, rows in found] == [
        ("late", 1),
        ("today", 1),
        ("week", 1),
        ("later", 1),
    ]


@pytest.mark.parametrize(
    "made",
    [make.in_screening, make.asked, make.booked, make.departed, make.agreed, make.quoted, make.ordered]
    + [moments.concern, moments.walk_in, moments.accepted_referral, moments.task],
)
def test_each_row_of_work_leads_to_a_page_that_is_there(made, cast, client):
    made(cast)
    for work in Work.objects.open().select_related("case", "shared", "for_user"):
        doer = work.for_user or next(u for u in cast.everybody().values() if work in of(u))
        row = row_of(work, make.today(doer), doer)
        client.force_login(doer)
        assert client.get(row.act_url).status_code == 200, (work.kind, row.act_url)


def of(user):
    return Work.objects.waiting_for(user, make.today(user))


def test_the_case_shows_the_earliest_date_that_is_no_secret(cast, amina):
    case = make.opened(cast)
    early = make.today(amina) + timedelta(days=1)
    add_task(case, by=amina, title="Call", due_on=early)
    assert fresh(case).next_due_on == early == Case.objects.get().next_due_on
    assert waits(case) == {"start_counselling", "task"}


def test_a_flight_is_booked_in_time_before_the_departure_that_the_programme_expects(cast, amina):
    """Nineteen days after the hand-over, a Tuesday, is a Sunday; five working days before it are a Monday."""
    row = Work.objects.open().get(case=make.preparing(cast).case, kind="book_travel")
    assert row.due_on == date(2026, 3, 23)
    cast.programme.registration_days = 0
    cast.programme.save()
    row = Work.objects.open().get(case=make.preparing(cast).case, kind="book_travel")
    assert row.due_on == date(2026, 3, 10), "never before the hand-over itself"


# --- every list says what waits for whom, since when ---


@pytest.mark.parametrize(("name", "address", "words"), [
    ("amina", "/", "Waits for 3 days."),
    ("horizon", "/", "Waits for 3 days."),
    ("horizon", "/arrivals/", "Horizon"),
    ("horizon", "/cases/{}/", "Waits for 3 days."),
    ("mira", "/cases/", "Caseworker"),
    ("amina", "/cases/", "for 3 days"),
])  # fmt: skip
def test_every_list_says_for_whom_and_since_when(cast, client, clock, name, address, words):
    shared = make.booked(cast)
    add_task(shared.case, by=cast.amina, title="Call the consulate", due_on=make.today(cast.amina))
    add_task(shared, by=cast.horizon, title="Find a room", due_on=make.today(cast.horizon))
    clock.shift(timedelta(days=3))
    client.force_login(getattr(cast, name))
    page = client.get(address.format(shared.reference)).content.decode()
    assert words in page and "for 3 days" in page


def test_a_follow_up_says_for_whom_it_waits(cast, client, amina, horizon):
    shared = make.arrived(cast)
    for user in (amina, horizon):
        client.force_login(user)
        page = client.get(f"/cases/{shared.reference}/follow-ups/").content.decode()
        assert "Waits for <strong>Horizon</strong>, since today" in page
