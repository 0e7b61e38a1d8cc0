"""What waits for whom among referrals: an answer, then what came of it. Registered with cases.work."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.calendars import day_at
from cases.work import Expected, by_subject, work_kind, work_rule

from .models import Referral
from .statuses import ReferralStatus

SERVICE_DAYS = 60


@work_rule
def referrals(case):
    shared = case.shared
    known = set(shared.people.values_list("person_id", flat=True)) if shared else set()
    for referral in Referral.objects.filter(case=case, status__in=[ReferralStatus.SENT, ReferralStatus.ACCEPTED]):
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
