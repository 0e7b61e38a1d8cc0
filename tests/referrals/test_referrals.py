"""Referral to a service: with the person's yes, answered, and what came of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cases.lifecycle import accept_handover, close_case, withdraw
from cases.models import Event, Work
from cases.transitions import StepNotAllowed
from referrals.lifecycle import (
    accept_referral,
    complete_referral,
    decline_referral,
    send_referral,
    withdraw_referral,
)
from referrals.models import Referral
from referrals.services import keep_service
from tests import make, moments
from tests.make import OUSMANE
from tests.seen import fresh, last_line, told, waits


def send(cast, record, by, **facts):
    facts = {"person": record.case.people.first(), "service": cast.service, "need": "To talk", "agreed": True} | facts
    return send_referral(record, by=by, **facts)


def test_a_referral_is_sent_with_the_persons_yes(cast, amina):
    case = make.counselled(cast)
    with pytest.raises(ValidationError, match="needs the person's yes"):
        send(cast, case, amina, agreed=False)
    referral = send(cast, case, amina)
    assert referral.answer_due_on == date(2026, 3, 17) and "accept_referral" in waits(case)
    assert last_line(case).note == "Psychosocial support, Keur Xaleyi"


def test_only_for_people_of_the_case_and_while_it_is_open(cast, amina):
    case, other = make.counselled(cast), make.counselled(cast)
    with pytest.raises(ValidationError, match="does not take part"):
        send(cast, case, amina, person=other.people.get())
    close_case(case, by=amina, outcome="stopped")
    with pytest.raises(StepNotAllowed, match="closed"):
        send(cast, case, amina)


@pytest.mark.parametrize("name", ["mira", "faye", "ada", "audit"])
def test_who_does_not_work_with_people_refers_nobody(cast, name):
    with pytest.raises(PermissionDenied):
        send(cast, make.counselled(cast), getattr(cast, name))


def test_the_loop_is_closed_with_what_came_of_it(cast, amina):
    referral = send(cast, make.counselled(cast), amina)
    day = make.today(amina)
    accept_referral(referral, by=amina)
    assert "complete_referral" in waits(referral)
    for when, words in ((day + timedelta(days=1), "future"), (day - timedelta(days=1), "before the referral")):
        with pytest.raises(ValidationError, match=words):
            complete_referral(referral, by=amina, finished_on=when, outcome="Three talks")
    complete_referral(referral, by=amina, finished_on=day, outcome="Three talks")
    assert (fresh(referral).status, fresh(referral).outcome) == ("done", "Three talks")
    assert "complete_referral" not in waits(referral)


def test_a_no_says_why(cast, amina):
    referral = send(cast, make.counselled(cast), amina)
    with pytest.raises(ValidationError, match="Say why"):
        decline_referral(referral, by=amina, note=" ")
    decline_referral(referral, by=amina, note="No place before June")
    with pytest.raises(StepNotAllowed):
        accept_referral(referral, by=amina)


def test_a_withdrawal_ends_what_was_asked_for_them_and_for_nobody_else(cast, amina, claire):
    case = make.counselled(cast, OUSMANE)
    fatou, ousmane = case.people.all()
    asked, hers = send(cast, case, claire, person=ousmane), send(cast, case, amina, person=fatou)
    under_way = send(cast, case, amina, person=ousmane)
    accept_referral(under_way, by=amina)
    withdraw(case, by=amina, people=[ousmane])
    assert [fresh(one).status for one in (asked, under_way, hers)] == ["withdrawn", "withdrawn", "sent"]
    assert [w.subject for w in Work.objects.open().filter(case=case, kind__endswith="_referral")] == [str(hers.pk)]
    assert "referral_ended" in told(amina) and told(claire) == ["referral_ended"]
    lines = Event.objects.filter(case=case, verb="withdraw_referral")
    assert {line.by.role for line in lines} == {"system"} and lines.count() == 2


def test_who_sent_a_referral_to_somebody_the_partner_no_longer_knows_is_told_by_the_sharing(cast, amina, horizon):
    shared = make.preparing(cast, OUSMANE)
    ousmane = shared.case.people.last()
    referral = send(cast, shared, horizon, person=ousmane)
    withdraw(shared.case, by=amina, people=[ousmane])
    assert fresh(referral).status == "withdrawn" and told(horizon)[-1] == "share_narrowed"


def test_the_list_says_for_whom_each_waits_and_since_when(cast, client, clock, amina, horizon):
    shared = make.arrived(cast)
    send(cast, shared.case, amina)
    send(cast, shared, horizon)
    clock.shift(timedelta(days=3))
    client.force_login(amina)
    rows = client.get("/referrals/").content.decode().split("data-row")[1:]
    assert ["Amina R." in row for row in rows] == [False, True] and ["Horizon" in row for row in rows] == [True, False]
    assert all("for 3 days" in row for row in rows)


def test_it_can_be_taken_back_until_it_is_done(cast, amina):
    referral = send(cast, make.counselled(cast), amina)
    withdraw_referral(referral, by=amina)
    for verb in (accept_referral, withdraw_referral):
        with pytest.raises(StepNotAllowed):
            verb(referral, by=amina)


def test_each_side_sees_what_hangs_on_the_share(cast, amina, horizon, lantern, nadia):
    shared = make.arrived(cast)
    referral = send(cast, shared, horizon)
    assert [referral in Referral.objects.visible_to(user) for user in (horizon, amina, lantern, nadia)] == [
        *[True, True, False, False]
    ]


def test_what_the_host_sent_before_the_hand_over_stays_with_the_host(cast, amina, horizon):
    case = make.decided(cast)
    referral = send(cast, case, amina)
    from cases.lifecycle import accept_handover, send_handover

    accept_handover(send_handover(case, by=amina, partner=cast.partner, agreement="2026"), by=horizon)
    assert referral not in Referral.objects.visible_to(horizon)


def test_the_database_wants_a_yes_an_answer_and_an_outcome(cast, amina):
    rows = Referral.objects.filter(pk=send(cast, make.counselled(cast), amina).pk)
    for facts, rule in (
        ({"agreed": False}, "referral_agreed"),
        ({"status": "accepted"}, "referral_answered"),
        ({"status": "done"}, "."),
    ):
        with pytest.raises(Exception, match=rule) as refusal, transaction.atomic():
            rows.update(**facts)
        assert isinstance(refusal.value, IntegrityError) or rule == "."


def test_the_end_of_a_referral_is_corrected(cast, client, horizon):
    referral = moments.accepted_referral(cast)
    day = make.today(horizon)
    complete_referral(referral, by=horizon, finished_on=day, outcome="Three talks")
    Referral.objects.filter(pk=referral.pk).update(sent_at=referral.sent_at - timedelta(days=5))
    client.force_login(horizon)
    address = f"/facts/referral/{referral.pk}/correct_fact/"
    assert address in client.get(f"/cases/{referral.shared.reference}/referrals/").content.decode()
    for value, answer in (
        (day - timedelta(days=6), 422),
        (day + timedelta(days=1), 422),
        (day - timedelta(days=2), 302),
    ):
        typed = {"field": "finished_on", "value": str(value), "note": "It ended on Sunday"}
        assert client.post(address, typed).status_code == answer
    assert fresh(referral).finished_on == value and last_line(referral).changes[0]["old"] == str(day)


def test_a_service_was_not_checked_tomorrow(cast, ada):
    tomorrow = make.timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="future"):
        keep_service(cast.service, by=ada, verified_on=tomorrow)


# --- what the host agency refers is its own ---


def seen_by(client, user, reference) -> bool:
    client.force_login(user)
    pages = [client.get(f"/cases/{reference}/{page}").content.decode() for page in ("referrals/", "", "story/")]
    pages += [client.get(address).content.decode() for address in ("/referrals/", "/api/v1/referrals/")]
    return "Trauma" in " ".join(pages)


@pytest.mark.parametrize("made", [make.handed_over, make.preparing])
def test_what_the_host_refers_is_not_the_partners_to_read(cast, client, amina, horizon, made):
    """Neither when it was sent before the partner accepted, nor after it."""
    shared = made(cast)
    referral = send(cast, shared.case, amina, need="Trauma")
    if not shared.is_accepted:
        accept_handover(shared, by=horizon)
    accept_referral(referral, by=amina)
    assert seen_by(client, amina, shared.reference) and not seen_by(client, horizon, shared.reference)


def test_the_host_may_choose_that_the_partner_reads_it(cast, client, amina, horizon):
    shared = make.preparing(cast)
    address, person = f"/cases/{shared.reference}/send_referral/", shared.case.people.get()
    for user, is_asked in ((amina, True), (horizon, False)):
        client.force_login(user)
        assert ("tell_partner" in client.get(address).content.decode()) is is_asked
    client.force_login(amina)
    answers = {"person": person.pk, "service": cast.service.pk, "need": "Trauma", "agreed": "on", "tell_partner": "on"}
    assert client.post(address, answers).status_code == 302
    assert seen_by(client, horizon, shared.reference)


def test_no_partner_is_told_of_somebody_it_does_not_know(cast, amina):
    shared = make.preparing(cast, OUSMANE, unwilling=(2,))
    for record, person in ((shared.case, shared.case.people.last()), (make.counselled(cast), None)):
        with pytest.raises(ValidationError, match="does not know this person"):
            send(cast, record, amina, person=person or record.people.get(), tell_partner=True)
