"""The case list as a file: by COPY into CSV, cell by cell into XLSX, in parts that make true progress."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.templatetags.page import moment

from .catalogue.cases import ALL, COLUMNS, CaseList
from .files import BOM, SHEET, readme

DAY_ZERO = date(1899, 12, 30)  # day 0 of a sheet, for all days after the 29 February 1900 that it wrongly knows
FIRST_DAY = date(1900, 3, 1)


def cases_csv(report: CaseList, by: User, path: Path, progress: Callable[[int, int], None]) -> int:
    """Write the list as CSV, as fast as the database gives it; gives the number of rows."""
    with path.open("wb") as file, transaction.atomic(), connection.cursor() as cursor:
        file.write(f"{BOM}{','.join(column.name for column in COLUMNS)}\r\n".encode())
        for total, sql in report.chunks(ALL):
            lines = _Lines(file, total, progress)
            cursor.copy_expert(f"COPY ({sql}) TO STDOUT WITH (FORMAT csv)", lines)
            return lines.done
    return 0


class _Lines:
    """What COPY writes to: psycopg2 gives it line by line, and no cell holds a line break (Column.safe_sql)."""

    def __init__(self, file: BinaryIO, total: int, progress: Callable[[int, int], None]):
        self._write, self._total, self._progress, self.done = file.write, total, progress, 0

    def write(self, line: bytes) -> None:
        self._write(line[:-1])
        self._write(b"\r\n")
        self.done += 1
        if self.done % 1000 == 0 or self.done == self._total:
            self._progress(self.done, self._total)


def cases_xlsx(report: CaseList, by: User, path: Path, progress: Callable[[int, int], None]) -> int:
    """Write the list as a workbook with a read-me sheet; gives the number of rows."""
    from xlsxwriter import Workbook

    done, chunks, digest = 0, list(report.chunks()), hashlib.sha256()
    total = sum(rows for rows, _sql in chunks)
    with Workbook(path, SHEET | {"default_date_format": "yyyy-mm-dd"}) as book, connection.cursor() as cursor:
        sheet = _open_sheet(book, total)
        puts = _writers(book, sheet)
        for _rows, sql in chunks:
            cursor.execute(sql)
            for line in cursor.fetchall():
                done += 1
                for column, put, style, value in zip(*puts, line, strict=True):
                    if value is not None and value != "":
                        put(done, column, value, style)
                digest.update(repr(line).encode())
            progress(done, total)
        readme(book, _said(report, by, digest.hexdigest()))
    return done


def _open_sheet(book, total: int):
    sheet = book.add_worksheet(_("Cases")[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    for column, one in enumerate(COLUMNS):
        sheet.set_column(column, column, 24 if one.holds == "typed" or one.name == "reference" else 14)
        sheet.write_string(0, column, one.name, head)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, total, len(COLUMNS) - 1)
    return sheet


def _writers(book, sheet) -> tuple[list, list, list]:
    """Place, writing function and style of each column, chosen once and not for each cell."""
    looks = {"day": "yyyy-mm-dd", "money": "#,##0.00"}
    styles = {holds: book.add_format({"num_format": look}) for holds, look in looks.items()}

    def write_day(row: int, column: int, value: date, style) -> None:
        """A day as the number that it is in a sheet, without the writer's way through a time of day and its zone."""
        if value < FIRST_DAY:
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_number(row, column, (value - DAY_ZERO).days, style)

    writes = {"day": write_day, "money": sheet.write_number, "count": sheet.write_number}
    return (
        list(range(len(COLUMNS))),
        [writes.get(column.holds, sheet.write_string) for column in COLUMNS],
        [styles.get(column.holds) for column in COLUMNS],
    )


def _said(report: CaseList, by: User, digest: str) -> list[tuple[str, str]]:
    return [
        (_("Report"), str(report.title)),
        (_("Made by"), f"{by.name}, {by.organisation.name}"),
        (_("Made on"), f"{moment(timezone.now())} ({timezone.get_current_timezone_name()})"),
        *report.asked(),
        (_("Rows"), _("One row for each case. No names; do not publish it.")),
        (_("Codes"), _("Countries are ISO 3166-1, currencies ISO 4217; all other codes are those of the glossary.")),
        (_("Text"), _("An apostrophe before a text keeps spreadsheets from taking it for a formula.")),
        *((column.name, str(column.label)) for column in COLUMNS),
        (_("Checksum of the rows"), digest),
    ]


CASE_WRITERS = {"csv": cases_csv, "xlsx": cases_xlsx}
