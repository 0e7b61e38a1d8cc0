"""Departure and arrival, each person for themselves: the others of the family may have left, stayed or arrived."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell

from ..calendars import today_at
from ..family import age_day, alone, on_the_way, signers
from ..leaving import departure_gates, signed_in
from ..models import Case, Outcome, Person, SharedCase, SharedPerson
from ..statuses import JOURNEYS, PersonStatus, Stage
from ..transitions import Missing, StepNotAllowed, happening, move
from .ending import go_on_without
from .keeping import take_first_dates


def record_departure(case: Case, *, by: User, people: list[Person], departed_on: date) -> None:
    """These people left on this day. Refused while anything that must be true of them is not (cases.leaving)."""
    if departed_on > today_at(case.organisation):
        raise ValidationError({"departed_on": _("A departure is recorded on the day or after it.")})
    with happening(case, "record_departure", by=by) as event:
        journey = case.journey
        if case.stage not in JOURNEYS or journey is None:
            raise StepNotAllowed(_("A departure follows a booked journey."))
        leaving = _adults_first(case, people)
        if not leaving:
            raise ValidationError({"people": _("Choose who departed.")})
        if case.applied_on and departed_on < case.applied_on:
            raise ValidationError({"departed_on": _("This is before the application on %s.") % case.applied_on})
        arrives_on = max(departed_on, journey.arrives_on)
        if still := [gate for gate in departure_gates(case, leaving, arrives_on) if not gate.is_met]:
            raise Missing(still)
        for person in leaving:
            move(person, PersonStatus.DEPARTED, departed_on=departed_on, tries_again=False)
        take_first_dates(case)
        if case.stage == Stage.PREPARING:
            move(case, Stage.TRAVELLING)
        event.note = ", ".join(str(number) for number in sorted(person.number for person in leaving))


def record_no_departure(case: Case, *, by: User, people: list[Person], note: str, try_again: bool) -> None:
    """These people did not leave. With nobody away and no new try, the case closes and its budget is free."""
    with happening(case, "record_no_departure", by=by, note=note):
        if case.stage not in JOURNEYS:
            raise StepNotAllowed(_("This belongs to the time of travel."))
        if not people:
            raise ValidationError({"people": _("Choose who did not depart.")})
        for person in case.people.filter(pk__in=[p.pk for p in people]):
            move(
                person,
                PersonStatus.NOT_DEPARTED,
                departed_on=None,
                departure_confirmed_on=None,
                tries_again=try_again,
            )
        take_first_dates(case)
        go_on_without(case, Outcome.NOT_DEPARTED)


def confirm_departure(case: Case, *, by: User, people: list[Person], note: str) -> None:
    """«Did they leave?» Yes, and this is how we know. The question comes again when still nobody has met them."""
    with happening(case, "confirm_departure", by=by, note=note):
        away = {person.pk: person for person in on_the_way(case)}
        if not case.is_open or not away:
            raise StepNotAllowed(_("Nobody is on the way in this case."))
        if not people or any(person.pk not in away for person in people):
            raise ValidationError({"people": _("Choose who left.")})
        if not note.strip():
            raise ValidationError({"note": _("Say how you know it.")})
        for person in people:
            away[person.pk].departure_confirmed_on = today_at(case.organisation)
            away[person.pk].save(update_fields=["departure_confirmed_on"])


def confirm_arrival(shared: SharedCase, *, by: User, people: list[SharedPerson], arrived_on: date) -> None:
    """The partner met these people. Reintegration begins with the first arrival; a forgotten departure is filled in."""
    if arrived_on > today_at(by.organisation):
        raise ValidationError({"arrived_on": _("An arrival is confirmed on the day or after it.")})
    with happening(shared, "confirm_arrival", by=by):
        case = shared.case
        chosen = _adults_first(case, [copy.person for copy in people])
        if not shared.is_accepted or not chosen:
            raise StepNotAllowed(_("Nobody is on the way in this case."))
        _fill_in_departures(shared, chosen, arrived_on)
        for person in chosen:
            if person.departed_on and arrived_on < person.departed_on:
                raise ValidationError({"arrived_on": _("This is before the departure on %s.") % person.departed_on})
            move(person, PersonStatus.ARRIVED, arrived_on=arrived_on)
        take_first_dates(case)
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


def _fill_in_departures(shared: SharedCase, arrived: list[Person], arrived_on: date) -> None:
    """Who stands before the partner has left, by the journey that was booked; what is unclear the host records."""
    case, journey = shared.case, shared.journey
    forgotten = [person for person in arrived if person.status == PersonStatus.TAKING_PART]
    if not forgotten:
        return
    signed = signed_in(case)
    unclear = alone(case, forgotten) or [person for person in signers(case, forgotten) if person.pk not in signed]
    if journey is None or unclear:
        raise StepNotAllowed(_("The host agency records this departure first."))
    for person in forgotten:
        move(person, PersonStatus.DEPARTED, departed_on=min(journey.departs_on, arrived_on))


def _adults_first(case: Case, people: list[Person]) -> list[Person]:
    """Those of `people` that are of this case, so that no child is recorded before the adult it travels with."""
    day = age_day(case)
    return sorted(case.people.filter(pk__in=[p.pk for p in people]), key=lambda person: person.is_minor(day))
