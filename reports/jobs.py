"""Long work of reports: the files that were asked for."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.jobs import Made, job_kind

from .case_files import CASE_WRITERS
from .catalogue import CATALOGUE
from .files import TYPES, WRITERS


def _asked_again(job):
    """The report with the parameters of the job, for its owner as they are now."""
    report = CATALOGUE[job.parameters["name"]](job.parameters["asked"], user=job.owner)
    if not report.is_valid():  # what was chosen may no longer be theirs
        raise PermissionDenied
    return report


def _name(report, job) -> str:
    return f"{report.name}-{timezone.localdate():%Y-%m-%d}-{job.pk}.{job.parameters['format']}"


@job_kind("report", title=_("Report"), verb="export_report", counts="steps")
def make_report(job, progress) -> Made:
    """A report of the catalogue as CSV, XLSX or PDF."""
    report, made_as = _asked_again(job), job.parameters["format"]
    path = progress.scratch / "report"
    rows = WRITERS[made_as](report, report.tables(progress), job.owner, path)
    return Made(_name(report, job), TYPES[made_as], path, rows)


@job_kind("case_list", title=_("Case list"), verb="export_cases")
def make_case_list(job, progress) -> Made:
    """The case list as CSV or XLSX."""
    report, made_as = _asked_again(job), job.parameters["format"]
    path = progress.scratch / "cases"
    rows = CASE_WRITERS[made_as](report, job.owner, path, progress)
    return Made(_name(report, job), TYPES[made_as], path, rows)
