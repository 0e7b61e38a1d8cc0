"""Handing over to a partner, its answer, and the end of sharing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Organisation, User
from accounts.notices import tell

from ..calendars import add_working_days, today_at
from ..family import on_the_way, to_travel
from ..gates import agreement_gate, missing
from ..jobs import forget_files
from ..models import Case, Itinerary, Scope, SharedCase, Work
from ..rest import rests
from ..sharing import agreed_people, end_of_sharing, partner_users, preview
from ..statuses import LIVE, SharedStatus, Stage
from ..transitions import Missing, StepNotAllowed, happening, move

HANDED_OVER_ANEW = gettext_noop("The case was handed over anew.")  # shown in the reader's language
LAST_DAY_PASSED = gettext_noop("The agreed last day has passed.")  # told in the reader's language


def send_handover(
    case: Case, *, by: User, partner: Organisation, agreement: str, travel_from: date | None = None
) -> SharedCase:
    """Send the minimal preview to one partner. Only people who agreed to this very partner will be shown later.

    After the departure a case that is shared with nobody any more is handed over where it stands, without moving back.
    Raises ValidationError when nobody agreed to it, Missing when the gate is not passed.
    """
    with happening(case, "send_handover", by=by) as event:
        _ensure_can_be_sent(case)
        if not agreed_people(case, partner):
            raise ValidationError({"partner": _("Nobody in this case has agreed to share with this partner.")})
        today = today_at(partner)
        shared = SharedCase.objects.create(
            case=case,
            organisation_id=case.organisation_id,
            partner=partner,
            programme=case.programme,
            purpose=str(Scope.PARTNER.label),
            agreement=agreement,
            travel_from=travel_from,
            sent_by=by,
            ends_on=end_of_sharing(case, travel_from or today_at(case.organisation)),
            answer_due_on=add_working_days(today, case.programme.answer_working_days, partner.weekend),
            **preview(case, partner),
        )
        if case.is_before_departure:
            move(case, Stage.HANDED_OVER)
        event.note = str(partner)
        for user in partner_users(shared):
            tell(user, "handover_sent", key=f"handover-sent:{shared.pk}", reference=case.reference)
    return shared


def _ensure_can_be_sent(case: Case) -> None:
    if case.is_before_departure:
        still = missing(case)
    elif case.shared or case.is_held or not case.is_open:
        raise StepNotAllowed(_("It is on hold, closed, or shared already."))
    else:
        still = [gate for gate in [agreement_gate(case)] if not gate.is_met]
    if still:
        raise Missing(still)


def see_handover(shared: SharedCase, *, by: User) -> None:
    """The partner opened the preview; the host sees when. Kept once."""
    if by.is_partner and shared.seen_at is None:
        SharedCase.objects.filter(pk=shared.pk, seen_at=None).update(seen_at=timezone.now())


def accept_handover(shared: SharedCase, *, by: User, note: str = "") -> None:
    """The partner says yes: it now sees what was agreed to, and the host prepares travel.

    While the host agency has a check of its own to finish no name is shown: to the partner the case is on hold.
    """
    with happening(shared, "accept_handover", by=by, note=note):
        if shared.is_held:
            raise StepNotAllowed(rests())
        move(
            shared,
            SharedStatus.ACCEPTED,
            answered_at=timezone.now(),
            answered_by=by,
            answer_note=note,
            worker=by,
        )
        _take_journey_over(shared)
        if shared.case.stage == Stage.HANDED_OVER:
            move(shared.case, Stage.PREPARING)
        tell(
            shared.case.owner,
            "handover_accepted",
            key=f"handover-answer:{shared.pk}",
            reference=shared.reference,
        )


def _take_journey_over(shared: SharedCase) -> None:
    """A journey still ahead, booked for an earlier share, is a new version for this partner to acknowledge."""
    case = shared.case
    newest = case.itineraries.first()
    if newest is None or newest.cancelled_at or newest.arrives_at < timezone.now():
        return
    if not to_travel(case) and not on_the_way(case):
        return
    facts = ("flight", "departs_from", "departs_at", "arrives_in", "arrives_at", "help_needed", "booked_by")
    Itinerary.objects.create(
        case=case,
        shared=shared,
        organisation_id=shared.organisation_id,
        partner_id=shared.partner_id,
        version=newest.version + 1,
        why_changed=HANDED_OVER_ANEW,
        **{name: getattr(newest, name) for name in facts},
    )


def decline_handover(shared: SharedCase, *, by: User, note: str) -> None:
    """The partner says no, with a reason; the case waits for its owner again."""
    with happening(shared, "decline_handover", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say why, so that the host agency can find another way.")})
        move(
            shared,
            SharedStatus.DECLINED,
            answered_at=timezone.now(),
            answered_by=by,
            answer_note=note,
            title="",
        )
        if shared.case.stage == Stage.HANDED_OVER:
            move(shared.case, Stage.DECIDED)
        tell(
            shared.case.owner,
            "handover_declined",
            key=f"handover-answer:{shared.pk}",
            reference=shared.reference,
        )


def end_sharing(case: Case, *, by: User, note: str = "") -> None:
    """Stop sharing with the partner, at once; before departure the case goes back to be handed over again."""
    with happening(case, "end_sharing", by=by, note=note):
        if not cut_sharing(case):
            raise StepNotAllowed(_("This case is not shared with anybody now."))
        if case.stage in (Stage.HANDED_OVER, Stage.PREPARING):
            move(case, Stage.DECIDED)


def end_sharing_as_agreed(case: Case, today: date | None = None) -> None:
    """The last day of sharing has passed: it ends by itself, and the owner of the case is told.

    Raises StepNotAllowed when nothing is shared or the day has not passed where the agency works.
    """
    with happening(case, "end_sharing", by=User.objects.the_system(), note=LAST_DAY_PASSED):
        shared = SharedCase.objects.filter(case=case, status__in=LIVE).first()
        if shared is None or shared.ends_on >= (today or today_at(case.organisation)):
            raise StepNotAllowed(_("This case is not shared with anybody now."))
        cut_sharing(case)
        if case.stage in (Stage.HANDED_OVER, Stage.PREPARING):
            move(case, Stage.DECIDED)
        tell(case.owner, "sharing_ran_out", key=f"sharing-ran-out:{shared.pk}", reference=case.reference)


def cut_sharing(case: Case) -> bool:
    """End the live share of a case inside a happening; the partner is told without a name. False: there was none."""
    shared = SharedCase.objects.filter(case=case, status__in=LIVE).first()
    if shared is None:
        return False
    move(
        shared,
        SharedStatus.ENDED,
        ended_at=timezone.now(),
        title="",
        title_original="",
        host_contact="",
        needs="",
        needs_list=[],
    )
    shared.people.all().delete()
    forget_files(shared)
    Work.objects.filter(shared=shared, kind=Work.TASK, done_at=None).update(done_at=timezone.now())
    for user in partner_users(shared):
        tell(user, "sharing_ended", key=f"sharing-ended:{shared.pk}", reference=shared.reference)
    return True


def drop_share_if_nobody_agrees(case: Case, *, by: User) -> None:
    """When the last person's yes to the partner is gone, the share ends and the case waits for a new hand-over.

    The story and the owner are told that the sharing ended, in the words of any end: whose answer it was stays private.
    """
    shared = SharedCase.objects.filter(case=case, status__in=LIVE).first()
    if shared is None or agreed_people(case, shared.partner_id):
        return
    with happening(case, "end_sharing", by=by):
        cut_sharing(case)
        if case.stage in (Stage.HANDED_OVER, Stage.PREPARING):
            move(case, Stage.DECIDED)
        if case.owner_id != by.pk:
            tell(case.owner, "sharing_stopped", key=f"sharing-stopped:{shared.pk}", reference=case.reference)
