"""How far a case has come and on which days: drawn before a word of it is written."""

from dataclasses import dataclass, field

from cases.statuses import BEFORE_DEPARTURE, Stage

STAGES = dict(zip(list(Stage), (3, 5, 3, 5, 3, 3, 5, 3, 30, 40), strict=True))
OUTCOMES = {  # of closed cases: weight, stages it can close in
    "completed": (52, ("reintegration",)),
    "withdrew": (14, [s.value for s in BEFORE_DEPARTURE if s != Stage.ENQUIRY]),
    "refused": (6, ("screening",)),
    "not_departed": (5, ("preparing",)),
    "remigrated_regularly": (4, ("reintegration",)),
    "remigrated_other": (4, ("reintegration",)),
    "unreachable": (11, ("reintegration", "reintegration", "counselling")),
    "stopped": (3, ("reintegration",)),
    "died": (1, ("reintegration",)),
}
STEPS = (  # step, stage it leads to, least and most days after the step before
    ("opened", Stage.ENQUIRY, 0, 0),
    ("counselled", Stage.COUNSELLING, 1, 10),
    ("applied", Stage.APPLICATION, 3, 20),
    ("screened", Stage.SCREENING, 1, 8),
    ("asked", Stage.SCREENING, 1, 9),
    ("decided", Stage.DECIDED, 1, 12),
    ("sent", Stage.HANDED_OVER, 0, 3),
    ("accepted", Stage.PREPARING, 1, 7),
    ("booked", Stage.PREPARING, 3, 14),
    ("acknowledged", Stage.PREPARING, 0, 2),
    ("departed", Stage.TRAVELLING, 6, 20),
    ("arrived", Stage.REINTEGRATION, 1, 1),
)
ORDER = [stage.value for stage in Stage]
WAITS = {  # most days since the last step, by stage
    "enquiry": 9, "counselling": 21, "application": 9, "screening": 14, "decided": 3, "handed_over": 11,
    "preparing": 5, "travelling": 3, "reintegration": 420,
}  # fmt: skip
END = {"completed": (368, 430), "unreachable": (100, 300)}


@dataclass
class Course:
    """Days are numbers relative to the anchor day; steps not reached are not in `on`."""

    stage: str
    reached: str  # the stage itself, or the one before closing
    outcome: str = ""
    closed: int | None = None
    on: dict[str, int] = field(default_factory=dict)
    departs: int | None = None  # by the ticket, which may lie ahead
    is_held: bool = False


def draw(rng) -> Course:
    stage = rng.choices(ORDER, list(STAGES.values()))[0]
    course = Course(stage, stage)
    if stage == "closed":
        course.outcome = rng.choices(list(OUTCOMES), [weight for weight, _stages in OUTCOMES.values()])[0]
        course.reached = rng.choice(OUTCOMES[course.outcome][1])
    last = _last_step(rng, course)
    day = 0
    for step, _stage, least, most in STEPS:
        day += rng.randint(least, most)
        course.on[step] = day
        if step == last:
            break
    _place(rng, course)
    course.is_held = stage in BEFORE_DEPARTURE and rng.random() < 0.02
    return course


def _last_step(rng, course: Course) -> str:
    """The last step taken; screening and preparing have steps inside."""
    inside = [step for step, stage, *_ in STEPS if stage == course.reached]
    if course.outcome in ("refused", "not_departed"):
        return inside[-1]
    if course.reached == "screening" and course.stage == "closed":
        return inside[0]
    return rng.choice(inside)


def _place(rng, course: Course) -> None:
    """Puts the course into the past: its last step lies some days before the anchor day."""
    last = max(course.on.values())
    since = rng.randint(1, WAITS.get(course.stage, 1))
    if course.stage == "travelling" and rng.random() < 0.12:
        since = rng.randint(20, 60)
    if course.stage == "closed":
        course.closed = last + rng.randint(
            *END.get(course.outcome, (2, 9) if course.reached != "reintegration" else (60, 300))
        )
        last, since = course.closed, rng.randint(1, 700)
    shift = -(last + since)
    course.on = {step: day + shift for step, day in course.on.items()}
    if course.closed is not None:
        course.closed += shift
    if "booked" in course.on:
        ahead = rng.randint(6, 20)
        course.departs = course.on.get("departed", course.on.get("acknowledged", course.on["booked"]) + ahead)
        if course.outcome == "not_departed":
            course.departs = course.closed
