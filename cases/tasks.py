"""What the clock and the bell ask of cases: a few lines that call what does the work."""

from celery import shared_task

from accounts.heartbeats import beat

from . import jobs


@shared_task
def run_jobs():
    """Prepare the documents and reports people asked for."""
    with beat("run_jobs"):
        jobs.run_jobs()
