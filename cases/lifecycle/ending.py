"""How a case comes to its end inside a verb, and where it stands when somebody of the family stays behind."""

from ..calendars import today_at
from ..family import is_anybody_away, to_travel
from ..models import Case, Outcome
from ..statuses import SharedStatus, Stage
from ..transitions import move
from .sharing import cut_sharing

NOT_HELD = {"held_since": None, "hold_reason": "", "resume_on": None}


def end_case(case: Case, outcome: Outcome) -> None:
    """Close the case inside a happening; what was shared is shared no more."""
    cut_sharing(case)
    move(
        case,
        Stage.CLOSED,
        outcome=outcome,
        closed_on=today_at(case.organisation),
        stage_before_closing=case.stage,
        **NOT_HELD,
    )


def go_on_without(case: Case, outcome: Outcome) -> None:
    """Somebody stays. With nobody away the case is before its departure again; when nobody means to travel, it ends."""
    if is_anybody_away(case):
        return
    if not to_travel(case):
        end_case(case, outcome)
    elif case.stage == Stage.TRAVELLING:
        move(case, stage_before_departure(case))


def stage_before_departure(case: Case) -> Stage:
    """Where a decided case stands while nobody has left: what the partner answered says it."""
    if case.shared is None:
        return Stage.DECIDED
    return Stage.PREPARING if case.shared.status == SharedStatus.ACCEPTED else Stage.HANDED_OVER
