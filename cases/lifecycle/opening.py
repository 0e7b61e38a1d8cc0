"""A case begins: the enquiry, its people, and the facts that may change while it is prepared."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User

from ..calendars import age_on, today_at
from ..family import children
from ..models import Case, Person, Programme, Relation, Scenario
from ..references import next_reference
from ..statuses import DecisionStatus, PersonStatus, Stage
from ..transitions import StepNotAllowed, happening

OLDEST = 120
DECIDED_ON = {"return_country", "scenario"}  # facts that a decision rests on
STILL_FREE = (Stage.ENQUIRY, Stage.COUNSELLING, Stage.APPLICATION)  # stages in which they may change
WHY_NOT_FORCED = gettext_noop(
    "A forced return is not assisted voluntary return: nobody may be pressed to sign. It is not opened as a case here. "
    "If the person still wishes to return of their own will, choose one of the voluntary kinds; if they fear the "
    "return, refer them to legal advice."
)


def open_case(*, by: User, programme: Programme, applicant: dict, owner: User | None = None, **facts) -> Case:
    """Open a case for one person; the family follows with add_person.

    `applicant` holds the facts of a Person, `facts` those of a Case. Raises ValidationError for a forced return, a
    programme that is not open to this agency, or dates that cannot be.
    """
    by.must("open_case")
    if facts.get("scenario") == Scenario.FORCED:
        raise ValidationError({"scenario": _(WHY_NOT_FORCED)})
    if programme.organisation_id != by.organisation_id or not programme.is_active:
        raise ValidationError({"programme": _("This programme is not open to your agency.")})
    _check_country(facts["return_country"], programme)
    check_birth(applicant["born_on"], applicant.get("born_precision", "day"))
    with transaction.atomic():
        today = today_at(by.organisation)
        case = Case.objects.create(
            reference=next_reference(f"AVRR-{programme.host_country}", today.year),
            organisation=by.organisation,
            office=by.office,
            owner=owner or by,
            programme=programme,
            host_country=programme.host_country,
            **facts,
        )
        with happening(case, "open_case", by=by):
            _new_person(case, relation=Relation.APPLICANT, **applicant)
    return case


def add_person(case: Case, *, by: User, **facts) -> Person:
    """Add a member of the family, before departure; to a case opened by a walk-in, somebody who came along.

    Raises StepNotAllowed for anybody who follows later. Once a decision was asked for, only a child of the family
    joins: nobody decided on another adult.
    """
    check_birth(facts["born_on"], facts.get("born_precision", "day"))
    if facts.get("relation") == Relation.APPLICANT:
        raise ValidationError({"relation": _("A case has one applicant.")})
    with happening(case, "add_person", by=by) as event:
        if case.came_without_us:
            facts |= _came_along(case, **facts)
        elif not case.is_before_departure:
            raise StepNotAllowed(
                _("People are added before departure. Open a case of its own for someone who follows.")
            )
        person = _new_person(case, **facts)
        if person not in children(case) and case.decisions.exclude(status=DecisionStatus.DROPPED).exists():
            raise ValidationError(_("A decision was asked for without this adult: open a case of its own for them."))
        event.person = person
    return person


def _came_along(case: Case, *, born_on: date, born_precision: str = "day", **_facts) -> dict:
    """Who came with the person that stood before the partner left and arrived with them."""
    if born_precision == "day" and born_on > case.departed_on:
        raise ValidationError({"born": _("This is after the departure on %s.") % case.departed_on})
    return {"status": PersonStatus.ARRIVED, "departed_on": case.departed_on, "arrived_on": case.arrived_on}


def edit_person(person: Person, *, by: User, changes: dict) -> Person:
    """Change facts of a person; only the fields in `changes` are written, each is told with both values."""
    if "born_on" in changes:
        check_birth(changes["born_on"], changes.get("born_precision", person.born_precision))
    with happening(person, "edit_person", by=by, person=person) as event:
        apply_changes(person, changes, event)
    return person


def edit_case(case: Case, *, by: User, changes: dict) -> Case:
    """Change facts of a case; only the fields in `changes` are written."""
    if changes.get("scenario") == Scenario.FORCED:
        raise ValidationError({"scenario": _(WHY_NOT_FORCED)})
    with happening(case, "edit_case", by=by) as event:
        if not changes.keys().isdisjoint(DECIDED_ON) and case.stage not in STILL_FREE:
            raise StepNotAllowed(
                _("Country and kind of return were screened and decided on; open a new case for another one.")
            )
        if "return_country" in changes:
            _check_country(changes["return_country"], case.programme)
        apply_changes(case, changes, event)
    return case


def _check_country(country: str, programme: Programme) -> None:
    """Raises ValidationError for the host country and for one that the programme does not serve."""
    if country == programme.host_country:
        raise ValidationError({"return_country": _("The country of return is not the host country.")})
    if country not in programme.return_countries:
        raise ValidationError({"return_country": _("This programme does not serve this country.")})


def apply_changes(record, changes: dict, event) -> None:
    """Write `changes` to a record and keep old and new value of every field on the story line."""
    event.changes = [
        {"field": name, "old": _plain(getattr(record, name)), "new": _plain(value)}
        for name, value in changes.items()
        if getattr(record, name) != value
    ]
    for name, value in changes.items():
        setattr(record, name, value)
    if isinstance(record, Case | Person):
        record.version += 1
    record.save()


def check_birth(born_on: date, precision: str) -> None:
    """Raises ValidationError for a birth in the future or more than 120 years ago."""
    today = timezone.localdate()
    future = born_on > today if precision == "day" else born_on.year > today.year
    if future:
        raise ValidationError({"born": _("The date of birth lies in the future.")})
    if age_on(born_on, today) > OLDEST:
        raise ValidationError({"born": _("The date of birth lies more than 120 years ago.")})


def _new_person(case: Case, **facts) -> Person:
    number = 1 + max(case.people.values_list("number", flat=True), default=0)
    return Person.objects.create(case=case, organisation_id=case.organisation_id, number=number, **facts)


def _plain(value):
    return value if isinstance(value, str | int | bool | list | None) else str(value)
