"""Long work of reintegration: the plan on paper."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from cases.jobs import Made, job_kind

from .documents import plan_pdf
from .models import Plan


@job_kind("plan_pdf", title=_("Reintegration plan as PDF"), verb="print_plan")
def make_plan_pdf(job, progress) -> Made:
    """The plan as its owner sees it now. Raises PermissionDenied when they no longer do."""
    plan = Plan.objects.visible_to(job.owner).filter(pk=job.parameters["plan"]).first()
    if plan is None:
        raise PermissionDenied
    language = job.parameters["language"]
    name = f"{plan.reference_of_case}-plan-{plan.version}-{language}.pdf"
    return Made(name, "application/pdf", plan_pdf(plan, by=job.owner, language=language))
