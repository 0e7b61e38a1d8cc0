"""How a case speaks: its story lines, its work, its facts, in the reader's language."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.templatetags.page import day

from ..acting import ACTS
from ..models import Event

register = template.Library()


@register.filter
def told(event: Event) -> str:
    """The words of a story line: those of the act that made it."""
    one = ACTS.get(event.verb)
    return str(one.told) if one else event.verb


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


@register.simple_tag
def family_words(people) -> str:
    """«alone», «and 3 family members»."""
    others = len(people) - 1
    if others < 1:
        return _("alone")
    return ngettext("and %d family member", "and %d family members", others) % others
