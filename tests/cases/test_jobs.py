"""Long work is done once: whatever happens to workers, the broker or the person who asked."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice, Organisation, User
from accounts.roles import OrganisationKind, Role
from cases import jobs
from cases.jobs import KINDS, Made, ask, expire_jobs, job_kind, run_jobs
from cases.models import Job, JobState
from tests import make
from tests.conftest import A_TUESDAY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600},
        },
    }


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for name in ("letter", "broken", "stolen"):
        KINDS.pop(name, None)

    @job_kind("letter", title="A letter", verb="see_case")
    def letter(job, progress):
        progress(1, 2)
        return Made("letter.txt", "text/plain", f"Dear {job.parameters['to']}".encode(), rows=2)

    @job_kind("broken", title="Broken", verb="see_case")
    def broken(job, progress):
        raise RuntimeError("it does not work")

    @job_kind("stolen", title="Taken over", verb="see_case")
    def stolen(job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=job.attempts + 1)
        return Made("late.txt", "text/plain", b"too late")

    yield
    for name in ("letter", "broken", "stolen"):
        KINDS.pop(name, None)


@pytest.fixture
def agency(db):
    return Organisation.objects.create(name="Retour & Avenir", kind=OrganisationKind.HOST, country="FR")


@pytest.fixture
def amina(agency):
    return User.objects.create_user("amina@jobs.example", name="Amina R", role=Role.CASEWORKER, organisation=agency)


@pytest.fixture
def bashir(agency):
    return User.objects.create_user("bashir@jobs.example", name="Bashir B", role=Role.SUPERVISOR, organisation=agency)


def let_leases_end():
    Job.objects.update(lease_until=A_TUESDAY)


def test_a_job_is_done_told_once_and_kept_for_seven_days(amina):
    job = ask("letter", by=amina, to="Dawit")
    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.rows, job.filename, job.attempts) == (JobState.DONE, 2, "letter.txt", 1)
    assert job.file.read() == b"Dear Dawit"
    assert job.sha256 == hashlib.sha256(b"Dear Dawit").hexdigest()
    assert job.expires_at - job.finished_at == timedelta(days=7)
    assert "Dawit" not in job.file.name and job.file.name.startswith("jobs/")
    assert os.stat(job.file.path).st_mode & 0o077 == 0
    assert run_jobs() == 0
    assert list(Notice.objects.values_list("kind", "recipient")) == [("job_ready", amina.pk)]


def test_who_may_not_cannot_ask_and_who_lost_the_role_gets_nothing(amina, agency):
    mira = User.objects.create_user("mira@jobs.example", name="Mira M", role=Role.MANAGER, organisation=agency)
    with pytest.raises(Exception, match="see_case"):
        ask("letter", by=mira, to="Dawit")
    job = ask("letter", by=amina, to="Dawit")
    User.objects.filter(pk=amina.pk).update(role=Role.FINANCE)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "no longer" in job.failure and not job.file


def test_a_job_that_cannot_be_done_ends_in_words_after_three_attempts(amina):
    job = ask("broken", by=amina)
    for _ in range(5):
        run_jobs()
        Job.objects.filter(lease_until__isnull=False).update(lease_until=A_TUESDAY)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert "three times" in job.failure and "RuntimeError" not in job.failure
    assert list(Notice.objects.values_list("kind", flat=True)) == ["job_failed"]


def test_a_worker_that_lost_its_turn_leaves_nothing_behind(amina):
    job = ask("stolen", by=amina)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING and not job.file
    assert default_storage.listdir("jobs") == ([], [])
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_progress_is_true_and_renews_the_lease(amina, monkeypatch, tmp_path):
    job = ask("letter", by=amina, to="Dawit")
    taken = jobs.claim()
    first = taken.lease_until
    seconds = 100.0
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: seconds))
    progress = jobs.Progress(taken, tmp_path)
    seconds += 0.9
    progress(10, 100)
    job.refresh_from_db()
    assert (job.done, job.total) == (0, 0), "not before a second has passed"
    seconds += 0.2
    progress(1200, 5000)
    job.refresh_from_db()
    assert (job.done, job.total) == (1200, 5000) and job.lease_until > first
    assert jobs.claim() is None, "somebody is at it"
    Job.objects.update(attempts=2)
    seconds += 2
    with pytest.raises(jobs.LostTurn):
        progress(1300, 5000)
    progress.close()


def test_the_night_removes_what_nobody_may_fetch(amina):
    kept, old = ask("letter", by=amina, to="A"), ask("letter", by=amina, to="B")
    run_jobs()
    now = timezone.now()
    Job.objects.filter(pk=old.pk).update(expires_at=now - timedelta(days=1))
    orphan = Path(default_storage.path("jobs")) / "half-made"
    orphan.mkdir()
    (orphan / "page").write_text("something personal")
    written = now.timestamp()
    for entry in Path(default_storage.path("jobs")).iterdir():
        os.utime(entry, (written, written))
    assert expire_jobs(now + timedelta(hours=23)) == 0, "files of today may still be written"
    assert default_storage.exists(old.file.name) and orphan.exists()
    assert expire_jobs(now + timedelta(hours=25)) == 1
    kept.refresh_from_db(), old.refresh_from_db()
    assert default_storage.exists(kept.file.name) and not default_storage.exists(old.file.name)
    assert not orphan.exists()


# --- Faults ---
WORKER = """
import datetime, sys, time, django
django.setup()
from accounts.principal import become, the_system
become(the_system)
from cases import jobs
jobs.LEASE = datetime.timedelta(hours=1)  # longer than any test
@jobs.job_kind("slow", title="Slow", verb="see_case")
def slow(job, progress):
    for n in range(1, 1000):
        progress._said = 0
        progress(n, 1000)
        (progress.scratch / "half").write_text("half")
        time.sleep(0.05)
