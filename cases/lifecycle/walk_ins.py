"""Returnees who stand before the partner without a case: the host is asked; a yes opens the case where it stands."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.notices import tell
from accounts.roles import CASEWORKERS, Role

from ..calendars import today_at
from ..models import (
    WALK_IN_ANSWER,
    Case,
    Consent,
    LegalText,
    Person,
    Programme,
    Relation,
    Scenario,
    Scope,
    SharedCase,
    WalkIn,
    Work,
)
from ..models.case import OPEN_TO
from ..references import next_reference
from ..sharing import end_of_sharing
from ..statuses import AWAY, PersonStatus, SharedStatus, Stage, WalkInStatus
from ..transitions import StepNotAllowed, happening, move
from .keeping import take_first_dates
from .opening import WHY_NOT_FORCED, check_birth


def register_walk_in(*, by: User, organisation: Organisation, **facts) -> WalkIn:
    """Ask a host agency about a returnee who came without a case here; it answers within 7 days."""
    by.must("register_walk_in")
    check_birth(facts["born_on"], facts.get("born_precision", "day"))
    if facts["arrived_on"] < facts["departed_on"]:
        raise ValidationError({"arrived_on": _("The arrival lies before the departure.")})
    if facts["arrived_on"] > today_at(by.organisation):
        raise ValidationError({"arrived_on": _("This date lies in the future.")})
    with transaction.atomic():
        due = today_at(organisation) + WALK_IN_ANSWER
        walk_in = WalkIn.objects.create(
            partner=by.organisation, organisation=organisation, asked_by=by, answer_due_on=due, **facts
        )
        Work.objects.create(
            organisation=organisation,
            kind="answer_walk_in",
            subject=str(walk_in.pk),
            for_role=Role.CASEWORKER,
            due_on=due,
        )
        for user in User.objects.filter(organisation=organisation, role__in=CASEWORKERS, is_active=True):
            tell(user, "walk_in_asked", key=f"walk-in:{walk_in.pk}")
    return walk_in


def answer_walk_in(
    walk_in: WalkIn,
    *,
    by: User,
    ours: bool,
    known: Person | None = None,
    programme: Programme | None = None,
    scenario: str = "",
    note: str = "",
) -> Case | None:
    """Yes: a case in reintegration is shared with the partner that asked. No: with a reason.

    The case is that of `known`, who left with this agency and whom no partner accompanies now, or a new one. Raises
    PermissionDenied for another agency, ValidationError for a programme that is not open there or a forced return.
    """
    by.must("answer_walk_in")
    if by.organisation_id != walk_in.organisation_id:
        raise PermissionDenied("answer_walk_in")
    if not ours and not note.strip():
        raise ValidationError({"note": _("Say why, so that the partner can explain it.")})
    if ours and known is None:
        _check_new(programme, scenario, by=by)
    if known and not Person.objects.visible_to(by).filter(pk=known.pk).exists():
        raise ValidationError({"known": _("Choose somebody of your own agency.")})
    with transaction.atomic():
        walk_in.refresh_from_db(from_queryset=WalkIn.objects.select_for_update())
        if walk_in.status != WalkInStatus.ASKED:
            raise StepNotAllowed(_("This was already answered."))
        walk_in.answered_by, walk_in.answered_at, walk_in.answer_note = by, timezone.now(), note
        case = None
        if ours:
            case = _take_in(walk_in, known, by=by) if known else _open_arrived(walk_in, programme, scenario, by=by)
        walk_in.status = WalkInStatus.CONFIRMED if ours else WalkInStatus.NOT_OURS
        walk_in.led_to = case.shared if case else None
        walk_in.save()
        Work.objects.filter(kind="answer_walk_in", subject=str(walk_in.pk)).update(done_at=timezone.now())
        tell(walk_in.asked_by, "walk_in_answered", key=f"walk-in-answer:{walk_in.pk}")
    return case


def _check_new(programme: Programme | None, scenario: str, *, by: User) -> None:
    """What a new case needs; a forced return is not opened here either."""
    if programme is None:
        raise ValidationError({"programme": _("Choose the programme the person returned with.")})
    if not Programme.objects.open_for(by).filter(pk=programme.pk).exists():
        raise ValidationError({"programme": _("Choose an open programme of your own agency.")})
    if scenario == Scenario.FORCED:
        raise ValidationError({"scenario": _(WHY_NOT_FORCED)})
    if scenario not in OPEN_TO:
        raise ValidationError({"scenario": _("Choose the kind of return.")})


def _take_in(walk_in: WalkIn, person: Person, *, by: User) -> Case:
    """The person has a case here: the partner accompanies it from now on. Raises StepNotAllowed where it cannot."""
    with happening(person.case, "answer_walk_in", by=by, note=walk_in.told):
        case = person.case
        if case.shared:
            words = _("This case is shared with %s now. End that sharing first, or leave it as it is.")
            raise StepNotAllowed(words % case.shared.partner)
        if case.stage not in (Stage.TRAVELLING, Stage.REINTEGRATION) or person.status not in AWAY:
            raise StepNotAllowed(_("No departure of this person is recorded in that case. Record it there first."))
        if person.status == PersonStatus.DEPARTED:
            if walk_in.arrived_on < person.departed_on:
                raise StepNotAllowed(_("This is before the departure on %s.") % person.departed_on)
            move(person, PersonStatus.ARRIVED, arrived_on=walk_in.arrived_on)
            take_first_dates(case)
        if case.stage == Stage.TRAVELLING:
            move(case, Stage.REINTEGRATION)
        person.consents.in_force().filter(scope=Scope.PARTNER, partner=walk_in.partner).update(
            withdrawn_at=timezone.now()
        )
        _record_consent(person, walk_in, by=by)
        _share(walk_in, case, by=by)
    return case


def _open_arrived(walk_in: WalkIn, programme: Programme, scenario: str, *, by: User) -> Case:
    case = Case.objects.create(
        reference=next_reference(f"AVRR-{programme.host_country}", today_at(by.organisation).year),
        organisation=by.organisation,
        office=by.office,
        owner=by,
        programme=programme,
        host_country=programme.host_country,
        return_country=walk_in.return_country,
        return_place=walk_in.return_place,
        scenario=scenario,
        reasons=["other"],
        stage=Stage.REINTEGRATION,
        applied_on=walk_in.departed_on,
        departed_on=walk_in.departed_on,
        arrived_on=walk_in.arrived_on,
    )
    with happening(case, "answer_walk_in", by=by, note=walk_in.told):
        _record_consent(_who_came(walk_in, case), walk_in, by=by)
        _share(walk_in, case, by=by)
    return case


def _who_came(walk_in: WalkIn, case: Case) -> Person:
    told = (
        "name",
        "sex",
        "born_on",
        "born_precision",
        "nationality",
        "languages",
        "phone",
        "departed_on",
        "arrived_on",
    )
    return Person.objects.create(
        case=case,
        organisation_id=case.organisation_id,
        number=1,
        relation=Relation.APPLICANT,
        status=PersonStatus.ARRIVED,
        **{name: getattr(walk_in, name) for name in told},
    )


def _share(walk_in: WalkIn, case: Case, *, by: User) -> None:
    SharedCase.objects.create(
        case=case,
        organisation_id=case.organisation_id,
        partner=walk_in.partner,
        programme=case.programme,
        status=SharedStatus.ACCEPTED,
        purpose=_("The person came to the partner themselves"),
        agreement="walk-in",
        ends_on=end_of_sharing(case, walk_in.arrived_on),
        reference=case.reference,
        return_country=case.return_country,
        return_place=case.return_place,
        adults=1,
        minors=0,
        stage=case.stage,
        sent_by=by,
        answer_due_on=walk_in.answer_due_on,
        answered_at=walk_in.asked_at,
        answered_by=walk_in.asked_by,
        worker=walk_in.asked_by,
    )


def _record_consent(person: Person, walk_in: WalkIn, *, by: User) -> None:
    """The person's own yes to the partner, given when they asked it to write to the host agency."""
    Consent.objects.create(
        person=person,
        scope=Scope.PARTNER,
        partner=walk_in.partner,
        agreed=True,
        how="oral",
        witness=walk_in.asked_by.short_name,
        given_at=walk_in.agreed_at,
        by=by,
        text=LegalText.objects.current(Scope.PARTNER, person.languages),
        read_in=person.languages[0] if person.languages else "",
    )
