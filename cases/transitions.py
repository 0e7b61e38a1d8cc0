"""The one door for change: what happens to a case is permitted, locked, legal, saved, told in its story, or not at all.

    with happening(grant, "approve_grant", by=supervisor, note=reason):
        move(grant, GrantStatus.APPROVED, approved_by=supervisor)

`happening` asks the role table, locks the case (so that two people's acts on one case follow each other), reads the
record again under that lock, refuses what does not happen to a case on hold or a closed one (cases.rest), and when the
block has ended well writes the story line and settles what now waits for whom. `move` is the only way to change a
status. What follows by itself (what was asked for ends with its case) is moved and told inside `following`.
"""

from contextlib import contextmanager
from contextvars import ContextVar

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Case, Event, Person, SharedCase, SharedPerson
from .rest import may_happen, why_not
from .work import settle

_open: ContextVar[Case | None] = ContextVar("case_in_change", default=None)


class StepNotAllowed(Exception):
    """The record is not where the user thought it was, or something still stands in the way; `str` says what."""


class Missing(StepNotAllowed):
    """The gate of a stage is not passed; `open_gates` lists what is still to be given (cases.gates.Gate)."""

    def __init__(self, open_gates):
        self.open_gates = list(open_gates)
        super().__init__(_("Still missing: %s") % "; ".join(str(gate.label) for gate in self.open_gates))


@contextmanager
def happening(record, verb, *, by, note="", person=None, private_to=None, concern=None):
    """Everything that happens to a case goes through here.

    Takes any record with a `case`; gives the story line about to be written, so that the block can add to its `note`,
    `subject` or `changes`. Raises PermissionDenied for the wrong role and StepNotAllowed for the wrong moment.
    """
    by.must(verb)
    with transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        case = _lock(record)
        _must_be_the_moment(case, record, verb, by)
        event = _line(case, record, verb, by, note)
        event.person, event.private_to, event.concern = person, private_to, concern
        outermost = _open.get() is None
        token = _open.set(case)
        try:
            yield event
        finally:
            _open.reset(token)
        _tell(event, record)
        if outermost:
            settle(case)


@contextmanager
def following(record, verb, *, note):
    """What follows by itself from the facts of a case, while they are settled: told as a line of the system's.

    The case is locked already and nobody is asked for a right. `note` says why, in words that the story translates.
    """
    token = _open.set(record.case)
    try:
        yield
    finally:
        _open.reset(token)
    _tell(_line(record.case, record, verb, User.objects.the_system(), note), record)


def move(record, to, **facts) -> None:
    """Change the status of a record inside `happening`, with the facts that belong to the new status.

    Raises StepNotAllowed when the record's STEPS know no such move; the database has the same table as a trigger.
    """
    assert _open.get() is not None, "a status changes only while something is happening"
    field = getattr(record, "STATUS", "status")
    now_at = getattr(record, field)
    if to not in record.STEPS.get(now_at, ()):
        raise StepNotAllowed(
            _("This is now «%(state)s», so the step is no longer possible.")
            % {"state": getattr(record, f"get_{field}_display")()}
        )
    if isinstance(record, Case):
        record.stage_since = timezone.now()
        record.version += 1
    setattr(record, field, to)
    for name, value in facts.items():
        setattr(record, name, value)
    record.save()


def _line(case: Case, record, verb: str, by: User, note: str) -> Event:
    return Event(case=case, organisation_id=case.organisation_id, verb=verb, subject=str(record), note=note, by=by)


def _tell(event: Event, record) -> None:
    event.shared = side_of(record)
    event.partner_id = event.shared and event.shared.partner_id
    event.save()


def _must_be_the_moment(case: Case, record, verb: str, by) -> None:
    """A case on hold or closed knows few verbs; what is shared no more, its partner changes no more."""
    if not may_happen(case, verb):
        raise StepNotAllowed(why_not(case, by))
    side = side_of(record) if by.is_partner else None
    if side and not side.is_live:
        raise StepNotAllowed(_("This case is no longer shared with you."))


def side_of(record) -> SharedCase | None:
    """The share through which a partner may read this record's story lines; None: the host agency only."""
    if isinstance(record, SharedCase):
        return record
    if isinstance(record, Case | Person):
        return None
    return getattr(record, "shared", None)


def _lock(record) -> Case:
    if isinstance(record, Case):
        record.refresh_from_db(from_queryset=Case.objects.select_for_update())
        return record
    case = Case.objects.select_for_update().get(pk=_on_the_case(record).case_id)
    record.refresh_from_db()
    _on_the_case(record).case = case
    return case


def _on_the_case(record):
    """The record itself, or what it hangs on, when that hangs on the case: a share, or the person it was found of."""
    if hasattr(record, "case_id"):
        return record
    return record.shared if isinstance(record, SharedPerson) else record.person
