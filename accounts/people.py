"""Small facts that people keep about themselves: their language, what they have read."""

from django.conf import settings
from django.utils import timezone

from .models import Notice, User


def speak(user: User, language: str) -> None:
    """The language of pages and mails for this person; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)


def read_notices(user: User, pk: int | None = None) -> int:
    """Mark one message, or all, as read; returns how many were not."""
    unread = Notice.objects.visible_to(user).unread()
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())
