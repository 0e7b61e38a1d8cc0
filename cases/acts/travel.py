"""Papers, journey, departure, arrival, and those who come by themselves."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import forms, lifecycle
from ..acting import act
from ..family import on_the_way, to_travel
from ..statuses import JOURNEYS, PersonStatus
from ..targets import CASE, PERSON, SHARED, WALK_IN, WALK_INS
from .when import at

has_journeys = at(*JOURNEYS)


def _may_have_arrived(copy, shared) -> bool:
    expected = copy.status == PersonStatus.TAKING_PART and shared.journey is not None
    return expected or copy.status == PersonStatus.DEPARTED


act(
    "record_travel_document",
    does=lifecycle.record_travel_document,
    on=PERSON,
    asks=forms.TravelDocumentForm,
    icon="passport",
    title=_("Travel document"),
    button=_("Save"),
    told=_("Travel document recorded"),
)
act(
    "record_fit_to_travel",
    does=lifecycle.record_fit_to_travel,
    on=PERSON,
    asks=forms.FitToTravelForm,
    icon="heart-pulse",
    title=_("Fit-to-travel certificate"),
    button=_("Save"),
    told=_("Fit-to-travel certificate recorded"),
)
act(
    "book_travel",
    does=lifecycle.book_travel,
    on=CASE,
    asks=forms.BookTravelForm,
    icon="airplane",
    when=lambda c: has_journeys(c) and bool(to_travel(c) or on_the_way(c)) and c.shared is not None,
    title=_("Book or change the journey"),
    button=_("Save and tell the partner"),
    told=_("Journey booked"),
    lead=_("Each change is a new version; the partner acknowledges it and papers are checked again."),
)
act(
    "cancel_travel",
    does=lifecycle.cancel_travel,
    on=CASE,
    asks=forms.ReasonForm,
    icon="x-circle",
    when=lambda c: has_journeys(c) and bool(to_travel(c) or on_the_way(c)) and c.journey is not None,
    title=_("The journey is cancelled"),
    button=_("Save and tell the partner"),
    told=_("Journey cancelled"),
    lead=_("For a journey that will not take place while no other is booked. Nobody departs until a new one is."),
)
act(
    "acknowledge_travel",
    does=lifecycle.acknowledge_travel,
    on=SHARED,
    icon="check-circle",
    template="cases/acknowledge.html",
    when=lambda s: s.journey is not None and s.journey.acknowledged_at is None,
    title=_("Acknowledge the journey"),
    button=_("We have seen it"),
    told=_("Journey acknowledged"),
)
act(
    "record_departure",
    does=lifecycle.record_departure,
    on=CASE,
    asks=forms.DepartureForm,
    icon="airplane",
    when=lambda c: has_journeys(c) and bool(to_travel(c)) and c.journey is not None,
    title=_("Record the departure"),
    button=_("Departed"),
    told=_("Departed"),
)
act(
    "record_no_departure",
    does=lifecycle.record_no_departure,
    on=CASE,
    asks=forms.NoDepartureForm,
    icon="x-circle",
    when=lambda c: has_journeys(c) and bool(on_the_way(c) or to_travel(c) and c.journey),
    title=_("Did not depart"),
    button=_("Save"),
    told=_("Did not depart"),
)
act(
    "confirm_departure",
    does=lifecycle.confirm_departure,
    on=CASE,
    asks=forms.DepartureConfirmedForm,
    icon="check-circle",
    when=lambda c: has_journeys(c) and bool(on_the_way(c)),
    title=_("They did leave"),
    button=_("They did leave"),
    told=_("Departure confirmed"),
    lead=_("You are asked again after 30 days if by then nobody has met them."),
)
act(
    "confirm_arrival",
    does=lifecycle.confirm_arrival,
    on=SHARED,
    asks=forms.ArrivalForm,
    icon="geo-alt",
    when=lambda s: s.is_accepted and any(_may_have_arrived(copy, s) for copy in s.people.all()),
    title=_("Confirm the arrival"),
    button=_("They have arrived"),
    told=_("Arrival confirmed"),
)
act(
    "register_walk_in",
    does=lifecycle.register_walk_in,
    on=WALK_INS,
    asks=forms.WalkInForm,
    icon="person-plus",
    title=_("Somebody came without a case"),
    button=_("Ask the host agency"),
    told=_("Host agency asked"),
    leads_to=lambda record, result: "/arrivals/",
    lead=_("Ask the agency in the country they returned from. It answers within 7 days; silence never means no."),
)
act(
    "answer_walk_in",
    does=lifecycle.answer_walk_in,
    on=WALK_IN,
    asks=forms.AnswerWalkInForm,
    icon="person-check",
    template="cases/walk_in.html",
    title=_("A returnee stands before the partner"),
    button=pgettext_lazy("button", "Answer"),
    told=_("Walk-in answered"),
    leads_to=lambda record, case: case.get_absolute_url() if case else "/",
)
