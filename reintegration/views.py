"""Pages of plans, grants and follow-ups: tabs of a case, one grant, the list of all grants."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from cases.acting import acts_on, visible_or_404
from cases.calendars import today_at
from cases.models import Event, Work
from cases.paging import keyset
from cases.views.frame import page_of_case, steps
from cases.worklist import earliest

from .budgets import help_until, money_of
from .lifecycle import still_missing
from .models import FollowUp, Grant, Payment, Plan, Remigration
from .statuses import GRANT_PATH, GrantStatus

PAGE = 25
PLAN_ACTS = (
    "agree_plan", "approve_plan", "send_back_plan", "write_plan", "add_activity", "drop_activity", "request_grant",
    "amend_plan",
)  # fmt: skip
GRANT_ACTS = (
    "approve_grant", "send_back_grant", "add_quote", "choose_quote", "order_grant", "deliver_grant", "pay_grant",
    "dispute_delivery", "cancel_grant", "correct_fact",
)  # fmt: skip

FOLLOW_UP_ACTS = ("record_follow_up", "record_attempt", "miss_follow_up", "correct_fact")


def of_side(queryset, record, is_host: bool):
    """The rows of a case for the host, of a share for its partner."""
    return queryset.filter(case=record) if is_host else queryset.filter(shared=record)


@login_required
def plan(request, reference):
    record, context = page_of_case(request, reference, "plan")
    versions = of_side(Plan.objects.visible_to(request.user), record, context["is_host"])
    versions = list(versions.select_related("drafted_by", "agreed_by", "approved_by").order_by("-version"))
    wanted = request.GET.get("version")
    found = next((p for p in versions if str(p.version) == wanted), versions[0] if versions else None)
    context |= {
        "plan": found,
        "versions": versions,
        "begin": acts_on(record, request.user, "draft_plan"),
        "acts": acts_on(found, request.user, *PLAN_ACTS) if found else [],
        "missing": still_missing(found) if found and found.is_editable else [],
        "activities": found.activities.all() if found else [],
        "harm": found.harm_answers.all() if found else [],
        "money": money_of(found) if found else None,
        "help_until": help_until(found.case) if found else None,
    }
    return render(request, "reintegration/plan.html", context)


@login_required
def grants(request, reference):
    record, context = page_of_case(request, reference, "grants")
    user, is_host = request.user, context["is_host"]
    plans = of_side(Plan.objects.visible_to(user), record, is_host).order_by("-version")
    in_force = plans.filter(status="approved").first()
    context |= {
        "today": today_at(user.organisation),
        "grants": of_side(Grant.objects.visible_to(user), record, is_host).for_list(),
        "may_correct": user.may("correct_fact"),
        "cash": of_side(Payment.objects.visible_to(user), record, is_host)
        .filter(kind=Payment.Kind.ARRIVAL_CASH)
        .select_related("donor_line", "proof"),
        "money": money_of(plans.first()) if plans else None,
        "acts": (acts_on(in_force, user, "request_grant") if in_force else [])
        + (acts_on(record, user, "pay_arrival_cash") if not is_host else []),
    }
    return render(request, "reintegration/grants.html", context)


@login_required
def grant(request, reference):
    user = request.user
    found = visible_or_404(
        Grant.objects.visible_to(user).for_list().select_related("requested_by", "chosen_by", "approved_by"),
        reference=reference,
    )
    file = found.shared if user.is_partner else found.case
    context = {
        "grant": found,
        "file": file,
        "may_correct": user.may("correct_fact"),
        "may_correct_quotes": user.may("correct_fact") and found.status in (GrantStatus.ASKED, GrantStatus.QUOTED),
        "may_open_case": user.is_partner or user.may("see_case"),
        "quotes": found.quotes.select_related("supplier", "document"),
        "payments": Payment.objects.visible_to(user).filter(grant=found).select_related("proof", "paid_by"),
        "acts": acts_on(found, user, *GRANT_ACTS),
        "stages": () if found.status == GrantStatus.CANCELLED else steps(GRANT_PATH, found.status),
        "money": money_of(found.plan),
        "events": Event.objects.visible_to(user)
        .filter(subject=found.reference, case=found.case_id)
        .select_related("by"),
        "programme": found.case.programme if not user.is_partner else found.shared.programme,
        "today": today_at(user.organisation),
    }
    return render(request, "reintegration/grant.html", context)


@login_required
def grant_list(request):
    """All help in kind that this user may see, what waits longest last step first."""
    request.user.must("see_money")
    found = Grant.objects.visible_to(request.user).for_list()
    status = request.GET.get("status", "")
    if status in GrantStatus.values:
        found = found.filter(status=status)
    page = keyset(found.prefetch_related("case__people"), request.GET.get("after"), PAGE, by="-requested_at")
    context = {"page": page, "next": page.address(request), "status": status, "statuses": GrantStatus.choices}
    context["today"] = today_at(request.user.organisation)
    return render(request, "reintegration/grant_list.html", context)


@login_required
def follow_ups(request, reference):
    record, context = page_of_case(request, reference, "follow_ups")
    rows = of_side(FollowUp.objects.visible_to(request.user), record, context["is_host"])
    rows = rows.select_related("recorded_by").prefetch_related("attempts__by")
    for row in rows:
        setattr(row, "case" if context["is_host"] else "shared", record)
    today = today_at(request.user.organisation)
    works = of_side(Work.objects.visible_to(request.user).open(), record, context["is_host"])
    waiting = earliest(works.filter(kind="record_follow_up"), today, request.user, by="subject", of=record)
    context |= {
        "rows": [(row, acts_on(row, request.user, *FOLLOW_UP_ACTS), waiting.get(str(row.pk))) for row in rows],
        "remigrations": Remigration.objects.visible_to(request.user)
        .filter(person__case=record.case)
        .select_related("person", "by"),
        "acts": acts_on(record, request.user, "stop_follow_up", "resume_follow_up", "record_remigration"),
        "today": today,
    }
    return render(request, "reintegration/follow_ups.html", context)
