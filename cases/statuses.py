"""The states a case, its people and its hand-over can be in, and the only moves between them."""

import pgtrigger
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Stages of a case, in the order of the journey (domain: workflow, stages 1 to 15, folded to ten)."""

    ENQUIRY = "enquiry", _("Enquiry")
    COUNSELLING = "counselling", _("Counselling")
    APPLICATION = "application", _("Application")
    SCREENING = "screening", _("Screening")
    DECIDED = "decided", _("Decided")
    HANDED_OVER = "handed_over", _("Handed over")
    PREPARING = "preparing", _("Preparing travel")
    TRAVELLING = "travelling", _("Travelling")
    REINTEGRATION = "reintegration", _("Reintegration")
    CLOSED = "closed", pgettext_lazy("case", "Closed")

    @property
    def number(self) -> int:
        return list(Stage).index(self) + 1


BEFORE_DEPARTURE = (
    Stage.ENQUIRY,
    Stage.COUNSELLING,
    Stage.APPLICATION,
    Stage.SCREENING,
    Stage.DECIDED,
    Stage.HANDED_OVER,
    Stage.PREPARING,
)
# Stages in which members who have not left yet may still have their journey before them.
JOURNEYS = (Stage.PREPARING, Stage.TRAVELLING, Stage.REINTEGRATION)

STAGE_STEPS = {
    Stage.ENQUIRY: (Stage.COUNSELLING, Stage.CLOSED),
    Stage.COUNSELLING: (Stage.APPLICATION, Stage.CLOSED),
    Stage.APPLICATION: (Stage.SCREENING, Stage.CLOSED),
    Stage.SCREENING: (Stage.DECIDED, Stage.CLOSED),
    Stage.DECIDED: (Stage.HANDED_OVER, Stage.CLOSED),
    Stage.HANDED_OVER: (Stage.PREPARING, Stage.DECIDED, Stage.CLOSED),
    Stage.PREPARING: (Stage.TRAVELLING, Stage.DECIDED, Stage.CLOSED),
    Stage.TRAVELLING: (Stage.REINTEGRATION, Stage.PREPARING, Stage.HANDED_OVER, Stage.DECIDED, Stage.CLOSED),
    Stage.REINTEGRATION: (Stage.CLOSED,),
    Stage.CLOSED: tuple(stage for stage in Stage if stage != Stage.CLOSED),
}

# Steps forward that somebody decides; departure and arrival happen, and closing ends.
DECIDED_STEPS = tuple(zip(BEFORE_DEPARTURE, BEFORE_DEPARTURE[1:], strict=False))


class PersonStatus(TextChoices):
    """Where one person of the family stands; members need not move as one."""

    TAKING_PART = "taking_part", _("Takes part")
    WITHDRAWN = "withdrawn", _("Withdrew")
    DEPARTED = "departed", _("Departed")
    NOT_DEPARTED = "not_departed", _("Did not depart")
    ARRIVED = "arrived", _("Arrived")


PERSON_STEPS = {
    PersonStatus.TAKING_PART: (PersonStatus.WITHDRAWN, PersonStatus.DEPARTED, PersonStatus.NOT_DEPARTED),
    PersonStatus.NOT_DEPARTED: (PersonStatus.TAKING_PART, PersonStatus.WITHDRAWN, PersonStatus.DEPARTED),
    PersonStatus.DEPARTED: (PersonStatus.ARRIVED, PersonStatus.NOT_DEPARTED),
    PersonStatus.WITHDRAWN: (PersonStatus.TAKING_PART,),
    PersonStatus.ARRIVED: (),
}
STILL_IN = (
    PersonStatus.TAKING_PART,
    PersonStatus.NOT_DEPARTED,
    PersonStatus.DEPARTED,
    PersonStatus.ARRIVED,
)
NOT_LEFT = (PersonStatus.TAKING_PART, PersonStatus.NOT_DEPARTED)
AWAY = (PersonStatus.DEPARTED, PersonStatus.ARRIVED)


class DecisionStatus(TextChoices):
    ASKED = "asked", _("Waiting for a decision")
    ELIGIBLE = "eligible", _("Eligible")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("No longer asked")


DECISION_STEPS = {
    DecisionStatus.ASKED: (DecisionStatus.ELIGIBLE, DecisionStatus.REFUSED, DecisionStatus.DROPPED),
    DecisionStatus.ELIGIBLE: (),
    DecisionStatus.REFUSED: (),
    DecisionStatus.DROPPED: (),
}


class SharedStatus(TextChoices):
    """The hand-over as seen by both sides; silence is never an answer."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Sharing ended")


SHARED_STEPS = {
    SharedStatus.SENT: (SharedStatus.ACCEPTED, SharedStatus.DECLINED, SharedStatus.ENDED),
    SharedStatus.ACCEPTED: (SharedStatus.ENDED,),
    SharedStatus.DECLINED: (),
    SharedStatus.ENDED: (),
}
LIVE = (SharedStatus.SENT, SharedStatus.ACCEPTED)


class WalkInStatus(TextChoices):
    """A returnee who came to the partner without a case: asked, and answered by the host agency."""

    ASKED = "asked", _("Waiting for the host agency")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_OURS = "not_ours", _("Not known to the host agency")


WALK_IN_STEPS = {
    WalkInStatus.ASKED: (WalkInStatus.CONFIRMED, WalkInStatus.NOT_OURS),
    WalkInStatus.CONFIRMED: (),
    WalkInStatus.NOT_OURS: (),
}


def enforce(steps: dict, field: str = "status") -> pgtrigger.Trigger:
    """The database's copy of a STEPS table: no other move can be written, by any route."""
    moves = [(start.value, end.value) for start, ends in steps.items() for end in ends]
    return pgtrigger.FSM(name=f"legal_{field}", field=field, transitions=moves)
