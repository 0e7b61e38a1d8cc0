"""Papers, journey, departure, arrival."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell

from ..calendars import today_at
from ..gates import Gate, concern_gate, country_gate, paper_gates
from ..models import (
    Case,
    FitToTravel,
    Itinerary,
    Outcome,
    Person,
    Scope,
    SharedCase,
    SharedPerson,
    TravelDocument,
)
from ..sharing import agreed_people
from ..statuses import PersonStatus, Stage
from ..transitions import Missing, StepNotAllowed, happening, move
from .sharing import cut_sharing, partner_users


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
        _may_ask_the_consulate(person, facts.get("asked_on"))
        paper, _made = TravelDocument.objects.update_or_create(person=person, defaults=facts)
    return paper


def _may_ask_the_consulate(person: Person, asked_on: date | None) -> None:
    """The consulate is asked with the person's yes in force; what was asked before its end stays recorded."""
    paper = TravelDocument.objects.filter(person=person).first()
    if asked_on is None or paper and paper.asked_on == asked_on:
        return
    if person not in agreed_people(person.case, None, Scope.CONSULAR):
        label = _("A yes of %(name)s to this: «%(scope)s»")
        label = label % {"name": person.display_name, "scope": Scope.CONSULAR.label}
        hint = _("A consulate that is asked knows who wishes to travel.")
        raise Missing([Gate(label, False, hint, "record_consent", person.number)])


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
                move(person, PersonStatus.DEPARTED, departed_on=min(itinerary.departs_on, arrived_on))
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
