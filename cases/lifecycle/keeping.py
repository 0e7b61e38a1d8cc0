"""What can be done to a case at any time: assign, hold, close, reopen, correct, note, document, task."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import CASEWORKERS

from ..calendars import today_at
from ..models import Case, Document, Outcome, Person, SharedCase, Work
from ..statuses import PersonStatus, Stage
from ..transitions import StepNotAllowed, happening, move
from .documents import keep_file
from .sharing import cut_sharing

_blockers: list[Callable[[Case], Iterable[str]]] = []
_correctable: dict[str, "Correctable"] = {}


@dataclass(frozen=True)
class Correctable:
    """A kind of record whose facts may be corrected, and what follows from a correction."""

    model: type[Model]
    fields: tuple[str, ...]
    follow: Callable[[Model], None]


def blocks_closing(question):
    """Register a question: given a case, it yields the reasons why it cannot close yet."""
    _blockers.append(question)
    return question


def correctable(model: type[Model], *fields: str, follow: Callable = lambda record: None) -> None:
    """Name the facts of a record that may be corrected afterwards, by verb, with reason and both values kept.

    `follow(record)` brings what depends on them up to date, before the record is saved.
    """
    _correctable[model._meta.model_name] = Correctable(model, fields, follow)


def kind_to_correct(name: str) -> Correctable | None:
    return _correctable.get(name)


def fields_to_correct(record) -> tuple[str, ...]:
    kind = kind_to_correct(record._meta.model_name)
    return kind.fields if kind else ()


def assign_case(case: Case, *, by: User, owner: User) -> None:
    """Give a case to another caseworker of the same agency; its open work goes along."""
    if owner.organisation_id != case.organisation_id or owner.role not in CASEWORKERS or not owner.is_active:
        raise ValidationError({"owner": _("Choose a caseworker of this agency who can sign in.")})
    with happening(case, "assign_case", by=by, note=owner.short_name):
        case.owner, case.office = owner, owner.office
        case.version += 1
        case.save()
        Work.objects.filter(case=case, kind=Work.TASK, done_at=None, partner=None).update(
            for_user=owner, for_role=owner.role
        )
        tell(owner, "case_assigned", key=f"assigned:{case.pk}:{case.version}", reference=case.reference)


def hold_case(case: Case, *, by: User, reason: str) -> None:
    """Put a case on hold: nothing waits for anybody and what is prepared rests until it goes on (cases.rest)."""
    with happening(case, "hold_case", by=by, note=reason):
        case.held_since, case.hold_reason = timezone.now(), reason
        case.save()


def resume_case(case: Case, *, by: User) -> None:
    with happening(case, "resume_case", by=by):
        if not case.is_held:
            raise StepNotAllowed(_("This case is not on hold."))
        case.held_since, case.hold_reason = None, ""
        case.save()


def reasons_not_to_close(case: Case) -> list[str]:
    return [reason for question in _blockers for reason in question(case)]


def close_case(case: Case, *, by: User, outcome: str, note: str = "") -> None:
    """Close with a coded outcome; help under way (reasons of the apps above) stops it.

    While somebody has left and nobody has confirmed the arrival, a case closes only as one whose person was lost from
    sight or died: any other outcome would hide that nobody met them. Raises StepNotAllowed.
    """
    with happening(case, "close_case", by=by, note=note):
        if outcome == Outcome.COMPLETED and case.stage != Stage.REINTEGRATION:
            raise ValidationError({"outcome": _("Help is completed only after an arrival.")})
        on_the_way = case.people.filter(status=PersonStatus.DEPARTED).exists()
        if on_the_way and outcome not in (Outcome.UNREACHABLE, Outcome.DIED):
            raise ValidationError(
                {"outcome": _("Somebody is on the way: record the arrival or that they did not depart first.")}
            )
        if reasons := reasons_not_to_close(case):
            raise StepNotAllowed(" ".join(reasons))
        cut_sharing(case)
        move(
            case,
            Stage.CLOSED,
            outcome=outcome,
            closed_on=today_at(case.organisation),
            stage_before_closing=case.stage,
            held_since=None,
            hold_reason="",
        )


def reopen_case(case: Case, *, by: User, note: str) -> None:
    """Open a closed case again at the stage it was closed in; what was shared is not shared again by itself."""
    with happening(case, "reopen_case", by=by, note=note):
        back_to = case.stage_before_closing
        if case.stage == Stage.CLOSED and back_to in (Stage.HANDED_OVER, Stage.PREPARING):
            back_to = Stage.DECIDED
        if case.stage != Stage.CLOSED:
            raise StepNotAllowed(_("This case is open."))
        for person in case.people.filter(status=PersonStatus.WITHDRAWN):
            move(person, PersonStatus.TAKING_PART, withdrawn_at=None)
        move(case, back_to, outcome="", closed_on=None, stage_before_closing="")


def correct_fact(record, *, by: User, field: str, value: date | Decimal | str, note: str) -> None:
    """Correct a fact of a stage that is over, with a reason; both values stay on the story line.

    Raises ValidationError for a field that is not correctable or a missing reason; constraints have the last word.
    """
    if field not in fields_to_correct(record):
        raise ValidationError({"field": _("This cannot be corrected here.")})
    if not note.strip():
        raise ValidationError({"note": _("Say why; both values and the reason are kept.")})
    if isinstance(value, date) and value > today_at(by.organisation):
        raise ValidationError({"value": _("This date lies in the future.")})
    with happening(record, "correct_fact", by=by, note=note) as event:
        old = getattr(record, field)
        if old is None:
            raise StepNotAllowed(_("There is nothing to correct yet."))
        setattr(record, field, value)
        kind_to_correct(record._meta.model_name).follow(record)
        event.changes = [{"field": field, "old": str(old), "new": str(value)}]
        record.save()
        if isinstance(record, Person):
            _follow_person(record.case)


def _follow_person(case: Case) -> None:
    """The case's own dates are the first of its people's."""
    for name in ("departed_on", "arrived_on"):
        dates = [d for d in case.people.values_list(name, flat=True) if d]
        setattr(case, name, min(dates, default=None))
    case.save()


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


correctable(Person, "departed_on", "arrived_on")
correctable(Case, "applied_on")
