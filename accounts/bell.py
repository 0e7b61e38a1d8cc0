"""Wake a worker without ever waiting for the broker.

The rows in the database are the truth and the clock looks at them every minute; ringing only makes it sooner. So a bell
that cannot be rung is forgotten, and a frozen broker delays no page: the call leaves on a thread of its own.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
_ringer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bell")
WAITING = 50  # more bells than this in the queue say nothing new


def ring(task: str) -> None:
    """Ask a worker to run `task` (a dotted name, no arguments) soon. Never raises, never waits."""
    if _ringer._work_queue.qsize() < WAITING:
        _ringer.submit(_ring, task)


def _ring(task: str) -> None:
    try:
        current_app.send_task(task, retry=False)
    except (OperationalError, RedisError, OSError) as problem:
        log.warning("bell not rung", extra={"task": task, "problem": type(problem).__name__})
