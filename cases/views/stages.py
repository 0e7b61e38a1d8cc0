"""The pages of two parts of the way: screening and decision, and the journey from the hand-over to the arrival."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from accounts.people import at_hand

from ..acting import acts_on
from ..family import children
from ..leaving import screened_in, suspension
from ..models import Decision, Itinerary, SharedPerson, TravelDocument
from .frame import page_of_case

DECISION_ACTS = ("ask_decision", "record_outside_decision", "edit_case")
JOURNEY_ACTS = (
    "send_handover", "book_travel", "record_departure", "confirm_departure", "record_no_departure", "cancel_travel",
    "end_sharing", "acknowledge_travel", "confirm_arrival",
)  # fmt: skip


@login_required
def decision(request, reference):
    """What the decision rests on, who asked for it, who took it and why, with how to complain; the agency's alone."""
    record, context = page_of_case(request, reference, "decision")
    if not context["is_host"]:
        raise Http404
    user, screened, minors = request.user, screened_in(record), children(record)
    decisions = Decision.objects.visible_to(user).filter(case=record).select_related("asked_by", "decided_by")
    at_hand(record, decisions=decisions)
    context |= {
        "decisions": record.decisions.all(),
        "may_decide": user.may("decide_case"),
        "may_correct": user.may("correct_fact"),
        "people": [(person, person.pk in screened, person in minors) for person in record.people.all() if person.is_in],
        "suspension": suspension(record),
        "acts": acts_on(record, user, *DECISION_ACTS),
    }
    return render(request, "cases/decision.html", context)


@login_required
def journey(request, reference):
    """Hand-over, papers, every version of the journey, who left and who arrived; a partner reads its own part."""
    record, context = page_of_case(request, reference, "journey")
    user = request.user
    versions = Itinerary.objects.visible_to(user).filter(case=record.case_id if user.is_partner else record.pk)
    context |= {
        "versions": list(versions.select_related("organisation", "partner", "booked_by")),
        "acts": acts_on(record, user, *JOURNEY_ACTS),
    }
    if context["is_host"]:
        papers = {
            paper.person_id: paper for paper in TravelDocument.objects.visible_to(user).filter(person__case=record)
        }
        context["people"] = [(person, papers.get(person.pk)) for person in record.people.all()]
        context["shares"] = record.shares.all()
    else:
        people = SharedPerson.objects.visible_to(user).filter(shared=record)
        context["people"] = [(person, None) for person in people]
        context["shares"] = [record]
    return render(request, "cases/journey.html", context)
