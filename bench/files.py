"""Measures of what is made as a file: donor report, case list as CSV and XLSX, plan as PDF."""

import os
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import paper
from reintegration.documents import plan_html
from reintegration.models import Plan
from reports.case_files import cases_csv, cases_xlsx
from reports.catalogue import CATALOGUE
from reports.catalogue.cases import ALL

from . import floors


def measures(manager, worker, raw, runs: int, file_runs: int):
    """Yields (name, ours, floor, runs); every file is written whole, to a scratch folder."""
    scratch = Path(os.environ["BENCH_SCRATCH"])
    year = timezone.localdate().year
    programme = manager.organisation.programmes.order_by("pk").first()
    asked = {"programme": programme.pk, "version": "internal", "start": f"{year - 1}-01-01", "end": f"{year}-12-31"}

    def donor():
        report = CATALOGUE["donor"](asked, user=manager)
        assert report.is_valid(), report.errors
        return [list(table.rows()) for table in report.tables()]

    with CaptureQueriesContext(connection) as seen:
        donor()
    said = [query["sql"] for query in seen if "SELECT" in query["sql"].upper()]
    yield "donor report", donor, lambda: floors.statements(raw, said), file_runs

    def case_list():
        report = CATALOGUE["cases"]({"purpose": "bench"}, user=manager)
        assert report.is_valid(), report.errors
        return report

    whole = " UNION ALL ".join(f"({sql})" for _rows, sql in case_list().chunks(ALL))

    def quiet(done, total):
        """Progress is written by the job, not measured here."""

    yield (
        "case CSV",
        lambda: cases_csv(case_list(), manager, scratch / "cases.csv", quiet),
        lambda: floors.copy(raw, whole),
        file_runs,
    )
    yield (
        "case XLSX",
        lambda: cases_xlsx(case_list(), manager, scratch / "cases.xlsx", quiet),
        lambda: floors.workbook(raw, whole, scratch / "floor.xlsx"),
        file_runs,
    )
    plans = Plan.objects.visible_to(worker).filter(status="approved").order_by("pk")
    plan = plans[plans.count() // 2]
    html = plan_html(plan, by=worker)
    pictures = {"code.svg": paper.svg_of_code(plan.reference_of_case)}
    bare = floors.Paper(html, "plan.pdf.css", pictures)
    yield (
        "plan PDF",
        lambda: paper.pdf(plan_html(plan, by=worker), css="plan.pdf.css", pictures=pictures),
        bare.print,
        runs,
    )
