"""Follow-up: asked at its time, recorded, missed with reasons, stopped when not wished. Help goes on either way."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from cases.calendars import today_at
from cases.models import Case, Person, SharedCase
from cases.transitions import StepNotAllowed, happening, move

from ..models import ContactAttempt, FollowUp, Remigration
from ..statuses import FollowUpStatus
from ..work import refuses_follow_up, to_resume


def record_attempt(follow_up: FollowUp, *, by: User, mode: str, result: str, note: str = "") -> ContactAttempt:
    """We tried to reach them; several tries stand behind every «missed»."""
    with happening(follow_up, "record_attempt", by=by, note=note):
        if follow_up.status not in (FollowUpStatus.DUE, FollowUpStatus.MISSED):
            raise StepNotAllowed(_("This follow-up is over."))
        return ContactAttempt.objects.create(follow_up=follow_up, mode=mode, result=result, note=note, by=by)


def record_follow_up(follow_up: FollowUp, *, by: User, held_on: date, needs_attention: bool = False, **facts) -> None:
    """Record the visit or call. The host agency is told at once when something needs its attention."""
    if held_on > today_at(by.organisation):
        raise ValidationError({"held_on": _("This date lies in the future.")})
    with happening(follow_up, "record_follow_up", by=by):
        check_its_time(follow_up, held_on, "held_on")
        move(
            follow_up,
            FollowUpStatus.DONE,
            held_on=held_on,
            needs_attention=needs_attention,
            recorded_by=by,
            recorded_at=timezone.now(),
            **facts,
        )
        if needs_attention:
            owner = follow_up.case.owner
            tell(
                owner,
                "follow_up_attention",
                key=f"attention:{follow_up.pk}",
                reference=follow_up.case.reference,
            )


def check_its_time(follow_up: FollowUp, held_on: date, field: str) -> None:
    """Raises ValidationError for a visit before the arrival, or so early that it is a talk in between."""
    if follow_up.case.arrived_on and held_on < follow_up.case.arrived_on:
        raise ValidationError({field: _("This is before the arrival.")})
    if held_on < follow_up.counts_from:
        words = _("This follow-up is due on %(due)s and counts from %(first)s. Write what you heard as a note.")
        said = {"due": date_format(follow_up.due_on), "first": date_format(follow_up.counts_from)}
        raise ValidationError({field: words % said})


def miss_follow_up(follow_up: FollowUp, *, by: User, reason: str) -> None:
    """It could not be held; why, from its due date on and after at least one attempt that is recorded."""
    with happening(follow_up, "miss_follow_up", by=by, note=reason):
        if follow_up.due_on > today_at(by.organisation):
            raise StepNotAllowed(_("It is not due yet."))
        if not follow_up.attempts.exists():
            raise ValidationError({"reason": _("Record first when and how you tried to reach them.")})
        move(follow_up, FollowUpStatus.MISSED, reason=reason)


def stop_follow_up(record: Case | SharedCase, *, by: User, note: str = "") -> None:
    """The returnee does not wish further follow-up. Help in kind goes on as agreed."""
    with happening(record, "stop_follow_up", by=by, note=note):
        due = list(record.case.followups.due())
        if not due:
            raise StepNotAllowed(_("No follow-up is due."))
        for follow_up in due:
            move(follow_up, FollowUpStatus.STOPPED, reason=note, recorded_by=by, recorded_at=timezone.now())


def resume_follow_up(record: Case | SharedCase, *, by: User, note: str = "") -> None:
    """The returnee asks to be followed up after all: what is still to come, and the last one, is due again.

    Raises StepNotAllowed while their answer to contact after the return is no: a new answer comes first.
    """
    with happening(record, "resume_follow_up", by=by, note=note):
        if refuses_follow_up(record.case):
            raise StepNotAllowed(_("They said no to contact after the return: the host agency records a new answer."))
        stopped = to_resume(record.case)
        if not stopped:
            raise StepNotAllowed(_("No follow-up that is still to come was stopped."))
        for follow_up in stopped:
            move(follow_up, FollowUpStatus.DUE, reason="", recorded_by=None, recorded_at=None)


def record_remigration(record: Case | SharedCase, *, by: User, person: Person, known_on: date, **facts) -> Remigration:
    """Somebody migrated again: recorded, never judged; regular and informed migration is a sustainable outcome.

    What is heard later takes the place of what was known; the story keeps both.
    """
    if known_on > today_at(by.organisation):
        raise ValidationError({"known_on": _("This date lies in the future.")})
    with happening(record, "record_remigration", by=by, person=person) as event:
        if person.case_id != record.case.pk or person.arrived_on is None or known_on < person.arrived_on:
            raise ValidationError({"known_on": _("This is before the arrival.")})
        facts |= {"known_on": known_on}
        remigration = Remigration.objects.filter(person=person).first() or Remigration(person=person)
        if remigration.pk:
            event.changes = _what_changed(remigration, facts)
        for name, value in (facts | {"by": by, "recorded_at": timezone.now()}).items():
            setattr(remigration, name, value)
        remigration.save()
    return remigration


def _what_changed(record, facts: dict) -> list[dict]:
    """What is known otherwise now, for the story: both values are kept."""
    known = {name: getattr(record, name) for name in facts}
    return [
        {"field": name, "old": str(known[name]), "new": str(value)}
        for name, value in facts.items()
        if known[name] != value
    ]
