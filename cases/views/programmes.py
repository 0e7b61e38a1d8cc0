"""Programmes with their donor lines, and countries to which no return is organised, as administrators keep them."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.views.asking import ask

from ..forms.programmes import DonorLineForm, ProgrammeForm, SuspensionForm
from ..lifecycle import programmes as office
from ..models import DonorLine, Programme, Suspension


@login_required
def programme_list(request):
    request.user.must("keep_programme")
    found = Programme.objects.visible_to(request.user).select_related("organisation").prefetch_related("donor_lines")
    suspensions = Suspension.objects.visible_to(request.user).order_by("country", "-from_on")
    today = timezone.localdate()
    context = {
        "programmes": found.order_by("-is_active", "name"),
        "suspensions": [(one, one.until_on is not None and one.until_on < today) for one in suspensions],
    }
    return render(request, "cases/programme_list.html", context)


@login_required
def keep_programme(request, pk=None):
    request.user.must("keep_programme")
    programme = pk and get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    facts = {name: getattr(programme, name) for name in ProgrammeForm.base_fields} if programme else {}
    if programme:
        facts["follow_up_months"] = ", ".join(map(str, programme.follow_up_months))
    return ask(
        request,
        lambda data: ProgrammeForm(data, initial=facts),
        do=lambda **answers: office.keep_programme(programme or None, by=request.user, **answers),
        title=programme.name if programme else _("New programme"),
        lead=_("Amounts and terms count from now on; what was agreed before keeps its own."),
        button=_("Save"),
        told=_("The programme is saved."),
        goal=reverse("programme_list"),
        template="cases/programme.html",
        lines=DonorLine.objects.visible_to(request.user).filter(programme=programme).select_related("donor")
        if programme
        else (),
        programme=programme,
    )


@login_required
def keep_donor_line(request, programme, pk=None):
    request.user.must("keep_programme")
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=programme)
    lines = DonorLine.objects.visible_to(request.user).filter(programme=programme)
    line = pk and get_object_or_404(lines, pk=pk)
    facts = {name: getattr(line, name) for name in DonorLineForm.base_fields} if line else {}
    return ask(
        request,
        lambda data: DonorLineForm(data, initial=facts),
        do=lambda **answers: office.keep_donor_line(programme, line or None, by=request.user, **answers),
        title=str(line) if line else _("New donor line"),
        lead=programme.name,
        button=_("Save"),
        told=_("The donor line is saved."),
        goal=reverse("keep_programme", args=[programme.pk]),
    )


@login_required
def suspend_country(request, pk=None):
    request.user.must("keep_programme")
    suspension = pk and get_object_or_404(Suspension.objects.visible_to(request.user), pk=pk)
    facts = {name: getattr(suspension, name) for name in SuspensionForm.base_fields} if suspension else {}
    return ask(
        request,
        lambda data: SuspensionForm(data, initial=facts),
        do=lambda **answers: office.suspend_country(suspension or None, by=request.user, **answers),
        title=_("No return to a country"),
        lead=_("While it lasts, no return to this country can be decided or travelled. To end it, set the last day."),
        button=_("Save"),
        told=_("Saved. Cases on their way there stop at their next step."),
        goal=reverse("programme_list"),
    )
