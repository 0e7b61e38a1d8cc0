"""Papers for the journey: travel documents, the consulate that is asked for one, and what a doctor says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from cases.lifecycle import (
    record_fit_to_travel,
    record_travel_document,
    withdraw_consent,
)
from cases.models import Scope, TravelDocument
from cases.transitions import Missing
from tests import make
from tests.make import AISSA, OUSMANE
from tests.seen import fresh, stage, verbs

DAY = timedelta(days=1)


def test_a_paper_is_asked_then_issued(cast, amina):
    person, day = make.opened(cast).people.get(), make.today(amina)
    make.consent(person, scope=Scope.CONSULAR)
    record_travel_document(person, by=amina, kind="laissez_passer", asked_on=day)
    paper = record_travel_document(
        person, by=amina, kind="laissez_passer", issued_on=day, number="LP 1", valid_until=day + 30 * DAY
    )
    assert paper.covers(day + 30 * DAY) and not paper.covers(day + 31 * DAY)
    assert fresh(paper).asked_on == day and verbs(person).count("record_travel_document") == 2


@pytest.mark.parametrize(("facts", "words"), [
    ({"asked_on": 1}, "future"),
    ({"issued_on": 1, "number": "A", "valid_until": 9}, "future"),
    ({"issued_on": 0, "valid_until": 9}, "number and a last day"),
    ({"issued_on": 0, "number": "A", "valid_until": 0}, "before it was issued"),
])  # fmt: skip
def test_a_paper_that_cannot_be_is_refused(cast, amina, facts, words):
    person, day = make.opened(cast).people.get(), make.today(amina)
    facts = {name: day + value * DAY if isinstance(value, int) else value for name, value in facts.items()}
    with pytest.raises(ValidationError, match=words):
        record_travel_document(person, by=amina, kind="passport", **facts)


def test_a_doctor_does_not_examine_tomorrow(cast, amina):
    person, day = make.opened(cast).people.get(), make.today(amina)
    for examined, until in ((day + DAY, day + 9 * DAY), (day, day - DAY)):
        with pytest.raises(ValidationError):
            record_fit_to_travel(person, by=amina, is_fit=True, examined_on=examined, valid_until=until)


def test_a_doctors_no_holds_the_departure_until_a_later_yes(cast, amina):
    shared = make.booked(cast)
    person, day = shared.case.people.get(), make.today(amina)
    until = {"examined_on": day, "valid_until": day + 30 * DAY}
    record_fit_to_travel(person, by=amina, is_fit=False, **until)
    with pytest.raises(Missing, match="Health check for the journey of Fatou Sarr"):
        make.depart(shared.case)
    record_fit_to_travel(person, by=amina, is_fit=True, conditions="A wheelchair at both airports", **until)
    make.depart(shared.case)
    assert stage(shared) == "travelling"


def test_partners_keep_no_papers_of_the_host(cast, horizon):
    person = make.preparing(cast).case.people.get()
    with pytest.raises(PermissionDenied):
        record_travel_document(person, by=horizon, kind="passport")


# --- asking a consulate ---


def test_a_consulate_is_asked_with_the_persons_yes(cast, client, amina):
    person, day = make.in_application(cast).people.get(), make.today(amina)
    address = f"{person.get_absolute_url()}record_travel_document/"
    client.force_login(amina)
    answer = client.post(address, {"kind": "laissez_passer", "asked_on": day})
    text = answer.content.decode()
    assert answer.status_code == 409 and "A yes of Fatou Sarr" in text
    assert f"{person.get_absolute_url()}record_consent/" in text, "the way there"
    assert not TravelDocument.objects.exists()
    make.consent(person, scope=Scope.CONSULAR, agreed=False)
    with pytest.raises(Missing, match="A yes of Fatou Sarr"):
        record_travel_document(person, by=amina, kind="laissez_passer", asked_on=day)
    make.consent(person, scope=Scope.CONSULAR)
    assert client.post(address, {"kind": "laissez_passer", "asked_on": day}).status_code == 302
    assert TravelDocument.objects.get().asked_on == day


def test_what_was_asked_before_a_no_stays_and_the_paper_is_still_recorded(cast, amina):
    person, day = make.in_application(cast).people.get(), make.today(amina)
    yes = make.consent(person, scope=Scope.CONSULAR)
    asked = {"kind": "laissez_passer", "asked_on": day}
    record_travel_document(person, by=amina, **asked)
    withdraw_consent(yes, by=amina)
    issued = {"issued_on": day, "number": "LP 1", "valid_until": day + 30 * DAY}
    record_travel_document(person, by=amina, **asked, **issued)
    with pytest.raises(Missing):
        record_travel_document(person, by=amina, **asked | issued | {"asked_on": day - DAY})


def test_a_parent_answers_for_a_child_and_no_adult_for_another(cast, amina):
    case, day = make.in_application(cast, OUSMANE, AISSA), make.today(amina)
    fatou, ousmane, aissa = case.people.all()
    make.consent(fatou, scope=Scope.CONSULAR)
    for person in (fatou, aissa):
        record_travel_document(person, by=amina, kind="laissez_passer", asked_on=day)
    with pytest.raises(Missing, match="A yes of Ousmane Sarr"):
        record_travel_document(ousmane, by=amina, kind="laissez_passer", asked_on=day)
    with pytest.raises(DatabaseError, match="without a yes"), transaction.atomic():
        TravelDocument.objects.create(person=ousmane, kind="laissez_passer", asked_on=day)
