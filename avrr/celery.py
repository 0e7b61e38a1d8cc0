"""The Celery app and THE CLOCK: everything the product does without being asked, in one table.

Celery is a bell here, never the truth (docs/decisions/0004-messages.md): each job asks the database what is
due, may run twice, late or not at all, and does no harm. So no task has a countdown, and none expires.
"""

import os

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging

from accounts.principal import acting_as, the_system

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avrr.settings")

CLOCK = {
    "send what waits to be told": {"task": "accounts.tasks.deliver_notices", "schedule": 60.0},
    "run the documents and reports people asked for": {"task": "cases.tasks.run_jobs", "schedule": 60.0},
    # Hourly, so that a night missed is caught up within the hour; each night's work is done once.
    "look at what falls due": {"task": "cases.tasks.night", "schedule": crontab(minute=7)},
}


class SystemTask(Task):
    """Acts as the system; what a task does for somebody, it does as that person."""

    def __call__(self, *args, **kwargs):
        with acting_as(the_system):
            return super().__call__(*args, **kwargs)


app = Celery("avrr", task_cls=SystemTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = CLOCK
app.conf.beat_sync_every = 1  # by the age of its schedule a beat that stands still is seen
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logs(**_):
    """Django has set logging up (avrr.logs); a receiver here keeps Celery from replacing it."""
