"""A case on hold and a closed one: what is prepared waits, what happened is written down, and why stays the host's."""

import pytest
from django.db import DatabaseError, transaction

from accounts.roles import MAY
from cases.lifecycle import close_case, hold_case, resume_case
from cases.lifecycle.ending import NOT_HELD
from cases.models import Case, Event, SharedCase
from cases.rest import WHEN_CLOSED, WHILE_HELD
from cases.transitions import StepNotAllowed
from tests import make
from tests.doing import DOINGS
from tests.seen import fresh, stage, waits

WITHOUT_A_CASE = {  # verbs that are done to no case, or open one
    "invite_user", "end_access", "reset_second_factor", "give_token", "collect_token", "end_token",
    "keep_organisation", "keep_programme", "keep_service", "name_deputy", "read_audit", "see_case", "open_case",
    "register_walk_in", "answer_walk_in", "see_money", "see_reports", "export_report", "export_cases",
}  # fmt: skip
STEPS = {  # what is prepared or decided: it waits while the case is on hold
    "start_counselling", "apply_for_return", "start_screening", "ask_decision", "decide_case",
    "record_outside_decision", "send_handover", "accept_handover", "decline_handover", "book_travel", "hold_case",
    "draft_plan", "write_plan", "add_activity", "drop_activity", "agree_plan", "approve_plan", "send_back_plan",
    "amend_plan", "request_grant", "add_quote", "choose_quote", "approve_grant", "send_back_grant", "order_grant",
}  # fmt: skip
WHY = "She told us alone that she fears her brother"
OF_A_CASE = sorted(set(DOINGS) - WITHOUT_A_CASE)


def test_every_verb_is_either_a_step_or_something_that_happens_all_the_same():
    of_a_case = set(MAY) - WITHOUT_A_CASE
    assert of_a_case == STEPS | WHILE_HELD | {"reopen_case"}
    assert not STEPS & WHILE_HELD and of_a_case > WHEN_CLOSED


def send(client, cast, doing, record):
    client.force_login(getattr(cast, doing.by))
    answers = doing.answers(cast, record)
    return client.post(doing.address(record), answers)


@pytest.mark.parametrize("verb", [verb for verb in OF_A_CASE if verb not in ("resume_case", "reopen_case")])
def test_on_hold_what_is_prepared_waits_and_what_happened_is_recorded(cast, client, amina, verb):
    doing = DOINGS[verb]
    record = doing.on(cast)
    hold_case(record.case, by=amina, reason=WHY)
    lines = Event.objects.count()
    answer = send(client, cast, doing, fresh(record))
    assert answer.status_code == (302 if verb in WHILE_HELD else 409), answer.content.decode()[-3000:]
    assert (Event.objects.count() > lines) == (verb in WHILE_HELD)
    assert getattr(cast, doing.by).is_partner <= (WHY not in answer.content.decode())


@pytest.mark.parametrize("verb", [verb for verb in OF_A_CASE if verb != "reopen_case"])
def test_a_closed_case_is_read_corrected_and_reopened_no_more(cast, client, verb):
    doing = DOINGS[verb]
    record = doing.on(cast)
    Case.objects.filter(pk=record.case.pk).update(stage="closed", closed_on="2026-03-10", outcome="stopped", **NOT_HELD)
    answer = send(client, cast, doing, fresh(record))
    assert answer.status_code == (302 if verb in WHEN_CLOSED else 409), answer.content.decode()[-3000:]
    assert stage(record) == "closed"


@pytest.mark.parametrize("way", ["page", "api"])
def test_why_a_case_is_on_hold_stays_with_the_host(cast, client, amina, horizon, way):
    shared = make.handed_over(cast)
    hold_case(shared.case, by=amina, reason=WHY)
    client.force_login(horizon)
    prefix = "/api/v1" if way == "api" else ""
    answer = client.post(f"{prefix}/cases/{shared.reference}/accept_handover/", {}, content_type="application/json")
    assert answer.status_code == 409 and WHY not in answer.content.decode()
    assert "has put this case on hold" in answer.content.decode()


def test_the_preview_says_that_the_case_rests_and_asks_nothing(cast, client, amina, horizon):
    shared = make.handed_over(cast)
    client.force_login(horizon)
    address = f"/cases/{shared.reference}/"
    assert "accept_handover" in client.get(address).content.decode()
    hold_case(shared.case, by=amina, reason=WHY)
    text = client.get(address).content.decode()
    assert "has put this case on hold" in text and WHY not in text
    assert "accept_handover" not in text and "decline_handover" not in text
    assert client.get(f"/api/v1/shared/{shared.reference}/").json()["is_held"] is True
    resume_case(shared.case, by=amina)
    assert "accept_handover" in client.get(address).content.decode() and waits(shared) == {"accept_handover"}


def test_whoever_stands_before_the_partner_has_arrived_on_hold_or_not(cast, client, amina, horizon):
    shared = make.departed(cast)
    hold_case(shared.case, by=amina, reason=WHY)
    make.arrive(shared)
    assert (stage(shared), fresh(shared.case).is_held) == ("reintegration", True)
    client.force_login(horizon)
    text = client.get(f"/cases/{shared.reference}/").content.decode()
    assert "On hold" in text and WHY not in text and "draft_plan" not in text


def test_the_host_reads_why_its_case_is_on_hold(cast, client, amina):
    case = make.counselled(cast)
    hold_case(case, by=amina, reason="Waits for a court")
    client.force_login(amina)
    text = client.get(f"/cases/{case.reference}/").content.decode()
    assert "On hold: Waits for a court" in text and "apply_for_return" not in text and "resume_case" in text


def test_the_database_holds_a_held_case_where_it_is(cast, amina):
    case = make.counselled(cast)
    hold_case(case, by=amina, reason="Waits for a court")
    found = Case.objects.filter(pk=case.pk)
    with pytest.raises(DatabaseError, match="held_goes_no_further"), transaction.atomic():
        found.update(stage="application")
    found.update(stage="application", **NOT_HELD)


def test_a_partner_changes_nothing_after_the_sharing_ended(cast, amina, horizon):
    from cases.lifecycle import add_note, end_sharing

    shared = make.preparing(cast)
    end_sharing(shared.case, by=amina)
    with pytest.raises(StepNotAllowed, match="no longer shared"):
        add_note(SharedCase.objects.get(pk=shared.pk), by=horizon, note="Late")


def test_a_closed_case_is_not_put_on_hold(cast, amina):
    case = make.opened(cast)
    close_case(case, by=amina, outcome="stopped")
    with pytest.raises(StepNotAllowed, match="closed"):
        hold_case(case, by=amina, reason="Waits")
