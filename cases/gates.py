"""What must be there before a case leaves its stage, in words, with the place where each thing is given.

The rules are those of AVRR practice (docs/life-of-a-case.md). A gate never says that a protection concern exists: the
line «One more check» stands on every case in screening, open or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .calendars import today_at
from .models import (
    Case,
    ChildDecision,
    Concern,
    Consent,
    CounsellingOutcome,
    Declaration,
    Person,
    Scope,
    Suspension,
)
from .statuses import DecisionStatus, PersonStatus, Stage


@dataclass(frozen=True)
class Gate:
    """One thing that must be there. `act` and `number` say where it is given: a verb, and a person's number if any."""

    label: str | Promise
    is_met: bool
    hint: str = ""
    act: str = ""
    number: int | None = None
    restricted: bool = False


def gates(case: Case) -> list[Gate]:
    """Everything the present stage asks for, met or not, in the order in which it is usually given."""
    return list(_GATES.get(case.stage, lambda case: iter(()))(case))


def missing(case: Case) -> list[Gate]:
    return [gate for gate in gates(case) if not gate.is_met]


def people_in(case: Case) -> list[Person]:
    return [person for person in case.people.all() if person.is_in]


def adults(case: Case) -> list[Person]:
    """Adults who still take part, counted at the application date, or today before there is one."""
    day = case.applied_on or today_at(case.organisation)
    return [person for person in people_in(case) if not person.is_minor(day)]


def children(case: Case) -> list[Person]:
    day = case.applied_on or today_at(case.organisation)
    return [person for person in people_in(case) if person.is_minor(day)]


def alone(case: Case) -> list[Person]:
    """Children who would travel without an adult of the family."""
    return children(case) if not adults(case) else []


def suspension(case: Case, day: date | None = None) -> Suspension | None:
    return Suspension.objects.in_force(case.return_country, day or today_at(case.organisation)).first()


def _enquiry(case) -> Iterator[Gate]:
    yield Gate(_("Somebody to talk with"), bool(people_in(case)), act="add_person")
    reachable = any(person.phone or person.stays_at for person in people_in(case))
    yield Gate(_("A way to reach them"), reachable, _("A phone number or a place to stay."), "edit_person", 1)


def _counselling(case) -> Iterator[Gate]:
    latest = {}
    for outcome in CounsellingOutcome.objects.filter(person__case=case).order_by("session__held_at", "pk"):
        latest[outcome.person_id] = outcome.wish
    spoke_alone = set(case.counsellings.exclude(alone_with=None).values_list("alone_with", flat=True))
    several = len(adults(case)) > 1
    for person in adults(case):
        name = person.display_name
        done = latest.get(person.pk) == CounsellingOutcome.Wish.GO_ON and (not several or person.pk in spoke_alone)
        hint = _("Met when their own way on is clear.")
        if several:
            hint = _("Met when their own way on is clear; each adult is also counselled alone.")
        yield Gate(_("Counselling of %s") % name, done, hint, "record_counselling")
    if not adults(case):
        yield Gate(
            _("Counselling of the child, with a guardian"),
            case.counsellings.exists(),
            act="record_counselling",
        )


def _application(case) -> Iterator[Gate]:
    signed = set(Declaration.objects.filter(person__case=case, ended_at=None).values_list("person_id", flat=True))
    answered = set(
        Consent.objects.in_force().filter(person__case=case, scope=Scope.PARTNER).values_list("person_id", flat=True)
    )
    for person in adults(case) or people_in(case):
        name = person.display_name
        yield Gate(
            _("Voluntary declaration of %s") % name,
            person.pk in signed,
            _("Everyone signs for themselves."),
            "sign_declaration",
            person.number,
        )
        yield Gate(
            _("Consent of %s, asked") % name,
            person.pk in answered,
            _("Yes or no to sharing with the partner; a no is an answer too."),
            "record_consent",
            person.number,
        )


def _screening(case) -> Iterator[Gate]:
    screened = set(Person.objects.filter(case=case, screenings__isnull=False).values_list("pk", flat=True))
    for person in people_in(case):
        yield Gate(
            _("Vulnerability screening of %s") % person.display_name,
            person.pk in screened,
            "" if person in children(case) else _("About 20 minutes, alone with them."),
            "record_screening",
            person.number,
        )
    yield from child_gates(case)
    yield country_gate(case)
    yield concern_gate(case)


