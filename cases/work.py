"""What waits for whom, derived from the facts of a case.

Each rule looks at one case and says what it expects somebody to do and by when. `settle` makes the table of work equal
to what the rules say: new work starts to wait, finished work ends by itself, nobody ticks anything off twice. Apps
above register their own rules, so this file knows nothing of plans or referrals.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.roles import PARTNERS, Role

from .calendars import add_working_days, day_at, today_at
from .family import on_the_way, to_travel
from .models import Case, Concern, Decision, SharedCase, Work
from .sharing import partners_agreed_to, refill
from .statuses import JOURNEYS, DecisionStatus, SharedStatus, Stage

DAYS_PER_STAGE = {  # working days in which the next step of a stage is due; our defaults, see docs/life-of-a-case.md
    Stage.ENQUIRY: 5,
    Stage.COUNSELLING: 10,
    Stage.APPLICATION: 5,
    Stage.SCREENING: 10,
    Stage.DECIDED: 1,
}
ASK_FOR_A_JOURNEY = ("accept_handover", "record_no_departure", "cancel_travel", "rejoin")
HAND_OVER_WORKING_DAYS = 1
CLOSE_WORKING_DAYS = 10
DECISION_WORKING_DAYS = 10
REVIEW_WORKING_DAYS = 2
ACKNOWLEDGE_WORKING_DAYS = 2
LEFT_QUESTION_DAYS = 30  # RIAT: after 30 days without an arrival the host is asked «did they leave?»


@dataclass(frozen=True)
class WorkKind:
    """The words of one kind of work and the act that ends it."""

    label: str
    why: str
    act: str
    button: str
    where: Callable[[Work], dict]


KINDS: dict[str, WorkKind] = {}
RULES: list[Callable[[Case], Iterable["Expected"]]] = []
SETTLERS: list[Callable[[Case], None]] = []


def by_case(work: Work) -> dict:
    return {"reference": (work.shared or work.case).reference}


def by_subject(name: str) -> Callable[[Work], dict]:
    return lambda work: {name: work.subject}


def work_kind(name: str, label, why, act: str, button, where=by_case) -> None:
    """Name a kind of work: what is to be done, the rule behind it, the page that does it, its button, its address."""
    KINDS[name] = WorkKind(label, why, act, button, where)


def work_rule(rule):
    """Register a rule: a function of a case that yields Expected."""
    RULES.append(rule)
    return rule


def settler(function):
    """Register a function of a case that brings derived rows of an app above up to date before the rules look."""
    SETTLERS.append(function)
    return function


@dataclass
class Expected:
    """One thing a rule expects: who should do it, and until when (date in the doer's calendar)."""

    kind: str
    due_on: date
    for_role: str
    for_user: User | None = None
    subject: str = ""
    shared: SharedCase | None = None
    restricted: bool = False
    key: tuple = field(init=False)

    def __post_init__(self):
        self.key = (self.kind, self.subject)

    def facts(self) -> dict:
        return {
            "due_on": self.due_on,
            "for_role": self.for_role,
            "for_user_id": self.for_user.pk if self.for_user else None,
            "shared_id": self.shared.pk if self.shared else None,
            "partner_id": self.shared.partner_id if self.shared else None,
            "restricted": self.restricted,
        }


def for_owner(case: Case, kind: str, due_on: date, subject: str = "") -> Expected:
    return Expected(kind, due_on, case.owner.role, case.owner, subject)


def for_partner(shared: SharedCase, kind: str, due_on: date, subject: str = "") -> Expected:
    return Expected(kind, due_on, Role.PARTNER_WORKER, shared.worker, subject, shared)


def working_days_after(organisation, moment: datetime, days: int) -> date:
    """The date some working days after an aware moment, in the calendar of the organisation that has to act."""
    return add_working_days(day_at(organisation, moment), days, organisation.weekend)


def settle(case: Case) -> None:
    """Make the partner's copy, the open work and the case's next date equal to the facts. Idempotent.

    Called at the end of everything that happens; must run inside its transaction, with the case locked.
    """
    refill(case)
    for bring_up_to_date in SETTLERS:
        bring_up_to_date(case)
    expected = {work.key: work for work in _expected_of(_at_hand(case))}
    now = timezone.now()
    for row in Work.objects.filter(case=case, done_at=None).exclude(kind=Work.TASK):
        wanted = expected.pop((row.kind, row.subject), None)
        if wanted is None:
            Work.objects.filter(pk=row.pk).update(done_at=now)
        elif any(getattr(row, name) != value for name, value in wanted.facts().items()):
            Work.objects.filter(pk=row.pk).update(**wanted.facts())
    Work.objects.bulk_create(
        Work(
            case=case,
            organisation_id=case.organisation_id,
            kind=w.kind,
            subject=w.subject,
            since=now,
            **w.facts(),
        )
        for w in expected.values()
    )
    if not case.is_open:
        Work.objects.filter(case=case, done_at=None).update(done_at=now)
    case.next_due_on = Work.objects.filter(case=case, done_at=None, restricted=False).aggregate(d=Min("due_on"))["d"]
    Case.objects.filter(pk=case.pk).update(next_due_on=case.next_due_on)


def _at_hand(case: Case) -> Case:
    """The case with what most rules look at, read once: they only read."""
    shares = SharedCase.objects.select_related("partner", "worker").prefetch_related("people", "itineraries")
    of_the_case = Case.objects.select_related("organisation", "programme", "owner")
    return of_the_case.prefetch_related("people", Prefetch("shares", shares)).get(pk=case.pk)


def _expected_of(case: Case) -> list[Expected]:
    """All that waits now. Somebody always has an open case in mind: on hold, or when all is done, it is the owner."""
    if not case.is_open:
        return []
    if case.is_held:
        return [for_owner(case, "look_again", case.resume_on)]
    found = [work for rule in RULES for work in rule(case) if not _is_too_early(work)]
    if not found:
        last = case.events.aggregate(last=Max("at"))["last"] or case.stage_since
        found = [for_owner(case, "close_case", working_days_after(case.organisation, last, CLOSE_WORKING_DAYS))]
    return found


def _is_too_early(work: Expected) -> bool:
    """Before a partner has accepted, nothing but its answer waits there."""
    return work.for_role in PARTNERS and not work.shared.is_accepted and work.kind != "accept_handover"


NEXT_STEP = {
    Stage.ENQUIRY: "start_counselling",
    Stage.COUNSELLING: "apply_for_return",
    Stage.APPLICATION: "start_screening",
    Stage.SCREENING: "ask_decision",
    Stage.DECIDED: "send_handover",
}


@work_rule
def next_step(case):
    """Before departure the owner brings the case to its next stage."""
    step = NEXT_STEP.get(case.stage)
    if step is None or step == "ask_decision" and case.decisions.filter(status=DecisionStatus.ASKED).exists():
        return
    due = working_days_after(case.organisation, case.stage_since, DAYS_PER_STAGE[case.stage])
    yield for_owner(case, step, due)


@work_rule
def decisions_and_reviews(case):
    """Another person decides; a named reviewer looks at a concern."""
    agency = case.organisation
    for decision in Decision.objects.filter(case=case, status=DecisionStatus.ASKED):
        due = working_days_after(agency, decision.asked_at, DECISION_WORKING_DAYS)
        yield Expected("decide_case", due, Role.SUPERVISOR)
    for concern in Concern.objects.filter(case=case).open().select_related("reviewer"):
        due = working_days_after(agency, concern.raised_at, REVIEW_WORKING_DAYS)
        yield Expected(
            "release_concern", due, concern.reviewer.role, concern.reviewer, str(concern.pk), restricted=True
        )


@work_rule
def hand_over(case):
    """The partner answers in its own working days; silence is never an answer."""
    shared = case.shared
    if shared and shared.status == SharedStatus.SENT and not shared.is_held:
        yield for_partner(shared, "accept_handover", shared.answer_due_on)


@work_rule
def hand_over_again(case):
    """After the departure nobody is left alone at the airport: somebody they agreed to is asked to meet them."""
    if case.stage not in (Stage.TRAVELLING, Stage.REINTEGRATION) or case.shared:
        return
    if (to_travel(case) or on_the_way(case)) and partners_agreed_to(case).exists():
        ended = case.shares.aggregate(last=Max("ended_at"))["last"] or case.stage_since
        yield for_owner(case, "send_handover", working_days_after(case.organisation, ended, HAND_OVER_WORKING_DAYS))


@work_rule
def journeys(case):
    """For those who have not left: the host books and records departures, the partner acknowledges each version."""
    shared, going = case.shared, to_travel(case)
    if case.stage not in JOURNEYS or not shared or not shared.is_accepted:
        return
    journey = shared.journey
    if going and (journey is None or any(person.tries_again for person in going)):
        since = case.events.filter(verb__in=ASK_FOR_A_JOURNEY).aggregate(last=Max("at"))["last"] or case.stage_since
        yield for_owner(case, "book_travel", _book_by(case, since))
    if journey and any(not person.tries_again for person in going):
        yield for_owner(case, "record_departure", journey.departs_on)
    if journey and journey.acknowledged_at is None and (going or on_the_way(case)):
        due = working_days_after(shared.partner, journey.booked_at, ACKNOWLEDGE_WORKING_DAYS)
        yield for_partner(shared, "acknowledge_travel", min(due, journey.departs_on))


def _book_by(case: Case, since: datetime) -> date:
    """The flight is known in time before the departure that the programme expects so many days after the hand-over."""
    agency, terms, first = case.organisation, case.programme, day_at(case.organisation, since)
    departure = first + timedelta(days=terms.registration_days)
    return max(first, add_working_days(departure, -terms.itinerary_working_days, agency.weekend))


@work_rule
def arrivals(case):
    """The partner confirms who it was told of; 30 days after a departure, or after a yes, the host is asked again."""
    away = on_the_way(case)
    if not away:
        return
    shared = case.shared
    met = {copy.person_id for copy in shared.people.all()} if shared else set()
    expected = [person.departed_on for person in away if person.pk in met]
    if expected:
        first = min(expected)
        taken = [journey for journey in shared.itineraries.all() if journey.departs_on <= first] or [shared.journey]
        arrives_on = taken[0].arrives_on if taken[0] else first
        yield for_partner(shared, "confirm_arrival", max(arrives_on, first) + timedelta(days=1))
    asked_on = min(person.departure_confirmed_on or person.departed_on for person in away)
    asked_on += timedelta(days=LEFT_QUESTION_DAYS)
    if asked_on <= today_at(case.organisation) or len(expected) < len(away):
        yield for_owner(case, "did_they_leave", asked_on)
