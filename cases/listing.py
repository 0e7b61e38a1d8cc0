"""The case list in words: everything its lines show, in two more queries for a whole page.

A list page is mostly Python, not SQL (docs/decisions/0006-fast-pages.md): rows are read as plain values and put into
words here, so that the template only prints.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.roles import PARTNERS, Role
from accounts.templatetags.page import country_name, day, person_name, ref, since, when_due

from .models import Person, Work
from .statuses import STILL_IN, Stage
from .work import KINDS


@dataclass(slots=True)
class Line:
    """One line of the list, ready to be printed."""

    url: str
    name: SafeString
    below: SafeString
    stage: str
    held: str
    country: str
    waits_for: str
    waits_since: str
    what: str
    due: str
    tone: str
    when: str


def lines(cases, user, today) -> list[Line]:
    """The lines of a page of cases for host staff, in the order of `cases`."""
    ids = [case.pk for case in cases]
    people, works = _people(ids, user), _earliest_work(ids, user)
    words = _words_in(get_language())
    return [_line(case, people.get(case.pk, []), works.get(case.pk), words, user, today) for case in cases]


class Words:
    """The words that many lines share, looked up and made fit for a page once in each language."""

    def __init__(self):
        self.you = escape(_("You"))
        self.nobody = escape(_("nobody"))
        self.on_hold = escape(_("On hold"))
        self.stages = {stage.value: escape(str(stage.label)) for stage in Stage}
        self.kinds = {name: escape(str(kind.label)) for name, kind in KINDS.items()}
        self.family = lru_cache(_family_words)
        self.country = lru_cache(lambda code: escape(country_name(code)))


@lru_cache
def _words_in(language: str) -> Words:
    """The words of `language`, which must be the active one."""
    return Words()


def _family_words(count: int) -> str:
    """«alone», «and 3 family members»."""
    if count < 2:
        return _("alone")
    return ngettext("and %d family member", "and %d family members", count - 1) % (count - 1)


def _people(ids: list[int], user) -> dict[int, list[tuple]]:
    """(status, known as, name, name in its own script) of the members of each case, in the family's order."""
    found = {}
    rows = Person.objects.visible_to(user).filter(case__in=ids).order_by("number")
    for case, *person in rows.values_list("case_id", "status", "known_as", "name", "name_original"):
        found.setdefault(case, []).append(person)
    return found


def _earliest_work(ids: list[int], user) -> dict[int, tuple]:
    """What is due first in each case: (kind, title, since, due, role, doer, doer's name, partner's name)."""
    found = {}
    rows = Work.objects.visible_to(user).open().filter(case__in=ids, restricted=False).order_by("due_on", "pk")
    for case, *work in rows.values_list(
        "case_id", "kind", "title", "since", "due_on", "for_role", "for_user_id", "for_user__name", "partner__name"
    ):
        found.setdefault(case, work)
    return found


def _line(case, members, work, words: Words, user, today) -> Line:
    first = next((m for m in members if m[0] in STILL_IN), members[0] if members else None)
    _status, known_as, name, original = first or ("", "", case.reference, "")
    parts = [person_name(original)] if original else []
    below = SafeString(", ".join([*parts, words.family(len(members)), ref(case.reference)]))
    line = Line(
        case.get_absolute_url(), person_name(known_as or name), below, words.stages[case.stage],
        words.on_hold if case.is_held else "", words.country(case.return_country), words.nobody, "", "", "", "", "",
    )  # fmt: skip
    if work:
        kind, title, began, due_on, role, doer, doer_name, partner = work
        due = when_due(due_on, today)
        line.waits_for = words.you if doer == user.pk else _who(role, doer_name, partner)
        line.waits_since = since(began, today)
        line.what = words.kinds.get(kind, title)
        line.due, line.tone, line.when = day(due_on, "short"), due.tone, due.words if due.tone else ""
    return line


def _who(role: str, name: str | None, partner: str | None) -> str:
    if partner and role in PARTNERS:
        return partner
    if name:
        first, *rest = name.split()
        return f"{first} {rest[-1][0]}." if rest else first
    return str(Role(role).label)