def child_gates(case) -> Iterator[Gate]:
    """A child alone returns only after a best-interests determination says so and with a named receiving adult."""
    for person in alone(case):
        latest = ChildDecision.objects.filter(person=person).first()
        yield Gate(
            _("Best-interests determination for %s") % person.display_name,
            bool(latest and latest.result == ChildDecision.Result.RETURN),
            _("Return in the child's best interests, and a named adult who receives the child."),
            "record_child_decision",
            person.number,
        )


def country_gate(case) -> Gate:
    stop = suspension(case)
    return Gate(_("The country is open for returns"), stop is None, stop.reason if stop else "")


def concern_gate(case) -> Gate:
    return Gate(
        _("One more check"),
        not Concern.objects.filter(case=case).open().exists(),
        _("Reserved to the named reviewer. Ask your supervisor if it holds you up."),
        restricted=True,
    )


def _decided(case) -> Iterator[Gate]:
    decision = case.decisions.exclude(status=DecisionStatus.DROPPED).first()
    yield Gate(_("Decided: eligible"), bool(decision and decision.status == DecisionStatus.ELIGIBLE))
    agreed = set(
        Consent.objects.in_force()
        .filter(person__case=case, scope=Scope.PARTNER, agreed=True)
        .values_list("person_id", flat=True)
    )
    for person in adults(case) or people_in(case):
        yield Gate(
            _("%s agrees to share with a named partner") % person.display_name,
            person.pk in agreed,
            _("Without it this person cannot be handed over; their right to return is untouched."),
            "record_consent",
            person.number,
        )
    yield from child_gates(case)
    yield country_gate(case)
    yield concern_gate(case)


def _handed_over(case) -> Iterator[Gate]:
    shared = case.shared
    hint = _("Sent to %s.") % shared.partner if shared else ""
    yield Gate(_("The partner has accepted"), bool(shared and shared.is_accepted), hint)


def _preparing(case) -> Iterator[Gate]:
    itinerary = case.itineraries.order_by("-version").first()
    yield Gate(_("The journey is booked"), itinerary is not None, act="book_travel")
    yield Gate(
        _("The partner has acknowledged the journey"),
        bool(itinerary and itinerary.acknowledged_at),
        _("They have been asked; call them if time is short."),
    )
    yield from paper_gates(case, itinerary.arrives_on if itinerary else today_at(case.organisation))
    yield country_gate(case)
    yield concern_gate(case)


def paper_gates(case, day: date) -> Iterator[Gate]:
    """Each person can travel on `day`: a valid document, and health that allows the journey."""
    for person in people_in(case):
        if person.status not in (PersonStatus.TAKING_PART, PersonStatus.NOT_DEPARTED):
            continue
        paper = getattr(person, "travel_document", None)
        yield Gate(
            _("Travel document of %s") % person.display_name,
            bool(paper and paper.covers(day)),
            _("Valid on the day of arrival."),
            "record_travel_document",
            person.number,
        )
        yield Gate(
            _("Health check for the journey of %s") % person.display_name,
            can_travel(person, day),
            _("More on this person's own page."),
            "record_fit_to_travel",
            person.number,
        )


def can_travel(person: Person, day: date) -> bool:
    """Nothing was seen that asks for a doctor, or a doctor's yes still holds on `day`. Asked of everybody alike, so
    that the line on the case page tells nobody what a screening found."""
    latest = person.fitness.first()
    if latest is None:
        return not {"health", "pregnant"} & set(person.vulnerabilities)
    return latest.is_fit and latest.valid_until >= day


_GATES = {
    Stage.ENQUIRY: _enquiry,
    Stage.COUNSELLING: _counselling,
    Stage.APPLICATION: _application,
    Stage.SCREENING: _screening,
    Stage.DECIDED: _decided,
    Stage.HANDED_OVER: _handed_over,
    Stage.PREPARING: _preparing,
}


def gate_title(case: Case) -> str:
    """«Missing before a decision», for the card on the case page."""
    return {
        Stage.ENQUIRY: _("Before counselling"),
        Stage.COUNSELLING: _("Before the application"),
        Stage.APPLICATION: _("Before screening"),
        Stage.SCREENING: _("Before a decision"),
        Stage.DECIDED: _("Before the hand-over"),
        Stage.HANDED_OVER: _("Before travel is prepared"),
        Stage.PREPARING: _("Before departure"),
    }.get(case.stage, "")


def gate_sentence(found: list[Gate]) -> str:
    """How many of these gates are still open, in words; whether a restricted one is, nobody else learns."""
    count = sum(not gate.is_met and not gate.restricted for gate in found)
    if not count:
        return _("Nothing is missing for the next step.")
    return ngettext("%d thing is missing for the next step.", "%d things are missing for the next step.", count) % count
