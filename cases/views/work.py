"""«My work»: what waits for me, and what I wait for."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from accounts.notices import words_of
from accounts.roles import Role

from ..acting import ACTS
from ..calendars import today_at
from ..models import Work
from ..worklist import groups, row_of, with_names

HOME = {Role.MANAGER: "report_list", Role.ADMINISTRATOR: "user_list", Role.AUDITOR: "audit_list"}
AHEAD = timedelta(days=30)  # what is due later shows up when its time comes
WAITED_FOR = 12
MOST = 100  # rows of each part; whoever has more sees the most urgent and is told so


@login_required
def my_work(request):
    user = request.user
    if user.role in HOME:
        return redirect(HOME[user.role])
    today = today_at(user.organisation)
    soon = Work.objects.waiting_for(user, today).filter(due_on__lte=today + AHEAD)
    mine = list(with_names(soon, user)[: MOST + 1])
    return render(
        request,
        "cases/my_work.html",
        {
            "today": today,
            "groups": groups(mine[:MOST], today, user),
            "more": len(mine) > MOST,
            "waiting": _waiting(user, today),
            "notices": [(notice, words_of(notice)[0]) for notice in user.notices.unread()[:5]],
            "acts": [(ACTS[v], f"/{ACTS[v].on.path}{v}/") for v in ("open_case", "register_walk_in") if user.may(v)],
        },
    )


def _waiting(user, today):
    """Work of my cases that waits for somebody else and is due within two weeks, most urgent first."""
    others = Work.objects.visible_to(user).open().exclude(for_user=user).order_by("due_on", "since", "pk")
    others = others.filter(due_on__lte=today + AHEAD / 2)
    if user.is_partner:
        others = others.exclude(for_role__in=[Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR])
    else:
        others = others.filter(case__owner=user).exclude(for_user=None, for_role=user.role)
    return [row_of(work, today, user) for work in with_names(others, user)[:WAITED_FOR]]
