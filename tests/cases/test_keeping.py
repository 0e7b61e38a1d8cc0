"""At any time: hold and go on, close and reopen, give to a colleague, correct, note, file, task."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.gates import missing
from cases.lifecycle import (
    accept_handover,
    add_document,
    add_note,
    add_task,
    apply_for_return,
    assign_case,
    close_case,
    correct_fact,
    decline_handover,
    end_sharing,
    finish_task,
    hold_case,
    record_no_departure,
    reopen_case,
    resume_case,
    send_handover,
    start_counselling,
    withdraw,
)
from cases.models import Case, Document, Event, SharedCase, Work
from cases.statuses import Stage
from cases.transitions import StepNotAllowed
from tests import make, moments
from tests.make import OUSMANE
from tests.seen import fresh, last_line, stage, told, verbs, waits

DAY = timedelta(days=1)


# --- hold ---


def test_a_case_on_hold_goes_no_further_and_is_looked_at_again(cast, amina):
    case, day = make.counselled(cast), make.today(amina)
    hold_case(case, by=amina, reason="Waits for a court")
    assert waits(case) == {"look_again"} and fresh(case).next_due_on == day + 30 * DAY
    assert Work.objects.get(case=case, done_at=None).for_user == amina
    with pytest.raises(StepNotAllowed, match="on hold: Waits for a court"):
        apply_for_return(case, by=amina)
    resume_case(case, by=amina)
    assert waits(case) == {"apply_for_return"} and fresh(case).resume_on is None
    apply_for_return(case, by=amina)


def test_the_day_of_the_second_look_is_chosen_and_lies_ahead(cast, amina):
    case, day = make.opened(cast), make.today(amina)
    with pytest.raises(ValidationError, match="after today"):
        hold_case(case, by=amina, reason="Waits for a paper", resume_on=day)
    hold_case(case, by=amina, reason="Waits for a paper", resume_on=day + 3 * DAY)
    assert Work.objects.get(case=case, done_at=None).due_on == day + 3 * DAY


def test_hold_and_resume_each_have_their_moment(cast, amina, mira):
    case = make.opened(cast)
    with pytest.raises(StepNotAllowed, match="not on hold"):
        resume_case(case, by=amina)
    with pytest.raises(PermissionDenied):
        hold_case(case, by=mira, reason="No")
    hold_case(case, by=amina, reason="Waits for a paper")
    with pytest.raises(StepNotAllowed, match="on hold: Waits for a paper"):
        hold_case(case, by=amina, reason="Again")


# --- close and reopen ---


@pytest.mark.parametrize(("outcome", "words"), [
    ("refused", "Only a decision refuses"),
    ("withdrew", "who withdraws"),
    ("not_departed", "who did not depart"),
    ("remigrated_regularly", "only after an arrival"),
    ("completed", "only after an arrival"),
])  # fmt: skip
def test_no_outcome_says_what_did_not_happen(cast, client, amina, outcome, words):
    case = make.in_screening(cast)
    with pytest.raises(ValidationError, match=words):
        close_case(case, by=amina, outcome=outcome)
    client.force_login(amina)
    assert client.post(f"/cases/{case.reference}/close_case/", {"outcome": outcome}).status_code == 422
    assert stage(case) == "screening"


def test_the_form_offers_the_outcomes_of_the_stage(cast, client, amina):
    client.force_login(amina)
    for case, offered in (
        (make.opened(cast), {"unreachable", "stopped", "transferred", "died"}),
        (make.departed(cast).case, {"unreachable", "died"}),
    ):
        form = client.get(f"/cases/{case.reference}/close_case/").context["form"]
        assert {value for value, _words in form.fields["outcome"].choices} == offered


def test_a_closed_case_is_not_closed_again(cast, amina):
    case = moments.closed(cast)
    with pytest.raises(StepNotAllowed, match="closed"):
        close_case(case, by=amina, outcome="died")
    assert fresh(case).outcome == "stopped"


def test_a_case_closes_with_a_coded_outcome(cast, amina, horizon):
    case = make.preparing(cast).case
    close_case(case, by=amina, outcome="stopped", note="She stays with her sister")
    case = fresh(case)
    assert (case.outcome, case.closed_on, waits(case)) == ("stopped", make.today(amina), set())
    assert not SharedCase.objects.visible_to(horizon).exists()
    with pytest.raises(StepNotAllowed):
        close_case(case, by=amina, outcome="stopped")


def test_nobody_on_the_way_is_forgotten_by_closing(cast, amina):
    case = make.departed(cast).case
    for outcome in ("stopped", "transferred"):
        with pytest.raises(ValidationError, match="on the way"):
            close_case(case, by=amina, outcome=outcome)
    close_case(case, by=amina, outcome="unreachable", note="Three calls, two visits")
    assert stage(case) == "closed"


def test_help_is_completed_only_after_an_arrival(cast, amina):
    close_case(make.arrived(cast).case, by=amina, outcome="completed")


def test_a_case_stays_open_while_help_is_on_the_way(cast, amina):
    grant = make.ordered(cast)
    with pytest.raises(StepNotAllowed, match=f"{grant.reference} is ordered"):
        close_case(grant.case, by=amina, outcome="completed")
    make.deliver(grant)
    make.pay(grant)
    close_case(grant.case, by=amina, outcome="completed")
    assert stage(grant) == "closed"


def test_a_supervisor_reopens_where_it_was(cast, amina, bashir):
    case = make.counselled(cast)
    close_case(case, by=amina, outcome="stopped")
    with pytest.raises(PermissionDenied):
        reopen_case(case, by=amina, note="She came back")
    reopen_case(case, by=bashir, note="She came back")
    case = fresh(case)
    assert (case.stage, case.outcome, case.closed_on) == ("counselling", "", None)
    assert last_line(case).note == "She came back" and waits(case) == {"apply_for_return"}
    with pytest.raises(StepNotAllowed, match="is open"):
        reopen_case(case, by=bashir, note="Again")


def test_what_was_shared_is_not_shared_again_by_itself(cast, amina, bashir, horizon):
    case = make.preparing(cast).case
    close_case(case, by=amina, outcome="stopped")
    reopen_case(case, by=bashir, note="A mistake")
    assert stage(case) == "decided" and not SharedCase.objects.visible_to(horizon).exists()


def test_reopening_brings_back_those_whose_leaving_closed_the_case(cast, amina, bashir, clock):
    """Ousmane withdrew alone; later Fatou did too, and the case closed. Only her step is undone."""
    case = make.booked(cast, OUSMANE).case
    fatou, ousmane = case.people.all()
    withdraw(case, by=amina, people=[ousmane])
    clock.shift(DAY)
    withdraw(case, by=amina, people=[fatou])
    reopen_case(case, by=bashir, note="She thought again")
    assert (fresh(fatou).status, fresh(ousmane).status, stage(case)) == ("taking_part", "withdrawn", "decided")
    assert "Voluntary declaration of Fatou Sarr" in [gate.label for gate in missing(fresh(case))]
    close_case(case, by=amina, outcome="stopped")
    reopen_case(case, by=bashir, note="A mistake")
    assert fresh(ousmane).status == "withdrawn"


def test_who_did_not_depart_goes_on_where_the_decision_was(cast, amina, bashir):
    shared = make.departed(cast)
    case, people = shared.case, list(shared.case.people.all())
    record_no_departure(case, by=amina, people=people, note="Turned back", try_again=False)
    reopen_case(case, by=bashir, note="She wishes to go after all")
    assert (stage(case), fresh(people[0]).status, waits(case)) == ("decided", "taking_part", {"send_handover"})
    send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")


def test_after_reopening_at_home_the_case_is_handed_over_where_it_stands(cast, amina, bashir, horizon):
    case = make.arrived(cast).case
    close_case(case, by=amina, outcome="stopped")
    reopen_case(case, by=bashir, note="A mistake")
    assert (stage(case), waits(case)) == ("reintegration", {"close_case"})
    shared = send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    assert waits(case) == {"accept_handover"}
    with pytest.raises(StepNotAllowed, match="shared already"):
        send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    accept_handover(shared, by=horizon)
    assert (stage(case), fresh(shared).title) == ("reintegration", "Fatou Sarr")
    assert "agree_plan" in waits(case)


def test_a_declined_case_at_home_stays_at_home(cast, amina, horizon):
    case = make.arrived(cast).case
    end_sharing(case, by=amina)
    shared = send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    decline_handover(shared, by=horizon, note="No staff")
    assert (stage(case), waits(case)) == ("reintegration", {"close_case"})


def test_out_of_a_closed_case_leads_only_reopening(cast, amina):
    case = make.opened(cast)
    close_case(case, by=amina, outcome="stopped")
    with pytest.raises(StepNotAllowed, match="closed"):
        start_counselling(case, by=amina)
    assert stage(case) == "closed"


# --- owner ---


def test_a_supervisor_gives_a_case_with_its_open_work(cast, amina, bashir, claire):
    case = make.opened(cast)
    task = add_task(case, by=amina, title="Call the consulate", due_on=make.today(amina))
    assign_case(case, by=bashir, owner=claire)
    assert {work.for_user for work in Work.objects.filter(case=case).open()} == {claire}
    assert fresh(task).for_user == claire and told(claire) == ["case_assigned"]
    assert last_line(case).note == "Claire V."


def test_what_a_colleague_was_asked_to_do_stays_with_them(cast, amina, bashir, claire):
    case, day = make.opened(cast), make.today(amina)
    task = add_task(case, by=amina, title="Call the consulate", due_on=day, for_user=bashir)
    assign_case(case, by=bashir, owner=claire)
    assert fresh(task).for_user == bashir


@pytest.mark.parametrize("name", ["nadia", "mira", "horizon"])
def test_only_a_caseworker_of_the_agency_can_own_a_case(cast, bashir, name):
    case = make.opened(cast)
    with pytest.raises(ValidationError, match="Choose a caseworker"):
        assign_case(case, by=bashir, owner=getattr(cast, name))


def test_a_caseworker_gives_no_case_away(cast, amina, claire):
    with pytest.raises(PermissionDenied):
        assign_case(make.opened(cast), by=amina, owner=claire)


# --- corrections ---


def test_a_date_is_corrected_with_reason_and_both_values(cast, amina):
    person = moments.gone(cast)
    wrong = person.departed_on
    correct_fact(person, by=amina, field="departed_on", value=wrong + DAY, note="Left a day later")
    assert fresh(person).departed_on == fresh(person.case).departed_on == wrong + DAY
    line = last_line(person)
    assert line.note == "Left a day later"
    assert line.changes == [{"field": "departed_on", "old": str(wrong), "new": str(wrong + DAY)}]


def test_nobody_left_before_the_application_was_made(cast, amina):
    person = moments.gone(cast)
    case, day = person.case, person.departed_on
    with pytest.raises(ValidationError, match="before the application"):
        correct_fact(person, by=amina, field="departed_on", value=day - 900 * DAY, note="Typo")
    with pytest.raises(ValidationError, match="after the departure"):
        correct_fact(case, by=amina, field="applied_on", value=day + DAY, note="Typo")
    on_the_way = make.booked(cast).case
    with pytest.raises(ValidationError, match="before the application"):
        make.depart(on_the_way, on=make.today(amina) - DAY)
    assert (fresh(person).departed_on, fresh(case).applied_on) == (day, day)


def test_a_correction_needs_a_reason_a_field_and_a_past_date(cast, amina):
    person = make.departed(cast).case.people.get()
    day = person.departed_on
    for field, value, note, words in (
        ("departed_on", day, " ", "Say why"),
        ("departed_on", day + DAY, "Typo", "future"),
        ("name", "Other", "Typo", "cannot be corrected"),
    ):
        with pytest.raises(ValidationError, match=words):
            correct_fact(person, by=amina, field=field, value=value, note=note)


def test_what_was_never_given_is_not_corrected(cast, amina):
    person = make.booked(cast).case.people.get()
    with pytest.raises(StepNotAllowed, match="nothing to correct"):
        correct_fact(person, by=amina, field="departed_on", value=make.today(amina), note="She left")
    assert fresh(person).departed_on is None


def test_an_amount_is_corrected_at_its_own_rate_within_the_approval(cast, faye, horizon):
    payment = make.paid(cast).payments.get()
    correct_fact(payment, by=horizon, field="amount", value=Decimal("370"), note="The invoice says 370")
    assert fresh(payment).programme_amount == Decimal("370.00")
    with pytest.raises(ValidationError, match="Only 380.00 EUR were approved"):
        correct_fact(payment, by=horizon, field="amount", value=Decimal("390"), note="Typo")
    assert fresh(payment).amount == Decimal("370.00")


# --- notes, documents, tasks ---


def test_a_note_of_the_agency_stays_with_the_agency(cast, amina, horizon):
    shared = make.preparing(cast)
    add_note(shared.case, by=amina, note="Spoke with her lawyer")
    add_note(shared, by=horizon, note="We called her")
    notes = Event.objects.filter(verb="add_note")
    assert [line.note for line in notes.visible_to(horizon)] == ["We called her"]
    assert notes.visible_to(amina).count() == 2
    with pytest.raises(ValidationError, match="Write the note"):
        add_note(shared, by=horizon, note="  ")


def test_a_document_stays_on_its_side(cast, amina, horizon, lantern, faye):
    shared = make.preparing(cast)
    theirs = {"kind": "receipt", "title": "Taxi", "upload": make.photo()}
    mine = add_document(shared.case, by=amina, kind="identity", title="Passport", upload=make.photo())
    shown = add_document(shared, by=horizon, **theirs)
    assert set(Document.objects.visible_to(amina)) == {mine, shown}
    assert set(Document.objects.visible_to(horizon)) == {shown}
    assert set(Document.objects.visible_to(faye)) == {shown}, "finance sees the proofs of money"
    assert not Document.objects.visible_to(lantern).exists()


def test_a_task_for_a_colleague_is_told_and_done_once(cast, amina, claire):
    case = make.opened(cast)
    task = add_task(case, by=amina, title="Find an interpreter", due_on=make.today(amina), for_user=claire)
    assert told(claire) == ["task_given"]
    finish_task(task, by=claire)
    assert fresh(task).done_at and verbs(case)[-1] == "finish_task"
    with pytest.raises(StepNotAllowed, match="already done"):
        finish_task(task, by=amina)


def test_no_task_for_another_organisation(cast, amina, horizon):
    shared = make.preparing(cast)
    for by, record, doer in ((amina, shared.case, horizon), (horizon, shared, amina)):
        with pytest.raises(ValidationError, match="own organisation"):
            add_task(record, by=by, title="Call", due_on=make.today(by), for_user=doer)


def test_work_of_the_rules_is_not_ticked_off(cast, amina):
    work = Work.objects.get(case=make.opened(cast))
    with pytest.raises(PermissionDenied):
        finish_task(work, by=amina)


def test_a_partners_tasks_end_with_the_sharing(cast, amina, horizon):
    shared = make.preparing(cast)
    add_task(shared, by=horizon, title="Call Fatou Sarr", due_on=make.today(horizon))
    close_case(shared.case, by=amina, outcome="stopped")
    assert not Work.objects.visible_to(horizon).open().exists()


def test_every_outcome_can_close_a_case_after_the_arrival(cast, amina):
    case = make.arrived(cast).case
    assert Case.objects.get(pk=case.pk).stage == Stage.REINTEGRATION
    close_case(case, by=amina, outcome="remigrated_regularly")
    assert fresh(case).outcome == "remigrated_regularly"
