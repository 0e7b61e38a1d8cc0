"""Sending a form twice does the thing once: each form carries a one-time mark, and the second sending leads where the
first one led.

A form that the browser kept and shows again (Back) has the same mark: with other answers it is another sending.
"""

import hashlib
import uuid
from collections.abc import Callable

from django.db import transaction

from .models import Posting


def mark_of(request) -> uuid.UUID | None:
    """The mark of this very sending: that of its form and of what is sent with it; None without one."""
    mark = _mark_of_form(request)
    return mark and uuid.uuid5(mark, _answers(request))


def new_mark(request) -> uuid.UUID:
    """The mark for the form on the page: the same again when it comes back with errors."""
    return _mark_of_form(request) or uuid.uuid4()


def _mark_of_form(request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("_mark", ""))
    except ValueError:
        return None


def _answers(request) -> str:
    """A digest of what was typed and attached; files are told apart by name and size."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(repr((typed, files)).encode(errors="surrogatepass")).hexdigest()


def led_to(request) -> str:
    """Where this very form led when it was sent before; empty when it was not."""
    mark = mark_of(request)
    earlier = mark and Posting.objects.filter(mark=mark, by=request.user).first()
    return earlier.led_to if earlier else ""


def once(request, goal: str | Callable, do: Callable):
    """What `do` returns, or None when this form was already sent; `goal` is where a second sending leads.

    A `goal` that is known only afterwards is a function of what `do` returns. Two sendings at once wait for each other.
    What `do` raises undoes the mark as well.
    """
    mark = mark_of(request)
    with transaction.atomic():
        if mark:
            Posting.objects.bulk_create([Posting(mark=mark, by=request.user, led_to="")], ignore_conflicts=True)
            posting = Posting.objects.select_for_update().get(pk=mark)
            if posting.led_to or posting.by_id != request.user.pk:
                return None
        result = do()
        if mark:
            posting.led_to = goal(result) if callable(goal) else goal
            posting.save(update_fields=["led_to"])
        return result
