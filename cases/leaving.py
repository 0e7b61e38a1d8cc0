"""What must be true of somebody before they leave, whichever stage asked it first: each a Gate, in words.

A gate never says that a protection concern exists: the line «One more check» reads the same either way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .calendars import today_at
from .family import adults, alone, children, signers, to_travel
from .models import Case, ChildDecision, Concern, Declaration, Person, Suspension


@dataclass(frozen=True)
class Gate:
    """One thing that must be there. `act`, `number` and `field` say where it is given: a verb, a person, a question."""

    label: str | Promise
    is_met: bool
    hint: str = ""
    act: str = ""
    number: int | None = None
    restricted: bool = False
    field: str = ""


def departure_gates(case: Case, leaving: list[Person], day: date) -> Iterator[Gate]:
    """All that must be true of these people before they leave and arrive on `day`, whichever stage asked it first."""
    yield from signed_and_screened(case, leaving)
    yield from child_gates(case, leaving)
    yield from paper_gates(leaving, day)
    yield country_gate(case)
    yield concern_gate(case)


def signed_and_screened(case, leaving: list[Person] | None = None) -> Iterator[Gate]:
    """Until somebody leaves: a declaration in force of each adult, a screening of everyone."""
    leaving = to_travel(case) if leaving is None else leaving
    if not leaving:
        return
    signed, screened, minors = signed_in(case), screened_in(case), children(case)
    for person in signers(case, leaving):
        yield declaration_gate(person, person.pk in signed)
    for person in leaving:
        yield screening_gate(person, person.pk in screened, person in minors)


def declaration_gate(person: Person, is_signed: bool) -> Gate:
    label = _("Voluntary declaration of %s") % person.display_name
    return Gate(label, is_signed, _("Everyone signs for themselves."), "sign_declaration", person.number)


def screening_gate(person: Person, is_screened: bool, is_child: bool) -> Gate:
    label = _("Vulnerability screening of %s") % person.display_name
    hint = "" if is_child else _("About 20 minutes, alone with them.")
    return Gate(label, is_screened, hint, "record_screening", person.number)


def signed_in(case: Case) -> set[int]:
    return set(Declaration.objects.filter(person__case=case, ended_at=None).values_list("person_id", flat=True))


def screened_in(case: Case) -> set[int]:
    return set(Person.objects.filter(case=case, screenings__isnull=False).values_list("pk", flat=True))


def child_gates(case: Case, leaving: list[Person] | None = None) -> Iterator[Gate]:
    """A child leaves with or after an adult of the family, or by a determination that names a receiving adult."""
    has_adults = bool(adults(case))
    for person in alone(case, leaving):
        latest = ChildDecision.objects.filter(person=person).first()
        label = (
            _("An adult of the family with %s, or a best-interests determination")
            if has_adults
            else _("Best-interests determination for %s")
        )
        yield Gate(
            label % person.display_name,
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


def suspension(case: Case, day: date | None = None) -> Suspension | None:
    return Suspension.objects.in_force(case.return_country, day or today_at(case.organisation)).first()


def paper_gates(people: list[Person], day: date) -> Iterator[Gate]:
    """Each of them can travel until `day`: a valid document, and health that allows the journey."""
    for person in people:
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
    """Nothing was seen that asks for a doctor, or a doctor's yes still holds on `day`.

    Asked of everybody alike, so that the line on the case page tells nobody what a screening found.
    """
    latest = person.fitness.first()
    if latest is None:
        return not {"health", "pregnant"} & set(person.vulnerabilities)
    return latest.is_fit and latest.valid_until >= day
