"""Draws the state tables into docs/life-of-a-case.md, so that the page can never say something else than the code."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from cases.statuses import (
    DECISION_STEPS,
    PERSON_STEPS,
    SHARED_STEPS,
    STAGE_STEPS,
    WALK_IN_STEPS,
)
from referrals.statuses import REFERRAL_STEPS
from reintegration.statuses import FOLLOW_UP_STEPS, GRANT_STEPS, PLAN_STEPS

PAGE = Path(settings.BASE_DIR) / "docs" / "life-of-a-case.md"
BEGIN, END = "<!-- drawn: begin -->", "<!-- drawn: end -->"
TABLES = {
    "The stages of a case": STAGE_STEPS,
    "One person of the family": PERSON_STEPS,
    "A decision": DECISION_STEPS,
    "A hand-over": SHARED_STEPS,
    "A returnee who comes without a case": WALK_IN_STEPS,
    "A plan": PLAN_STEPS,
    "Help in kind": GRANT_STEPS,
    "A follow-up": FOLLOW_UP_STEPS,
    "A referral": REFERRAL_STEPS,
}


def drawing() -> str:
    """All state tables as Mermaid diagrams under their headings."""
    with translation.override("en"):
        return "\n\n".join(f"### {heading}\n\n{diagram(steps)}" for heading, steps in TABLES.items())


def diagram(steps: dict) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in steps]
    lines += [f"    {start.value} --> {end.value}" for start, ends in steps.items() for end in ends]
    return "\n".join([*lines, "```"])


def page_with(drawn: str) -> str:
    """The page with its drawings replaced by `drawn`."""
    text = PAGE.read_text()
    return f"{text[: text.index(BEGIN)]}{BEGIN}\n\n{drawn}\n\n{text[text.index(END) :]}"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        PAGE.write_text(page_with(drawing()))
