"""Sending a form twice does the thing once: each form carries a one-time mark, and the second sending leads where the
first one led."""

import uuid
from collections.abc import Callable

from django.db import transaction

from .models import Posting


def mark_of(request) -> uuid.UUID | None:
    """The mark this form was sent with, if it has one."""
    try:
        return uuid.UUID(request.POST.get("_mark", ""))
    except ValueError:
        return None


def new_mark(request) -> uuid.UUID:
    """The mark for the form on the page: the same again when it comes back with errors."""
    return mark_of(request) or uuid.uuid4()


def led_to(request) -> str:
    """Where this very form led when it was sent before; empty when it was not."""
    mark = mark_of(request)
    earlier = mark and Posting.objects.filter(mark=mark, by=request.user).first()
    return earlier.led_to if earlier else ""


def once(request, goal: str, do: Callable):
    """What `do` returns, or None when this form was already sent; `goal` is where a second sending leads.

    Two sendings at once wait for each other. What `do` raises undoes the mark as well.
    """
    mark = mark_of(request)
    with transaction.atomic():
        if mark:
            Posting.objects.bulk_create([Posting(mark=mark, by=request.user, led_to="")], ignore_conflicts=True)
            posting = Posting.objects.select_for_update().get(pk=mark)
            if posting.led_to or posting.by_id != request.user.pk:
                return None
            posting.led_to = goal
            posting.save(update_fields=["led_to"])
        return do()
