"""What must be there before a case leaves its stage, in words, with the place where each thing is given.

The rules are those of AVRR practice (docs/life-of-a-case.md). What an earlier stage asked stays asked: it comes back
when it is no longer there, or for somebody who joined later. What must be true of each person is in cases.leaving.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .calendars import today_at
from .family import adults, children, on_the_way, people_in, signers, to_travel
from .leaving import (
    Gate,
    child_gates,
    concern_gate,
    country_gate,
    declaration_gate,
    paper_gates,
    screened_in,
    screening_gate,
    signed_and_screened,
    signed_in,
)
from .models import Case, Consent, CounsellingOutcome, Person, Scope
from .statuses import DecisionStatus, Stage

_blockers: list[Callable[[Case], Iterable[str]]] = []


def blocks_closing(question):
    """Register a question: given a case, it yields the reasons why it cannot close yet."""
    _blockers.append(question)
    return question


def reasons_not_to_close(case: Case) -> list[str]:
    return [reason for question in _blockers for reason in question(case)]


def gates(case: Case) -> list[Gate]:
    """What earlier stages asked and is not there, then everything the present stage asks for, met or not."""
    found = [gate for ask in _STILL_ASKED.get(case.stage, ()) for gate in ask(case) if not gate.is_met]
    found += _GATES[case.stage](case)
    if case.is_open and to_travel(case):
        found.append(concern_gate(case))
    return found


def missing(case: Case) -> list[Gate]:
    return [gate for gate in gates(case) if not gate.is_met]


def _enquiry(case) -> Iterator[Gate]:
    yield Gate(_("Somebody to talk with"), bool(people_in(case)), act="add_person")
    there = people_in(case)
    reachable = any(person.phone or person.stays_at for person in there)
    first, hint = there[0].number if there else None, _("A phone number or a place to stay.")
    yield Gate(_("A way to reach them"), reachable, hint, "edit_person", first, field="phone")


def wishing_otherwise(case) -> list[Person]:
    """Adults who have not said, or said last, that they wish to go on; asked until a decision is asked for."""
    if case.stage not in (Stage.COUNSELLING, Stage.APPLICATION, Stage.SCREENING):
        return []
    latest = {}
    for outcome in CounsellingOutcome.objects.filter(person__case=case).order_by("session__held_at", "pk"):
        latest[outcome.person_id] = outcome.wish
    return [person for person in adults(case) if latest.get(person.pk) != CounsellingOutcome.Wish.GO_ON]


def _counselling(case) -> Iterator[Gate]:
    """With several adults a gate says that a talk alone was held and nothing of what was said in it.

    What was said stops the next step itself, in words that name nobody (`ensure_gate`).
    """
    grown = adults(case)
    if len(grown) > 1:
        spoke_alone = set(case.counsellings.exclude(alone_with=None).values_list("alone_with", flat=True))
        done = [person for person in grown if person.pk in spoke_alone]
        hint = _("Met when they were counselled alone. What they wish stands on their own page.")
    else:
        done = [person for person in grown if person not in wishing_otherwise(case)]
        hint = _("Met when their own way on is clear.")
    for person in grown:
        yield Gate(_("Counselling of %s") % person.display_name, person in done, hint, "record_counselling")
    if not adults(case):
        yield Gate(
            _("Counselling of the child, with a guardian"),
            case.counsellings.exists(),
            act="record_counselling",
        )


def _application(case) -> Iterator[Gate]:
    signed = signed_in(case)
    answered = set(
        Consent.objects.in_force().filter(person__case=case, scope=Scope.PARTNER).values_list("person_id", flat=True)
    )
    for person in signers(case):
        name = person.display_name
        yield declaration_gate(person, person.pk in signed)
        yield Gate(
            _("Consent of %s, asked") % name,
            person.pk in answered,
            _("Yes or no to sharing with the partner; a no is an answer too."),
            "record_consent",
            person.number,
        )


def _screening(case) -> Iterator[Gate]:
    screened, minors = screened_in(case), children(case)
    for person in people_in(case):
        yield screening_gate(person, person.pk in screened, person in minors)
    yield from child_gates(case)
    yield country_gate(case)


def _decided(case) -> Iterator[Gate]:
    decision = case.decisions.exclude(status=DecisionStatus.DROPPED).first()
    yield Gate(_("Decided: eligible"), bool(decision and decision.status == DecisionStatus.ELIGIBLE))
    yield agreement_gate(case)
    yield from child_gates(case)
    yield country_gate(case)


def agreement_gate(case: Case) -> Gate:
    """One yes is enough to hand over; who said no stays in the case, is not shared, and is named in the hint."""
    agreed = set(
        Consent.objects.in_force()
        .filter(person__case=case, scope=Scope.PARTNER, agreed=True)
        .values_list("person_id", flat=True)
    )
    asked = adults(case) or people_in(case)
    silent = [person for person in asked if person.pk not in agreed]
    label = _("Somebody agrees to share with a named partner")
    if len(silent) == len(asked):
        hint = _("Without it nobody can be handed over; their right to return is untouched.")
        return Gate(label, False, hint, "record_consent", asked[0].number if asked else None)
    names = ", ".join(person.display_name for person in silent)
    return Gate(label, True, _("Not shared with the partner: %s.") % names if names else "")


def _handed_over(case) -> Iterator[Gate]:
    shared = case.shared
    hint = _("Sent to %s.") % shared.partner if shared else ""
    yield Gate(_("The partner has accepted"), bool(shared and shared.is_accepted), hint)


def _preparing(case) -> Iterator[Gate]:
    """For those who have not left yet, while the case prepares and also when others have gone ahead."""
    going, journey = to_travel(case), case.journey
    if not going:
        return
    booked = journey is not None and not any(person.tries_again for person in going)
    yield Gate(_("The journey is booked"), booked, act="book_travel")
    yield Gate(
        _("The partner has acknowledged the journey"),
        bool(journey and journey.acknowledged_at),
        _("They have been asked; call them if time is short. It does not stop the departure."),
    )
    yield from paper_gates(going, journey.arrives_on if journey else today_at(case.organisation))
    yield from child_gates(case, going)
    yield country_gate(case)


def _travelling(case) -> Iterator[Gate]:
    """Per person who has left: the confirmed arrival; who has not left is prepared meanwhile."""
    away = on_the_way(case)
    shared = case.shared if away else None
    met = set(shared.people.values_list("person_id", flat=True)) if shared else set()
    for person in away:
        hint = _("The partner confirms it.") if person.pk in met else _("Not shared with a partner who could see it.")
        yield Gate(_("Arrival of %s, confirmed") % person.display_name, False, hint)
    yield from _preparing(case)


def _reintegration(case) -> Iterator[Gate]:
    yield from _travelling(case)
    reasons = reasons_not_to_close(case)
    for reason in reasons:
        yield Gate(reason, False)
    if not reasons:
        yield Gate(_("No help is ordered and unpaid"), True)


_GATES = {
    Stage.ENQUIRY: _enquiry,
    Stage.COUNSELLING: _counselling,
    Stage.APPLICATION: _application,
    Stage.SCREENING: _screening,
    Stage.DECIDED: _decided,
    Stage.HANDED_OVER: _handed_over,
    Stage.PREPARING: _preparing,
    Stage.TRAVELLING: _travelling,
    Stage.REINTEGRATION: _reintegration,
    Stage.CLOSED: lambda case: (),
}
_STILL_ASKED = {
    Stage.APPLICATION: (_counselling,),
    Stage.SCREENING: (_counselling, _application),
    Stage.DECIDED: (signed_and_screened,),
    Stage.HANDED_OVER: (signed_and_screened,),
    Stage.PREPARING: (signed_and_screened,),
    Stage.TRAVELLING: (signed_and_screened,),
    Stage.REINTEGRATION: (signed_and_screened,),
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
        Stage.TRAVELLING: _("Until everybody has arrived"),
        Stage.REINTEGRATION: _("Before closing"),
    }.get(case.stage, "")


def gate_sentence(found: list[Gate]) -> str:
    """How many of these gates are still open, in words; whether a restricted one is, nobody else learns."""
    count = sum(not gate.is_met and not gate.restricted for gate in found)
    if not count:
        return _("Nothing is missing for the next step.")
    return ngettext("%d thing is missing for the next step.", "%d things are missing for the next step.", count) % count
