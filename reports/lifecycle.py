"""Taking numbers out of the house: asked for by name, made by a worker, kept for seven days."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from cases.jobs import ask
from cases.models import Job

from .catalogue import CATALOGUE


def export_report(*, by: User, name: str, asked: dict[str, str], made_as: str) -> Job:
    """Ask for a report of the catalogue as "xlsx", "csv" or "pdf" with its parameters as they were typed.

    Raises ValidationError for parameters or a format the report does not have.
    """
    by.must("export_report")
    return _ask("report", by, name, asked, made_as)


def export_cases(*, by: User, asked: dict[str, str], made_as: str) -> Job:
    """Ask for the case list as "xlsx" or "csv"; `asked` names a purpose. Raises ValidationError as export_report."""
    by.must("export_cases")
    return _ask("case_list", by, "cases", asked, made_as)


def _ask(kind: str, by: User, name: str, asked: dict[str, str], made_as: str) -> Job:
    report = CATALOGUE[name](asked, user=by)
    if not report.is_valid():
        raise ValidationError({field: list(errors) for field, errors in report.errors.items()})
    if made_as not in dict(report.formats):
        raise ValidationError({"format": _("Choose one of the formats shown.")})
    return ask(kind, by=by, name=name, asked=report.parameters(), format=made_as)
