"""The talks of a case that everybody present may read; what was said alone is on the person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from ..acting import acts_on
from ..models import Counselling
from .frame import page_of_case


@login_required
def counselling(request, reference):
    record, context = page_of_case(request, reference, "counselling")
    if not context["is_host"]:
        raise Http404
    talks = Counselling.objects.visible_to(request.user).filter(case=record).held_together()
    context |= {
        "talks": talks.for_page(),
        "acts": acts_on(record, request.user, "record_counselling"),
        "may_correct": request.user.may("correct_fact"),
    }
    return render(request, "cases/counselling.html", context)
