"""What the clock and the bell ask of cases: a few lines that call what does the work."""

from celery import shared_task

from accounts.heartbeats import beat

from . import jobs
from . import night as the_night


@shared_task
def run_jobs():
    """Prepare the documents and reports people asked for."""
    with beat("run_jobs"):
        jobs.run_jobs()


@shared_task
def night():
    """Tell what is due, ask again, tidy."""
    with beat("night"):
        the_night.night()
