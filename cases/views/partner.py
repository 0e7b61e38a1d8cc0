"""What a partner sees of a case: the preview, the shared part, arrivals. Only rows that hang on its own live share."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from accounts.roles import PARTNERS

from ..acting import acts_on
from ..calendars import today_at
from ..models import Event, Itinerary, SharedCase, SharedPerson, WalkIn, Work
from ..paging import keyset
from ..statuses import SharedStatus
from ..worklist import earliest, row_of, with_names
from .frame import frame

HORIZON = 14  # days of arrivals shown ahead
PAGE = 25
ON_THE_WAY = ("acknowledge_travel", "confirm_arrival")
SOON = timedelta(days=60)
MORE = (
    "draft_plan",
    "send_referral",
    "add_task",
    "add_document",
    "stop_follow_up",
    "record_remigration",
)


def shared_list(request):
    """People the partner accompanies, whoever waits longest first."""
    shares = SharedCase.objects.visible_to(request.user)
    if text := request.GET.get("q", "").strip()[:100]:
        shares = shares.filter(title__icontains=text) | shares.filter(reference__icontains=text)
    page = keyset(shares, request.GET.get("after"), PAGE, by="-sent_at")
    today = today_at(request.user.organisation)
    works = Work.objects.visible_to(request.user).open().filter(shared__in=page.rows)
    waiting = earliest(works, today, request.user, by="shared_id")
    rows = [(shared, waiting.get(shared.pk)) for shared in page.rows]
    context = {"rows": rows, "next": page.address(request), "q": text, "today": today}
    return render(request, "cases/shared_list.html", context)


def shared_case(request, shared: SharedCase):
    """The preview while the answer is open; afterwards the shared part."""
    user, today = request.user, today_at(request.user.organisation)
    if shared.status == SharedStatus.SENT:
        acts = acts_on(shared, user, "accept_handover", "decline_handover")
        return render(request, "cases/shared_preview.html", {"shared": shared, "acts": acts, "today": today})
    works = with_names(Work.objects.visible_to(user).open().filter(shared=shared), user)
    rows = [row_of(work, today, user) for work in works]
    journeys = Itinerary.objects.visible_to(user).filter(shared=shared).select_related("organisation", "partner")
    context = frame(request, shared, "case") | {
        "today": today,
        "people": SharedPerson.objects.visible_to(user).filter(shared=shared),
        "itinerary": journeys.first(),
        "events": Event.objects.visible_to(user).filter(shared=shared).select_related("by")[:6],
        "next": [row for row in rows if row.work.for_role in PARTNERS and row.work.due_on <= today + SOON],
        "work": [row for row in rows if row.work.for_role not in PARTNERS or row.work.due_on > today + SOON],
        "other_acts": acts_on(shared, user, *MORE),
    }
    return render(request, "cases/shared_case.html", context)


@login_required
def arrivals(request):
    """Who arrives in the next 14 days, who should have, and who came without a case."""
    user = request.user
    user.must("confirm_arrival")
    today = today_at(user.organisation)
    expected = SharedCase.objects.visible_to(user).arriving(today + timedelta(days=HORIZON))
    expected = expected.prefetch_related("people", "itineraries")
    page = keyset(expected, request.GET.get("after"), PAGE, by="expected_on")
    works = Work.objects.visible_to(user).open().filter(shared__in=page.rows, kind__in=ON_THE_WAY)
    waiting = earliest(works, today, user, by="shared_id")
    context = {
        "rows": [(shared, waiting.get(shared.pk)) for shared in page.rows],
        "next": page.address(request),
        "walk_ins": WalkIn.objects.visible_to(user).select_related("organisation")[:20],
        "today": today,
    }
    return render(request, "cases/arrivals.html", context)
