"""The words and small signs that every page is made of: names, dates, amounts, states, icons.

A builtin library, so no template loads it. The functions are plain: documents and exports call them too.
"""

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_precision
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

register = template.Library()

ICON_OF_TONE = {"late": "exclamation-circle", "soon": "clock", "done": "check", "wait": "hourglass-split"}
FAR = 92  # days from which a short date could be taken for one of another year
SOON = 3  # days before a due date from which it is shown as "soon"
RIGHT_TO_LEFT = {
    "ARABIC": "und-Arab",
    "HEBREW": "und-Hebr",
    "SYRIAC": "und-Syrc",
    "THAANA": "und-Thaa",
    "NKO": "und-Nkoo",
}
DIRECTION_SIGNS = dict.fromkeys([0x061C, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
NO_BREAK = "\u00a0"
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "UM"}
# fmt: off
SPOKEN = [
    "am", "ar", "az", "bm", "bn", "ckb", "ee", "en", "es", "fa", "fa-AF", "ff", "fr", "ha", "hi", "hy", "id", "ig",
    "it", "ka", "kk", "ku", "ky", "ln", "mn", "my", "ne", "pa", "ps", "pt", "ro", "ru", "rw", "si", "sn", "snk",
    "so", "sq", "sr", "sw", "ta", "te", "tg", "th", "ti", "tk", "tr", "uk", "ur", "uz", "vi", "wo", "yo", "zh",
]
# fmt: on


def locale() -> Locale:
    """Babel's rules for the active language. English counts days before months, as our offices do."""
    code = get_language() or "en"
    return _locale("en_GB" if code == "en" else code.replace("-", "_"))


@lru_cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _day_of(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


# --- Signs ---------------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "check" %}`: a sign from static/icons.svg, always beside a word. `extra` adds classes, as "late".

    The sprite is a file of its own and counts as an image for the Content-Security-Policy (img-src).
    """
    return _icon(name, f"icon {extra}".strip())


@lru_cache(maxsize=1024)
def _icon(name: str, classes: str) -> SafeString:
    sprite = static("icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite, name)


@register.simple_tag
def state(tone: str, words: str, sign: str = "") -> SafeString:
    """`{% state "late" "2 late" %}`: a state with sign and word. Tones: late, soon, done, wait, or "" for none."""
    sign = sign or ICON_OF_TONE.get(tone, "")
    return format_html('<span class="{}">{}{}</span>', f"state {tone}".strip(), icon(sign) if sign else "", words)


@register.simple_tag
def mark() -> SafeString:
    """`{% mark %}`: the one-time mark of a form that is no page of its own (accounts.posting)."""
    return format_html('<input type="hidden" name="_mark" value="{}">', uuid.uuid4())


# --- Signs between words ---------------------------------------------------------------------------------------------
@register.simple_tag
def colon() -> str:
    """`{% colon %}`: «: » as the language writes it; French keeps a space before it."""
    return pgettext("between words", ": ")


@register.simple_tag
def semicolon() -> str:
    """`{% semicolon %}`: «; » as the language writes it."""
    return pgettext("between words", "; ")


@register.filter
def listed(words: list[str]) -> str:
    """Several words or phrases in one line, apart as the language writes it."""
    return semicolon().join(words)


# --- People and things ----------------------------------------------------------------------------------------------
def script_of(text: str) -> str:
    """The language tag of a right-to-left script (`und-Arab`) if the text begins in one, otherwise nothing."""
    for character in text:
        if (kind := unicodedata.bidirectional(character)) == "L":
            return ""
        if kind in ("R", "AL"):
            return RIGHT_TO_LEFT.get(unicodedata.name(character, "").split(" ")[0], "und")
    return ""


@register.filter
def person_name(name: str) -> SafeString:
    """A name that keeps its own reading direction, and cannot change that of the page around it."""
    name = str(name or "").translate(DIRECTION_SIGNS)
    if language := script_of(name):
        return format_html('<bdi lang="{}" dir="rtl">{}</bdi>', language, name)
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def ref(reference: str) -> SafeString:
    """A reference on one line. A click copies it."""
    return format_html('<bdi class="ref">{}</bdi>', reference) if reference else SafeString("")


REFERENCE = re.compile(r"\b[A-Z]+(?:-[A-Z]{2})?(?:-\d{4})?-\d{6,}-\d\b")


@register.filter
def with_refs(text: str) -> SafeString:
    """A sentence whose references never break across lines."""
    return SafeString(REFERENCE.sub(lambda found: f'<bdi class="num">{found[0]}</bdi>', conditional_escape(text)))


# --- Money ----------------------------------------------------------------------------------------------------------
def money_words(amount: Decimal | int | None, currency: str) -> str:
    """«2,205.00 EUR»: separators of the language, decimals of the currency, and no line break inside."""
    if amount is None or amount == "":
        return ""
    places = get_currency_precision(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    number = format_decimal(Decimal(amount), format=pattern, locale=locale(), numbering_system="latn")
    return f"{number}{NO_BREAK}{currency}".replace(" ", NO_BREAK)


@register.filter
def money(amount: Decimal | int | None, currency: str = "EUR") -> SafeString:
    """`{{ grant.amount|money:grant.currency }}`: an amount that reads left to right in every page."""
    words = money_words(amount, currency)
    return format_html("<bdi>{}</bdi>", words) if words else SafeString("")


@register.filter
def number(value: Decimal | int | None) -> str:
    """A count with the separators of the language."""
    return "" if value is None else format_decimal(value, locale=locale(), numbering_system="latn")


# --- Time -----------------------------------------------------------------------------------------------------------
DAY_PATTERNS = {"long": "EEE d MMM y", "full": "EEEE d MMMM y", "short": "EEE d MMM", "date": "d MMMM y"}


@register.filter
def day(value: date | datetime | None, style: str = "long") -> str:
    """«Wed 25 Nov 2026». Styles: full «Wednesday 25 November 2026», short «Wed 25 Nov», date «25 November 2026».

    A short day more than three months away says its year, too: it could be of another.
    """
    if not (found := value and _day_of(value)):
        return ""
    if style == "short" and abs((found - timezone.localdate()).days) > FAR:
        style = "long"
    return _day_words(found, DAY_PATTERNS[style], locale())


@lru_cache(maxsize=4096)
def _day_words(value: date, pattern: str, place: Locale) -> str:
    return format_date(value, pattern, locale=place)


@register.filter
def moment(value: datetime | None, organisation=None) -> str:
    """«Mon 23 Nov 2026, 16:10», in the time zone of the page, or where the given organisation works."""
    if not value:
        return ""
    there = timezone.localtime(value, organisation.zone if organisation else None)
    return _moment_words(there.replace(second=0, microsecond=0, tzinfo=None), locale())


@lru_cache(maxsize=4096)
def _moment_words(there: datetime, place: Locale) -> str:
    return format_datetime(there, "EEE d MMM y, HH:mm", locale=place)


@register.filter
def clock(value: datetime | None) -> str:
    """«16:10», in the time zone of the page."""
    return format_datetime(timezone.localtime(value), "HH:mm", locale=locale()) if value else ""


@dataclass(frozen=True)
class Due:
    """How far a due date is, in words and in a tone: late, soon or nothing."""

    words: str
    tone: str

    def __str__(self) -> str:
        return self.words


@register.filter
def when_due(value: date | datetime | None, today: date | None = None) -> Due:
    """`{% with due=task.due_on|when_due %}<span class="{{ due.tone }}">{{ due }}</span>{% endwith %}`."""
    if not value:
        return Due("", "")
    return _due((_day_of(value) - (today or timezone.localdate())).days, get_language())


@lru_cache(maxsize=4096)
def _due(days: int, language: str) -> Due:
    if days < 0:
        return Due(ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}, "late")
    if days == 0:
        return Due(gettext("today"), "soon")
    words = ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return Due(words, "soon" if days <= SOON else "")


@register.filter
def since(value: date | datetime | None, today: date | None = None) -> str:
    """«for 6 days»: how long something has waited, in days up to two months, then in months and years."""
    if not value:
        return ""
    return _since(((today or timezone.localdate()) - _day_of(value)).days, get_language())


@lru_cache(maxsize=4096)
def _since(days: int, language: str) -> str:
    if days < 1:
        return gettext("since today")
    if days < 61:
        return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}
    if (months := round(days / 30.44)) < 24:
        return ngettext("for %(count)d month", "for %(count)d months", months) % {"count": months}
    years = days // 365
    return ngettext("for %(count)d year", "for %(count)d years", years) % {"count": years}


# --- Countries and languages ------------------------------------------------------------------------------------------
@register.filter
def country_name(code: str | None) -> str:
    """«Sénégal» for SN in French; the code itself if Babel does not know it."""
    return locale().territories.get((code or "").upper(), code or "")


@register.filter("spoken_language")
def language_name(code: str | None) -> str:
    """«Soninke» for snk. The filter is `spoken_language`, because Django's i18n has one of the other name."""
    name = locale().languages.get((code or "").replace("-", "_"), code or "")
    return name[:1].upper() + name[1:]


def by_name(pair: tuple[str, str]) -> str:
    """Sorts «Égypte» beside «Espagne»."""
    plain = unicodedata.normalize("NFKD", pair[1]).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))


def countries() -> list[tuple[str, str]]:
    """Choices of all countries by name in the active language, for a form field."""
    return list(_countries(locale()))


@lru_cache
def _countries(place: Locale) -> tuple[tuple[str, str], ...]:
    names = ((code, name) for code, name in place.territories.items() if code.isalpha() and code not in NOT_COUNTRIES)
    return tuple(sorted(names, key=by_name))


def languages() -> list[tuple[str, str]]:
    """Choices of the languages spoken in our offices, by name in the active language."""
    return sorted(((code, language_name(code)) for code in SPOKEN), key=by_name)
