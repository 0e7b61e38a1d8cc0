"""A case begins: the enquiry, its people, the facts that may change while it is prepared."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import add_person, edit_case, edit_person, open_case
from cases.models import Case, Person
from cases.references import is_sound
from cases.transitions import StepNotAllowed
from tests import make
from tests.make import AISSA, FACTS, FATOU, OUSMANE
from tests.seen import fresh, last_line, verbs, waits


def test_a_case_is_opened_for_one_person(cast, amina):
    case = make.opened(cast)
    assert is_sound(case.reference) and case.reference.startswith("AVRR-FR-2026-")
    assert (case.owner, case.organisation, case.office, case.stage) == (amina, cast.agency, cast.lyon, "enquiry")
    assert case.people.get().display_name == "Fatou Sarr"
    assert verbs(case) == ["open_case"] and waits(case) == {"start_counselling"}


@pytest.mark.parametrize("name", ["mira", "faye", "ada", "audit", "horizon", "hawa"])
def test_who_does_not_counsel_opens_no_case(cast, name):
    with pytest.raises(PermissionDenied):
        make.opened(cast, by=getattr(cast, name))
    assert not Case.objects.exists()


def test_a_forced_return_is_refused_with_the_reason_why(cast):
    with pytest.raises(ValidationError) as refusal:
        make.opened(cast, scenario="forced")
    assert "nobody may be pressed to sign" in str(refusal.value.message_dict["scenario"])
    assert not Case.objects.exists()


def test_a_programme_of_another_agency_is_not_open(cast):
    with pytest.raises(ValidationError, match="not open to your agency"):
        make.opened(cast, programme=cast.other_programme)
    cast.programme.is_active = False
    cast.programme.save()
    with pytest.raises(ValidationError, match="not open to your agency"):
        make.opened(cast)


def test_nobody_returns_to_the_country_they_are_in(cast):
    with pytest.raises(ValidationError, match="not the host country"):
        make.opened(cast, return_country="FR")


@pytest.mark.parametrize("born_on", [date(2026, 3, 11), date(2500, 1, 1), date(1900, 1, 1)])
def test_a_birth_in_the_future_or_long_ago_is_refused(cast, born_on):
    with pytest.raises(ValidationError, match="date of birth"):
        make.opened(cast, applicant=FATOU | {"born_on": born_on})
    assert not Case.objects.exists(), "nothing half-written"


def test_a_number_is_not_lost_when_opening_fails(cast):
    make.opened(cast)
    with pytest.raises(ValidationError):
        make.opened(cast, scenario="forced")
    assert make.opened(cast).reference.startswith("AVRR-FR-2026-000002-")


def test_each_member_of_a_family_is_a_person_of_their_own(cast):
    case = make.opened(cast, OUSMANE, AISSA)
    assert [(p.number, p.relation) for p in case.people.all()] == [(1, "applicant"), (2, "spouse"), (3, "child")]
    assert last_line(case).person.number == 3


def test_a_case_has_one_applicant(cast, amina):
    case = make.opened(cast)
    with pytest.raises(ValidationError, match="one applicant"):
        add_person(case, by=amina, **OUSMANE | {"relation": "applicant"})


def test_nobody_joins_after_the_departure(cast, amina):
    case = make.departed(cast).case
    with pytest.raises(StepNotAllowed, match="before departure"):
        add_person(case, by=amina, **OUSMANE)
    assert case.people.count() == 1


def test_facts_of_a_person_change_and_both_values_stay_in_the_story(cast, amina):
    person = make.opened(cast).people.get()
    edit_person(person, by=amina, changes={"known_as": "Fatoumata", "phone": "+221771234567"})
    assert fresh(person).known_as == "Fatoumata"
    changes = {change["field"]: (change["old"], change["new"]) for change in last_line(person).changes}
    assert changes == {"known_as": ("", "Fatoumata"), "phone": (FATOU["phone"], "+221771234567")}


def test_a_partner_edits_no_person(cast, horizon):
    person = make.preparing(cast).case.people.get()
    with pytest.raises(PermissionDenied):
        edit_person(person, by=horizon, changes={"phone": ""})


def test_the_country_stays_once_it_was_screened(cast, amina):
    case = make.opened(cast)
    edit_case(case, by=amina, changes={"return_country": "GE"})
    assert fresh(case).return_country == "GE"
    screened = make.in_screening(cast)
    with pytest.raises(StepNotAllowed, match="screened and decided"):
        edit_case(screened, by=amina, changes={"return_country": "GE"})
    with pytest.raises(ValidationError, match="forced"):
        edit_case(screened, by=amina, changes={"scenario": "forced"})
    with pytest.raises(StepNotAllowed, match="screened and decided on"):
        edit_case(screened, by=amina, changes={"scenario": "unavoidable"})


def test_a_country_is_one_that_the_programme_serves(cast, amina):
    with pytest.raises(ValidationError, match="does not serve this country"):
        make.opened(cast, return_country="BR")
    case = make.opened(cast)
    for country, words in (("BR", "does not serve"), ("FR", "not the host country")):
        with pytest.raises(ValidationError, match=words):
            edit_case(case, by=amina, changes={"return_country": country})
    assert fresh(case).return_country == "SN"


def test_names_are_found_in_any_script_and_without_accents(cast):
    make.opened(cast, applicant=FATOU | {"name": "Björk N'Diaye", "name_original": "ብርሃን"})
    assert Person.objects.get().search_name == "bjork n'diaye ብርሃን"


def test_the_legal_deadline_is_kept(cast, amina):
    due = make.today(amina) + timedelta(days=20)
    case = open_case(
        by=amina,
        programme=cast.programme,
        applicant=dict(FATOU),
        legal_deadline="leave",
        legal_deadline_on=due,
        **FACTS,
    )
    assert (case.legal_deadline_label, fresh(case).legal_deadline_on) == ("Deadline to leave", due)
