"""What can be done to a case at any time: assign, correct, note, document, task. Hold and close are in closing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import CASEWORKERS

from ..calendars import day_at, must_lie_between, today_at
from ..models import (
    Case,
    ChildDecision,
    Counselling,
    Decision,
    Document,
    Person,
    Screening,
    SharedCase,
    Work,
)
from ..transitions import StepNotAllowed, happening
from .documents import keep_file

_correctable: dict[str, "Correctable"] = {}


@dataclass(frozen=True)
class Correctable:
    """A kind of record whose facts may be corrected, and what follows from a correction."""

    model: type[Model]
    fields: tuple[str, ...]
    follow: Callable[[Model], None]
    among: Mapping[str, Callable[[Model], QuerySet]]


def correctable(
    model: type[Model], *fields: str, follow: Callable = lambda record: None, among: Mapping = MappingProxyType({})
) -> None:
    """Name the facts of a record that may be corrected afterwards, by verb, with reason and both values kept.

    `follow(record)` brings what depends on them up to date, before the record is saved. `among` gives, for a fact that
    is a record itself, those it can be corrected to; they are named by their `code`.
    """
    _correctable[model._meta.model_name] = Correctable(model, fields, follow, among)


def kind_to_correct(name: str) -> Correctable | None:
    return _correctable.get(name)


def fields_to_correct(record) -> tuple[str, ...]:
    kind = kind_to_correct(record._meta.model_name)
    return kind.fields if kind else ()


def right_values(record) -> dict[str, QuerySet]:
    """What a fact of `record` can be corrected to, for those facts that are records themselves."""
    kind = kind_to_correct(record._meta.model_name)
    return {name: among(record) for name, among in kind.among.items()} if kind else {}


def assign_case(case: Case, *, by: User, owner: User) -> None:
    """Give a case to another caseworker of the same agency; the old owner's work goes along, not others'."""
    if owner.organisation_id != case.organisation_id or owner.role not in CASEWORKERS or not owner.is_active:
        raise ValidationError({"owner": _("Choose a caseworker of this agency who can sign in.")})
    with happening(case, "assign_case", by=by, note=owner.short_name):
        tasks = Work.objects.filter(case=case, kind=Work.TASK, done_at=None, for_user=case.owner)
        tasks.update(for_user=owner, for_role=owner.role)
        case.owner, case.office = owner, owner.office
        case.version += 1
        case.save()
        tell(owner, "case_assigned", key=f"assigned:{case.pk}:{case.version}", reference=case.reference)


def correct_fact(record, *, by: User, field: str, value: date | Decimal | Model, note: str) -> None:
    """Correct a fact of a stage that is over, with a reason; both values stay on the story line.

    Raises ValidationError for a field that is not correctable or a missing reason; constraints have the last word.
    """
    if field not in fields_to_correct(record):
        raise ValidationError({"field": _("This cannot be corrected here.")})
    if not note.strip():
        raise ValidationError({"note": _("Say why; both values and the reason are kept.")})
    if field in right_values(record) and value not in right_values(record)[field]:
        raise ValidationError({"value": _("This does not belong here.")})
    day = day_at(by.organisation, value) if isinstance(value, datetime) else value
    if isinstance(day, date) and day > today_at(by.organisation):
        raise ValidationError({"value": _("This date lies in the future.")})
    private_to = record.private_to if isinstance(record, Counselling | Screening) else None
    with happening(record, "correct_fact", by=by, note=note, private_to=private_to) as event:
        old = getattr(record, field)
        if old is None:
            raise StepNotAllowed(_("There is nothing to correct yet."))
        setattr(record, field, value)
        kind_to_correct(record._meta.model_name).follow(record)
        event.changes = [{"field": field, "old": str(old), "new": str(value)}]
        record.save()
        if isinstance(record, Person):
            take_first_dates(record.case)


def take_first_dates(case: Case) -> None:
    """The case's own dates are the first of its people's."""
    for name in ("departed_on", "arrived_on"):
        dates = [d for d in case.people.values_list(name, flat=True) if d]
        setattr(case, name, min(dates, default=None))
    case.save(update_fields=["departed_on", "arrived_on"])


def _after_the_application(record: Person | Case) -> None:
    """Nobody leaves before the application was made. Raises ValidationError."""
    case = record.case
    if isinstance(record, Person):
        left, asked = record.departed_on, case.applied_on
        words = _("This is before the application on %s.") % asked
    else:
        left, asked = case.departed_on, record.applied_on
        words = _("This is after the departure on %s.") % left
    if left and asked and left < asked:
        raise ValidationError({"value": words})


def _in_its_time(field: str) -> Callable:
    """As when it was written down: not before the person was born, not in the future, not more than ten years ago."""

    def follow(record) -> None:
        value, agency = getattr(record, field), record.case.organisation
        day = day_at(agency, value) if isinstance(value, datetime) else value
        born = record.person.born_from if hasattr(record, "person") else None
        must_lie_between("value", day, born, today_at(agency))

    return follow


def add_note(record: Case | SharedCase, *, by: User, note: str) -> None:
    """A note in the story. On the partner's side both sides read it; on the host's side only the agency."""
    with happening(record, "add_note", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Write the note first.")})


def add_document(
    record: Case | SharedCase, *, by: User, upload, kind: str, title: str, made_on=None, place: str = ""
) -> Document:
    with happening(record, "add_document", by=by, note=title):
        shared = record if isinstance(record, SharedCase) else None
        return keep_file(
            upload, record.case, by=by, kind=kind, title=title, shared=shared, made_on=made_on, place=place
        )


def add_task(record: Case | SharedCase, *, by: User, title: str, due_on: date, for_user: User | None = None) -> Work:
    """Something to do that no rule knows of, for oneself or a colleague."""
    doer = for_user or by
    if doer.organisation_id != by.organisation_id:
        raise ValidationError({"for_user": _("Choose a colleague of your own organisation.")})
    with happening(record, "add_task", by=by, note=title):
        shared = record if isinstance(record, SharedCase) else None
        task = Work.objects.create(
            case=record.case,
            shared=shared,
            organisation_id=record.case.organisation_id,
            partner_id=shared.partner_id if shared else None,
            kind=Work.TASK,
            title=title,
            for_user=doer,
            for_role=doer.role,
            due_on=due_on,
            by=by,
        )
        if doer.pk != by.pk:
            tell(doer, "task_given", key=f"task:{task.pk}", reference=record.case.reference)
    return task


def finish_task(task: Work, *, by: User) -> None:
    with happening(task, "finish_task", by=by, note=task.title):
        if task.kind != Work.TASK:
            raise PermissionDenied
        if task.done_at:
            raise StepNotAllowed(_("This task is already done."))
        task.done_at = timezone.now()
        task.save()


correctable(Person, "departed_on", "arrived_on", follow=_after_the_application)
correctable(Case, "applied_on", follow=_after_the_application)
correctable(Counselling, "held_at", follow=_in_its_time("held_at"))
correctable(Screening, "held_on", follow=_in_its_time("held_on"))
correctable(ChildDecision, "decided_on", follow=_in_its_time("decided_on"))
correctable(Decision, "authority_date", follow=_in_its_time("authority_date"))
