"""What every report can do: ask for its parameters, give its tables, open what a number counts.

A report is a form (its parameters) with tables; each table declares its axes once, and screen, XLSX, CSV and PDF are
written from that one declaration.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.templatetags.page import day, money_words, number

from .suppression import TOTAL, Key, hidden, with_margins

SMALL = getattr(settings, "SMALL_NUMBER", 5)  # counts below it are not published (domain: reporting 5)
NOT_SHOWN = "[c]"  # the usual sign for «confidential» in published statistics
Words = str | Promise


@dataclass(frozen=True)
class Axis:
    """One dimension of a table: (code, words) of its values in order. Without `sums` its values are never added up."""

    name: str
    label: Words
    values: list[tuple[str, Words]]
    sums: bool = True

    @property
    def codes(self) -> list[str]:
        return [code for code, _words in self.values]

    def words(self, code: str) -> str:
        return _("Total") if code == TOTAL else str(dict(self.values)[code])


@dataclass
class Cell:
    """One number as shown: `value` is None where it is not published; `key` opens what it counts."""

    key: Key
    value: int | Decimal | None
    is_total: bool
    url: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.value is None


@dataclass
class Row:
    """A line of a table: the words of all axes but the last, and one cell for each value of the last."""

    words: list[str]
    cells: list[Cell]
    is_total: bool
    share: int = 0  # of the largest line, in percent, for the bar


@dataclass
class Table:
    """Numbers of one kind over at most three axes, with the rule by which they were counted.

    `counts` holds the innermost cells only; sums are made here, so that a total is always that of its parts. Money
    (`currency` set) is never suppressed.
    """

    name: str
    title: Words
    rule: Words
    unit: Words
    axes: list[Axis]
    counts: dict[Key, int | Decimal]
    currency: str = ""
    threshold: int = SMALL
    public: bool = False
    address: str = ""
    cube: dict[Key, int | Decimal] = field(init=False)
    gone: set[Key] = field(init=False)

    def __post_init__(self):
        codes = [axis.codes for axis in self.axes]
        self.cube = with_margins(codes, self.counts)
        protects = self.public and not self.currency
        self.gone = hidden(codes, self.cube, self.threshold) if protects else set()

    @property
    def total(self) -> int | Decimal:
        return self.cube[(TOTAL,) * len(self.axes)]

    @property
    def hides_total(self) -> bool:
        return (TOTAL,) * len(self.axes) in self.gone

    @property
    def heads(self) -> list[str]:
        """The words above the columns: one for each axis but the last, then the values of the last."""
        if len(self.axes) == 1:
            return [str(self.axes[0].label), str(self.unit)]
        *firsts, last = self.axes
        return [str(axis.label) for axis in firsts] + [last.words(code) for code in _codes(last)]

    @property
    def label_count(self) -> int:
        return max(len(self.axes) - 1, 1)

    def rows(self) -> Iterator[Row]:
        """The table as people read it: the last axis across, the others down, sums last."""
        firsts = self.axes if len(self.axes) == 1 else self.axes[:-1]
        across = [()] if len(self.axes) == 1 else [(code,) for code in _codes(self.axes[-1])]
        biggest = self._biggest(firsts, across)
        for key in product(*(_codes(axis) for axis in firsts)):
            cells = [self._cell(key + rest) for rest in across]
            words = [axis.words(code) for axis, code in zip(firsts, key, strict=True)]
            row = Row(words, cells, TOTAL in key)
            if biggest and not row.is_total and not cells[-1].is_hidden:
                row.share = round(100 * cells[-1].value / biggest)
            yield row

    def lines(self) -> Iterator[tuple[Key, int | Decimal | None]]:
        """Every cell with its key, sums included: the table as machines read it."""
        for key in product(*(_codes(axis) for axis in self.axes)):
            yield key, None if key in self.gone else self.cube[key]

    def _biggest(self, firsts, across):
        """The longest bar, among what is shown: a bar must not tell the length of a hidden one."""
        keys = (key + across[-1] for key in product(*(axis.codes for axis in firsts)))
        return max((self.cube[key] for key in keys if key not in self.gone), default=0)

    def _cell(self, key: Key) -> Cell:
        value = None if key in self.gone else self.cube[key]
        names = zip((axis.name for axis in self.axes), key, strict=True)
        asked = {"table": self.name, **{name: code for name, code in names if code}}
        url = f"{self.address}&{urlencode(asked)}" if self.address and value else ""
        return Cell(key, value, TOTAL in key, url)


def _codes(axis: Axis) -> list[str]:
    return [*axis.codes, TOTAL] if axis.sums else axis.codes


@dataclass(frozen=True)
class Check:
    """A total beside its control, counted another way. Where they differ, the report says so."""

    words: Words
    control: int | Decimal
    sums: int | Decimal
    currency: str = ""
    is_hidden: bool = False

    @property
    def agrees(self) -> bool:
        return self.control == self.sums

    @property
    def shown_sums(self) -> str:
        return self._shown(self.sums)

    @property
    def shown_control(self) -> str:
        return self._shown(self.control)

    def _shown(self, value) -> str:
        if self.is_hidden:
            return NOT_SHOWN
        return money_words(value, self.currency) if self.currency else number(value)


class Report(forms.Form):
    """The parameters of a report, asked for in a form and kept in the address and in the job."""

    do_not_call_in_templates = True  # a list of reports is a list of classes

    name = ""
    title: Words = ""
    lead: Words = ""
    verb = "export_report"
    template = "report.html"
    formats = (("xlsx", "XLSX"), ("csv", "CSV"), ("pdf", "PDF"))

    def __init__(self, data=None, *, user: User, **more):
        self.user = user
        super().__init__(data, **more)
        self.prepare()

    def prepare(self) -> None:
        """Hook: choices that depend on the user."""

    def tables(self, progress: Callable[[int, int], None] | None = None) -> list[Table]:
        """The numbers. `progress` hears after each table how many steps are done; the last step is the file."""
        raise NotImplementedError

    def checks(self) -> list[Check]:
        """Totals beside their controls; call it after `tables`."""
        return []

    def cases(self, table: str, cell: dict[str, str]):
        """The cases (countable_by the user) that a number counts; for places that are not closed."""
        raise NotImplementedError

    def parameters(self) -> dict[str, str]:
        """What was asked, as it was typed: plain text for address, job and read-me sheet."""
        return {name: self.data.get(name, "") for name in self.fields if self.data.get(name, "")}

    def query(self) -> str:
        """The parameters as part of an address."""
        return urlencode(self.parameters())

    def is_closed(self, table: str, cell: dict[str, str]) -> bool:
        """Is there no such number, or is it one that the version asked for does not show?"""
        return True

    def cell_words(self, table: str, cell: dict[str, str]) -> list[str]:
        """What a number is about: the title of its table and the words of its place."""
        raise NotImplementedError

    def asked(self) -> list[tuple[str, str]]:
        """(label, words) of the parameters."""
        return [(str(field.label), self._said(name, field)) for name, field in self.fields.items()]

    def address(self) -> str:
        return f"{reverse('report_cells', args=[self.name])}?{self.query()}"

    def _said(self, name: str, asked) -> str:
        value = self.cleaned_data.get(name)
        if value in (None, ""):
            return _("all")
        if isinstance(value, date):
            return day(value, "date")
        return str(dict(asked.choices).get(value, value)) if isinstance(asked, forms.ChoiceField) else str(value)


def suppression_words(k: int = SMALL) -> str:
    """The note under everything that is published."""
    return _(
        "%(sign)s: not shown. Counts of 1 to %(most)s people, and as many others as are needed so that these cannot be "
        "worked out from the sums, are left out. Zero is shown. Amounts of money are always shown."
    ) % {"sign": NOT_SHOWN, "most": number(k - 1)}


INTERNAL_WORDS = gettext_lazy("Internal version: every number is shown. Do not publish it.")
