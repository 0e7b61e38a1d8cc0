"""The frame of every page of one case: head, stage bar, tabs. Each app shows its own tab inside it."""

from dataclasses import dataclass

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
        "tabs": [Tab(label, reverse(name, args=[record.reference]), name == current) for name, label in tabs],
        "stages": stage_bar(record.stage),
        "stage_sentence": stage_sentence(record),
        "found_gates": found,
        "gate_sentence": gate_sentence(found) if found else "",
        "head_acts": acts_on(record, request.user, *HEAD_ACTS),
    }


def stage_bar(stage: str) -> list[dict]:
    number = Stage(stage).number
    return [{"label": s.label, "past": s.number < number, "current": s == stage} for s in Stage]


def stage_sentence(record) -> str:
    stage = Stage(record.stage)
    return _("Stage %(number)d of 10, %(name)s") % {"number": stage.number, "name": stage.label.lower()}
