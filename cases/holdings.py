"""What somebody has in hand that must be given to others before their access ends (accounts.lifecycle.end_access)."""

from django.utils.translation import ngettext

from accounts.lifecycle.access import Holding, holds
from accounts.models import User

from .models import Case, Concern, SharedCase, Work

SHOWN = 20  # references named; the count is always whole


def owned_cases(user: User):
    return Case.objects.filter(owner=user).still_open().order_by("reference")


def taken_shares(user: User):
    return SharedCase.objects.filter(worker=user).accepted().order_by("reference")


def own_tasks(user: User):
    """Tasks written for this person; the work of the rules follows the case or share by itself."""
    return Work.objects.open().filter(for_user=user, kind=Work.TASK)


def own_reviews(user: User):
    return Concern.objects.open().filter(reviewer=user)


@holds
def cases_in_hand(user):
    if count := owned_cases(user).count():
        words = ngettext("%d open case", "%d open cases", count) % count
        yield Holding(words, tuple(owned_cases(user).values_list("reference", flat=True)[:SHOWN]))
    if count := taken_shares(user).count():
        words = ngettext("%d case taken on as partner", "%d cases taken on as partner", count) % count
        yield Holding(words, tuple(taken_shares(user).values_list("reference", flat=True)[:SHOWN]))


@holds
def work_in_hand(user):
    if count := own_tasks(user).count():
        yield Holding(ngettext("%d task", "%d tasks", count) % count)
    if count := own_reviews(user).count():
        yield Holding(ngettext("%d concern to review", "%d concerns to review", count) % count)
