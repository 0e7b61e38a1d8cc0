"""The frame of every page of one case: head, stage bar, tabs. Each app shows its own tab inside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..acting import acts_on
from ..gates import gate_sentence, gates
from ..models import Case
from ..statuses import Stage
from ..targets import accepted_of

HOST_TABS = (
    ("case", gettext_lazy("Overview")),
    ("story", gettext_lazy("Story")),
    ("counselling", gettext_lazy("Counselling")),
    ("decision", gettext_lazy("Decision")),
    ("journey", gettext_lazy("Journey")),
    ("plan", gettext_lazy("Plan")),
    ("grants", gettext_lazy("Grants")),
    ("referrals", gettext_lazy("Referrals")),
    ("documents", gettext_lazy("Documents")),
    ("follow_ups", gettext_lazy("Follow-ups")),
    ("history", pgettext_lazy("of a case", "History")),
)
HOST_ONLY = ("counselling", "decision", "history")
PARTNER_TABS = tuple(tab for tab in HOST_TABS if tab[0] not in HOST_ONLY)
MONEY_TABS = tuple(tab for tab in HOST_TABS if tab[0] in ("plan", "grants"))

HEAD_ACTS = ("add_note",)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: str  # the value of aria-current


class Step(NamedTuple):
    label: str
    past: bool
    current: bool


def page_of_case(request, reference: str, current: str):
    """(record, context) for a tab of a case: the host's case or the partner's accepted share, or not there."""
    record = accepted_of(request.user, reference)
    return record, frame(request, record, current)


def frame(request, record, current: str) -> dict:
    """What templates/case_page.html needs."""
    is_host = isinstance(record, Case)
    found = gates(record) if is_host else []
    tabs = HOST_TABS if is_host else PARTNER_TABS
    return {
        "file": record,
        "is_host": is_host,
        "name": record.display_name,
        "tabs": [
            Tab(str(label), reverse(name, args=[record.reference]), "page" if name == current else "false")
            for name, label in tabs
        ],
        "stages": steps(Stage, record.stage),
        "stage_sentence": stage_sentence(record),
        "found_gates": found,
        "gate_sentence": gate_sentence(found) if found else "",
        "head_acts": acts_on(record, request.user, *HEAD_ACTS),
    }


def steps(way: Iterable[TextChoices], here: str) -> tuple[Step, ...]:
    """The stages of a way for templates/_stages.html, what lies before `here` being past."""
    way = list(way)
    place = way.index(here)
    return tuple(Step(str(stage.label), n < place, n == place) for n, stage in enumerate(way))


def stage_sentence(record) -> str:
    stage = Stage(record.stage)
    return _("Stage %(number)d of 10, %(name)s") % {"number": stage.number, "name": stage.label.lower()}
