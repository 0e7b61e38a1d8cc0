"""Papers and journey, before somebody leaves. Departure and arrival are in departing."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell

from ..calendars import must_lie_between, today_at
from ..family import on_the_way, to_travel
from ..leaving import Gate, concern_gate, country_gate
from ..models import Case, FitToTravel, Itinerary, Person, Scope, SharedCase, TravelDocument
from ..sharing import agreed_people, partner_users
from ..statuses import JOURNEYS, PersonStatus
from ..transitions import Missing, StepNotAllowed, happening, move
from .opening import apply_changes


def record_travel_document(person: Person, *, by: User, **facts) -> TravelDocument:
    """Where the travel document of one person stands: asked, issued, valid until. The story keeps what stood before."""
    today = today_at(person.case.organisation)
    for name in ("asked_on", "issued_on"):
        if facts.get(name):
            must_lie_between(name, facts[name], person.born_from, today)
    if facts.get("issued_on") and not (facts.get("number") and facts.get("valid_until")):
        raise ValidationError({"valid_until": _("An issued document has a number and a last day.")})
    if facts.get("issued_on") and facts["valid_until"] <= facts["issued_on"]:
        raise ValidationError({"valid_until": _("It would end before it was issued.")})
    with happening(person, "record_travel_document", by=by, person=person) as event:
        _may_ask_the_consulate(person, facts.get("asked_on"))
        paper = TravelDocument.objects.filter(person=person).first()
        if paper is None:
            return TravelDocument.objects.create(person=person, **facts)
        apply_changes(paper, facts, event)
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
    must_lie_between("examined_on", facts["examined_on"], person.born_from, today_at(person.case.organisation))
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
        shared = _ensure_journey_ahead(case)
        shut = [gate for gate in (concern_gate(case), country_gate(case)) if not gate.is_met]
        if to_travel(case) and shut:
            raise Missing(shut)
        version = 1 + max(case.itineraries.values_list("version", flat=True), default=0)
        if version > 1 and not why_changed.strip():
            raise ValidationError({"why_changed": _("Say why the journey changes; the partner reads it.")})
        for person in case.people.filter(tries_again=True):
            move(person, PersonStatus.TAKING_PART, tries_again=False)
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
        about = {"key": f"travel:{itinerary.pk}", "reference": case.reference, "version": version}
        for user in partner_users(shared, with_coordinators=version > 1):
            tell(user, "travel_booked", **about)
        if version > 1 and case.owner_id != by.pk:
            tell(case.owner, "travel_changed", **about)
    return itinerary


def cancel_travel(case: Case, *, by: User, note: str) -> None:
    """The journey will not take place and no other is booked yet: the partner is told, nobody departs by it."""
    with happening(case, "cancel_travel", by=by, note=note) as event:
        shared, journey = _ensure_journey_ahead(case), case.journey
        if journey is None:
            raise StepNotAllowed(_("No journey is booked now."))
        if not note.strip():
            raise ValidationError({"note": _("Say why the journey changes; the partner reads it.")})
        journey.cancelled_at, journey.why_cancelled = timezone.now(), note
        journey.save()
        event.subject = str(journey)
        concerned = [*partner_users(shared, with_coordinators=True), *([case.owner] if case.owner_id != by.pk else [])]
        for user in concerned:
            tell(user, "travel_cancelled", key=f"travel-cancelled:{journey.pk}", reference=case.reference)


def _ensure_journey_ahead(case: Case) -> SharedCase:
    """The accepted share of a case in which somebody is still to travel or to arrive."""
    shared = case.shared
    if case.stage not in JOURNEYS or not shared or not shared.is_accepted:
        raise StepNotAllowed(_("Travel is booked after the partner has accepted the hand-over."))
    if not to_travel(case) and not on_the_way(case):
        raise StepNotAllowed(_("Everybody who means to travel has arrived."))
    return shared


def acknowledge_travel(shared: SharedCase, *, by: User) -> None:
    """The partner has seen the latest version of the journey."""
    with happening(shared, "acknowledge_travel", by=by):
        journey = shared.journey
        if journey is None or journey.acknowledged_at:
            raise StepNotAllowed(_("There is no newer journey to acknowledge."))
        journey.acknowledged_at, journey.acknowledged_by = timezone.now(), by
        journey.save()
