"""Papers, journey, departure, arrival, and returnees who stand before the partner without a case."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.notices import tell
from accounts.roles import CASEWORKERS, Role

from ..calendars import today_at
from ..gates import concern_gate, country_gate, paper_gates
from ..models import (
    WALK_IN_ANSWER,
    Case,
    FitToTravel,
    Itinerary,
    Outcome,
    Person,
    Programme,
    Relation,
    SharedCase,
    SharedPerson,
    TravelDocument,
    WalkIn,
    Work,
)
from ..references import next_reference
from ..statuses import PersonStatus, SharedStatus, Stage, WalkInStatus
from ..transitions import Missing, StepNotAllowed, happening, move
from .opening import check_birth
from .sharing import _end_of_sharing, cut_sharing, partner_users


def record_travel_document(person: Person, *, by: User, **facts) -> TravelDocument:
    """Where the travel document of one person stands: asked, issued, valid until."""
    today = today_at(person.case.organisation)
    for name in ("asked_on", "issued_on"):
        if facts.get(name) and facts[name] > today:
            raise ValidationError({name: _("This date lies in the future.")})
    if facts.get("issued_on") and not (facts.get("number") and facts.get("valid_until")):
        raise ValidationError({"valid_until": _("An issued document has a number and a last day.")})
    if facts.get("issued_on") and facts["valid_until"] <= facts["issued_on"]:
        raise ValidationError({"valid_until": _("It would end before it was issued.")})
    with happening(person, "record_travel_document", by=by, person=person):
        paper, _made = TravelDocument.objects.update_or_create(person=person, defaults=facts)
    return paper


def record_fit_to_travel(person: Person, *, by: User, **facts) -> FitToTravel:
    if facts["examined_on"] > today_at(person.case.organisation):
        raise ValidationError({"examined_on": _("This date lies in the future.")})
    if facts["valid_until"] < facts["examined_on"]:
        raise ValidationError({"valid_until": _("It would end before the examination.")})
    with happening(person, "record_fit_to_travel", by=by, person=person, private_to=person):
        return FitToTravel.objects.create(person=person, by=by, **facts)


def book_travel(
    case: Case, *, by: User, departs_at: datetime, arrives_at: datetime, why_changed: str = "", **facts
) -> Itinerary:
    """Book the journey or change it: a new version reaches the partner, who acknowledges it; papers are checked anew.

    Raises ValidationError for an arrival before the departure or a departure in the past.
    """
    if arrives_at <= departs_at:
        raise ValidationError({"arrives_at": _("The arrival lies before the departure.")})
    if departs_at < timezone.now():
        raise ValidationError({"departs_at": _("This departure lies in the past.")})
    with happening(case, "book_travel", by=by, note=why_changed) as event:
        shared = case.shared
        if case.stage not in (Stage.PREPARING, Stage.TRAVELLING) or not shared or not shared.is_accepted:
            raise StepNotAllowed(_("Travel is booked after the partner has accepted the hand-over."))
        version = 1 + max(case.itineraries.values_list("version", flat=True), default=0)
        if version > 1 and not why_changed.strip():
            raise ValidationError({"why_changed": _("Say why the journey changes; the partner reads it.")})
        for person in case.people.filter(status=PersonStatus.NOT_DEPARTED):
            move(person, PersonStatus.TAKING_PART, departed_on=None)
        itinerary = Itinerary.objects.create(
            case=case,
            shared=shared,
            organisation_id=case.organisation_id,
            partner_id=shared.partner_id,
            version=version,
            departs_at=departs_at,
            arrives_at=arrives_at,
            why_changed=why_changed,
            booked_by=by,
            **facts,
        )
        event.subject = str(itinerary)
        for user in partner_users(shared):
            tell(user, "travel_booked", key=f"travel:{itinerary.pk}", reference=case.reference, version=version)
    return itinerary


def acknowledge_travel(shared: SharedCase, *, by: User) -> None:
    """The partner has seen the latest version of the journey."""
    with happening(shared, "acknowledge_travel", by=by):
        latest = shared.itineraries.first()
        if latest is None or latest.acknowledged_at:
            raise StepNotAllowed(_("There is no newer journey to acknowledge."))
        latest.acknowledged_at, latest.acknowledged_by = timezone.now(), by
        latest.save()


def record_departure(case: Case, *, by: User, people: list[Person], departed_on: date) -> None:
    """These people left on this day. Refused while a paper, the country or a concern stands in the way."""
    if departed_on > today_at(case.organisation):
        raise ValidationError({"departed_on": _("A departure is recorded on the day or after it.")})
    with happening(case, "record_departure", by=by) as event:
        if case.stage not in (Stage.PREPARING, Stage.TRAVELLING) or not case.itineraries.exists():
            raise StepNotAllowed(_("A departure follows a booked journey."))
        chosen = case.people.filter(pk__in=[person.pk for person in people])
        if not chosen:
            raise ValidationError({"people": _("Choose who departed.")})
        stops = [*paper_gates(case, departed_on), country_gate(case), concern_gate(case)]
        numbers = {person.number for person in chosen}
        if still := [g for g in stops if not g.is_met and (g.number is None or g.number in numbers)]:
            raise Missing(still)
        for person in chosen:
            move(person, PersonStatus.DEPARTED, departed_on=departed_on)
        case.departed_on = min(filter(None, (case.departed_on, departed_on)))
        case.save(update_fields=["departed_on"])
        if case.stage == Stage.PREPARING:
            move(case, Stage.TRAVELLING)
        event.note = ", ".join(str(number) for number in sorted(numbers))


def record_no_departure(case: Case, *, by: User, people: list[Person], note: str, try_again: bool) -> None:
    """These people did not leave. With nobody on the way and no new try, the case closes and its budget is free."""
    with happening(case, "record_no_departure", by=by, note=note):
        if case.stage not in (Stage.PREPARING, Stage.TRAVELLING):
            raise StepNotAllowed(_("This belongs to the time of travel."))
        if not people:
            raise ValidationError({"people": _("Choose who did not depart.")})
        for person in case.people.filter(pk__in=[p.pk for p in people]):
            move(person, PersonStatus.NOT_DEPARTED, departed_on=None)
        left = case.people.filter(status__in=[PersonStatus.DEPARTED, PersonStatus.ARRIVED])
        first = left.order_by("departed_on").first()
        case.departed_on = first and first.departed_on
        case.save(update_fields=["departed_on"])
        if left.exists() or case.people.filter(status=PersonStatus.TAKING_PART).exists():
            return
        if try_again:
            if case.stage == Stage.TRAVELLING:
                move(case, Stage.PREPARING)
        else:
            cut_sharing(case)
            move(
                case,
                Stage.CLOSED,
                outcome=Outcome.NOT_DEPARTED,
                closed_on=today_at(case.organisation),
                stage_before_closing=case.stage,
                held_since=None,
                hold_reason="",
            )


def confirm_arrival(shared: SharedCase, *, by: User, people: list[SharedPerson], arrived_on: date) -> None:
    """The partner met these people. Reintegration begins with the first arrival; a forgotten departure is filled in."""
    if arrived_on > today_at(by.organisation):
        raise ValidationError({"arrived_on": _("An arrival is confirmed on the day or after it.")})
    with happening(shared, "confirm_arrival", by=by):
        case = shared.case
        itinerary = shared.itineraries.first()
        chosen = case.people.filter(pk__in=[copy.person_id for copy in people])
        if not shared.is_accepted or itinerary is None or not chosen:
            raise StepNotAllowed(_("Nobody is on the way in this case."))
        for person in chosen:
            if person.status == PersonStatus.TAKING_PART:
                move(person, PersonStatus.DEPARTED, departed_on=min(itinerary.departs_at.date(), arrived_on))
            if person.departed_on and arrived_on < person.departed_on:
                raise ValidationError({"arrived_on": _("This is before the departure on %s.") % person.departed_on})
            move(person, PersonStatus.ARRIVED, arrived_on=arrived_on)
            case.departed_on = min(filter(None, (case.departed_on, person.departed_on)))
        case.arrived_on = min(filter(None, (case.arrived_on, arrived_on)))
        case.save(update_fields=["arrived_on", "departed_on"])
        if case.stage == Stage.PREPARING:
            move(case, Stage.TRAVELLING)
        if case.stage == Stage.TRAVELLING:
            move(case, Stage.REINTEGRATION)
        tell(
            case.owner,
            "arrival_confirmed",
            key=f"arrival:{shared.pk}:{arrived_on}",
            reference=shared.reference,
        )


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
    walk_in: WalkIn, *, by: User, ours: bool, programme: Programme | None = None, note: str = ""
) -> Case | None:
    """Yes: a case in reintegration is opened and shared with the partner that asked. No: with a reason."""
    by.must("answer_walk_in")
    if ours and programme is None:
        raise ValidationError({"programme": _("Choose the programme the person returned with.")})
    if not ours and not note.strip():
        raise ValidationError({"note": _("Say why, so that the partner can explain it.")})
    with transaction.atomic():
        walk_in.refresh_from_db(from_queryset=WalkIn.objects.select_for_update())
        if walk_in.status != WalkInStatus.ASKED:
            raise StepNotAllowed(_("This was already answered."))
        walk_in.answered_by, walk_in.answered_at, walk_in.answer_note = by, timezone.now(), note
        case = _open_arrived(walk_in, programme, by=by) if ours else None
        walk_in.status = WalkInStatus.CONFIRMED if ours else WalkInStatus.NOT_OURS
        walk_in.led_to = case.shared if case else None
        walk_in.save()
        Work.objects.filter(kind="answer_walk_in", subject=str(walk_in.pk)).update(done_at=timezone.now())
        tell(walk_in.asked_by, "walk_in_answered", key=f"walk-in-answer:{walk_in.pk}")
    return case


def _open_arrived(walk_in: WalkIn, programme: Programme, *, by: User) -> Case:
    case = Case.objects.create(
        reference=next_reference(f"AVRR-{programme.host_country}", timezone.localdate().year),
        organisation=by.organisation,
        office=by.office,
        owner=by,
        programme=programme,
        host_country=programme.host_country,
        return_country=walk_in.return_country,
        return_place=walk_in.return_place,
        scenario="voluntary",
        reasons=["other"],
        stage=Stage.REINTEGRATION,
        applied_on=walk_in.departed_on,
        departed_on=walk_in.departed_on,
        arrived_on=walk_in.arrived_on,
    )
    with happening(case, "answer_walk_in", by=by, note=walk_in.told):
        person = Person.objects.create(
            case=case,
            organisation_id=case.organisation_id,
            number=1,
            relation=Relation.APPLICANT,
            name=walk_in.name,
            sex=walk_in.sex,
            born_on=walk_in.born_on,
            born_precision=walk_in.born_precision,
            nationality=walk_in.nationality,
            languages=walk_in.languages,
            phone=walk_in.phone,
            status=PersonStatus.ARRIVED,
            departed_on=walk_in.departed_on,
            arrived_on=walk_in.arrived_on,
        )
        record_walk_in_consent(person, walk_in, by=by)
        SharedCase.objects.create(
            case=case,
            organisation_id=case.organisation_id,
            partner=walk_in.partner,
            programme=programme,
            status=SharedStatus.ACCEPTED,
            purpose=_("The person came to the partner themselves"),
            agreement="walk-in",
            ends_on=_end_of_sharing(case, walk_in.arrived_on),
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
    return case


def record_walk_in_consent(person: Person, walk_in: WalkIn, *, by: User) -> None:
    """The person's own yes to the partner, given when they asked it to write to the host agency."""
    from ..models import Consent, LegalText, Scope

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
    )
