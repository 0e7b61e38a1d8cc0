"""Long work that someone asked for: asked for in a row, done by whichever worker comes by, told once.

The row is the truth and the queue only a bell: a lost bell is made good by the clock, a killed worker by the end of its
lease. `attempts` is also the mark of a turn: a worker whose lease was taken over can write nothing any more.
"""

import hashlib
import logging
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from accounts.bell import ring
from accounts.models import User
from accounts.notices import tell

from .models import Job, JobState, SharedCase

log = logging.getLogger(__name__)
FOLDER = "jobs"
LEASE = timedelta(seconds=60)  # as long as the longest statement may take (settings: statement_timeout)
ATTEMPTS = 3
KEPT = timedelta(days=7)
SAY_EVERY = 1.0  # seconds between two writings of progress
TURN = timedelta(minutes=10)  # after which a worker lets others have a go


class Made(NamedTuple):
    """What a job function gives: the file's name for the reader, type, bytes or path, rows (None: not a table)."""

    filename: str
    content_type: str
    content: bytes | Path
    rows: int | None = None


class LostTurn(Exception):
    """The lease ran out and another worker has the job now; whatever this one makes is thrown away."""


@dataclass(frozen=True)
class Kind:
    """One kind of work: its function, its name for people, and the verb its owner must still be allowed at the end."""

    name: str
    makes: Callable[..., Made]
    title: str | Promise
    verb: str
    counts: str = "rows"  # what its progress counts: "rows" or "steps"


KINDS: dict[str, Kind] = {}


def job_kind(name: str, *, title: str | Promise, verb: str, counts: str = "rows"):
    """Declare `(job, progress) -> Made` as the work of jobs of kind `name`; in a module `jobs` of any app."""

    def declare(makes):
        assert name not in KINDS, f"{name} is declared twice"
        KINDS[name] = Kind(name, makes, title, verb, counts)
        return makes

    return declare


def kind_of(job: Job) -> Kind:
    """The kind of a job. Raises KeyError for one that no app declares."""
    if job.kind not in KINDS:
        autodiscover_modules("jobs")
    return KINDS[job.kind]


def ask(kind: str, *, by: User, shared: SharedCase | None = None, **parameters) -> Job:
    """Write down that `by` wants this work, in the caller's transaction, and wake a worker when it is committed.

    `shared` is the share through which a partner sees what it asks for: the file goes when that sight ends.
    `parameters` are plain JSON values. Raises PermissionDenied when the role may not, KeyError for an unknown kind.
    """
    job = Job(owner=by, kind=kind, shared=shared, parameters=parameters)
    by.must(kind_of(job).verb)
    job.save()
    transaction.on_commit(lambda: ring("cases.tasks.run_jobs"))
    return job


class Progress:
    """How far the work is: `progress(1200, 5000)`. Written at most once a second; each writing renews the lease.

    It is written over a connection of its own: that of the work may be copying rows or in the middle of a transaction.
    """

    def __init__(self, job: Job, scratch: Path):
        self.job, self.scratch = job, scratch  # scratch: a folder for what is being made, emptied afterwards
        self._said, self._own = time.monotonic(), connection.copy()

    def __call__(self, done: int, total: int) -> None:
        """Raises LostTurn when another worker has taken the job over."""
        if time.monotonic() - self._said < SAY_EVERY:
            return
        self._said = time.monotonic()
        with self._own.cursor() as cursor:
            cursor.execute(
                """UPDATE cases_job SET done = %s, total = %s, lease_until = now() + %s
                    WHERE id = %s AND state = 'running' AND attempts = %s""",
                [done, total, LEASE, self.job.pk, self.job.attempts],
            )
            if not cursor.rowcount:
                raise LostTurn

    def close(self) -> None:
        """The work has ended, well or badly."""
        self._own.close()


def claim() -> Job | None:
    """The longest-waiting job that nobody works on, now leased to us; none when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_job j
                  SET state = 'running', lease_until = now() + %s, attempts = attempts + 1, done = 0, total = 0
                 FROM (SELECT id FROM cases_job
                        WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < now())
                        ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) taken
                WHERE j.id = taken.id RETURNING j.id""",
            [LEASE],
        )
        taken = cursor.fetchone()
    return taken and Job.objects.select_related("owner__organisation").get(pk=taken[0])


def run_jobs() -> int:
    """Do what waits; gives the number of jobs ended. Safe to run twice at once, to be killed."""
    ended, turn_ends = 0, timezone.now() + TURN
    while timezone.now() < turn_ends:
        job = claim()
        if job is None:
            return ended
        ended += _work_on(job)
    ring("cases.tasks.run_jobs")
    return ended


