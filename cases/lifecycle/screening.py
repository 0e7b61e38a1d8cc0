"""Screening, concerns and the decision on eligibility."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.notices import tell
from accounts.roles import Role

from ..calendars import must_lie_between, today_at
from ..models import Case, ChildDecision, Concern, Decision, Outcome, Person, Screening, Vulnerability
from ..statuses import DecisionStatus, Stage
from ..transitions import StepNotAllowed, happening, move
from .counselling import ensure_gate
from .ending import end_case

HOLDS = {Vulnerability.TRAFFICKING: Concern.Kind.TRAFFICKING, Vulnerability.UNACCOMPANIED: Concern.Kind.CHILD}
SEEN_IN_SCREENING = gettext_noop("Seen in the screening of this day.")
TO_BE_READ = gettext_noop("A best-interests determination was recorded: is it sound, and is the named adult real?")
TOO_EARLY = (Stage.ENQUIRY, Stage.COUNSELLING, Stage.CLOSED)


def start_screening(case: Case, *, by: User) -> None:
    with happening(case, "start_screening", by=by):
        ensure_gate(case)
        move(case, Stage.SCREENING)


def record_screening(
    person: Person, *, by: User, vulnerabilities: list[str], reviewer: User | None = None, **facts
) -> Screening:
    """Record the screening of one person; their vulnerabilities are what this latest screening says.

    Signs of trafficking and a child without its parents, when they are seen for the first time, hold the case until
    `reviewer` releases it (raise_concern). Raises ValidationError when nobody was named for it.
    """
    raised = set(person.concerns.values_list("kind", flat=True))
    known = [sign for sign, kind in HOLDS.items() if sign in person.vulnerabilities and kind in raised]
    seen = [kind for sign, kind in HOLDS.items() if sign in vulnerabilities and sign not in known]
    if seen and reviewer is None:
        raise ValidationError({"reviewer": _("What you saw holds the case: name the supervisor who looks at it.")})
    must_lie_between("held_on", facts["held_on"], person.born_from, today_at(person.case.organisation))
    with happening(person, "record_screening", by=by, person=person, private_to=person):
        if person.case.stage in TOO_EARLY or not person.has_not_left:
            raise StepNotAllowed(_("Screening belongs between the application and the departure."))
        for kind in seen:
            raise_concern(person, by=by, kind=kind, detail=facts.get("note") or _(SEEN_IN_SCREENING), reviewer=reviewer)
        screening = Screening.objects.create(person=person, vulnerabilities=vulnerabilities, by=by, **facts)
        person.vulnerabilities = vulnerabilities
        person.save(update_fields=["vulnerabilities"])
    return screening


def raise_concern(person: Person, *, by: User, kind: str, detail: str, reviewer: User) -> Concern:
    """Hold the case until `reviewer`, a supervisor and another person, has looked. Only the two of them see why."""
    if reviewer.pk == by.pk or reviewer.role != Role.SUPERVISOR or reviewer.organisation_id != by.organisation_id:
        raise ValidationError({"reviewer": _("Name a supervisor of your agency other than yourself.")})
    with happening(person, "raise_concern", by=by, person=person) as event:
        if not person.case.is_open or not person.has_not_left:
            raise StepNotAllowed(_("After departure write to the reviewer directly; a concern holds a departure."))
        concern = Concern.objects.create(
            case=person.case, person=person, kind=kind, detail=detail, reviewer=reviewer, raised_by=by
        )
        event.concern = concern
        tell(reviewer, "concern_raised", key=f"concern:{concern.pk}", reference=person.case.reference)
    return concern


def release_concern(concern: Concern, *, by: User, reason: str) -> None:
    """The named reviewer lets the case go on, with a reason. Raises StepNotAllowed for anybody else."""
    with happening(concern, "release_concern", by=by, concern=concern):
        if concern.reviewer_id != by.pk:
            raise StepNotAllowed(_("Only the named reviewer can do this."))
        if concern.released_at:
            raise StepNotAllowed(_("This was already released."))
        concern.released_at, concern.released_by, concern.release_reason = timezone.now(), by, reason
        concern.save()
        tell(
            concern.raised_by,
            "concern_released",
            key=f"concern-released:{concern.pk}",
            reference=concern.case.reference,
        )


def record_child_decision(person: Person, *, by: User, reviewer: User | None = None, **facts) -> ChildDecision:
    """The best-interests determination for a child; return needs a named receiving adult with a contact.

    A determination for return does not free the way by itself: `reviewer` reads it and releases the case, with a
    reason. Raises ValidationError when nobody was named for it.
    """
    if facts["result"] == ChildDecision.Result.RETURN and not (facts["receiving_adult"] and facts["receiving_contact"]):
        raise ValidationError({"receiving_adult": _("Name the adult who receives the child, and how to reach them.")})
    must_lie_between("decided_on", facts["decided_on"], person.born_from, today_at(person.case.organisation))
    if facts["result"] == ChildDecision.Result.RETURN and reviewer is None:
        raise ValidationError({"reviewer": _("Name the supervisor who reads the determination and releases the case.")})
    with happening(person, "record_child_decision", by=by, person=person):
        if facts["result"] == ChildDecision.Result.RETURN:
            raise_concern(person, by=by, kind=Concern.Kind.CHILD, detail=_(TO_BE_READ), reviewer=reviewer)
        return ChildDecision.objects.create(person=person, by=by, **facts)


def ask_decision(case: Case, *, by: User, note: str = "") -> Decision:
    with happening(case, "ask_decision", by=by, note=note):
        if case.stage != Stage.SCREENING:
            raise StepNotAllowed(_("A decision is asked for in screening."))
        if case.decisions.filter(status=DecisionStatus.ASKED).exists():
            raise StepNotAllowed(_("A decision has already been asked for."))
        ensure_gate(case)
        decision = Decision.objects.create(case=case, asked_by=by, ask_note=note)
        for user in User.objects.filter(organisation=case.organisation_id, role=Role.SUPERVISOR, is_active=True):
            if user.pk != by.pk:
                tell(user, "decision_asked", key=f"decision-asked:{decision.pk}", reference=case.reference)
    return decision


def decide_case(
    decision: Decision, *, by: User, eligible: bool, reason: str = "", complaint_information: str = ""
) -> None:
    """Decide, as another person than the one who asked. A refusal says why and how to complain, and closes the case."""
    with happening(decision, "decide_case", by=by, note=reason):
        if decision.asked_by_id == by.pk:
            raise StepNotAllowed(_("Somebody other than the person who asked decides."))
        _check_refusal(eligible, reason, complaint_information)
        if eligible:
            ensure_gate(decision.case)
        move(
            decision,
            DecisionStatus.ELIGIBLE if eligible else DecisionStatus.REFUSED,
            decided_by=by,
            decided_at=timezone.now(),
            reason=reason,
            complaint_information=complaint_information,
        )
        _follow(decision.case, eligible)
        tell(
            decision.case.owner,
            "case_decided",
            key=f"decided:{decision.pk}",
            reference=decision.case.reference,
        )


def record_outside_decision(
    case: Case,
    *,
    by: User,
    eligible: bool,
    authority: str,
    authority_reference: str,
    authority_date: date,
    reason: str = "",
    complaint_information: str = "",
) -> Decision:
    """Record the decision of an authority outside the agency, which takes the place of the own one."""
    if authority_date > today_at(case.organisation):
        raise ValidationError({"authority_date": _("This date lies in the future.")})
    _check_refusal(eligible, reason, complaint_information)
    with happening(case, "record_outside_decision", by=by, note=authority):
        if case.stage != Stage.SCREENING:
            raise StepNotAllowed(_("A decision is recorded in screening."))
        ensure_gate(case)
        for asked in case.decisions.filter(status=DecisionStatus.ASKED):
            move(asked, DecisionStatus.DROPPED)
        decision = Decision.objects.create(
            case=case,
            asked_by=by,
            status=DecisionStatus.ELIGIBLE if eligible else DecisionStatus.REFUSED,
            decided_by=by,
            decided_at=timezone.now(),
            reason=reason,
            complaint_information=complaint_information,
            authority=authority,
            authority_reference=authority_reference,
            authority_date=authority_date,
        )
        _follow(case, eligible)
    return decision


def _check_refusal(eligible: bool, reason: str, complaint_information: str) -> None:
    if not eligible and not reason.strip():
        raise ValidationError({"reason": _("A refusal says why.")})
    if not eligible and not complaint_information.strip():
        raise ValidationError({"complaint_information": _("A refusal says how to complain.")})


def _follow(case: Case, eligible: bool) -> None:
    if eligible:
        move(case, Stage.DECIDED)
    else:
        end_case(case, Outcome.REFUSED)
