"""Is this person already known here? Asked while a name is typed, within the own agency only (design decision).

Candidates share a similar name, a phone or a birth date that is easily mistaken (day and month exchanged, one year off,
first of January); each comes with the reasons why it looks alike, and a person decides.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, FloatField, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from .calendars import earliest_birth
from .models import Person, searchable

MOST = 5
NAME_ALIKE = 0.45
CANDIDATES = 40
SHORTEST = 3  # letters of a name that can be compared
DIGITS = 9  # of a phone, from its end: whether the country code was typed does not matter


@dataclass
class Lookalike:
    """Somebody who may be the same person, and why."""

    person: Person
    score: float = 0
    reasons: list[str] = field(default_factory=list)


@dataclass
class Sought:
    """Who is described: their names in any script, what is known of their birth (first and last day), their phone."""

    names: list[str]
    born: tuple[date, date] | None
    digits: str

    @property
    def birthday(self) -> date | None:
        return self.born[0] if self.born and self.born[0] == self.born[1] else None


def lookalikes(user, *, names=(), born_on: date | None = None, precision: str = "day", phone: str = "") -> list:
    """People of the user's own agency who may be the one described (Lookalike), most alike first, at most five.

    `born_on` and `precision` are as a Person keeps them: the latest day that fits, and how much of it is known. A year
    or a month alone finds nobody, but tells between those whose names are alike.
    """
    written = [text for text in map(searchable, names) if len(text) >= SHORTEST]
    born = (earliest_birth(born_on, precision), born_on) if born_on else None
    digits = "".join(ch for ch in phone if ch.isdigit())[-DIGITS:]
    sought = Sought(written, born, digits if len(digits) >= 6 else "")
    fits, likeness = _likeness(sought)
    if not fits:
        return []
    people = Person.objects.visible_to(user).filter(fits).annotate(likeness=likeness).select_related("case")
    found = [_compare(person, sought) for person in people.order_by("-likeness", "-pk")[:CANDIDATES]]
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


def _likeness(sought: Sought):
    """(which people to look at, how alike they are at a glance): the closest come first, however many there are."""
    fits, glance = Q(), Value(0.0, FloatField())
    for text in sought.names:
        fits |= Q(search_name__trigram_similar=text) | Q(search_name__trigram_word_similar=text)
        alike = (TrigramSimilarity("search_name", text), TrigramWordSimilarity(text, "search_name"))
        glance = Greatest(glance, *alike, output_field=FloatField())
    if day := sought.birthday:
        fits |= Q(born_on__in=easily_mistaken(day))
        glance += Case(
            When(born_on=day, then=1.0),
            When(born_on__in=easily_mistaken(day), then=0.5),
            default=0.0,
            output_field=FloatField(),
        )
    elif sought.born:
        same = When(born_on__range=sought.born, then=0.5)
        glance += Case(same, default=0.0, output_field=FloatField())
    if sought.digits:
        fits |= Q(phone__endswith=sought.digits)
        glance += Case(When(phone__endswith=sought.digits, then=1.5), default=0.0, output_field=FloatField())
    return fits, glance


def _compare(person: Person, sought: Sought) -> Lookalike:
    one = Lookalike(person)
    known = [searchable(name) for name in (person.name, person.known_as, person.name_original) if name]
    alike = max((similarity(a, b) for a in sought.names for b in known), default=0)
    if alike >= NAME_ALIKE:
        one.score += 1 + alike
        one.reasons.append(_("same name") if alike > 0.95 else _("similar name"))
    if sought.born:
        score, reason = _compare_birth(person, sought)
        one.score += score
        one.reasons += [reason] if reason else []
    if sought.digits and person.phone.endswith(sought.digits):
        one.score += 1.5
        one.reasons.append(_("same phone"))
    return one


def _compare_birth(person: Person, sought: Sought) -> tuple[float, str]:
    first, last = sought.born
    if sought.birthday and (person.born_from, person.born_on) == sought.born:
        return 1, _("same date of birth")
    if person.born_from <= last and first <= person.born_on:
        return 0.5, _("the date of birth fits")
    if sought.birthday and person.born_on in easily_mistaken(sought.birthday):
        return 0.5, _("date of birth easily mistaken")
    return 0, ""


def similarity(a: str, b: str) -> float:
    """Share of common three-letter groups (as pg_trgm counts them), 0 to 1, whatever the order of the words."""
    first, second = _trigrams(a), _trigrams(b)
    return len(first & second) / len(first | second) if first and second else 0.0


def _trigrams(text: str) -> set[str]:
    return {f"  {word} "[n : n + 3] for word in text.split() for n in range(len(word) + 1)}