def take_file(job: Job) -> File:
    """The file of a job that is done, opened; the first taking is noted. Raises FileNotFoundError when it is gone."""
    if job.expires_at <= timezone.now():
        raise FileNotFoundError
    file = job.file.open("rb")
    Job.objects.filter(pk=job.pk, taken_at=None).update(taken_at=timezone.now())
    return file


def forget_files(shared: SharedCase) -> None:
    """The partner no longer sees all that it saw: what it had prepared from this share, ready or not, is gone."""
    jobs = Job.objects.filter(shared=shared)
    names = [name for name in jobs.values_list("file", flat=True) if name]
    jobs.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])


def expire_jobs(now: datetime) -> int:
    """Remove the files nobody may fetch any more, and what killed workers left behind; gives their number."""
    live = set(Job.objects.filter(expires_at__gt=now).values_list("file", flat=True))
    if not default_storage.exists(FOLDER):
        return 0
    folders, files = default_storage.listdir(FOLDER)
    gone = [f"{FOLDER}/{name}" for name in files if f"{FOLDER}/{name}" not in live and _is_old(name, now)]
    for name in gone:
        default_storage.delete(name)
    for name in folders:
        if _is_old(name, now):
            shutil.rmtree(default_storage.path(f"{FOLDER}/{name}"), ignore_errors=True)
    return len(gone)


def _is_old(name: str, now: datetime) -> bool:
    """Not of a worker that is writing just now."""
    try:
        return default_storage.get_modified_time(f"{FOLDER}/{name}") < now - timedelta(days=1)
    except FileNotFoundError:
        return False


def _mine(job: Job):
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _work_on(job: Job) -> bool:
    if job.attempts > ATTEMPTS:
        return _fail(job, "stopped")
    base = Path(default_storage.path(FOLDER))
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        kind = kind_of(job)
        job.owner.must(kind.verb)
        with tempfile.TemporaryDirectory(dir=base) as scratch, _as_seen_by(job.owner):
            with closing(Progress(job, Path(scratch))) as progress:
                made = kind.makes(job, progress)
            return _finish(job, made)
    except LostTurn:
        return False
    except PermissionDenied:
        return _fail(job, "forbidden")
    except Exception:
        log.exception("job failed", extra={"job": job.pk, "kind": job.kind, "attempt": job.attempts})
        return _fail(job, "failed") if job.attempts >= ATTEMPTS else _try_later(job)


@contextmanager
def _as_seen_by(user: User) -> Iterator[None]:
    """In the language and the time zone of the person who asked."""
    with translation.override(user.language), timezone.override(user.organisation.zone if user.organisation else None):
        yield


def _finish(job: Job, made: Made) -> bool:
    sha256, name = _digest(made.content), f"{FOLDER}/{uuid.uuid4().hex}"
    now = timezone.now()
    stored = default_storage.save(name, _as_file(made.content))
    with transaction.atomic():
        won = _mine(job).update(
            state=JobState.DONE,
            finished_at=now,
            expires_at=now + KEPT,
            lease_until=None,
            file=stored,
            filename=made.filename,
            content_type=made.content_type,
            sha256=sha256,
            rows=made.rows,
            done=made.rows or 1,
            total=made.rows or 1,
        )
        if won:
            tell(job.owner, "job_ready", key=f"job-ready:{job.pk}", job=job.pk)
    if not won:
        default_storage.delete(stored)
    return bool(won)


def _fail(job: Job, why: str) -> bool:
    with transaction.atomic(), translation.override(job.owner.language):
        won = _mine(job).update(
            state=JobState.FAILED, finished_at=timezone.now(), lease_until=None, failure=_words(why)
        )
        if won:
            tell(job.owner, "job_failed", key=f"job-failed:{job.pk}", job=job.pk)
    return bool(won)


def _words(why: str) -> str:
    return {
        "stopped": _("It was begun three times and each time interrupted. Ask again; if it stops again, tell support."),
        "failed": _("Something went wrong three times. Ask again later; if it fails again, tell support."),
        "forbidden": _("You may no longer see what you asked for."),
    }[why]


def _try_later(job: Job) -> bool:
    wait = timedelta(seconds=10 * job.attempts)
    _mine(job).update(state=JobState.WAITING, lease_until=timezone.now() + wait)
    return False


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Finished(File):
    """A file that is there already: the storage moves it instead of copying it."""

    def __init__(self, path: Path):
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def _as_file(content: bytes | Path) -> File:
    return ContentFile(content) if isinstance(content, bytes) else _Finished(content)
