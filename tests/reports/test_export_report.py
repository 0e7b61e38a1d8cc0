"""Reports on the web: who finds them, what a number opens, and how the file is asked for."""

import re
from contextvars import copy_context
from html import unescape
from itertools import pairwise
from threading import Event, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from cases import jobs
from cases.jobs import run_jobs
from cases.models import Job, JobState
from reports.catalogue import CATALOGUE, donor_sql
from reports.lifecycle import export_report


@pytest.fixture
def asked(programme):
    return {"programme": str(programme.pk), "start": "2025-01-01", "end": "2026-12-31", "version": "internal"}


def sign_in(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("made_as", ["xlsx", "csv", "pdf"])
def test_a_report_is_made_by_a_job_and_fetched_once_it_is_done(client, agreed, mira, asked, made_as):
    sign_in(client, mira)
    answer = client.post(reverse("export_report", args=["donor"]), asked | {"format": made_as})
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk]) and job.parameters["asked"] == asked
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE and job.filename.endswith(f".{made_as}") and job.rows
    file = client.get(reverse("job_file", args=[job.pk]))
    assert b"".join(file.streaming_content) == job.file.read()


class watching:  # noqa: N801 (reads as a phrase)
    """What somebody else reads of a job, again and again, while it is worked on."""

    def __init__(self, job):
        self.job, self.seen, self._enough = job, [], Event()
        self._thread = Thread(target=copy_context().run, args=[self._look])

    def __enter__(self):
        self._thread.start()
        return self.seen

    def __exit__(self, *_):
        self._enough.set()
        self._thread.join()

    def _look(self):
        while not self._enough.wait(0.02):
            found = Job.objects.values_list("state", "done", "total").get(pk=self.job.pk)
            if found not in self.seen:
                self.seen.append(found)
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_page_moves_with_each_table_while_the_report_is_counted(client, agreed, mira, asked, monkeypatch):
    """Each table takes a third of a second here; whoever looks meanwhile sees every one of them come."""
    counted = donor_sql._counted
    slow = " WHERE (SELECT pg_sleep(0.3)) IS NOT NULL GROUP BY "
    monkeypatch.setattr(donor_sql, "_counted", lambda name, axes: counted(name, axes).replace(" GROUP BY ", slow))
    monkeypatch.setattr(jobs, "SAY_EVERY", 0)
    job = export_report(by=mira, name="donor", asked=asked, made_as="csv")
    with watching(job) as seen:
        run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.failure
    steps = [(done, total) for state, done, total in seen if state == JobState.RUNNING and total]
    assert {(step, 7) for step in range(1, 6)} <= {*steps}, seen  # the sixth lasts as long as the file takes to write
    assert all(before[0] < after[0] for before, after in pairwise(steps)), "never backwards"
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=3, total=7)
    shown = sign_in(client, mira).get(reverse("job", args=[job.pk])).content.decode()
    assert "3 of 7 steps" in shown and 'max="7" value="3"' in shown
    part = client.get(reverse("job", args=[job.pk]) + "?said=0", headers={"HX-Request": "true"}).content.decode()
    assert "3 of 7 steps" in part and "25 %" in part


def test_counted_step_by_step_the_numbers_are_the_same(agreed, mira, asked):
    heard = []
    report = CATALOGUE["donor"](asked, user=mira)
    assert report.is_valid()
    tables = report.tables(lambda done, total: heard.append((done, total)))
    assert [table.cube for table in tables] == [table.cube for table in report.tables()]
    assert heard == sorted(heard) and heard[-1] == (6, 7)


def test_who_lost_the_programme_meanwhile_gets_nothing(agreed, mira, asked, programme):
    job = export_report(by=mira, name="donor", asked=asked, made_as="csv")
    User.objects.filter(pk=mira.pk).update(role=Role.CASEWORKER)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and not job.file


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_reports_are_not_there_for_other_roles(client, agreed, person_of, asked, role):
    user = person_of(role)
    with pytest.raises(PermissionDenied):
        export_report(by=user, name="donor", asked=asked, made_as="csv")
    sign_in(client, user)
    for address in (reverse("report_list"), reverse("report", args=["donor"]), reverse("report_cells", args=["donor"])):
        assert client.get(address, asked).status_code == 404
    assert client.post(reverse("export_report", args=["donor"]), asked | {"format": "csv"}).status_code == 404


def test_an_unknown_format_or_bad_period_makes_no_job(client, agreed, mira, asked):
    for wrong in ({"format": "exe"}, {"format": "csv", "end": "2020-01-01"}, {"format": "csv", "programme": "x"}):
        assert sign_in(client, mira).post(
            reverse("export_report", args=["donor"]), asked | wrong
        ).status_code == 422  # fmt: skip
    with pytest.raises(ValidationError):
        export_report(by=mira, name="donor", asked=asked | {"end": "2020-01-01"}, made_as="csv")
    assert not Job.objects.exists()


def links(page):
    return [unescape(found) for found in re.findall(r'href="(/reports/donor/cells/[^"]*)"', page.content.decode())]


def test_every_number_on_the_page_opens_references_without_names(client, agreed, mira, asked):
    page = sign_in(client, mira).get(reverse("report", args=["donor"]), asked)
    found = links(page)
    assert len(found) > 30
    for address in found:
        opened = client.get(address)
        words = opened.content.decode()
        assert opened.status_code == 200 and "AVRR-FR-2026-" in words and "Somebody" not in words
        assert 'href="/cases/AVRR' not in words, "a manager does not open cases"


def test_a_supervisor_finds_a_way_to_the_case(client, agreed, asked):
    supervisor = User.objects.get(role=Role.SUPERVISOR)
    address = reverse("report_cells", args=["donor"])
    words = sign_in(client, supervisor).get(address, asked | {"table": "money", "step": "paid"}).content.decode()
    assert f'href="/cases/{agreed.case.reference}/"' in words


def test_a_number_that_is_not_shown_is_not_opened(client, agreed, mira, asked):
    page = sign_in(client, mira).get(reverse("report", args=["donor"]), asked | {"version": "public"})
    assert "[c]" in page.content.decode()
    assert all(client.get(address).status_code == 200 for address in links(page))
    hidden = asked | {"version": "public", "table": "activities", "dimension": "social", "modality": "cash"}
    assert client.get(reverse("report_cells", args=["donor"]), hidden).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"table": "nothing"}, {"table": "returns", "to": "XX"}, {"table": "returns", "sex": "male"}, {"start": "x"}, {}],
)
def test_a_cell_that_is_not_there_is_not_there(client, agreed, mira, asked, wrong):
    assert sign_in(client, mira).get(reverse("report_cells", args=["donor"]), asked | wrong).status_code == 404


def test_the_page_asks_first_and_says_what_is_wrong_beside_its_field(client, agreed, mira, asked):
    sign_in(client, mira)
    empty = client.get(reverse("report", args=["donor"]))
    assert empty.status_code == 200 and not links(empty)
    wrong = client.get(reverse("report", args=["donor"]), asked | {"end": "2020-01-01"})
    assert wrong.status_code == 422 and "before the beginning" in wrong.content.decode()
    assert "Donor report" in client.get(reverse("report_list")).content.decode()
