"""The pages of two parts of the way, decision and journey: what stands there, for whom, and what can be mended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.lifecycle import (
    acknowledge_travel,
    correct_fact,
    decide_case,
    decline_handover,
    end_sharing,
    record_child_decision,
    record_outside_decision,
    record_travel_document,
    see_handover,
)
from cases.models import Event, Suspension
from tests import make
from tests.make import COMPLAINT, OUSMANE
from tests.seen import fresh, last_line

DAY = timedelta(days=1)
OUTSIDE = {"authority": "OFII", "authority_reference": "2026/77"}


def page(client, user, record, tab="") -> str:
    client.force_login(user)
    answer = client.get(f"/cases/{record.case.reference}/{tab}")
    assert answer.status_code == 200
    return answer.content.decode()


# --- the decision ---


def test_who_decides_reads_what_it_rests_on(cast, client, bashir):
    decision = make.asked(cast, scenario="unavoidable", reasons=["family", "no_status"])
    text = page(client, bashir, decision, "decision/")
    for words in ("Voluntary but unavoidable", "Family", "No right to stay", "Screened.", "Decide on eligibility"):
        assert words in text, words
    assert "Amina R." in text, "who asked"


def test_a_refusal_says_why_and_how_to_complain_on_its_page(cast, client, amina, bashir):
    decision = make.asked(cast)
    decide_case(decision, by=bashir, eligible=False, reason="Another programme fits", complaint_information=COMPLAINT)
    text = page(client, amina, decision, "decision/")
    assert "Another programme fits" in text and COMPLAINT in text and "Bashir T." in text
    assert "Another programme fits" in page(client, amina, decision)


def test_an_authoritys_decision_stands_with_reference_date_and_reason(cast, client, amina):
    case, day = make.screened(cast), make.today(amina) - 3 * DAY
    why = {"reason": "Still in the asylum procedure", "complaint_information": COMPLAINT}
    record_outside_decision(case, by=amina, eligible=False, authority_date=day, **OUTSIDE, **why)
    text = page(client, amina, case, "decision/")
    for words in ("OFII", "2026/77", "7 March 2026", "Still in the asylum procedure", COMPLAINT):
        assert words in text, words
    assert "7 March 2026" in page(client, amina, case)


def test_a_suspended_country_is_named_where_it_is_decided(cast, client, bashir):
    decision = make.asked(cast)
    Suspension.objects.create(country="SN", from_on=make.today(bashir), reason="Fighting in the north")
    assert "Fighting in the north" in page(client, bashir, decision, "decision/")


@pytest.mark.parametrize("name", ["horizon", "hawa", "lantern", "nadia", "mira", "ada"])
def test_nobody_else_reads_how_it_was_decided(cast, client, name):
    case = make.preparing(cast).case
    client.force_login(getattr(cast, name))
    assert client.get(f"/cases/{case.reference}/decision/").status_code == 404


# --- the journey ---


def test_the_times_of_a_hand_over_stand_on_the_case(cast, client, clock, amina, horizon):
    shared = make.handed_over(cast)
    assert "not yet opened" in page(client, amina, shared)
    clock.shift(DAY)
    see_handover(shared, by=horizon)
    for tab in ("", "journey/"):
        text = page(client, amina, shared, tab)
        assert "seen Wed 11 Mar 2026, 10:00" in text and "answer due" in text
        assert "It has waited for 1 of their working days" in text
    clock.shift(2 * DAY)
    decline_handover(fresh(shared), by=horizon, note="No staff in this region")
    clock.shift(20 * DAY)
    text = page(client, amina, shared, "journey/")
    for words in ("answered Fri 13 Mar 2026, 10:00", "No staff in this region", "That took 3 of their working days"):
        assert words in text, words


def test_the_count_of_days_ends_with_the_sharing(cast, client, clock, amina):
    shared = make.handed_over(cast)
    clock.shift(DAY)
    end_sharing(shared.case, by=amina)
    clock.shift(30 * DAY)
    assert fresh(shared).days_waited == 1
    assert "It ended without an answer after 1 working day." in page(client, amina, shared)


def test_every_version_of_the_journey_can_be_read_by_both_sides(cast, client, amina, horizon):
    shared = make.preparing(cast, OUSMANE)
    make.book(shared.case, hours=240, flight="AF 718")
    acknowledge_travel(shared, by=horizon)
    make.book(shared.case, hours=300, flight="SN 204", why_changed="Flight cancelled by the airline")
    for user in (amina, horizon):
        text = page(client, user, shared, "journey/")
        for words in ("AF 718", "SN 204", "Flight cancelled by the airline", "version 1", "version 2", "Amina R."):
            assert words in text, words
        assert "Earlier journey" in text and "Ousmane" in text
    text = page(client, amina, shared)
    assert "version 2" in text and "Flight cancelled by the airline" in text and "AF 718" not in text


def test_a_partner_reads_the_journeys_of_its_own_share_alone(cast, client, lantern, horizon):
    shared = make.booked(cast)
    client.force_login(lantern)
    assert client.get(f"/cases/{shared.reference}/journey/").status_code == 404
    text = page(client, horizon, shared, "journey/")
    assert "Passport" not in text and "A000" not in text, "papers stay with the host agency"
    assert "of your working days" in text


# --- what is put right ---


def corrects(record, by, field, value):
    correct_fact(record, by=by, field=field, value=value, note="Typo")
    return last_line(record)


def test_dates_of_screening_and_determination_are_put_right_with_both_values(cast, amina, bashir):
    person = make.screened(cast).people.get()
    day, screening = make.today(amina), person.screenings.get()
    line = corrects(screening, amina, "held_on", day - DAY)
    assert fresh(screening).held_on == day - DAY and line.note == "Typo" and line.private_to == person
    assert line.changes == [{"field": "held_on", "old": str(day), "new": str(day - DAY)}]
    found = record_child_decision(person, by=amina, result="stay", authority="Judge", decided_on=day,
                                  receiving_adult="", receiving_contact="")  # fmt: skip
    corrects(found, amina, "decided_on", day - DAY)
    assert fresh(found).decided_on == day - DAY


def test_a_talk_alone_is_put_right_where_it_stands_alone(cast, client, amina, claire):
    case = make.counselled(cast, OUSMANE)
    fatou = case.people.first()
    talk, when = fatou.talks_alone.get(), timezone.now() - DAY
    line = corrects(talk, amina, "held_at", when)
    assert fresh(talk).held_at == when and line.private_to == fatou
    assert line not in Event.objects.visible_to(claire).for_everybody()
    client.force_login(amina)
    address = f"/facts/counselling/{talk.pk}/correct_fact/"
    assert 'type="datetime-local"' in client.get(address).content.decode()
    done = client.post(address, {"field": "held_at", "value": "2026-03-09T09:30", "note": "The clock was wrong"})
    assert done.status_code == 302 and fresh(talk).held_at.isoformat() == "2026-03-09T08:30:00+00:00"
    late = client.post(address, {"field": "held_at", "value": "2026-03-12T09:30", "note": "The clock was wrong"})
    assert late.status_code == 422 and "future" in late.content.decode()


def test_the_date_of_an_authoritys_decision_is_put_right(cast, client, amina, nadia, horizon):
    day = make.today(amina)
    decision = record_outside_decision(make.screened(cast), by=amina, eligible=True, authority_date=day, **OUTSIDE)
    corrects(decision, amina, "authority_date", day - DAY)
    assert fresh(decision).authority_date == day - DAY
    for stranger in (nadia, horizon):
        client.force_login(stranger)
        assert client.get(f"/facts/decision/{decision.pk}/correct_fact/").status_code == 404


def test_what_stood_in_a_travel_document_before_stays_in_the_story(cast, amina):
    case = make.booked(cast).case
    person = case.people.get()
    old = person.travel_document.number
    paper = {"kind": "passport", "issued_on": make.today(amina) - DAY, "valid_until": make.today(amina) + 300 * DAY}
    record_travel_document(person, by=amina, number="B7", **paper)
    changes = {change["field"]: (change["old"], change["new"]) for change in last_line(case).changes}
    assert changes["number"] == (old, "B7") and "kind" not in changes
