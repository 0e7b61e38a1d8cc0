"""Journey, departure and arrival, per person."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cases.gates import missing
from cases.lifecycle import (
    acknowledge_travel,
    book_travel,
    cancel_travel,
    confirm_arrival,
    correct_fact,
    record_departure,
    record_fit_to_travel,
    record_no_departure,
    record_travel_document,
)
from cases.models import Itinerary, SharedCase, Work
from cases.transitions import Missing, StepNotAllowed
from cases.work import settle
from reintegration.budgets import money_of
from reintegration.lifecycle import agree_plan
from tests import make
from tests.make import OUSMANE
from tests.seen import fresh, last_line, stage, told, verbs, waits

DAY = timedelta(days=1)


# --- the journey ---


def test_a_journey_is_booked_and_the_partner_acknowledges_it(cast, amina, horizon):
    shared = make.preparing(cast)
    itinerary = make.book(shared.case, hours=240)
    assert waits(shared) == {"acknowledge_travel", "record_departure"} and told(horizon)[-1] == "travel_booked"
    acknowledge_travel(shared, by=horizon)
    assert fresh(itinerary).acknowledged_by == horizon and waits(shared) == {"record_departure"}
    with pytest.raises(StepNotAllowed, match="no newer journey"):
        acknowledge_travel(shared, by=horizon)


def test_a_cancelled_flight_is_one_change_that_reaches_everyone(cast, amina, horizon, hawa):
    shared = make.booked(cast)
    acknowledge_travel(shared, by=horizon)
    with pytest.raises(ValidationError, match="Say why the journey changes"):
        make.book(shared.case, hours=48)
    before = len(told(hawa))
    second = book_travel(
        shared.case, by=cast.claire, flight="SN 204", departs_from="Lyon", departs_at=timezone.now() + 2 * DAY,
        arrives_in="Dakar", arrives_at=timezone.now() + 2.5 * DAY, why_changed="Flight cancelled",
    )  # fmt: skip
    assert second.version == 2 and "acknowledge_travel" in waits(shared)
    assert fresh(shared).expected_on == second.arrives_on and last_line(shared).note == "Flight cancelled"
    assert told(horizon)[-1] == "travel_booked" and told(amina)[-1] == "travel_changed"
    assert told(hawa)[before:] == ["travel_booked"], "the coordinator too: the worker may be away"
    assert told(cast.lantern) == [] and told(cast.claire) == []


def test_a_journey_cancelled_without_another_reaches_everyone_too(cast, amina, horizon, hawa, claire):
    shared = make.booked(cast)
    cancel_travel(shared.case, by=claire, note="The airline went on strike")
    assert told(horizon)[-1] == told(hawa)[-1] == told(amina)[-1] == "travel_cancelled"
    assert waits(shared) == {"book_travel"}


def test_a_new_flight_rechecks_the_papers(cast, amina):
    shared = make.booked(cast)
    person = shared.case.people.get()
    day = make.today(amina)
    record_travel_document(
        person, by=amina, kind="passport", number="A", issued_on=day - DAY, valid_until=day + 5 * DAY
    )
    make.book(shared.case, hours=24 * 20, why_changed="Flight cancelled")
    assert "Travel document of Fatou Sarr" in [gate.label for gate in missing(fresh(shared.case))]


@pytest.mark.parametrize(("departs", "arrives", "words"), [(2, 1, "before the departure"), (-5, 1, "in the past")])
def test_a_journey_runs_forward_in_time(cast, amina, departs, arrives, words):
    case, now = make.preparing(cast).case, timezone.now()
    with pytest.raises(ValidationError, match=words):
        book_travel(
            case,
            by=amina,
            flight="AF 718",
            departs_from="Lyon",
            arrives_in="Dakar",
            departs_at=now + timedelta(hours=departs),
            arrives_at=now + timedelta(hours=arrives),
        )
    assert not Itinerary.objects.exists()


def test_nothing_is_booked_before_the_partner_has_accepted(cast):
    with pytest.raises(StepNotAllowed, match="after the partner has accepted"):
        make.book(make.handed_over(cast).case)


def test_who_may_not_book(cast, mira, horizon):
    case = make.preparing(cast).case
    for stranger in (mira, horizon):
        case.owner = stranger
        with pytest.raises(PermissionDenied):
            make.book(case)


# --- departure ---


def test_members_of_a_family_may_leave_on_different_days(cast, amina, clock):
    case = make.booked(cast, OUSMANE).case
    fatou, ousmane = case.people.all()
    make.depart(case, fatou)
    assert (stage(case), fresh(ousmane).status) == ("travelling", "taking_part")
    clock.shift(3 * DAY)
    make.depart(case, ousmane)
    assert fresh(case).departed_on == fresh(fatou).departed_on < fresh(ousmane).departed_on


def test_nobody_departs_without_a_valid_paper(cast, amina):
    shared = make.preparing(cast)
    make.book(shared.case)
    with pytest.raises(Missing, match="Travel document of Fatou Sarr"):
        make.depart(shared.case)
    assert stage(shared) == "preparing"


def test_who_is_ill_departs_with_a_doctors_yes_that_still_holds(cast, amina):
    case, day = make.booked(cast).case, make.today(amina)
    person = case.people.get()
    make.screen(person, "health")
    with pytest.raises(Missing, match="Health check for the journey"):
        make.depart(case)
    record_fit_to_travel(person, by=amina, is_fit=True, examined_on=day - 9 * DAY, valid_until=day - DAY)
    with pytest.raises(Missing, match="Health check for the journey"):
        make.depart(case)
    record_fit_to_travel(person, by=amina, is_fit=True, examined_on=day, valid_until=day)
    make.depart(case)
    assert stage(case) == "travelling"


def test_a_departure_is_not_recorded_ahead_or_for_nobody_or_for_strangers(cast, amina):
    case, other, day = make.booked(cast).case, make.booked(cast).case, make.today(amina)
    with pytest.raises(ValidationError, match="on the day or after"):
        make.depart(case, on=day + DAY)
    for people in ([], list(other.people.all())):
        with pytest.raises(ValidationError, match="Choose who departed"):
            record_departure(case, by=amina, people=people, departed_on=day)
    assert stage(case) == "preparing"


def test_a_departure_follows_a_booked_journey(cast, amina, horizon):
    shared = make.preparing(cast)
    make.give_papers(shared.case)
    with pytest.raises(StepNotAllowed, match="follows a booked journey"):
        make.depart(shared.case)
    with pytest.raises(PermissionDenied):
        record_departure(
            shared.case, by=horizon, people=list(shared.case.people.all()), departed_on=make.today(horizon)
        )


def test_did_not_depart_closes_the_case_and_frees_the_budget(cast, amina, horizon):
    shared = make.booked(cast)
    case = shared.case
    plan = make.draft(shared, by=horizon)
    assert money_of(plan).entitled == Decimal(2000)
    record_no_departure(case, by=amina, people=list(case.people.all()), note="Changed her mind", try_again=False)
    case = fresh(case)
    assert (case.stage, case.outcome, waits(case)) == ("closed", "not_departed", set())
    plan = fresh(plan)
    assert (money_of(plan).entitled, money_of(plan).left, plan.cap) == (0, 0, 0)
    with pytest.raises(StepNotAllowed, match="closed"):
        agree_plan(plan, by=horizon, signed_how="drawn", strokes=make.STROKES)
    assert not SharedCase.objects.visible_to(horizon).exists()


def test_did_not_depart_can_be_tried_again(cast, amina):
    shared = make.departed(cast)
    case = shared.case
    record_no_departure(case, by=amina, people=list(case.people.all()), note="Missed the flight", try_again=True)
    assert (stage(case), fresh(case).departed_on) == ("preparing", None)
    make.book(case, why_changed="Missed the flight")
    make.depart(case)
    assert stage(case) == "travelling"


def test_who_did_not_depart_does_not_hold_the_others(cast, amina):
    shared = make.departed(cast, OUSMANE)
    case = shared.case
    ousmane = case.people.last()
    record_no_departure(case, by=amina, people=[ousmane], note="Fell ill", try_again=False)
    assert stage(case) == "travelling"
    make.arrive(shared, shared.people.first())
    assert stage(case) == "reintegration"


def test_after_thirty_days_somebody_asks_did_they_leave(cast, clock):
    case = make.departed(cast).case
    clock.shift(29 * DAY)
    settle(fresh(case))
    assert "did_they_leave" not in waits(case)
    clock.shift(DAY)
    settle(fresh(case))
    assert "did_they_leave" in waits(case)


def test_one_family_is_one_piece_of_work_not_one_each(cast):
    case = make.departed(cast, OUSMANE).case
    assert Work.objects.open().filter(case=case, kind="confirm_arrival").count() == 1


def test_times_are_those_of_the_ticket_at_each_end(cast, amina, client):
    """11:00 in Lyon and 23:30 in Dakar: two time zones, and for Lyon it is the next day already."""
    shared = make.preparing(cast)
    client.force_login(amina)
    ticket = {"flight": "SN 204", "departs_from": "Lyon", "arrives_in": "Dakar"}
    times = {"departs_at": "2026-03-20T11:00", "arrives_at": "2026-03-20T23:30"}
    client.post(f"/cases/{shared.reference}/book_travel/", ticket | times)
    journey = shared.itineraries.get()
    assert journey.departs_at == datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert journey.arrives_at == datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
    assert fresh(shared).expected_on == date(2026, 3, 20)
    client.force_login(shared.worker)
    page = client.get(f"/cases/{shared.reference}/").content.decode()
    assert "11:00" in page and "23:30" in page


# --- arrival ---


def test_the_partner_confirms_the_arrival(cast, amina, horizon):
    shared = make.departed(cast)
    make.arrive(shared)
    case = fresh(shared.case)
    assert (case.stage, case.arrived_on) == ("reintegration", make.today(horizon))
    assert told(amina)[-1] == "arrival_confirmed"
    assert waits(case) == {"agree_plan", "pay_arrival_cash", "record_follow_up"}


def test_an_arrival_is_not_before_the_departure_nor_ahead(cast, horizon):
    shared = make.departed(cast)
    day = make.today(horizon)
    with pytest.raises(ValidationError, match="before the departure"):
        make.arrive(shared, on=day - DAY)
    with pytest.raises(ValidationError, match="on the day or after"):
        make.arrive(shared, on=day + DAY)
    assert stage(shared) == "travelling"


def test_a_forgotten_departure_is_filled_in(cast, clock):
    shared = make.booked(cast)
    clock.shift(2 * DAY)
    make.arrive(shared)
    person = shared.case.people.get()
    flight = shared.itineraries.get()
    assert (person.status, person.departed_on) == ("arrived", flight.departs_on)
    assert stage(shared) == "reintegration"


def test_a_partner_confirms_only_its_own_people(cast, horizon, lantern, amina):
    mine, other = make.departed(cast), make.departed(cast)
    with pytest.raises(PermissionDenied):
        confirm_arrival(mine, by=amina, people=list(mine.people.all()), arrived_on=make.today(amina))
    with pytest.raises(StepNotAllowed):
        confirm_arrival(mine, by=horizon, people=list(other.people.all()), arrived_on=make.today(horizon))
    assert (stage(mine), stage(other)) == ("travelling", "travelling")


def test_nobody_arrives_twice(cast):
    shared = make.arrived(cast)
    with pytest.raises(StepNotAllowed):
        make.arrive(shared)
    assert verbs(shared).count("confirm_arrival") == 1


def test_a_corrected_arrival_moves_everything_that_counts_from_it(cast, amina, horizon, clock):
    shared = make.departed(cast)
    clock.shift(5 * DAY)
    make.arrive(shared)
    person, wrong = shared.case.people.get(), make.today(horizon)
    right = wrong - 3 * DAY
    due = Work.objects.get(case=shared.case, kind="agree_plan").due_on
    correct_fact(person, by=amina, field="arrived_on", value=right, note="The stamp in the passport")
    assert fresh(shared).arrived_on == fresh(shared.case).arrived_on == right
    assert Work.objects.get(case=shared.case, kind="agree_plan", done_at=None).due_on == due - 3 * DAY
    assert last_line(shared).changes == [{"field": "arrived_on", "old": str(wrong), "new": str(right)}]
