"""Asking for the plan on paper."""

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.acting import Target, act, page_of, visible_or_404
from cases.forms import ActForm
from cases.targets import accepted_of

from .documents import print_plan as ask_for_plan
from .models import Plan


def newest_plan(user, reference):
    """The newest version this user may see; otherwise not there."""
    accepted_of(user, reference)
    return visible_or_404(Plan.objects.visible_to(user).order_by("-version"), case__reference=reference)


class PrintPlanForm(ActForm):
    language = forms.ChoiceField(
        label=_("Language of the paper"),
        choices=settings.DOCUMENT_LANGUAGES,
        help_text=_("Labels and fixed words are in this language. What was typed stays as it was typed."),
    )


PRINT = act(
    "print_plan",
    does=ask_for_plan,
    on=Target("cases/<ref:reference>/", newest_plan, lambda plan: {"reference": plan.reference_of_case}),
    asks=PrintPlanForm,
    title=_("Print the plan"),
    button=_("Prepare the PDF"),
    told=_("Plan printed"),
    icon="printer",
    leads_to=lambda plan, job: reverse("job", args=[job.pk]),
)
print_plan = page_of(PRINT)
