"""What the clock asks of accounts: a few lines that call notices."""

from celery import shared_task

from . import lifecycle, notices
from .heartbeats import beat


@shared_task
def deliver_notices():
    with beat("deliver_notices"):
        notices.deliver()
        lifecycle.mail_invitations()
