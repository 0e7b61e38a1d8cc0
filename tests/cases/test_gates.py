"""Gates: what a stage asks for, in words, each with the place where it is given."""

import pytest

from cases.acting import ACTS
from cases.gates import gate_sentence, gate_title, gates, missing
from cases.statuses import BEFORE_DEPARTURE, Stage
from tests import make
from tests.make import AISSA, FATOU, OUSMANE
from tests.seen import fresh


def labels(case) -> list[str]:
    return [gate.label for gate in missing(fresh(case))]


def test_an_enquiry_asks_for_a_way_to_reach_somebody(cast):
    case = make.opened(cast, applicant=FATOU | {"phone": "", "stays_at": ""})
    assert labels(case) == ["A way to reach them"] and gate_title(case) == "Before counselling"
    assert gate_sentence(gates(case)) == "1 thing is missing for the next step."


def test_each_adult_signs_and_answers_in_the_application(cast):
    case = make.in_application(cast, OUSMANE, AISSA)
    assert labels(case) == [
        "Voluntary declaration of Fatou Sarr",
        "Consent of Fatou Sarr, asked",
        "Voluntary declaration of Ousmane Sarr",
        "Consent of Ousmane Sarr, asked",
    ]


def test_children_are_screened_too(cast):
    assert labels(make.in_screening(cast, AISSA))[:2] == [
        "Vulnerability screening of Fatou Sarr",
        "Vulnerability screening of Aïssa Sarr",
    ]


def test_papers_are_asked_for_each_person(cast):
    case = make.preparing(cast, OUSMANE).case
    assert "Travel document of Ousmane Sarr" in labels(case) and "The journey is booked" in labels(case)


@pytest.mark.parametrize("made", [make.decided, make.screened, make.applied, make.counselled])
def test_when_all_is_there_nothing_is_missing(cast, made):
    case = fresh(made(cast))
    assert missing(case) == [] and gate_sentence(gates(case)) == "Nothing is missing for the next step."


def test_each_gate_leads_to_a_verb_that_is_there(cast):
    case = make.opened(cast, OUSMANE, AISSA)
    for case.stage in BEFORE_DEPARTURE:
        for gate in gates(case):
            assert not gate.act or gate.act in ACTS, gate.label
            assert gate.number is None or case.people.filter(number=gate.number).exists()


def test_after_the_departure_no_gate_is_left(cast):
    case = make.opened(cast)
    for case.stage in set(Stage) - set(BEFORE_DEPARTURE):
        assert gates(case) == [] and gate_title(case) == ""
