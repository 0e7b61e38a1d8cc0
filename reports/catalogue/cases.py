"""The case list: one coded row per case, references and codes only, no name and nothing of the safety of a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from accounts.fields import C2, Reader, beyond
from cases.forms.base import DATE
from cases.models import Case, Programme
from cases.statuses import Stage

from ..formulas import guarded_sql
from ..report import Report, Words

CHUNK = 10_000  # cases put into a workbook at a time: small enough for true progress, large enough to cost nothing
ALL = 2**31  # in one part, which the database may read with several processes at once


@dataclass(frozen=True)
class Column:
    """One column of the list: its head, the SQL that gives it, what it holds (text, typed, day, count, money).

    `tells` names the field that it tells of, «cases.Case.stage». Refused at once where that is not for those who count.
    """

    name: str
    label: Words
    sql: str
    tells: str
    holds: str = "text"

    def __post_init__(self):
        model, _dot, name = self.tells.rpartition(".")
        if beyond(model, [name], Reader.COUNTING, C2):
            raise ValueError(f"{self.tells} is not for an export")

    @property
    def safe_sql(self) -> str:
        """`typed` columns hold what people wrote: one line, never a formula."""
        return guarded_sql(self.sql) if self.holds == "typed" else self.sql


def at(moment: str) -> str:
    return f"({moment} AT TIME ZONE %(zone)s)::date"


COLUMNS = (
    Column("reference", _("Reference"), "c.reference", "cases.Case.reference"),
    Column("programme", _("Programme"), "g.code", "cases.Programme.code", "typed"),
    Column("office", _("Office"), "o.name", "accounts.Office.name", "typed"),
    Column("host_country", _("Host country"), "c.host_country", "cases.Case.host_country"),
    Column("return_country", _("Country of return"), "c.return_country", "cases.Case.return_country"),
    Column("return_place", _("Place of return"), "c.return_place", "cases.Case.return_place", "typed"),
    Column("scenario", _("Kind of return"), "c.scenario", "cases.Case.scenario"),
    Column("reasons", _("Reasons for return"), "array_to_string(c.reasons, ' ')", "cases.Case.reasons"),
    Column("stage", _("Stage"), "c.stage", "cases.Case.stage"),
    Column("opened_on", _("Opened on"), at("c.opened_at"), "cases.Case.opened_at", "day"),
    Column("applied_on", _("Applied on"), "c.applied_on", "cases.Case.applied_on", "day"),
    Column("departed_on", _("Departed on"), "c.departed_on", "cases.Case.departed_on", "day"),
    Column("arrived_on", _("Arrived on"), "c.arrived_on", "cases.Case.arrived_on", "day"),
    Column("closed_on", _("Closed on"), "c.closed_on", "cases.Case.closed_on", "day"),
    Column("outcome", _("Outcome"), "c.outcome", "cases.Case.outcome"),
    Column("people", _("People"), "coalesce(p.people, 0)", "cases.Person.status", "count"),
    Column("departed", _("People departed"), "coalesce(p.departed, 0)", "cases.Person.status", "count"),
    Column("arrived", _("People arrived"), "coalesce(p.arrived, 0)", "cases.Person.status", "count"),
    Column("currency", _("Currency"), "g.currency", "cases.Programme.currency"),
    Column("approved", _("Approved"), "coalesce(m.approved, 0)", "reintegration.Grant.approved_amount", "money"),
    Column("paid", _("Paid"), "coalesce(y.paid, 0)", "reintegration.Payment.programme_amount", "money"),
)
SOURCE = """
  FROM cases_case c
  JOIN cases_programme g ON g.id = c.programme_id
  LEFT JOIN accounts_office o ON o.id = c.office_id
  LEFT JOIN (SELECT case_id, count(*) AS people, count(*) FILTER (WHERE status IN ('departed', 'arrived')) AS departed,
                    count(*) FILTER (WHERE status = 'arrived') AS arrived
               FROM cases_person WHERE case_id BETWEEN %(first)s AND %(last)s GROUP BY case_id) p ON p.case_id = c.id
  LEFT JOIN (SELECT case_id, sum(approved_amount) AS approved FROM reintegration_grant
              WHERE case_id BETWEEN %(first)s AND %(last)s AND status IN ('approved', 'ordered', 'delivered', 'paid')
              GROUP BY case_id) m ON m.case_id = c.id
  LEFT JOIN (SELECT case_id, sum(programme_amount) AS paid FROM reintegration_payment
              WHERE case_id BETWEEN %(first)s AND %(last)s GROUP BY case_id) y ON y.case_id = c.id
 WHERE c.id IN ({scope})
 ORDER BY c.id"""

BOUNDS = """
SELECT min(id), max(id), count(*)
  FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / {chunk} AS n FROM cases_case WHERE id IN ({scope})) numbered
 GROUP BY n ORDER BY n"""


class CaseList(Report):
    """Which cases the list holds, and what it is for."""

    name = "cases"
    title = _("Case list")
    lead = _("One coded row for each case, without any name, as CSV or XLSX.")
    verb = "export_cases"
    template = "cases.html"
    formats = (("xlsx", "XLSX"), ("csv", "CSV"))

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), required=False, empty_label=_("All programmes")
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("All stages")), *Stage.choices], required=False)
    start = forms.DateField(label=_("Opened from"), required=False, **DATE)
    end = forms.DateField(label=_("Opened until"), required=False, **DATE)
    purpose = forms.CharField(
        label=_("What is it for?"), max_length=200, help_text=_("Kept with the export, for the auditor.")
    )

    def prepare(self):
        self.fields["programme"].queryset = Programme.objects.visible_to(self.user)

    def clean(self):
        found = super().clean()
        if found.get("start") and found.get("end") and found["end"] < found["start"]:
            raise ValidationError({"end": _("The end lies before the beginning.")})
        return found

    def found(self):
        """The cases of the list."""
        asked = self.cleaned_data
        wanted = {
            "programme": asked["programme"],
            "stage": asked["stage"],
            "opened_at__date__gte": asked["start"],
            "opened_at__date__lte": asked["end"],
        }
        return Case.objects.countable_by(self.user).filter(**{name: value for name, value in wanted.items() if value})

    def tables(self, progress=None):
        return []

    def chunks(self, size: int | None = None) -> Iterator[tuple[int, str]]:
        """(rows, SQL) of each part of the list, complete with its values: to be copied or read."""
        columns = ", ".join(f'{column.safe_sql} AS "{column.name}"' for column in COLUMNS)
        with connection.cursor() as cursor:
            scope = cursor.mogrify(*self.found().values("pk").query.sql_with_params()).decode()
            cursor.execute(BOUNDS.format(scope=scope, chunk=size or CHUNK))
            for first, last, rows in cursor.fetchall():
                part = self.found().filter(pk__range=(first, last)).values("pk").query.sql_with_params()
                values = {"first": first, "last": last, "zone": self.user.organisation.time_zone}
                source = cursor.mogrify(f"SELECT {columns} {SOURCE}", values).decode()
                yield rows, source.replace("{scope}", cursor.mogrify(*part).decode())
