"""The decision on eligibility: asked by one person, taken by another, or by an authority outside."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import ask_decision, decide_case, raise_concern, record_outside_decision, withdraw
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.make import COMPLAINT
from tests.seen import fresh, last_line, stage, told, verbs, waits

OUTSIDE = {"authority": "OFII", "authority_reference": "2026/77"}


def test_a_decision_is_asked_for_and_every_supervisor_hears_it(cast, bashir, samuel, amina):
    decision = make.asked(cast)
    assert decision.status == "asked" and waits(decision) == {"decide_case"}
    assert told(bashir) == told(samuel) == ["decision_asked"] and told(amina) == []


def test_it_is_asked_for_once_and_in_screening(cast, amina):
    decision = make.asked(cast)
    with pytest.raises(StepNotAllowed, match="already been asked"):
        ask_decision(decision.case, by=amina)
    with pytest.raises(StepNotAllowed, match="in screening"):
        ask_decision(make.applied(cast), by=amina)


def test_a_supervisor_decides(cast, bashir, amina):
    decision = make.asked(cast)
    decide_case(decision, by=bashir, eligible=True)
    assert (fresh(decision).status, stage(decision)) == ("eligible", "decided")
    assert last_line(decision).verb == "decide_case" and told(amina) == ["case_decided"]
    assert waits(decision) == {"send_handover"}


def test_nobody_decides_what_they_asked_for(cast, bashir):
    case = make.screened(cast)
    decision = ask_decision(case, by=bashir)
    with pytest.raises(StepNotAllowed, match="Somebody other"):
        decide_case(decision, by=bashir, eligible=True)
    assert stage(case) == "screening"


@pytest.mark.parametrize("name", ["amina", "claire", "mira", "hawa", "ada"])
def test_only_supervisors_decide(cast, name):
    with pytest.raises(PermissionDenied):
        decide_case(make.asked(cast), by=getattr(cast, name), eligible=True)


def test_a_decision_is_made_once(cast, bashir, samuel):
    decision = make.asked(cast)
    decide_case(decision, by=bashir, eligible=True)
    with pytest.raises(StepNotAllowed, match="no longer possible"):
        decide_case(decision, by=samuel, eligible=False, reason="No", complaint_information=COMPLAINT)
    assert verbs(decision).count("decide_case") == 1


def test_a_refusal_says_why_and_how_to_complain(cast, bashir):
    decision = make.asked(cast)
    with pytest.raises(ValidationError, match="says why"):
        decide_case(decision, by=bashir, eligible=False, complaint_information=COMPLAINT)
    with pytest.raises(ValidationError, match="how to complain"):
        decide_case(decision, by=bashir, eligible=False, reason="Another programme is open to her")
    decide_case(decision, by=bashir, eligible=False, reason="Another programme", complaint_information=COMPLAINT)
    case = fresh(decision).case
    assert (case.stage, case.outcome, waits(case)) == ("closed", "refused", set())


def test_a_concern_raised_after_asking_holds_the_decision(cast, amina, bashir, samuel):
    decision = make.asked(cast)
    raise_concern(decision.case.people.get(), by=amina, kind="fear", detail="Debts", reviewer=samuel)
    with pytest.raises(Missing):
        decide_case(decision, by=bashir, eligible=True)
    assert fresh(decision).status == "asked", "nothing half-written"


def test_nothing_is_decided_on_a_case_from_which_everybody_withdrew(cast, amina, bashir):
    decision = make.asked(cast)
    withdraw(decision.case, by=amina, people=list(decision.case.people.all()))
    with pytest.raises(StepNotAllowed, match="closed"):
        decide_case(decision, by=bashir, eligible=True)
    assert stage(decision) == "closed"


def test_an_authority_outside_decides(cast, amina):
    decision = make.asked(cast)
    found = record_outside_decision(decision.case, by=amina, eligible=True, authority_date=make.today(amina), **OUTSIDE)
    assert fresh(decision).status == "dropped" and found.status == "eligible" and stage(decision) == "decided"


def test_an_outside_decision_has_its_date_and_time(cast, amina, horizon):
    case, day = make.screened(cast), make.today(amina)
    with pytest.raises(ValidationError, match="future"):
        record_outside_decision(case, by=amina, eligible=True, authority_date=day + timedelta(days=1), **OUTSIDE)
    with pytest.raises(ValidationError, match="says why"):
        record_outside_decision(case, by=amina, eligible=False, authority_date=day, **OUTSIDE)
    with pytest.raises(PermissionDenied):
        record_outside_decision(case, by=horizon, eligible=True, authority_date=day, **OUTSIDE)
    with pytest.raises(StepNotAllowed, match="in screening"):
        record_outside_decision(make.applied(cast), by=amina, eligible=True, authority_date=day, **OUTSIDE)


def test_an_outside_refusal_closes_the_case(cast, amina):
    case = make.screened(cast)
    why = {"reason": "Still in the asylum procedure", "complaint_information": COMPLAINT}
    record_outside_decision(case, by=amina, eligible=False, authority_date=make.today(amina), **OUTSIDE, **why)
    assert (stage(case), fresh(case).outcome) == ("closed", "refused")
