"""Before somebody leaves: what earlier stages asked is still true, whoever joined, came back or was forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.models import User
from cases.gates import gates, missing
from cases.lifecycle import (
    accept_handover,
    add_person,
    apply_for_return,
    ask_decision,
    decide_case,
    hold_case,
    raise_concern,
    record_child_decision,
    record_counselling,
    record_travel_document,
    rejoin,
    release_concern,
    send_handover,
    withdraw,
)
from cases.models import Person, SharedPerson
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.make import AISSA, FATOU, OUSMANE
from tests.seen import fresh, stage, waits

DAY = timedelta(days=1)
CHILD = {name: value for name, value in AISSA.items() if name != "relation"} | {"phone": "+33639981299"}
STAY = {"result": "stay", "authority": "Juge des enfants", "receiving_adult": "", "receiving_contact": ""}
RETURN = STAY | {"result": "return", "receiving_adult": "Awa Sarr", "receiving_contact": "+221770000000"}


def determine(person, **facts):
    """As it is recorded; one for a return is read and released by a supervisor."""
    by, reviewer = person.case.owner, User.objects.get(email__startswith="bashir@")
    found = record_child_decision(person, by=by, decided_on=make.today(by), reviewer=reviewer, **facts)
    for concern in person.concerns.open():
        release_concern(concern, by=reviewer, reason="The court and the aunt were called.")
    return found


def child_alone(cast):
    """A child of seven, all the way to a booked journey, by a determination that says return."""
    case = make.screened(cast, applicant=CHILD)
    determine(case.people.get(), **RETURN)
    decide_case(ask_decision(case, by=cast.amina), by=cast.bashir, eligible=True)
    shared = send_handover(fresh(case), by=cast.amina, partner=cast.partner, agreement="Agreement of 2026")
    accept_handover(shared, by=cast.horizon)
    make.give_papers(shared.case)
    make.book(shared.case)
    return shared


# --- who joined late, who came back ---


def test_a_child_who_joined_late_is_screened_before_it_leaves(cast, amina):
    case = make.booked(cast).case
    aissa = add_person(case, by=amina, **AISSA)
    make.give_papers(case)
    with pytest.raises(Missing, match="Vulnerability screening of Aïssa Sarr"):
        make.depart(case)
    make.screen(aissa, alone=False)
    make.depart(case)
    assert fresh(aissa).status == "departed"


def test_who_came_back_signs_before_leaving(cast, amina):
    case = make.booked(cast, OUSMANE).case
    ousmane = case.people.last()
    withdraw(case, by=amina, people=[ousmane])
    rejoin(fresh(ousmane), by=amina)
    with pytest.raises(Missing, match="Voluntary declaration of Ousmane Sarr"):
        make.depart(case)
    make.declare(fresh(ousmane))
    make.depart(case)
    assert fresh(ousmane).status == "departed"


def test_the_database_lets_no_adult_leave_unsigned(cast, amina):
    case = make.booked(cast).case
    fatou = case.people.get()
    fatou.declarations.update(ended_at=fatou.declarations.get().signed_at)
    with pytest.raises(DatabaseError, match="declaration in force"), transaction.atomic():
        Person.objects.filter(pk=fatou.pk).update(status="departed", departed_on=make.today(amina))
    assert fresh(fatou).status == "taking_part"


# --- children ---


def test_a_child_does_not_leave_before_the_adult_it_travels_with(cast, amina):
    case = make.booked(cast, AISSA).case
    fatou, aissa = case.people.all()
    with pytest.raises(Missing, match="An adult of the family with Aïssa Sarr"):
        make.depart(case, aissa)
    make.depart(case, fatou)
    make.depart(case, aissa)
    assert fresh(aissa).status == "departed"


def test_child_and_adult_leave_together(cast):
    case = make.booked(cast, AISSA).case
    make.depart(case, *reversed(case.people.all()))
    assert {person.status for person in case.people.all()} == {"departed"}


def test_a_later_determination_to_stay_holds_the_child(cast, amina):
    shared = child_alone(cast)
    child = shared.case.people.get()
    determine(child, **STAY)
    assert "Best-interests determination for Aïssa Sarr" in [gate.label for gate in missing(fresh(shared.case))]
    with pytest.raises(Missing, match="Best-interests determination"):
        make.depart(shared.case)
    with pytest.raises(StepNotAllowed, match="host agency records"):
        make.arrive(shared)
    determine(child, **RETURN)
    make.depart(shared.case)
    assert stage(shared) == "travelling"


def test_the_database_lets_no_child_leave_alone(cast, amina):
    family, child = make.booked(cast, AISSA).case, child_alone(cast).case.people.get()
    determine(child, **STAY)
    for person in (family.people.last(), child):
        with pytest.raises(DatabaseError, match="a child leaves with"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(status="departed", departed_on=make.today(amina))


# --- papers, concerns ---


def test_papers_hold_on_the_day_of_arrival(cast, amina):
    shared, day = make.preparing(cast), make.today(amina)
    paper = {"kind": "laissez_passer", "number": "A", "issued_on": day - DAY, "valid_until": day}
    record_travel_document(shared.case.people.get(), by=amina, **paper)
    make.book(shared.case, hours=20)
    with pytest.raises(Missing, match="Travel document of Fatou Sarr"):
        make.depart(shared.case)
    record_travel_document(shared.case.people.get(), by=amina, **paper | {"valid_until": day + DAY})
    make.depart(shared.case)


def test_an_open_concern_holds_every_step_before_the_departure(cast, amina, bashir, horizon):
    talked, shared = make.counselled(cast), make.handed_over(cast)
    ready = make.preparing(cast).case
    for case in (talked, shared.case, ready):
        raise_concern(case.people.get(), by=amina, kind="fear", detail="Debts", reviewer=bashir)
    with pytest.raises(Missing, match="One more check"):
        apply_for_return(talked, by=amina)
    with pytest.raises(Missing, match="One more check"):
        make.book(ready)
    with pytest.raises(StepNotAllowed, match="on hold"):
        accept_handover(shared, by=horizon)
    assert not SharedPerson.objects.filter(shared=shared).exists()
    release_concern(shared.case.concerns.get(), by=bashir, reason="The debt is paid.")
    accept_handover(shared, by=horizon)
    assert stage(shared) == "preparing"


def test_a_partner_reads_the_same_whatever_holds_the_answer(cast, amina, horizon):
    shared = make.handed_over(cast)
    hold_case(shared.case, by=amina, reason="Her husband waits outside")
    with pytest.raises(StepNotAllowed) as on_hold:
        accept_handover(shared, by=horizon)
    checked = make.handed_over(cast)
    raise_concern(checked.case.people.first(), by=amina, kind="fear", detail="Debts", reviewer=cast.bashir)
    assert fresh(checked).is_held and "accept_handover" not in waits(checked)
    with pytest.raises(StepNotAllowed) as on_check:
        accept_handover(checked, by=horizon)
    assert str(on_hold.value) == str(on_check.value) and "has put this case on hold" in str(on_hold.value)


def test_whoever_has_not_left_can_still_be_protected(cast, amina, bashir):
    case = make.booked(cast, OUSMANE).case
    fatou, ousmane = case.people.all()
    make.depart(case, fatou)
    raise_concern(fresh(ousmane), by=amina, kind="fear", detail="Debts", reviewer=bashir)
    with pytest.raises(Missing, match="One more check"):
        make.depart(case, ousmane)
    with pytest.raises(StepNotAllowed, match="After departure"):
        raise_concern(fresh(fatou), by=amina, kind="fear", detail="Debts", reviewer=bashir)


# --- one adult's no ---


def test_one_no_to_sharing_does_not_stop_the_family(cast, amina, horizon):
    case = make.decided(cast, OUSMANE, AISSA, unwilling=(2,))
    gate = next(gate for gate in gates(fresh(case)) if gate.label.startswith("Somebody"))
    assert gate.is_met and gate.hint == "Not shared with the partner: Ousmane Sarr."
    shared = send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    accept_handover(shared, by=horizon)
    assert [copy.name for copy in shared.people.all()] == ["Fatou Sarr", "Aïssa Sarr"]
    make.give_papers(shared.case)
    make.book(shared.case)
    make.depart(shared.case)
    assert fresh(case.people.get(number=2)).status == "departed"


def test_when_everybody_says_no_nothing_is_handed_over(cast, amina):
    case = make.decided(cast, OUSMANE, unwilling=(1, 2))
    with pytest.raises(Missing, match="Somebody agrees to share"):
        send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    assert stage(case) == "decided"


def test_who_wishes_to_stop_does_not_go_on_by_the_talk_of_before(cast, amina):
    case = make.screened(cast, applicant=FATOU)
    fatou = case.people.get()
    talk = {"held_at": fatou.talks.get().held_at + DAY, "mode": "phone", "language": "fr", "topics": make.TOPICS}
    with pytest.raises(ValidationError, match="after it was held"):
        record_counselling(case, by=amina, present=[fatou], wishes={}, **talk)
    make.talk(case, present=[fatou], wish="stop")
    with pytest.raises(Missing, match="Counselling of Fatou Sarr"):
        ask_decision(case, by=amina)
