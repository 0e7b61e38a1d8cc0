"""How a case speaks: its story lines, its work, its facts, in the reader's language."""

import re
from datetime import date

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role
from accounts.templatetags.page import country_name, day, language_name

from ..acting import ACTS
from ..models import Case, Event, Person

register = template.Library()
JOURNEY = ("cases", "reintegration", "referrals")


@register.filter
def told(event: Event) -> str:
    """The words of a story line: those of the act that made it."""
    one = ACTS.get(event.verb)
    return str(one.told) if one else event.verb


@register.filter
def note_words(event: Event) -> str:
    """The note of a story line. Notes are kept as they were written; those the product writes speak to the reader."""
    if event.note and (event.by.role == Role.SYSTEM or event.verb in ("record_consent", "withdraw_consent")):
        return _(event.note)
    if found := re.fullmatch(r"Text version (\d+), ([\w-]+)", event.note):
        return _("Text version %(version)s, %(language)s") % {
            "version": found[1],
            "language": language_name(found[2]),
        }
    return event.note


@register.filter
def changes_told(event: Event) -> list[tuple[str, str, str]]:
    """What a story line changed, in the words of the forms: (field, before, after)."""
    return [_change_told(change) for change in event.changes]


def _change_told(change: dict) -> tuple[str, str, str]:
    field = _field_named(change["field"])
    if field is None:
        return change["field"], change["old"], change["new"]
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:], _value_told(field, change["old"]), _value_told(field, change["new"])


def _field_named(name: str):
    for model in (Case, Person, *(model for app in JOURNEY for model in apps.get_app_config(app).get_models())):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _value_told(field, value) -> str:
    """A stored value as people read it: the label of a code, a date, the name of a country or language."""
    if value in (None, "", "None"):
        return ""
    if isinstance(value, list):
        return ", ".join(_value_told(field, one) for one in value)
    one = getattr(field, "base_field", field)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(field, DateField):
        return day(date.fromisoformat(value), "date")
    if field.name in ("return_country", "host_country", "nationality"):
        return country_name(value)
    return language_name(value) if field.name in ("languages", "interpreter_language") else str(value)


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
