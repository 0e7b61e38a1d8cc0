"""Files open everywhere, hold typed values, say how they were made, and carry no formula."""

import csv
import io

import openpyxl
import pypdf
import pytest

from reports.catalogue import CATALOGUE
from reports.files import checksum, report_csv, report_pdf, report_xlsx
from reports.formulas import CONTROL, guarded
from reports.report import NOT_SHOWN
from tests.reports.conftest import HOSTILE, formulas_in


@pytest.fixture
def report(programme, agreed, mira):
    asked = {"programme": programme.pk, "start": "2025-01-01", "end": "2026-12-31", "version": "public"}
    found = CATALOGUE["donor"](asked, user=mira)
    assert found.is_valid()
    return found


@pytest.fixture
def tables(report):
    return report.tables()


def written(*cells) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["Total", *cells])
    return out.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula(text):
    assert not formulas_in(written(guarded(text)))
    assert guarded(text) != text and "\n" not in guarded(text)
    assert guarded(text).replace("'", "") == CONTROL.sub(" ", text).replace("'", ""), "nothing else is changed"


def test_the_check_sees_what_is_not_guarded():
    assert len(HOSTILE) >= 40
    assert all(formulas_in(written(text)) for text in ("=1+1", "Thiès;=1+1", "Thiès, @SUM(A1)", 'Thiès;"=1', "x| ＝1"))


@pytest.mark.parametrize(
    "text", ["Thiès", "1,234", "a=b", "", "O'Neil", "5-13", "Thiès; near the well", "Saint-Louis, 3"]
)
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_csv_opens_in_excel_and_holds_every_number(report, tables, mira, tmp_path):
    rows = report_csv(report, tables, mira, tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == raw.count(b"\n") == rows + 1
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(lines) == rows == sum(len(list(table.lines())) for table in tables)
    assert not formulas_in(raw.decode("utf-8-sig"))
    people = [line for line in lines if line["Table"] == str(tables[1].title) and line["Value"]]
    assert not [line for line in people if 0 < int(line["Value"]) < 5]
    assert [line for line in lines if line["Note"] == NOT_SHOWN and line["Value"] == ""]


def test_xlsx_has_typed_cells_a_read_me_and_no_formula(report, tables, mira, tmp_path):
    report_xlsx(report, tables, mira, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert len(book.sheetnames) == 7 and book.sheetnames[0] == "Read me"
    said = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True)}
    assert mira.name in said["Made by"] and said["Version"].startswith("Public") and NOT_SHOWN in said["Small numbers"]
    assert said["Checksum of the numbers"] == checksum(tables) and "agree" in said["Paid, by donor line"]
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        assert str(table.rule) == said[str(table.title)]
        assert sheet.freeze_panes and sheet.auto_filter.ref and not sheet.merged_cells.ranges
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert table.hides_total or [cell for cell in cells if cell.data_type == "n"]
    money = book.worksheets[-1]
    assert money.cell(money.max_row, money.max_column).value == 615
    assert money.cell(money.max_row, money.max_column).number_format == "#,##0.00"


def test_the_pdf_says_the_same_as_the_screen(report, tables, mira, tmp_path):
    report_pdf(report, tables, mira, tmp_path / "x.pdf")
    reader = pypdf.PdfReader(tmp_path / "x.pdf")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for table in tables:
        assert str(table.title) in text and " ".join(str(table.rule).split()) in text
        for row in table.rows():
            assert row.words[-1] in text
    assert "615.00 EUR" in text.replace("\xa0", " ") and NOT_SHOWN in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_checksum_is_that_of_the_numbers(report, tables):
    assert checksum(tables) == checksum(report.tables())
    other = report.tables()
    other[0].cube[next(iter(other[0].cube))] += 1
    assert checksum(other) != checksum(tables)