jobs.run_jobs()
"""


def worker():
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    env = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "avrr.settings",
        "AVRR_DATA": str(Path(default_storage.path("")).resolve()),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=env, stderr=subprocess.PIPE)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_done_by_the_next_and_told_once(amina):
    jobs.kind_of(Job(kind="letter"))
    job_kind("slow", title="Slow", verb="see_case")(
        lambda job, progress: Made("slow.txt", "text/plain", b"whole", rows=1000)
    )
    try:
        job = ask("slow", by=amina)
        process = worker()
        for _ in range(600):
            job.refresh_from_db()
            if job.done > 3:
                break
            time.sleep(0.05)
        assert process.poll() is None, process.stderr.read().decode()
        process.send_signal(signal.SIGKILL)
        process.wait()
        job.refresh_from_db()
        assert job.state == JobState.RUNNING and job.done > 3
        assert run_jobs() == 0, "its lease still holds"
        let_leases_end()
        assert run_jobs() == 1
        assert run_jobs() == 0
        job.refresh_from_db()
        assert (job.state, job.attempts, job.file.read()) == (JobState.DONE, 2, b"whole")
        assert Notice.objects.filter(kind="job_ready").count() == 1
    finally:
        KINDS.pop("slow")


def test_a_job_that_kills_its_workers_is_given_up_in_words(amina):
    job = ask("letter", by=amina, to="Dawit")
    for _ in range(3):
        assert jobs.claim().pk == job.pk  # and then the worker is gone
        let_leases_end()
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "interrupted" in job.failure


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_job_once(amina):
    for number in range(6):
        ask("letter", by=amina, to=str(number))
    done = []

    def work():
        try:
            done.append(run_jobs())
        finally:
            connection.close()

    workers = [Thread(target=copy_context().run, args=[work]) for _ in range(2)]
    [one.start() for one in workers], [one.join() for one in workers]
    assert sum(done) == 6
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}
    assert Notice.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_request_succeeds_and_the_clock_does_the_work(amina, monkeypatch):
    from celery import current_app

    def broken(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(current_app._get_current_object(), "send_task", broken)
    with transaction.atomic():
        job = ask("letter", by=amina, to="Dawit")
    assert run_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_nothing_asked_for_remains_of_a_request_that_failed(amina):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask("letter", by=amina, to="Dawit")
        raise ZeroDivisionError
    assert not Job.objects.exists()


# --- Pages ---
@pytest.fixture
def pages(client, amina):
    client.force_login(amina)
    return client


def test_the_page_shows_how_far_it_is_and_then_the_file(pages, amina):
    job = ask("letter", by=amina, to="Dawit")
    address = reverse("job", args=[job.pk])
    Job.objects.update(state=JobState.RUNNING, done=1200, total=5000, lease_until=timezone.now())
    shown = pages.get(address).content.decode()
    assert "1,200 of 5,000 rows" in shown and 'max="5000" value="1200"' in shown
    assert f'hx-get="{address}?said=0"' in shown and "<noscript><meta http-equiv" in shown
    Job.objects.update(done=2600)
    part = pages.get(f"{address}?said=0", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "50 %" in part
    assert "hx-swap-oob" not in pages.get(f"{address}?said=50", headers={"HX-Request": "true"}).content.decode()
    let_leases_end()
    run_jobs()
    shown = pages.get(address).content.decode()
    assert reverse("job_file", args=[job.pk]) in shown and "hx-get" not in shown and "<noscript>" not in shown
    assert "letter.txt" in pages.get(reverse("job_list")).content.decode()


def test_the_file_is_a_download_for_its_owner_while_the_role_lasts(pages, client, amina, bashir):
    job = ask("letter", by=amina, to="Dawit")
    address = reverse("job_file", args=[job.pk])
    assert pages.get(address).status_code == 404
    run_jobs()
    answer = pages.get(address)
    assert b"".join(answer.streaming_content) == b"Dear Dawit"
    assert answer["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert "no-store" in answer["Cache-Control"]
    job.refresh_from_db()
    first = job.taken_at
    assert first
    b"".join(pages.get(address).streaming_content)
    job.refresh_from_db()
    assert job.taken_at == first
    with time_machine.travel(job.expires_at - timedelta(seconds=1), tick=False):
        client.force_login(amina)
        assert pages.get(address).status_code == 200
    with time_machine.travel(job.expires_at, tick=False):
        client.force_login(amina)
        assert pages.get(address).status_code == 404
        assert "No longer kept" in pages.get(reverse("job", args=[job.pk])).content.decode()
    User.objects.filter(pk=amina.pk).update(role=Role.MANAGER)
    client.force_login(User.objects.get(pk=amina.pk))
    assert pages.get(address).status_code in (403, 404)
    client.force_login(bashir)
    assert pages.get(address).status_code == 404
    assert pages.get(reverse("job", args=[job.pk])).status_code == 404


def test_what_a_partner_asked_for_is_there_as_long_as_it_sees_the_share(cast, horizon):
    shared = make.preparing(cast)
    job = Job.objects.create(owner=horizon, kind="letter", shared=shared)
    assert job in Job.objects.visible_to(horizon)
    type(shared).objects.filter(pk=shared.pk).update(status="ended", ended_at=timezone.now())
    assert job not in Job.objects.visible_to(horizon)
