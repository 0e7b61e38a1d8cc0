"""What goes to the partner, field by field: the one function that fills SharedCase, and nothing else does.

Which facts these are the table of fields says (cases/fields.py); design decision 5 and domain/dataprotection.md 4 say
why. Asylum history, trafficking, violence, notes of counselling and screening have no partner among their readers.
"""

from datetime import date, timedelta

from django.db.models import Q

from accounts.models import Organisation, User
from accounts.notices import tell
from accounts.roles import PARTNERS, Role

from .calendars import add_months, day_at
from .family import to_travel
from .fields import PREVIEW_FACTS, SHARED_FACTS
from .jobs import forget_files
from .models import (
    HOST_ONLY_VULNERABILITIES,
    Case,
    Concern,
    Consent,
    Person,
    Scope,
    SharedCase,
    SharedPerson,
)
from .statuses import LIVE, SharedStatus

AFTER_THE_LAST_VISIT = timedelta(days=92)  # a share never ends before the follow-up it serves


def agreed_people(case: Case, partner, scope: str = Scope.PARTNER) -> list[Person]:
    """Who may be shown to `partner`: those still taking part whose own yes, or a parent's for a child, is in force.

    Scopes without a partner are asked with `partner` None: for whom may the consulate be asked?
    """
    people = [person for person in case.people.order_by("number") if person.is_in]
    said_yes = set(
        Consent.objects.in_force()
        .filter(person__in=people, scope=scope, partner=partner, agreed=True)
        .values_list("person_id", flat=True)
    )
    day = case.applied_on or day_at(case.organisation, case.opened_at)
    any_adult = any(person.pk in said_yes and not person.is_minor(day) for person in people)
    return [p for p in people if p.pk in said_yes or p.is_minor(day) and any_adult]


def partners_agreed_to(case: Case):
    """Partners that somebody in the case has agreed to: the only ones it can be handed to."""
    consents = Consent.objects.in_force().filter(person__case=case, scope=Scope.PARTNER, agreed=True)
    return Organisation.objects.partners().filter(pk__in=consents.values("partner"))


def preview(case: Case, partner) -> dict:
    """The minimal preview: no name, no contact, enough to say yes or no. Only those who agreed to it are counted."""
    people = agreed_people(case, partner)
    day = case.applied_on or day_at(case.organisation, case.opened_at)
    minors = sum(person.is_minor(day) for person in people)
    return {name: getattr(case, name) for name in PREVIEW_FACTS} | {"adults": len(people) - minors, "minors": minors}


def partner_users(shared: SharedCase, with_coordinators: bool = False):
    """Who is told at the partner: the worker who took the case on, or everybody while nobody has.

    `with_coordinators`: what cannot wait until the worker is back reaches those who can give it to somebody else, too.
    """
    people = User.objects.filter(organisation=shared.partner_id, role__in=PARTNERS, is_active=True)
    if not shared.worker_id or not shared.worker.is_active:
        return people
    told = Q(pk=shared.worker_id)
    return people.filter(told | Q(role=Role.PARTNER_COORDINATOR) if with_coordinators else told)


def end_of_sharing(case: Case, start: date) -> date:
    """The last day of sharing of a case whose travel or arrival is on `start`."""
    last_visit = max([*case.programme.follow_up_months, case.programme.help_months])
    return add_months(start, last_visit) + AFTER_THE_LAST_VISIT


def refill(case: Case) -> None:
    """Bring the live share of a case up to its facts; what is no longer agreed disappears at once."""
    shared = SharedCase.objects.filter(case=case, status__in=LIVE).first()
    if shared is None:
        return
    for name, value in preview(case, shared.partner_id).items():
        setattr(shared, name, value)
    shared.is_held = case.is_held or shared.status == SharedStatus.SENT and _is_checked(case)
    people = agreed_people(case, shared.partner_id) if shared.status == SharedStatus.ACCEPTED else []
    if shared.status == SharedStatus.ACCEPTED:
        _fill_accepted(shared, case, people)
    shared.save()
    _fill_people(shared, people)


def _is_checked(case: Case) -> bool:
    """A concern holds a departure still ahead; to the partner this is a case on hold like any other."""
    return bool(to_travel(case)) and Concern.objects.filter(case=case).open().exists()


def _fill_accepted(shared: SharedCase, case: Case, people: list[Person]) -> None:
    first = people[0] if people else None
    journey = shared.journey
    shared.title = first.display_name if first else ""
    shared.title_original = first.name_original if first else ""
    shared.host_contact = f"{case.owner.short_name}, {case.organisation.name}"
    shared.needs_list = sorted({v for p in people for v in p.vulnerabilities} - HOST_ONLY_VULNERABILITIES)
    shared.expected_on = journey.arrives_on if journey else None
    shared.departed_on, shared.arrived_on = case.departed_on, case.arrived_on
    if case.arrived_on:
        shared.ends_on = max(shared.ends_on, end_of_sharing(case, case.arrived_on))


def _fill_people(shared: SharedCase, people: list[Person]) -> None:
    gone = SharedPerson.objects.filter(shared=shared).exclude(person__in=people)
    if left := sorted(gone.values_list("pk", flat=True)):
        gone.delete()
        forget_files(shared)
        for user in partner_users(shared):
            tell(user, "share_narrowed", key=f"share-narrowed:{left[-1]}", reference=shared.reference)
    copies = {copy.person_id: copy for copy in SharedPerson.objects.filter(shared=shared)}
    for person in people:
        copy = copies.get(person.pk) or SharedPerson(
            shared=shared, person=person, organisation_id=shared.organisation_id, partner_id=shared.partner_id
        )
        facts = {name: getattr(person, name) for name in SHARED_FACTS} | {"number": person.number}
        if copy.pk is None or any(getattr(copy, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(copy, name, value)
            copy.save()
