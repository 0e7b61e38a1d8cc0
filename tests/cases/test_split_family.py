"""Members of a family leave, stay and arrive on different days: each verb stays open for those it still concerns."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cases import night
from cases.gates import missing
from cases.lifecycle import (
    accept_handover,
    acknowledge_travel,
    cancel_travel,
    close_case,
    confirm_departure,
    end_sharing,
    hold_case,
    record_no_departure,
    rejoin,
    send_handover,
    withdraw,
    withdraw_consent,
)
from cases.models import Itinerary, Work
from cases.transitions import StepNotAllowed
from tests import make
from tests.make import OUSMANE
from tests.seen import fresh, last_line, stage, told, waits

DAY = timedelta(days=1)


def fatou_is_home(cast):
    """(share, case, Ousmane): Fatou has arrived, Ousmane has not left yet."""
    shared = make.booked(cast, OUSMANE)
    case = shared.case
    fatou, ousmane = case.people.all()
    make.depart(case, fatou)
    make.arrive(shared, shared.people.first())
    return fresh(shared), fresh(case), ousmane


def due(case, kind):
    return Work.objects.open().get(case=case, kind=kind).due_on


# --- after the first arrival ---


def test_who_stayed_follows_after_the_first_arrival(cast, amina, horizon, clock):
    shared, case, ousmane = fatou_is_home(cast)
    assert "record_departure" in waits(case)
    clock.shift(3 * DAY)
    make.book(case, why_changed="He had to sell the car")
    assert "acknowledge_travel" in waits(case)
    acknowledge_travel(shared, by=horizon)
    make.depart(case, ousmane)
    assert (stage(case), "confirm_arrival" in waits(case)) == ("reintegration", True)
    make.arrive(shared, shared.people.get(number=2))
    assert fresh(ousmane).arrived_on > fresh(case).arrived_on
    assert waits(case).isdisjoint({"confirm_arrival", "record_departure", "acknowledge_travel", "book_travel"})


def test_who_stayed_withdraws_after_the_first_arrival(cast, amina):
    _shared, case, ousmane = fatou_is_home(cast)
    withdraw(case, by=amina, people=[ousmane])
    assert (stage(case), fresh(ousmane).status, "record_departure" in waits(case)) == (
        "reintegration", "withdrawn", False,
    )  # fmt: skip


def test_who_stays_for_good_moves_no_stage_back(cast, amina):
    _shared, case, ousmane = fatou_is_home(cast)
    record_no_departure(case, by=amina, people=[ousmane], note="Found work", try_again=False)
    assert (stage(case), fresh(case).departed_on is not None) == ("reintegration", True)
    assert waits(case).isdisjoint({"record_departure", "book_travel"})
    with pytest.raises(StepNotAllowed, match="has arrived"):
        make.book(case, why_changed="Another flight")
    rejoin(fresh(ousmane), by=amina)
    make.book(case, why_changed="He follows after all")
    assert fresh(ousmane).status == "taking_part"


def test_booking_for_the_others_brings_nobody_back_who_stays(cast, amina):
    case = make.booked(cast, OUSMANE).case
    ousmane = case.people.last()
    record_no_departure(case, by=amina, people=[ousmane], note="Found work", try_again=False)
    make.book(case, why_changed="Another flight")
    assert fresh(ousmane).status == "not_departed"


# --- another try ---


def test_another_journey_is_booked_by_the_owner(cast, amina, horizon, clock):
    shared = make.booked(cast)
    case, people = shared.case, list(shared.case.people.all())
    acknowledge_travel(shared, by=horizon)
    clock.shift(20 * DAY)
    record_no_departure(case, by=amina, people=people, note="Missed the train", try_again=True)
    assert (stage(case), waits(case)) == ("preparing", {"book_travel"})
    assert due(case, "book_travel") > make.today(amina)
    assert "The journey is booked" in [gate.label for gate in missing(fresh(case))]
    make.book(case, why_changed="Missed the train")
    assert "record_departure" in waits(case) and "book_travel" not in waits(case)


def test_who_waits_while_the_other_turns_back_is_before_the_departure_again(cast, amina):
    case = make.booked(cast, OUSMANE).case
    fatou, _ousmane = case.people.all()
    make.depart(case, fatou)
    record_no_departure(case, by=amina, people=[fatou], note="Turned back in Lyon", try_again=False)
    assert (stage(case), fresh(case).departed_on) == ("preparing", None)
    assert "record_departure" in waits(case)


def test_without_a_partner_the_new_try_begins_with_a_hand_over(cast, amina):
    shared = make.departed(cast)
    case, people = shared.case, list(shared.case.people.all())
    end_sharing(case, by=amina)
    record_no_departure(case, by=amina, people=people, note="Turned back", try_again=True)
    assert (stage(case), waits(case)) == ("decided", {"send_handover"})


# --- a cancelled journey ---


def test_a_cancelled_journey_is_told_and_nobody_departs_by_it(cast, client, amina, horizon):
    shared = make.booked(cast)
    case = shared.case
    cancel_travel(case, by=amina, note="The airline is on strike")
    assert told(horizon)[-1] == "travel_cancelled" and last_line(case).note == "The airline is on strike"
    assert waits(case) == {"book_travel"} and fresh(shared).expected_on is None
    client.force_login(horizon)
    assert "The airline is on strike" in client.get(f"/cases/{shared.reference}/").content.decode()
    with pytest.raises(StepNotAllowed, match="follows a booked journey"):
        make.depart(case)
    with pytest.raises(StepNotAllowed, match="no newer journey"):
        acknowledge_travel(shared, by=horizon)
    make.book(case, hours=48, why_changed="The strike is over")
    assert waits(case) == {"record_departure", "acknowledge_travel"}


def test_only_a_booked_journey_is_cancelled_and_with_a_reason(cast, amina, horizon):
    case = make.preparing(cast).case
    with pytest.raises(StepNotAllowed, match="No journey is booked"):
        cancel_travel(case, by=amina, note="Strike")
    make.book(case)
    with pytest.raises(PermissionDenied):
        cancel_travel(case, by=horizon, note="Strike")
    with pytest.raises(ValidationError, match="Say why"):
        cancel_travel(case, by=amina, note=" ")
    assert Itinerary.objects.get().cancelled_at is None


def test_while_travelling_the_partner_acknowledges_a_change_from_its_page(cast, client, amina, horizon):
    shared = make.departed(cast, OUSMANE)
    make.book(shared.case, hours=30, why_changed="Connection missed")
    client.force_login(horizon)
    for page in (f"/cases/{shared.reference}/", "/arrivals/"):
        assert f"/cases/{shared.reference}/acknowledge_travel/" in client.get(page).content.decode()
    acknowledge_travel(shared, by=horizon)
    assert waits(shared) == {"confirm_arrival"}


# --- handed over anew ---


def test_a_journey_ahead_goes_on_with_the_new_partner(cast, amina, horizon, lantern):
    shared = make.booked(cast)
    case = shared.case
    acknowledge_travel(shared, by=horizon)
    end_sharing(case, by=amina)
    assert case.journey is None
    make.consent(case.people.get(), cast.other_partner)
    again = send_handover(fresh(case), by=amina, partner=cast.other_partner, agreement="Agreement of 2026")
    accept_handover(again, by=lantern)
    journey = fresh(again).journey
    assert (journey.version, journey.acknowledged_at, journey.partner) == (2, None, cast.other_partner)
    assert waits(case) == {"acknowledge_travel", "record_departure"} and fresh(again).expected_on == journey.arrives_on
    assert not Itinerary.objects.visible_to(horizon).exists()
    acknowledge_travel(again, by=lantern)
    make.depart(case)
    make.arrive(fresh(again))
    assert stage(case) == "reintegration"


def test_a_journey_that_is_over_is_not_taken_over(cast, amina, horizon, clock):
    shared = make.booked(cast)
    end_sharing(shared.case, by=amina)
    clock.shift(10 * DAY)
    again = send_handover(fresh(shared.case), by=amina, partner=cast.partner, agreement="Agreement of 2026")
    accept_handover(again, by=horizon)
    assert again.journey is None and waits(again) == {"book_travel"}


def test_somebody_on_the_way_is_handed_over_where_they_are(cast, amina, horizon):
    shared = make.departed(cast)
    case = shared.case
    end_sharing(case, by=amina)
    assert waits(case) == {"send_handover", "did_they_leave"}
    again = send_handover(fresh(case), by=amina, partner=cast.partner, agreement="Agreement of 2026")
    assert stage(case) == "travelling"
    accept_handover(again, by=horizon)
    make.arrive(fresh(again))
    assert stage(case) == "reintegration"


# --- did they leave? ---


def test_a_yes_to_did_they_leave_asks_again_after_thirty_days(cast, amina, clock):
    case = make.departed(cast).case
    clock.shift(30 * DAY)
    night.night()
    assert "did_they_leave" in waits(case)
    confirm_departure(case, by=amina, people=list(case.people.all()), note="Her sister saw her board")
    assert "did_they_leave" not in waits(case) and last_line(case).note == "Her sister saw her board"
    clock.shift(29 * DAY)
    assert night.night()["questions"] == 0
    clock.shift(DAY)
    night.night()
    assert "did_they_leave" in waits(case) and stage(case) == "travelling"


def test_the_question_is_asked_and_answered_after_the_first_arrival_too(cast, amina, clock):
    shared = make.departed(cast, OUSMANE)
    case, ousmane = shared.case, shared.case.people.last()
    make.arrive(shared, shared.people.first())
    clock.shift(30 * DAY)
    night.night()
    assert "did_they_leave" in waits(case)
    record_no_departure(case, by=amina, people=[ousmane], note="He never left", try_again=False)
    assert "did_they_leave" not in waits(case) and stage(case) == "reintegration"


def test_the_question_waits_for_the_owner_when_no_partner_can_confirm(cast, amina, clock):
    case = make.departed(cast).case
    withdraw_consent(case.people.get().consents.get(), by=amina)
    assert waits(case) == {"did_they_leave"} and due(case, "did_they_leave") == make.today(amina) + 30 * DAY
    close_case(case, by=amina, outcome="stopped")


def test_who_confirms_a_departure_says_how_and_of_whom(cast, amina, horizon):
    case = make.departed(cast, OUSMANE).case
    people = list(case.people.all())
    for chosen, note, words in (([], "Seen", "Choose who left"), (people, " ", "how you know")):
        with pytest.raises(ValidationError, match=words):
            confirm_departure(case, by=amina, people=chosen, note=note)
    with pytest.raises(PermissionDenied):
        confirm_departure(case, by=horizon, people=people, note="Seen")
    with pytest.raises(StepNotAllowed, match="Nobody is on the way"):
        confirm_departure(make.booked(cast).case, by=amina, people=people, note="Seen")
    assert fresh(people[0]).departure_confirmed_on is None


# --- the last visit ---


def test_when_all_is_done_the_owner_is_asked_to_close(cast, amina, clock):
    grant = make.paid(cast)
    case, shared = grant.case, fresh(grant.shared)
    make.give_cash(cast, shared)
    clock.shift(366 * DAY)
    for follow_up in case.followups.all():
        make.visit(follow_up)
    assert waits(case) == {"close_case"} and Work.objects.open().get(case=case).for_user == amina
    assert due(case, "close_case") > make.today(amina)


def test_a_case_on_hold_asks_only_for_a_second_look(cast, amina):
    case = make.departed(cast).case
    hold_case(case, by=amina, reason="Police")
    assert waits(case) == {"look_again"}
    assert Work.objects.filter(case=case).latest("pk").since <= timezone.now()
