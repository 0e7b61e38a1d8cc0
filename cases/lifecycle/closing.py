"""A case rests, ends and is taken up again: hold, go on, close with an outcome, reopen."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

from ..calendars import today_at
from ..family import is_anybody_away
from ..gates import reasons_not_to_close
from ..models import Case, Outcome, Person
from ..statuses import BEFORE_DEPARTURE, PersonStatus, Stage
from ..transitions import StepNotAllowed, happening, move
from .ending import NOT_HELD, end_case

HOLD_DAYS = 30  # after which a case on hold is looked at again, unless another day was chosen

ALWAYS = (Outcome.UNREACHABLE, Outcome.STOPPED, Outcome.TRANSFERRED, Outcome.DIED)
ONLY_AFTER_ARRIVAL = (Outcome.COMPLETED, Outcome.REMIGRATED_REGULARLY, Outcome.REMIGRATED_OTHER)
WHILE_ON_THE_WAY = (Outcome.UNREACHABLE, Outcome.DIED)
OUTCOMES = {
    **dict.fromkeys((*BEFORE_DEPARTURE, Stage.TRAVELLING), ALWAYS),
    Stage.REINTEGRATION: (*ONLY_AFTER_ARRIVAL, *ALWAYS),
    Stage.CLOSED: ALWAYS,  # a stale page can still be answered; the door says that the case is closed
}
BY_THEIR_OWN_VERBS = {
    Outcome.REFUSED: gettext_lazy("Only a decision refuses: it says why and how to complain."),
    Outcome.WITHDREW: gettext_lazy("Record who withdraws; it takes effect for each person."),
    Outcome.NOT_DEPARTED: gettext_lazy("Record who did not depart; the case closes when nobody means to travel."),
}


def hold_case(case: Case, *, by: User, reason: str, resume_on: date | None = None) -> None:
    """Put a case on hold: what is prepared rests (cases.rest), and only a second look waits."""
    today = today_at(case.organisation)
    resume_on = resume_on or today + timedelta(days=HOLD_DAYS)
    if resume_on <= today:
        raise ValidationError({"resume_on": _("Choose a day after today.")})
    with happening(case, "hold_case", by=by, note=reason):
        case.held_since, case.hold_reason, case.resume_on = timezone.now(), reason, resume_on
        case.save()


def resume_case(case: Case, *, by: User) -> None:
    with happening(case, "resume_case", by=by):
        if not case.is_held:
            raise StepNotAllowed(_("This case is not on hold."))
        for name, value in NOT_HELD.items():
            setattr(case, name, value)
        case.save()


def outcomes_for(case: Case) -> list[Outcome]:
    """The outcomes with which this case can be closed by hand now.

    While somebody has left whom the partner should still meet, a case closes only as one whose person was lost from
    sight or died: any other outcome would hide that nobody met them.
    """
    allowed = OUTCOMES[case.stage]
    shared = case.shared
    if shared and case.people.filter(status=PersonStatus.DEPARTED, copies__shared=shared).exists():
        return [outcome for outcome in allowed if outcome in WHILE_ON_THE_WAY]
    return list(allowed)


def close_case(case: Case, *, by: User, outcome: str, note: str = "") -> None:
    """Close with a coded outcome of this stage; help under way (reasons of the apps above) stops it.

    Raises ValidationError for another outcome, StepNotAllowed while something stands in the way.
    """
    with happening(case, "close_case", by=by, note=note):
        if outcome not in outcomes_for(case):
            raise ValidationError({"outcome": _why_not(case, outcome)})
        if reasons := reasons_not_to_close(case):
            raise StepNotAllowed(" ".join(reasons))
        end_case(case, Outcome(outcome))


def _why_not(case: Case, outcome: str) -> str:
    if outcome in BY_THEIR_OWN_VERBS:
        return str(BY_THEIR_OWN_VERBS[outcome])
    if outcome in ONLY_AFTER_ARRIVAL and case.stage != Stage.REINTEGRATION:
        return _("This is possible only after an arrival.")
    return _("Somebody is on the way: record the arrival or that they did not depart first.")


def reopen_case(case: Case, *, by: User, note: str) -> None:
    """Open a closed case again at the stage it was closed in; what was shared is not shared again by itself.

    Those whose leaving closed the case take part again. Whoever withdrew alone before stays withdrawn.
    """
    with happening(case, "reopen_case", by=by, note=note):
        if case.is_open:
            raise StepNotAllowed(_("This case is open."))
        back_to = case.stage_before_closing
        if back_to in (Stage.HANDED_OVER, Stage.PREPARING, Stage.TRAVELLING) and not is_anybody_away(case):
            back_to = Stage.DECIDED
        for person in _whose_leaving_closed(case):
            move(person, PersonStatus.TAKING_PART, withdrawn_at=None, tries_again=False)
        move(case, back_to, outcome="", closed_on=None, stage_before_closing="")


def _whose_leaving_closed(case: Case) -> list[Person]:
    if case.outcome == Outcome.NOT_DEPARTED:
        return list(case.people.filter(status=PersonStatus.NOT_DEPARTED))
    if case.outcome == Outcome.WITHDREW:
        last = case.people.aggregate(last=Max("withdrawn_at"))["last"]
        return list(case.people.filter(status=PersonStatus.WITHDRAWN, withdrawn_at=last))
    return []
