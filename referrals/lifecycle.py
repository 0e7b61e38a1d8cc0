"""Referrals: sent with the person's yes, answered, done with what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendars import add_working_days, day_at, today_at
from cases.lifecycle import correctable
from cases.models import Case, Person, SharedCase
from cases.transitions import StepNotAllowed, happening, move

from .models import Referral, Service
from .statuses import ReferralStatus

ANSWER_WORKING_DAYS = 5


def send_referral(
    record: Case | SharedCase,
    *,
    by: User,
    person: Person,
    service: Service,
    need: str,
    agreed: bool,
    tell_partner: bool = False,
) -> Referral:
    """Ask one service for one person, only with this person's yes to this referral.

    What the host agency refers stays its own; with `tell_partner` the partner reads it, if it knows the person.
    """
    if not agreed:
        raise ValidationError({"agreed": _("A referral needs the person's yes.")})
    with happening(record, "send_referral", by=by, note=str(service), person=person):
        case = record.case
        if person.case_id != case.pk or not person.is_in:
            raise ValidationError({"person": _("This person does not take part in this case.")})
        if not case.is_open:
            raise StepNotAllowed(_("This case is closed."))
        side = case.shared if by.is_partner or tell_partner else None
        if tell_partner and not (side and side.people.filter(person=person).exists()):
            raise ValidationError({"tell_partner": _("The partner does not know this person.")})
        due = add_working_days(today_at(by.organisation), ANSWER_WORKING_DAYS, by.organisation.weekend)
        return Referral.objects.create(
            case=case,
            organisation_id=case.organisation_id,
            shared=side,
            partner_id=side and side.partner_id,
            person=person,
            service=service,
            need=need,
            agreed=True,
            sent_by=by,
            answer_due_on=due,
        )


def accept_referral(referral: Referral, *, by: User, note: str = "") -> None:
    with happening(referral, "accept_referral", by=by, note=note):
        move(referral, ReferralStatus.ACCEPTED, answered_at=timezone.now(), answer_note=note)


def decline_referral(referral: Referral, *, by: User, note: str) -> None:
    with happening(referral, "decline_referral", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say why, so that another service can be found.")})
        move(referral, ReferralStatus.DECLINED, answered_at=timezone.now(), answer_note=note)


def complete_referral(referral: Referral, *, by: User, finished_on: date, outcome: str) -> None:
    """Close the loop: what came of it."""
    if finished_on > today_at(by.organisation):
        raise ValidationError({"finished_on": _("This date lies in the future.")})
    with happening(referral, "complete_referral", by=by, note=outcome):
        check_finished_on(referral, finished_on, by.organisation, "finished_on")
        move(referral, ReferralStatus.DONE, finished_on=finished_on, outcome=outcome)


def check_finished_on(referral: Referral, finished_on: date, organisation, field: str) -> None:
    """Raises ValidationError for an end before the beginning, in the calendar of `organisation`."""
    if finished_on < day_at(organisation, referral.sent_at):
        raise ValidationError({field: _("This is before the referral was sent.")})


def follow_referral(referral: Referral) -> None:
    check_finished_on(referral, referral.finished_on, referral.sent_by.organisation, "value")


def withdraw_referral(referral: Referral, *, by: User, note: str = "") -> None:
    with happening(referral, "withdraw_referral", by=by, note=note):
        move(referral, ReferralStatus.WITHDRAWN, answer_note=note)


correctable(Referral, "finished_on", follow=follow_referral)
