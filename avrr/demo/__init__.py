"""The invented demo: an agency, its partners and thirty stories, told only through the verbs of the product.

Nobody here exists. The stories were thought up so that every stage, every list and every page has something to show.
Each story is told as an office lives it: verbs, then days that pass (avrr.demo.days), then the next verbs.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import Notice, NoticeState, User
from cases.models import Case
from cases.work import settle

from . import at_home, before_decision, endings, journeys
from .cast import Cast


def invent() -> bool:
    """Make the demo, once; False when its people are already here. Must run inside a transaction."""
    if User.objects.filter(email="amina@demo.example").exists():
        return False
    cast = Cast()
    for chapter in (endings, at_home, journeys, before_decision):
        for tell_story in chapter.STORIES:
            tell_story(cast)
    for case in Case.objects.filter(organisation=cast.agency).still_open():
        settle(case)
    _leave_out_old_mail()
    return True


def _leave_out_old_mail() -> None:
    """What was told on earlier days counts as sent, and read where it is older than a week."""
    now = timezone.now()
    Notice.objects.filter(told_at__lt=now - timedelta(days=1)).update(state=NoticeState.SENT, sent_at=F("told_at"))
    Notice.objects.filter(told_at__lt=now - timedelta(days=7)).update(read_at=F("told_at"))
