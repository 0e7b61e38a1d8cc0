"""What the clock and the bell ask of cases: a few lines that call what does the work."""

from celery import shared_task
from celery.signals import worker_process_shutdown

from accounts.heartbeats import beat

from . import jobs, paper
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


@worker_process_shutdown.connect
def put_away_paper(**_):
    """A child of the worker ends without Python's own farewell, which would remove the fonts of PDFs."""
    paper.put_away()
