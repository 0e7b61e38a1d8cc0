"""The donor report: who returned, where cases stand, what was done and what it cost, per programme and donor line."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from accounts.templatetags.page import by_name, country_name
from cases.forms.base import DATE
from cases.models import Case, DonorLine, Programme, Sex, Vulnerability
from cases.statuses import Stage
from reintegration.models import Dimension, Modality, Payment

from ..report import SMALL, Axis, Check, Report, Table
from ..suppression import TOTAL
from . import donor_sql

BANDS = [("0-4", "0-4"), ("5-13", "5-13"), ("14-17", "14-17"), ("18-24", "18-24"), ("25-34", "25-34"),
         ("35-59", "35-59"), ("60+", "60+")]  # fmt: skip
PEOPLE_RULE = _("People whose departure lies in the period, by the date of departure. Each person is counted once.")
VULNERABILITY_RULE = _(
    "Each person is counted once: under their one recorded vulnerability, «more than one», or «none recorded». Because "
    "this is sensitive, the public version leaves out counts below ten here."
)
AGE_RULE = _("Age in full years on the day of departure. Of a birth known by its year only, the latest day counts.")
STAGE_RULE = _("Cases, not people, as they stand when the report is made, whatever the period.")
ACTIVITY_RULE = _(
    "Lines of approved plans in force, not people, by the day on which the returnee first agreed to the line."
)
MONEY_RULE = _(
    "In the programme's currency as converted on each line; totals are sums of rounded lines. Approved, ordered, "
    "delivered and paid each by its own date; cancelled grants are left out. Cash on arrival is only ever paid."
)
KINDS = [("grant", Payment.Kind.GRANT.label), ("arrival_cash", Payment.Kind.ARRIVAL_CASH.label)]
STEPS = [("approved", _("Approved")), ("ordered", _("Ordered")), ("delivered", _("Delivered")), ("paid", _("Paid"))]


class DonorReport(Report):
    """Returns, stages, activities and money of a programme in a period; for a donor line, of the cases it paid for."""

    name = "donor"
    title = _("Donor report")
    lead = _("Returns, stages, activities and money of a programme, in the version for us or for publication.")

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    donor_line = forms.ModelChoiceField(
        label=_("Donor line"), queryset=DonorLine.objects.none(), required=False, empty_label=_("All lines")
    )
    start = forms.DateField(label=_("From"), **DATE)
    end = forms.DateField(label=_("Until"), **DATE)
    version = forms.ChoiceField(
        label=_("Version"),
        choices=[("internal", _("Internal: every number")), ("public", _("Public: small numbers of people left out"))],
        initial="internal",
    )

    def prepare(self):
        self.fields["programme"].queryset = Programme.objects.visible_to(self.user)
        self.fields["donor_line"].queryset = DonorLine.objects.visible_to(self.user)

    def clean(self):
        found = super().clean()
        start, end = found.get("start"), found.get("end")
        if start and end and end < start:
            raise ValidationError({"end": _("The end lies before the beginning.")})
        line, programme = found.get("donor_line"), found.get("programme")
        if line and programme and line.programme_id != programme.pk:
            raise ValidationError({"donor_line": _("This line belongs to another programme.")})
        return found

    @property
    def is_public(self) -> bool:
        return self.cleaned_data["version"] == "public"

    def scope(self):
        """The cases the report is about."""
        found = Case.objects.countable_by(self.user).filter(programme=self.cleaned_data["programme"])
        if line := self.cleaned_data["donor_line"]:
            charged = Q(pk__in=line.grants.exclude(status="cancelled").values("case"))
            found = found.filter(charged | Q(pk__in=line.payments.values("case")))
        return found

    def tables(self, progress=None):
        self._counts, self._controls = self._count(progress)
        currency = self.cleaned_data["programme"].currency
        countries = [_countries({key[n] for key in self._counts["returns"]}) for n in (0, 1)]
        needs = [*Vulnerability.choices, ("several", _("More than one")), ("none", _("None recorded"))]
        step = Axis("step", _("Step"), STEPS, sums=False)
        self._made = [
            self._table("returns", _("Returns by country of return and host country"), PEOPLE_RULE, _("people"),
                        Axis("to", _("Country of return"), countries[0]),
                        Axis("host", _("Host country"), countries[1])),
            self._table("ages", _("Returns by age and sex"), AGE_RULE, _("people"),
                        Axis("band", _("Age"), BANDS), Axis("sex", _("Sex"), Sex.choices)),
            self._table("vulnerability", _("Returns by vulnerability"), VULNERABILITY_RULE, _("people"),
                        Axis("need", _("Vulnerability"), needs), threshold=2 * SMALL),
            self._table("stages", _("Stages now"), STAGE_RULE, _("cases"), Axis("stage", _("Stage"), Stage.choices)),
            self._table("activities", _("Activities by dimension and modality"), ACTIVITY_RULE, _("activities"),
                        Axis("dimension", _("Dimension"), Dimension.choices),
                        Axis("modality", _("Modality"), Modality.choices)),
            self._table("money", _("Money by donor line"), MONEY_RULE, currency,
                        Axis("line", _("Donor line"), self._lines()), Axis("kind", _("Kind"), KINDS), step,
                        currency=currency),
        ]  # fmt: skip
        return self._made

    def checks(self):
        made, control = {table.name: table for table in self._made}, self._controls
        words = {
            "returns": _("People returned, by country"),
            "ages": _("People returned, by age and sex"),
            "vulnerability": _("People returned, by vulnerability"),
            "stages": _("Cases, by stage"),
            "activities": _("Activities, by dimension and modality"),
        }
        found = [
            Check(said, control.get(name, control["people"]), made[name].total, is_hidden=made[name].hides_total)
            for name, said in words.items()
        ]
        paid = made["money"].cube[TOTAL, TOTAL, "paid"]
        return [*found, Check(_("Paid, by donor line"), control["money"], paid, made["money"].currency)]

    def is_closed(self, table, cell):
        found = next((one for one in self.tables() if one.name == table), None)
        if found is None or set(cell) - {axis.name for axis in found.axes}:
            return True
        key = tuple(cell.get(axis.name, TOTAL) for axis in found.axes)
        return key not in found.cube or key in found.gone

    def cell_words(self, table, cell):
        found = next(one for one in self._made if one.name == table)
        return [str(found.title), *(axis.words(cell[axis.name]) for axis in found.axes if axis.name in cell)]

    def cases(self, table, cell):
        sql, parameters = donor_sql.behind(table, cell, *self._sources())
        return Case.objects.countable_by(self.user).filter(pk__in=RawSQL(sql, parameters))  # noqa: S611 (our own text)

    def _table(self, name, title, rule, unit, *axes, **more) -> Table:
        counts = self._counts[name]
        return Table(name, title, rule, unit, list(axes), counts, public=self.is_public, address=self.address(), **more)

    def _count(self, progress):
        """(counts per table, controls) from one statement, so that all tables tell of the same moment."""
        counted = {name: {} for name in donor_sql.AXES}
        controls = {}
        statement = donor_sql.everything(*self._sources())
        for name, *key, value in _step_by_step(statement, progress) if progress else _at_once(statement):
            value = value if name.endswith("money") else int(value)
            if name in counted:
                counted[name][tuple(key[: len(donor_sql.AXES[name])])] = value
            else:
                controls[name.removeprefix("control ")] = value
        return counted, controls

    def _sources(self):
        scope, parameters = self.scope().values("pk", "host_country", "return_country", "stage").query.sql_with_params()
        line = self.cleaned_data["donor_line"]
        return (scope, list(parameters)), {
            "start": self.cleaned_data["start"],
            "end": self.cleaned_data["end"],
            "zone": self.user.organisation.time_zone,
            "line": line.pk if line else None,
        }

    def _lines(self) -> list[tuple[str, str]]:
        lines = DonorLine.objects.visible_to(self.user).filter(programme=self.cleaned_data["programme"])
        named = {str(line.pk): str(line) for line in lines}
        used = {line for line, _kind, _step in self._counts["money"]}
        if self.cleaned_data["donor_line"]:
            used |= {str(self.cleaned_data["donor_line"].pk)}
            named = {code: words for code, words in named.items() if code in used}
        return [*named.items(), *((code, code) for code in sorted(used - named.keys()))]


def _at_once(statement):
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def _step_by_step(statement, progress):
    """The same rows one by one, as the database comes to them: a table is counted when its first number comes."""
    names = list(donor_sql.AXES)
    steps = {name: number for number, name in enumerate(names, 1)}
    with transaction.atomic(), connection.cursor() as plain, connection.chunked_cursor() as cursor:
        plain.execute("SET LOCAL cursor_tuple_fraction = 1")  # all rows are wanted
        cursor.execute(*statement)
        for row in iter(cursor.fetchone, None):
            progress(steps.get(row[0], len(names)), len(names) + 1)
            yield row


def _countries(codes: set[str]) -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in codes), key=by_name)
