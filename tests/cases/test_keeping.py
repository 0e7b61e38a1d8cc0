"""At any time: hold and go on, close and reopen, give to a colleague, correct, note, file, task."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import (
    add_document,
    add_note,
    add_task,
    apply_for_return,
    assign_case,
    close_case,
    correct_fact,
    finish_task,
    hold_case,
    reopen_case,
    resume_case,
    start_counselling,
)
from cases.models import Case, Document, Event, SharedCase, Work
from cases.statuses import Stage
from cases.transitions import StepNotAllowed
from tests import make
from tests.seen import fresh, last_line, stage, told, verbs, waits

DAY = timedelta(days=1)


# --- hold ---


def test_a_case_on_hold_waits_for_nobody_and_goes_no_further(cast, amina):
    case = make.counselled(cast)
    hold_case(case, by=amina, reason="Waits for a court")
    assert waits(case) == set() and fresh(case).next_due_on is None
    with pytest.raises(StepNotAllowed, match="on hold: Waits for a court"):
        apply_for_return(case, by=amina)
    resume_case(case, by=amina)
    assert waits(case) == {"apply_for_return"}
    apply_for_return(case, by=amina)


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
    for outcome in ("stopped", "not_departed", "transferred"):
        with pytest.raises(ValidationError, match="on the way"):
            close_case(case, by=amina, outcome=outcome)
    close_case(case, by=amina, outcome="unreachable", note="Three calls, two visits")
    assert stage(case) == "closed"


def test_help_is_completed_only_after_an_arrival(cast, amina):
    with pytest.raises(ValidationError, match="only after an arrival"):
        close_case(make.preparing(cast).case, by=amina, outcome="completed")
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
    person = make.departed(cast).case.people.get()
    wrong = person.departed_on
    correct_fact(person, by=amina, field="departed_on", value=wrong - DAY, note="Left a day earlier")
    assert fresh(person).departed_on == fresh(person.case).departed_on == wrong - DAY
    line = last_line(person)
    assert line.note == "Left a day earlier"
    assert line.changes == [{"field": "departed_on", "old": str(wrong), "new": str(wrong - DAY)}]


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
