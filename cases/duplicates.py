"""Is this person already known here? Asked while a name is typed, within the own agency only (design decision).

Candidates share a similar name or a birth date that is easily mistaken (day and month exchanged, one year off, first of
January); each comes with the reasons why it looks alike, and a person decides.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from .models import Person, searchable

MOST = 5
NAME_ALIKE = 0.45
CANDIDATES = 40


@dataclass
class Lookalike:
    """Somebody who may be the same person, and why."""

    person: Person
    score: float
    reasons: list[str] = field(default_factory=list)


def lookalikes(user, *, name: str = "", born_on: date | None = None, phone: str = "") -> list[Lookalike]:
    """People of the user's own agency who may be the one described, most alike first, at most five."""
    text = searchable(name)
    fits = Q()
    if len(text) >= 3:
        fits |= Q(search_name__trigram_similar=text) | Q(search_name__trigram_word_similar=text)
    if born_on:
        fits |= Q(born_on__in=easily_mistaken(born_on))
    digits = "".join(ch for ch in phone if ch.isdigit())[-9:]
    if len(digits) >= 6:
        fits |= Q(phone__endswith=digits)
    if not fits:
        return []
    people = Person.objects.visible_to(user).filter(fits).select_related("case")[:CANDIDATES]
    found = [_compare(person, text, born_on, digits) for person in people]
    return sorted((one for one in found if one.score >= 1), key=lambda one: -one.score)[:MOST]


def easily_mistaken(born_on: date) -> list[date]:
    """The date itself, with day and month exchanged, one year off, and the first of January of that year."""
    dates = {born_on, date(born_on.year, 1, 1), date(born_on.year, 12, 31)}
    for year in (born_on.year - 1, born_on.year + 1):
        if (born_on.month, born_on.day) != (2, 29):
            dates.add(born_on.replace(year=year))
    if born_on.day <= 12:
        dates.add(date(born_on.year, born_on.day, born_on.month))
    return sorted(dates)


def _compare(person: Person, text: str, born_on: date | None, digits: str) -> Lookalike:
    one = Lookalike(person, 0)
    alike = similarity(text, person.search_name)
    if alike >= NAME_ALIKE:
        one.score += 1 + alike
        one.reasons.append(_("same name") if alike > 0.95 else _("similar name"))
    if born_on and person.born_on == born_on:
        one.score += 1
        one.reasons.append(_("same date of birth"))
    elif born_on and person.born_on in easily_mistaken(born_on):
        one.score += 0.5
        one.reasons.append(_("date of birth easily mistaken"))
    if digits and person.phone.endswith(digits):
        one.score += 1.5
        one.reasons.append(_("same phone"))
    return one


def similarity(a: str, b: str) -> float:
    """Share of common three-letter groups (as pg_trgm counts them), 0 to 1, whatever the order of the words."""
    first, second = _trigrams(a), _trigrams(b)
    return len(first & second) / len(first | second) if first and second else 0.0


def _trigrams(text: str) -> set[str]:
    return {f"  {word} "[n : n + 3] for word in text.split() for n in range(len(word) + 1)}
