"""Counselling and application: open-ended, each adult alone too, an outcome for each of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cases.gates import missing
from cases.lifecycle import apply_for_return, start_counselling
from cases.models import CounsellingOutcome
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.make import AISSA, FATOU, OUSMANE
from tests.seen import last_line, stage, verbs, waits


def test_counselling_begins_with_somebody_who_can_be_reached(cast, amina):
    case = make.opened(cast)
    start_counselling(case, by=amina)
    assert stage(case) == "counselling" and waits(case) == {"apply_for_return"}
    unreachable = make.opened(cast, applicant=FATOU | {"phone": "", "stays_at": ""})
    with pytest.raises(Missing, match="A way to reach them"):
        start_counselling(unreachable, by=amina)


def test_counselling_does_not_begin_twice(cast, amina):
    case = make.counselled(cast)
    with pytest.raises(StepNotAllowed):
        start_counselling(case, by=amina)
    assert verbs(case).count("start_counselling") == 1


def test_who_does_not_counsel_cannot_begin_it(cast, mira, horizon):
    case = make.opened(cast)
    for stranger in (mira, horizon):
        with pytest.raises(PermissionDenied):
            start_counselling(case, by=stranger)


def test_each_adult_says_for_themselves_what_they_wish(cast, amina):
    case = make.opened(cast, OUSMANE, AISSA)
    start_counselling(case, by=amina)
    fatou, ousmane, aissa = case.people.all()
    session = make.talk(case, present=[fatou, ousmane, aissa], wish="think")
    assert {o.person for o in session.outcomes.all()} == {fatou, ousmane}, "a child is not asked to decide"


def test_an_application_needs_every_adult_counselled_alone_and_willing(cast, amina):
    case = make.opened(cast, OUSMANE)
    start_counselling(case, by=amina)
    fatou, ousmane = case.people.all()
    make.talk(case, present=[fatou, ousmane])
    with pytest.raises(Missing):
        apply_for_return(case, by=amina)
    make.talk(case, alone_with=fatou)
    make.talk(case, alone_with=ousmane, wish="think")
    assert missing(case) == []
    with pytest.raises(StepNotAllowed, match="A talk is still needed"):
        apply_for_return(case, by=amina)
    make.talk(case, present=[ousmane], wish="go_on", held_at=timezone.now())
    apply_for_return(case, by=amina)
    assert stage(case) == "application" and case.applied_on == make.today(amina)


def test_someone_alone_needs_no_second_talk_alone(cast, amina):
    case = make.counselled(cast)
    apply_for_return(case, by=amina)
    assert stage(case) == "application"


def test_what_was_said_later_counts(cast, amina):
    case = make.counselled(cast)
    make.talk(case, present=case.people.all(), wish="stop")
    with pytest.raises(Missing):
        apply_for_return(case, by=amina)


def test_a_session_is_recorded_after_it_was_held(cast):
    case = make.counselled(cast)
    with pytest.raises(ValidationError, match="after it was held"):
        make.talk(case, present=case.people.all(), held_at=timezone.now() + timedelta(hours=1))


def test_nobody_from_another_case_was_present(cast):
    case, other = make.counselled(cast), make.counselled(cast)
    with pytest.raises(ValidationError, match="not in this case"):
        make.talk(case, present=other.people.all())
    with pytest.raises(ValidationError, match="not in this case"):
        make.talk(case, alone_with=other.people.get())


def test_what_one_says_alone_is_nobody_elses_outcome(cast):
    case = make.counselled(cast, OUSMANE)
    fatou, ousmane = case.people.all()
    before = CounsellingOutcome.objects.filter(person=ousmane).count()
    session = make.talk(case, present=[fatou, ousmane], alone_with=fatou)
    assert list(session.present.all()) == [fatou]
    assert CounsellingOutcome.objects.filter(person=ousmane).count() == before
    assert (last_line(case).person, last_line(case).private_to) == (fatou, fatou)


def test_counselling_ends_with_the_departure(cast):
    case = make.departed(cast).case
    with pytest.raises(StepNotAllowed, match="ends with the departure"):
        make.talk(case, present=case.people.all())


def test_an_application_is_not_made_twice(cast, amina):
    case = make.in_application(cast)
    with pytest.raises(Missing):
        apply_for_return(case, by=amina)
    assert verbs(case).count("apply_for_return") == 1
