"""Gates: what a stage asks for, in words, each with the place where it is given."""

import pytest
from django.core.exceptions import ValidationError

from cases.acting import ACTS
from cases.gates import gate_sentence, gate_title, gates, missing
from cases.lifecycle import add_person, raise_concern, withdraw
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


def test_a_gate_leads_to_the_very_question(cast, client, amina):
    case = make.opened(cast, applicant=FATOU | {"phone": "", "stays_at": ""})
    client.force_login(amina)
    page = client.get(case.get_absolute_url()).content.decode()
    assert f"/cases/{case.reference}/people/1/edit_person/#id_phone" in page
    case = make.opened(cast, OUSMANE, applicant=FATOU | {"phone": "", "stays_at": ""})
    withdraw(case, by=amina, people=[case.people.first()])
    gate = next(gate for gate in gates(fresh(case)) if gate.label == "A way to reach them")
    assert gate.number == 2, "not of somebody who has withdrawn"


def test_a_departure_does_not_wait_for_the_partners_acknowledgement(cast):
    """It happened at the airport; that the partner has not said so yet stands on the list, in words."""
    case = make.booked(cast).case
    gate = next(gate for gate in missing(case) if gate.label == "The partner has acknowledged the journey")
    assert "does not stop the departure" in gate.hint
    make.depart(case)
    assert fresh(case).stage == "travelling"


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


def test_a_closed_case_asks_for_nothing(cast):
    case = make.opened(cast)
    case.stage = Stage.CLOSED
    assert gates(case) == [] and gate_title(case) == ""


def test_after_the_departure_each_arrival_is_asked_for(cast):
    shared = make.departed(cast, OUSMANE)
    assert labels(shared.case) == ["Arrival of Fatou Sarr, confirmed", "Arrival of Ousmane Sarr, confirmed"]
    make.arrive(shared, shared.people.first())
    assert labels(shared.case) == ["Arrival of Ousmane Sarr, confirmed"]
    assert gate_title(fresh(shared.case)) == "Before closing"


def test_what_keeps_a_case_from_closing_stands_on_its_page(cast, client, amina):
    grant = make.ordered(cast)
    client.force_login(amina)
    assert f"{grant.reference} is ordered" in client.get(f"/cases/{grant.case.reference}/").content.decode()
    make.deliver(grant)
    make.pay(grant)
    assert labels(grant.case) == []


def test_who_joins_later_is_asked_what_the_others_were(cast, amina):
    case = make.screened(cast)
    add_person(case, by=amina, **OUSMANE)
    assert labels(case) == [
        "Counselling of Fatou Sarr",
        "Counselling of Ousmane Sarr",
        "Voluntary declaration of Ousmane Sarr",
        "Consent of Ousmane Sarr, asked",
        "Vulnerability screening of Ousmane Sarr",
    ]


def test_after_a_decision_was_asked_for_only_a_child_joins(cast, amina):
    for case in (make.asked(cast).case, make.preparing(cast).case):
        with pytest.raises(ValidationError, match="a case of its own"):
            add_person(case, by=amina, **OUSMANE)
        add_person(case, by=amina, **AISSA)
        assert [person.name for person in case.people.all()] == ["Fatou Sarr", "Aïssa Sarr"]
        assert "Vulnerability screening of Aïssa Sarr" in labels(case)


@pytest.mark.parametrize("made", [make.opened, make.counselled, make.applied, make.screened, make.decided, make.booked])
def test_one_more_check_stands_everywhere_and_tells_nothing(cast, client, claire, amina, bashir, made):
    """A colleague's page reads the same whether or not a concern is open."""
    case = made(cast).case
    client.force_login(claire)
    before = words_of_gates(client, case)
    raise_concern(case.people.first(), by=amina, kind="fear", detail="Debts", reviewer=bashir)
    assert words_of_gates(client, case) == before and "One more check" in before
    assert "One more check" in labels(case)


def words_of_gates(client, case) -> str:
    page = client.get(f"/cases/{case.reference}/").content.decode()
    return page[page.index('id="gates"') : page.index("<h2>Family</h2>")]
