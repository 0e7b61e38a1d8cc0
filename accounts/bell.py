"""Wake a worker without ever waiting for the broker.

The rows in the database are the truth and the clock looks at them every minute; ringing only makes it sooner. So a bell
that cannot be rung is forgotten, and a frozen broker delays no page: the call leaves on a thread of its own.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
_ringer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bell")
_waiting: set[str] = set()  # tasks about to be rung for: another bell for the same says nothing new
_lock = Lock()


def ring(task: str) -> None:
    """Ask a worker to run `task` (a dotted name, no arguments) soon. Never raises, never waits."""
    with _lock:
        if task in _waiting:
            return
        _waiting.add(task)
    _ringer.submit(_ring, task)


def _ring(task: str) -> None:
    with _lock:
        _waiting.discard(task)  # before the call: what is told from here on rings anew
    try:
        current_app.send_task(task, retry=False)
    except (OperationalError, RedisError, OSError) as problem:
        log.warning("bell not rung", extra={"task": task, "problem": type(problem).__name__})
