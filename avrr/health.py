"""Whether this process lives (/healthz) and whether the installation works (/readyz); nothing personal.

The broker is told and never fatal: without it everything still happens, only later.
"""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Heartbeat, Notice
from accounts.principal import acting_as

BROKER_SECONDS = 1
# A thread of its own, because a broken name server can hold a connection longer than any time-out of ours.
_asker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readyz")
_migrated = False


@never_cache
@transaction.non_atomic_requests
def healthz(request):
    return JsonResponse({"status": "ok"})


@never_cache
@transaction.non_atomic_requests
def readyz(request):
    """200 when the database answers, its tables are those of this program and its walls stand, otherwise 503."""
    state = {
        "database": "ok",
        "migrations": "applied",
        "walls": "unknown",
        "oldest_undelivered_notice_seconds": None,
        "notices_given_up": None,
        "heartbeats": {},
    }
    try:
        if migrated():
            state["oldest_undelivered_notice_seconds"] = oldest_undelivered()
            state["notices_given_up"] = Notice.objects.given_up().count()
            state["heartbeats"] = heartbeats()
            state["walls"] = "stand" if walled() else "open"
        else:
            state["migrations"] = "missing"
    except DatabaseError:
        state.update(database="unreachable", migrations="unknown")
    ready = (state["database"], state["migrations"], state["walls"]) == ("ok", "applied", "stand")
    state = {"status": "ready" if ready else "not ready", **state, "broker": broker()}
    return JsonResponse(state, status=200 if ready else 503)


def migrated():
    """Whether every migration of this program is applied; once true, it stays so for this process."""
    global _migrated
    if _migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    else:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def walled():
    """Whether the database would refuse a question about cases for which nobody answers."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT NOT has_table_privilege('cases_case', 'SELECT')")
        return cursor.fetchone()[0]


def oldest_undelivered():
    """Seconds since the oldest notice that should have left by now was told; None when nothing waits."""
    told_at = Notice.objects.overdue().aggregate(oldest=Min("told_at"))["oldest"]
    return told_at and _seconds_since(told_at)


def heartbeats():
    """Seconds since each job of the clock last ended well."""
    return {beat.job: _seconds_since(beat.last_ok) for beat in Heartbeat.objects.order_by("job")}


def broker():
    """«ok» or «unreachable», within a second."""
    try:
        return "ok" if _asker.submit(_ping).result(timeout=BROKER_SECONDS) else "unreachable"
    except (TimeoutError, redis.RedisError, OSError, ValueError):
        return "unreachable"


def _ping():
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS, retry=None
    )
    with contextlib.closing(client):
        return client.ping()


def _seconds_since(moment):
    return round((timezone.now() - moment).total_seconds())
