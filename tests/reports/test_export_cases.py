"""The case list: one coded row per case, no name, no formula, only of the own agency."""

import csv
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Organisation
from accounts.roles import OrganisationKind, Role
from cases import jobs
from cases.jobs import run_jobs
from cases.models import Case, Job, JobState, Person
from reports.catalogue import cases as case_list
from reports.formulas import guarded
from reports.lifecycle import export_cases
from tests.reports.conftest import HOSTILE, formulas_in

ASKED = {"purpose": "Yearly return to the ministry"}


def made(by, made_as, **asked):
    job = export_cases(by=by, asked=ASKED | asked, made_as=made_as)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.failure
    return job


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("made_as", ["csv", "xlsx"])
def test_a_long_list_says_how_far_it_is_while_its_rows_are_copied(returned, mira, monkeypatch, made_as):
    said = []
    monkeypatch.setattr(jobs, "SAY_EVERY", 0)
    close = jobs.Progress.close
    monkeypatch.setattr(
        jobs.Progress, "close", lambda self: (said.append(Job.objects.get(pk=self.job.pk)), close(self))
    )
    made(mira, made_as)
    assert [(job.state, job.done, job.total) for job in said] == [(JobState.RUNNING, 40, 40)]


def rows_of(job):
    return list(csv.DictReader(io.StringIO(job.file.read().decode("utf-8-sig"), newline="")))


def test_the_list_has_a_row_for_each_case_with_codes_and_without_names(returned, agreed, mira):
    job = made(mira, "csv")
    raw = job.file.read()
    job.file.seek(0)
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n") == 41
    assert b"Somebody" not in raw and b"trafficking" not in raw
    rows = {row["reference"]: row for row in rows_of(job)}
    assert len(rows) == job.rows == 40 and job.parameters["asked"] == ASKED
    for case in Case.objects.all():
        row = rows[case.reference]
        assert (row["stage"], row["return_country"], row["reasons"]) == (
            case.stage,
            case.return_country,
            "plans family",
        )
        assert row["departed_on"] == (case.departed_on.isoformat() if case.departed_on else "")
        assert int(row["people"]) == case.people.count()
    assert rows[agreed.case.reference]["paid"] == "615.00"


@pytest.mark.parametrize("made_as", ["csv", "xlsx"])
def test_what_people_typed_never_becomes_a_formula(returned, mira, made_as, monkeypatch):
    monkeypatch.setattr(case_list, "CHUNK", 7)
    hostile = [*HOSTILE[: len(returned) - len(PLAIN)], *PLAIN], [*PLAIN, *HOSTILE[len(PLAIN) - len(returned) :]]
    for texts in hostile:
        for case, text in zip(returned, texts, strict=True):
            case.return_place = text
        Case.objects.bulk_update(returned, ["return_place"])
        job = made(mira, made_as)
        if made_as == "csv":
            places = [row["return_place"] for row in rows_of(job)]
            job.file.seek(0)
            assert not formulas_in(job.file.read().decode("utf-8-sig"))
        else:
            sheet = openpyxl.load_workbook(job.file)["Cases"]
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
            head, *rows = sheet.iter_rows(values_only=True)
            places = [row[head.index("return_place")] for row in rows]
            assert {row[head.index("programme")] for row in rows} == {"'=FR-26"}
        assert places == [guarded(text) for text in texts], "the database writes by the same rule"


PLAIN = ["Thiès", '"quoted", comma', "two\nlines", "Γκόρι", "tab\there"]


def test_xlsx_and_csv_hold_the_same(returned, agreed, mira):
    plain = rows_of(made(mira, "csv"))
    book = openpyxl.load_workbook(made(mira, "xlsx").file)
    assert book.sheetnames == ["Cases", "Read me"]
    head, *rows = book["Cases"].iter_rows(values_only=True)
    assert list(head) == list(plain[0])
    days = {n for n, column in enumerate(case_list.COLUMNS) if column.holds == "day"}
    for row, same in zip(rows, plain, strict=True):
        for n, (value, text) in enumerate(zip(row, same.values(), strict=True)):
            if n in days and value is not None:
                assert value.date().isoformat() == text
            elif isinstance(value, int | float):
                assert float(text) == value
            else:
                assert (value or "") == text
    assert dict(book["Read me"].iter_rows(values_only=True))["What is it for?"] == ASKED["purpose"]


def test_the_list_holds_what_was_asked_for(returned, mira, programme):
    assert {row["stage"] for row in rows_of(made(mira, "csv", stage="screening"))} == {"screening"}
    assert made(mira, "csv", start="2030-01-01").rows == 0
    assert made(mira, "csv", programme=str(programme.pk)).rows == 40


def test_another_agency_lists_its_own(returned, person_of):
    elsewhere = Organisation.objects.create(name="Elsewhere", kind=OrganisationKind.HOST, country="DE")
    assert made(person_of(Role.MANAGER, elsewhere), "xlsx").rows == 0


def test_a_list_needs_a_purpose_and_a_format_there_is(returned, mira):
    for asked, made_as in (({}, "csv"), ({"purpose": " "}, "csv"), (ASKED, "pdf"), (ASKED, "")):
        with pytest.raises(ValidationError):
            export_cases(by=mira, asked=asked, made_as=made_as)
    assert not Job.objects.exists()


def sign_in(client, user):
    client.force_login(user)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.FINANCE, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_is_not_a_manager_finds_nothing(client, returned, person_of, role):
    user = person_of(role)
    with pytest.raises(PermissionDenied):
        export_cases(by=user, asked=ASKED, made_as="csv")
    sign_in(client, user)
    assert client.post(reverse("export_cases"), ASKED | {"format": "csv"}).status_code == 404
    assert client.get(reverse("report", args=["cases"])).status_code == 404
    assert not Job.objects.exists() and Person.objects.exists()


def test_a_manager_asks_on_the_page_and_is_led_to_the_job(client, returned, mira):
    sign_in(client, mira)
    assert client.get(reverse("report", args=["cases"])).status_code == 200
    answer = client.post(reverse("export_cases"), ASKED | {"format": "xlsx"})
    assert answer["Location"].startswith("/jobs/")
    assert client.post(reverse("export_cases"), {"format": "xlsx"}).status_code == 422
    assert client.post(reverse("export_cases"), ASKED | {"format": "exe"}).status_code == 422
    assert client.get(reverse("export_cases")).status_code == 405
