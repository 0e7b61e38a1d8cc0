"""Pages of referrals: the tab of a case and the list of all that wait for an answer."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from cases.acting import acts_on
from cases.calendars import today_at
from cases.models import Work
from cases.paging import keyset
from cases.views.frame import page_of_case
from cases.worklist import earliest

from .models import Referral
from .statuses import ReferralStatus

PAGE = 25
OPEN_WORK = ("accept_referral", "complete_referral")
ACTS = ("accept_referral", "complete_referral", "decline_referral", "withdraw_referral", "correct_fact")


@login_required
def referrals(request, reference):
    record, context = page_of_case(request, reference, "referrals")
    found = Referral.objects.visible_to(request.user).for_list()
    found = found.filter(case=record) if context["is_host"] else found.filter(shared=record)
    context |= {
        "rows": [(referral, acts_on(referral, request.user, *ACTS)) for referral in found],
        "acts": acts_on(record, request.user, "send_referral"),
        "today": today_at(request.user.organisation),
    }
    return render(request, "referrals/referrals.html", context)


@login_required
def referral_list(request):
    request.user.must("send_referral")
    found = Referral.objects.visible_to(request.user).for_list().prefetch_related("case__people")
    status = request.GET.get("status", "")
    if status in ReferralStatus.values:
        found = found.filter(status=status)
    page = keyset(found, request.GET.get("after"), PAGE, by="-sent_at")
    user, today = request.user, today_at(request.user.organisation)
    works = Work.objects.visible_to(user).open().filter(kind__in=OPEN_WORK, subject__in=[str(r.pk) for r in page.rows])
    waiting = earliest(works, today, user, by="subject")
    context = {
        "rows": [(referral, waiting.get(str(referral.pk))) for referral in page.rows],
        "next": page.address(request),
        "status": status,
        "statuses": ReferralStatus.choices,
        "today": today,
    }
    return render(request, "referrals/referral_list.html", context)
