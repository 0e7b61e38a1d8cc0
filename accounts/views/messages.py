"""«Messages to me»: what the product has told this person, the newest first."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ..models import Notice
from ..notices import place_of, words_of
from ..people import read_notices

PAGE = 25


@login_required
@require_safe
def notice_list(request):
    mine = Notice.objects.visible_to(request.user)
    before = request.GET.get("before", "")
    page = mine.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else mine
    found = list(page.order_by("-pk")[: PAGE + 1])
    context = {
        "rows": [(notice, words_of(notice)[0]) for notice in found[:PAGE]],
        "unread": mine.unread().count(),
        "next": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }
    return render(request, "accounts/notice_list.html", context)


@login_required
@require_safe
def open_notice(request, pk):
    """Leads to what the message is about; from then on it counts as read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    read_notices(request.user, notice.pk)
    return redirect(place_of(notice))


@login_required
@require_POST
def read_all_notices(request):
    read_notices(request.user)
    return redirect("notice_list")
