"""Moments of a case that only one verb starts from; the stages of the journey are in tests/make.py."""

from collections.abc import Callable

from django.utils import timezone

from accounts.principal import Principal, acting_as
from avrr.demo import days
from cases import lifecycle as office
from cases.models import WalkIn
from referrals import lifecycle as referrals
from reintegration.lifecycle import record_attempt, stop_follow_up
from tests import make
from tests.kept import KEEPER
from tests.make import OUSMANE, today


def let_pass(case, number: int) -> None:
    with acting_as(Principal(KEEPER)):
        days.let_pass(case, number, timezone.now())


def first(case_of: Callable) -> Callable:
    """The applicant of the case that `case_of` makes."""
    return lambda cast: case_of(cast).people.first()


def held(cast):
    case = make.opened(cast)
    office.hold_case(case, by=cast.amina, reason="Waits for a paper")
    return case


def closed(cast):
    case = make.opened(cast)
    office.close_case(case, by=cast.amina, outcome="stopped")
    return case


def withdrawn(cast):
    case = make.counselled(cast, OUSMANE)
    ousmane = case.people.last()
    office.withdraw(case, by=cast.amina, people=[ousmane])
    return case.people.get(pk=ousmane.pk)


def concern(cast):
    person = make.in_screening(cast).people.first()
    return office.raise_concern(person, by=cast.amina, kind="fear", detail="Debts to a lender", reviewer=cast.bashir)


def task(cast):
    return office.add_task(make.opened(cast), by=cast.amina, title="Call the consulate", due_on=today(cast.amina))


def walk_in(cast) -> WalkIn:
    return make.walked_in(cast)


def referral(cast):
    shared = make.arrived(cast)
    person = shared.case.people.first()
    return referrals.send_referral(
        shared, by=cast.horizon, person=person, service=cast.service, need="Somebody to talk to", agreed=True
    )


def accepted_referral(cast):
    found = referral(cast)
    referrals.accept_referral(found, by=cast.horizon)
    return found


def acknowledged(cast):
    return make.departed(cast).case


def quoted_twice(cast):
    grant = make.granted(cast)
    make.quote(grant)
    return grant


def due(cast):
    """The first follow-up of somebody who arrived a hundred days ago."""
    case = make.arrived(cast).case
    let_pass(case, 100)
    return case.followups.first()


def gone(cast):
    """Somebody who left five days ago."""
    case = make.departed(cast).case
    let_pass(case, 5)
    return case.people.get()


def tried(cast):
    """A follow-up that was due and that somebody tried to hold."""
    follow_up = due(cast)
    record_attempt(follow_up, by=cast.horizon, mode="phone", result="no_answer")
    return follow_up


def stopped(cast):
    """Somebody home who did not wish to be followed up."""
    shared = make.arrived(cast)
    stop_follow_up(shared, by=cast.horizon, note="She prefers to be left alone")
    return shared


def follow_up(cast):
    return make.arrived(cast).case.followups.first()


def consented(cast):
    return make.applied(cast).people.first().consents.first()
