"""How a case speaks: its story lines, its work, its facts, in the reader's language."""

import re

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.templatetags.page import day, language_name

from ..acting import ACTS
from ..models import Event

register = template.Library()


@register.filter
def told(event: Event) -> str:
    """The words of a story line: those of the act that made it."""
    one = ACTS.get(event.verb)
    return str(one.told) if one else event.verb


@register.filter
def note_words(event: Event) -> str:
    """The note of a story line. Notes are kept as they were written; those the product writes speak to the reader."""
    if event.note and event.verb in ("record_consent", "withdraw_consent"):
        return _(event.note)
    if found := re.fullmatch(r"Text version (\d+), ([\w-]+)", event.note):
        return _("Text version %(version)s, %(language)s") % {
            "version": found[1],
            "language": language_name(found[2]),
        }
    return event.note


@register.filter
def sign_of(event: Event) -> str:
    """The icon of a story line."""
    one = ACTS.get(event.verb)
    return one.icon if one and one.icon else "flag"


@register.filter
def choice(value, model_field) -> str:
    """The words of a stored code."""
    return dict(model_field.choices).get(value, value)


@register.filter
def born(person) -> str:
    """«1992», «March 1992» or the whole date, as far as it is known."""
    match person.born_precision:
        case "year":
            return str(person.born_on.year)
        case "month":
            return person.born_on.strftime("%m/%Y")
    return day(person.born_on, "date")


@register.filter
def age_now(person) -> str:
    """«34», or «about 34» when the date is not known exactly."""
    years = person.age(timezone.localdate())
    return str(years) if person.born_precision == "day" else _("about %d") % years
