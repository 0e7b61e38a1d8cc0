"""What waits for whom among referrals: an answer, then what came of it. Registered with cases.work."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from accounts.notices import tell
from cases.calendars import day_at
from cases.statuses import PersonStatus
from cases.transitions import following, move
from cases.work import Expected, by_subject, settler, work_kind, work_rule

from .models import Referral
from .statuses import ReferralStatus

SERVICE_DAYS = 60
PERSON_WITHDREW = gettext_noop("The person withdrew.")  # told in the reader's language


@settler
def end_with_the_withdrawal(case):
    """Who withdraws ends it everywhere: nobody goes on asking a service for them. Whoever asked it tells it so."""
    for referral in Referral.objects.open().filter(case=case, person__status=PersonStatus.WITHDRAWN):
        with following(referral, "withdraw_referral", note=PERSON_WITHDREW):
            move(referral, ReferralStatus.WITHDRAWN, answer_note=PERSON_WITHDREW)
        if not referral.sent_by.is_partner:  # a partner no longer knows this person and is told so
            key = f"referral-ended:{referral.pk}"
            tell(referral.sent_by, "referral_ended", key=key, reference=case.reference)


@work_rule
def referrals(case):
    shared = case.shared
    known = {copy.person_id for copy in shared.people.all()} if shared else set()
    for referral in Referral.objects.open().filter(case=case):
        side = shared if referral.sent_by.is_partner and referral.person_id in known else None
        doer = (side.worker or referral.sent_by) if side else case.owner
        if referral.status == ReferralStatus.SENT:
            kind, due = "accept_referral", referral.answer_due_on
        else:
            answered_on = day_at(doer.organisation, referral.answered_at)
            kind, due = "complete_referral", answered_on + timedelta(days=SERVICE_DAYS)
        yield Expected(kind, due, doer.role, doer, str(referral.pk), side)


work_kind(
    "accept_referral",
    _("Has the service answered?"),
    _("A service answers within 5 working days."),
    "accept_referral",
    pgettext_lazy("button", "Record"),
    by_subject("pk"),
)
work_kind(
    "complete_referral",
    _("What came of the referral?"),
    _("A referral is closed with what came of it."),
    "complete_referral",
    pgettext_lazy("button", "Record"),
    by_subject("pk"),
)
