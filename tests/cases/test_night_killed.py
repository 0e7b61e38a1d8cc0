"""A night cut short in the middle, again and again, tells in the end what an undisturbed one would have told."""

import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Heartbeat, Notice
from accounts.principal import acting_as
from cases import night as nights
from cases.models import SharedCase, Work
from tests import make
from tests.accounts.test_notices import test_database, wait_for

ROOT = Path(__file__).resolve().parents[2]
LATER = timedelta(days=31)
EVERYTHING = {"work_due", "work_late", "handover_unanswered", "walk_in_again", "sharing_ran_out", "sharing_ended"}
# The worker of the product, on the day on which the test takes place.
WORKER = """
import sys, time_machine
time_machine.travel(float(sys.argv[1])).start()
from avrr.celery import app
app.worker_main(["worker", "--pool=solo", "--without-gossip", "--without-mingle", "-Q", sys.argv[2]])
"""


class Night:
    """`cases.tasks.night`, asked for over the queue and done by a worker process of its own."""

    def __init__(self):
        queue = f"night-{uuid.uuid4()}"
        with current_app.connection_for_write() as own:  # a test before this one may have closed the pool
            current_app.send_task("cases.tasks.night", queue=queue, connection=own)
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(timezone.now().timestamp()), queue],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": test_database()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Kill -9, whatever it is doing."""
        assert self.process.poll() is None, "it ended by itself"
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def asked(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def others(condition="true"):
    """How many other sessions the database of this test has."""
    with acting_as(None):  # what its own sessions do, a login sees only as itself
        return asked(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            f" AND backend_type = 'client backend' AND {condition}"
        )


@contextmanager
def held(sql, *values):
    """Somebody else's transaction that stays open: whoever needs what it took waits, in the middle of their own."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(sql, values)
        yield
    finally:
        other.close()


def killed_at(sql, *values):
    """A night that comes as far as what the statement takes, and no further."""
    with held(sql, *values), Night():
        wait_for(lambda: others("wait_event_type = 'Lock'") == 1)
    wait_for(lambda: others() == 0)
    assert not Heartbeat.objects.filter(job="night").exists()


def killed_while_telling(notice):
    killed_at(
        """INSERT INTO accounts_notice (key, recipient_id, kind, context, state, told_at, not_before, attempts,
                                        lease_owner)
           VALUES (%s, %s, 'any', '{}', 'pending', now(), now(), 0, '')""",
        notice.key,
        notice.recipient_id,
    )


def told():
    return Counter((n.kind, n.recipient_id, str(sorted(n.context.items()))) for n in Notice.objects.all())


def undisturbed():
    """What whole nights tell: of the first the notices in order, and all that is told after the second, as counts.

    The second tells of the work that the first brought up. Then none of it has been.
    """
    with transaction.atomic():
        nights.night()
        found = list(Notice.objects.order_by("pk"))
        nights.night()
        everything = told()
        transaction.set_rollback(True)
    return found, everything


@pytest.fixture
def much_is_due(committed, clock):
    """A month without a night: tasks, an unanswered hand-over, a walk-in, a departure nobody met, an end of sharing."""
    cast = committed
    case = make.opened(cast)
    make.handed_over(cast)
    make.walked_in(cast)
    shares = {"over": make.arrived(cast), "departed": make.departed(cast)}
    day = make.today(cast.amina)
    facts = {"organisation": case.organisation, "kind": Work.TASK, "for_role": "caseworker", "for_user": cast.amina}
    Work.objects.bulk_create(
        Work(case=case, due_on=day + timedelta(days=28), title=f"Call {number}", **facts)
        for number in range(nights.BATCH + 20)
    )
    SharedCase.objects.filter(pk=shares["over"].pk).update(ends_on=day + timedelta(days=30))
    Notice.objects.all().delete()
    clock.shift(LATER)
    return shares


def test_a_night_killed_in_each_of_its_parts_tells_everything_once_when_it_runs_again(much_is_due):
    wanted, everything = undisturbed()
    assert {notice.kind for notice in wanted} >= EVERYTHING and not Notice.objects.exists()
    of = {kind: [notice for notice in wanted if notice.kind == kind] for kind in EVERYTHING}

    killed_while_telling(of["work_due"][nights.BATCH + 5])
    assert Notice.objects.count() == nights.BATCH, "one batch stands, nothing of the next"
    for kind in ("work_late", "walk_in_again"):
        before = Notice.objects.count()
        killed_while_telling(of[kind][-1])
        assert Notice.objects.count() > before and not Notice.objects.filter(kind=kind).exists(), kind
    killed_at("SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE", much_is_due["over"].case_id)
    assert SharedCase.objects.filter(pk=much_is_due["over"].pk, ended_at=None).exists()

    with Night():
        wait_for(lambda: Heartbeat.objects.filter(job="night").exists())
    assert told() == everything
    assert Work.objects.filter(case=much_is_due["departed"].case, kind="did_they_leave").count() == 1
    nights.night()
    assert told() == everything, "another night adds nothing"
