"""Rows as files: CSV, XLSX and PDF, from the one declaration of their tables.

CSV is UTF-8 with byte order mark and CRLF, so that every Excel opens it; text that a spreadsheet would take for a
formula is made text again. XLSX has typed cells, no formula ever, and a sheet that says how its numbers were made.
"""

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.templatetags.page import moment
from cases import paper

from .formulas import guarded
from .report import INTERNAL_WORDS, NOT_SHOWN, Report, Table, suppression_words

BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "pdf": "application/pdf"}
SHEET = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


# --- Reports: a few small tables ---
def lines(tables: list[Table]) -> Iterable[list]:
    """The tables one under the other, a row for each number, its sums marked by the word «Total»."""
    yield [_("Table"), _("Axis 1"), _("Axis 2"), _("Axis 3"), _("Unit"), _("Value"), _("Note")]
    for table in tables:
        for key, value in table.lines():
            words = [axis.words(code) for axis, code in zip(table.axes, key, strict=True)]
            text = [str(table.title), *words, *[""] * (3 - len(words)), str(table.unit)]
            shown = "" if value is None else value
            yield [*map(guarded, text), shown, NOT_SHOWN if value is None else ""]


def checksum(tables: list[Table]) -> str:
    """SHA-256 of the numbers in their order: two files with the same mark hold the same numbers."""
    digest = hashlib.sha256()
    for line in lines(tables):
        digest.update(("\t".join(map(str, line)) + "\n").encode())
    return digest.hexdigest()


def facts(report: Report, tables: list[Table], by: User) -> list[tuple[str, str]]:
    """What the read-me sheet and the foot of the PDF say: who, when, what was asked, how it was counted."""
    public = any(table.public for table in tables)
    said = [
        (_("Report"), str(report.title)),
        (_("Made by"), f"{by.name}, {by.organisation.name}"),
        (_("Made on"), f"{moment(timezone.now())} ({timezone.get_current_timezone_name()})"),
        *report.asked(),
        (_("Small numbers"), suppression_words() if public else str(INTERNAL_WORDS)),
    ]
    return said + [(str(table.title), str(table.rule)) for table in tables]


def report_csv(report: Report, tables: list[Table], by: User, path: Path) -> int:
    """Write the tables as CSV; gives the number of rows."""
    rows = list(lines(tables))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    return len(rows) - 1


def report_xlsx(report: Report, tables: list[Table], by: User, path: Path) -> int:
    """Write the tables as sheets of a workbook; gives the number of rows."""
    from xlsxwriter import Workbook

    with Workbook(path, SHEET) as book:
        readme(book, [*facts(report, tables, by), (_("Checksum of the numbers"), checksum(tables))], report.checks())
        return sum(_sheet(book, table) for table in tables)


def readme(book, said: list[tuple[str, str]], checks=()) -> None:
    """The first sheet: how the numbers were made, and totals beside their controls."""
    sheet = book.add_worksheet(_("Read me")[:31])
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34, bold)
    sheet.set_column(1, 1, 90, wrap)
    words = [(str(check.words), _agreement(check)) for check in checks]
    for row, (label, text) in enumerate([*said, *words]):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text, wrap)


def _agreement(check) -> str:
    numbers = {"sums": check.shown_sums, "control": check.shown_control}
    if check.is_hidden:
        return NOT_SHOWN
    if check.agrees:
        return _("%(sums)s in the table, %(control)s counted another way: they agree.") % numbers
    return _("%(sums)s in the table, %(control)s counted another way: THEY DIFFER.") % numbers


def _sheet(book, table: Table) -> int:
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", str(table.title))[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    style = {"num_format": "#,##0.00" if table.currency else "#,##0"}
    plain, bold = book.add_format(style), book.add_format(style | {"bold": True})
    heads, labels = table.heads, table.label_count
    sheet.freeze_panes(1, labels)
    sheet.set_column(0, labels - 1, 32)
    sheet.set_column(labels, len(heads) - 1, 14)
    for column, words in enumerate(heads):
        sheet.write_string(0, column, words, head)
    last = 0
    for last, row in enumerate(table.rows(), 1):
        for column, words in enumerate(row.words):
            sheet.write_string(last, column, words, bold if row.is_total else None)
        for column, cell in enumerate(row.cells, labels):
            look = bold if cell.is_total else plain
            if cell.is_hidden:
                sheet.write_string(last, column, NOT_SHOWN, look)
            else:
                sheet.write_number(last, column, cell.value, look)
    sheet.autofilter(0, 0, last, len(heads) - 1)
    return last


def report_pdf(report: Report, tables: list[Table], by: User, path: Path) -> int:
    """Write the tables as a tagged PDF; gives the number of rows."""
    context = {
        "report": report,
        "tables": tables,
        "checks": report.checks(),
        "facts": facts(report, tables, by)[: -len(tables)],
        "checksum": checksum(tables),
        "product": settings.PRODUCT_NAME,
        **paper.PAGES,
    }
    path.write_bytes(paper.pdf(render_to_string("reports/report.pdf.html", context), css="report.pdf.css"))
    return sum(1 for table in tables for _line in table.lines())


WRITERS = {"csv": report_csv, "xlsx": report_xlsx, "pdf": report_pdf}
