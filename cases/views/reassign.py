"""Many cases of one person given to another: before a leave, or before access ends."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from accounts.models import User
from accounts.posting import led_to, new_mark, once
from accounts.views.asking import take_errors

from ..forms.reassign import ReassignForm, colleagues
from ..holdings import own_reviews, own_tasks, owned_cases, taken_shares
from ..lifecycle.reassigning import hand_over
from ..models import SharedCase
from ..statuses import SharedStatus, Stage

MOST = 200  # rows at once; the rest comes when these are given


@login_required
def reassign(request):
    user = request.user
    if not user.may("assign_case") and not user.may("assign_share"):
        raise PermissionDenied
    chosen = request.GET.get("from", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return render(request, "cases/reassign_whom.html", {"people": _people(user)})
    giver = User.objects.visible_to(user).filter(pk=chosen, organisation=user.organisation_id).first()
    if giver is None:
        raise Http404
    if request.method == "POST" and (earlier := led_to(request)):
        return redirect(earlier)
    rows = (taken_shares(giver) if user.is_partner else owned_cases(giver).prefetch_related("people"))[:MOST]
    held = {"tasks": own_tasks(giver).count(), "reviews": own_reviews(giver).count()}
    form = ReassignForm(request.POST or None, user=user, giver=giver, **held)
    picked = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal() and len(pk) < 19]
    if request.method == "POST" and form.is_valid():
        try:
            goal = request.get_full_path()
            given = once(request, goal, lambda: hand_over(giver, by=user, cases=picked, **form.cleaned_data))
        except ValidationError as problem:
            take_errors(form, problem)
        else:
            if given is not None:
                messages.success(request, ngettext("%d thing was given.", "%d things were given.", given) % given)
            return redirect(goal)
    context = {"giver": giver, "rows": rows, "form": form, "picked": picked, "mark": new_mark(request), **held}
    return render(request, "cases/reassign.html", context, status=422 if form.errors else 200)


def _people(user):
    """The own organisation with what each has in hand, those with most first."""
    people = colleagues(user) | User.objects.visible_to(user).filter(organisation=user.organisation_id, is_active=False)
    if user.is_partner:
        live = SharedCase.objects.visible_to(user).filter(status=SharedStatus.ACCEPTED)
        counts = dict(live.values_list("worker").annotate(count=Count("pk")))
        return sorted(((one, counts.get(one.pk, 0)) for one in people), key=lambda pair: -pair[1])
    counted = people.annotate(open_cases=Count("owned_cases", filter=~Q(owned_cases__stage=Stage.CLOSED)))
    return [(one, one.open_cases) for one in counted.order_by("-open_cases", "name")]
