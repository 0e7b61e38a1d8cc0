"""What work is called in mails, which are plain text: words come out as they are, without HTML signs."""

from datetime import date

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.templatetags.page import day

from ..work import KINDS

register = template.Library()


@register.filter
def work_words(kind: str) -> str:
    """The name of a kind of work in the active language; a task keeps its words to itself, they may name a person."""
    return mark_safe(str(KINDS[kind].label) if kind in KINDS else _("A task"))


@register.filter
def day_of(iso: str) -> str:
    """«2026-11-24», as it is kept in a notice, in the words of the reader."""
    return mark_safe(day(date.fromisoformat(iso), "date"))
