"""The list of cases, one case, its story, its people."""

from operator import attrgetter

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people import at_hand, by_pk, fill_in
from accounts.views.asking import typed

from ..acting import ACTS, acts_on, way_to
from ..calendars import today_at
from ..family import adults
from ..filters import CaseFilter
from ..gates import gate_title, wishing_otherwise
from ..lifecycle import see_handover
from ..listing import lines
from ..models import Case, Event, Work
from ..paging import keyset
from ..targets import case_of
from ..worklist import earliest, row_of
from .frame import frame, page_of_case

PAGE = 25
STORY = 30
NEXT_ACTS = (
    "start_counselling",
    "apply_for_return",
    "start_screening",
    "ask_decision",
    "send_handover",
    "record_departure",
    "book_travel",
    "confirm_departure",
    "resume_case",
    "reopen_case",
    "record_counselling",
    "record_outside_decision",
    "record_no_departure",
    "cancel_travel",
)
OTHER_ACTS = (
    "add_person",
    "edit_case",
    "add_task",
    "add_document",
    "withdraw",
    "assign_case",
    "hold_case",
    "end_sharing",
    "close_case",
)
PERSON_ACTS = (
    "edit_person", "record_consent", "sign_declaration", "record_screening", "raise_concern", "record_child_decision",
    "record_travel_document", "record_fit_to_travel", "rejoin", "correct_fact",
)  # fmt: skip


@login_required
def case_list(request):
    """The cases of the agency; a partner's list is of what was shared, a manager's is coded."""
    user = request.user
    if user.is_partner:
        from .partner import shared_list

        return shared_list(request)
    if not user.may("see_case"):
        return coded_list(request)
    today = today_at(user.organisation)
    chosen = request.GET.copy()
    if not chosen:
        chosen["stage"], chosen["owner"] = "open", user.pk
    found = CaseFilter(chosen, Case.objects.visible_to(user), request=request)
    page = keyset(found.qs.for_list(), request.GET.get("after"), PAGE, by="next_due_on")
    template = "cases/case_list.html#rows" if request.htmx else "cases/case_list.html"
    context = {
        "filter": found,
        "rows": lines(page.rows, user, today),
        "chosen": chips(found),
        "views": views(user),
    }
    return render(request, template, context | {"next": page.address(request)})


def coded_list(request):
    """For managers and finance: references and codes, never a name."""
    cases = Case.objects.countable_by(request.user)
    if not request.user.may("see_reports"):
        raise PermissionDenied
    if stage := request.GET.get("stage"):
        cases = cases.filter(stage=stage)
    page = keyset(cases, request.GET.get("after"), PAGE, by="next_due_on")
    today = today_at(request.user.organisation)
    works = Work.objects.countable_by(request.user).open().filter(case__in=page.rows)
    waiting = earliest(works, today, request.user, by="case_id")
    rows = [(one, waiting.get(one.pk)) for one in page.rows]
    return render(request, "cases/coded_list.html", {"rows": rows, "next": page.address(request)})


@login_required
def case(request, reference):
    record = case_of(request.user, reference)
    if not isinstance(record, Case):
        from .partner import shared_case

        see_handover(record, by=request.user)
        return shared_case(request, record)
    user, today = request.user, today_at(request.user.organisation)
    works = sorted(Work.objects.visible_to(user).open().filter(case=record).order_by(), key=attrgetter("due_on", "pk"))
    events = list(Event.objects.visible_to(user).filter(case=record).for_everybody()[:6])
    shared = record.shared
    if shared:
        at_hand(shared, itineraries=shared.itineraries.all())
    at_hand(record, decisions=record.decisions.all())
    decision = next(iter(record.decisions.all()), None)
    decided = [decision] if decision else []
    fill_in(([record], "owner"), (works, "for_user"), (events, "by"), (decided, "asked_by"), (decided, "decided_by"))
    context = frame(request, record, "case")
    found = context["found_gates"]
    context |= {
        "today": today,
        "people": list(record.people.all()),
        "gates": [(gate, *way_to(gate, record, user)) for gate in found],
        "gate_title": gate_title(record),
        "next_acts": acts_on(record, user, *NEXT_ACTS),
        "is_ready": all(gate.is_met or gate.restricted for gate in found),
        "other_acts": acts_on(record, user, *OTHER_ACTS),
        "decide": decision if decision and decision.status == "asked" and user.may("decide_case") else None,
        "decision": decision,
        "work": [row_of(_known(work, record), today, user) for work in works],
        "events": events,
        "itinerary": _journey(shared),
        "shares": record.shares.all(),
    }
    return render(request, "cases/case.html", context)


def _known(work, record):
    """The work with its case and share, which are at hand already."""
    work.case, work.shared = record, _share(record, work.shared_id)
    if work.shared:
        work.partner = work.shared.partner
    return work


def _share(record, pk):
    return next((share for share in record.shares.all() if share.pk == pk), None)


def _journey(shared):
    """The newest journey of the live share, if any, also if it was cancelled."""
    journey = next(iter(shared.itineraries.all()), None) if shared else None
    if journey:
        journey.partner = shared.partner
    return journey


@login_required
def story(request, reference):
    record, context = page_of_case(request, reference, "story")
    events = Event.objects.visible_to(request.user)
    events = events.filter(case=record) if context["is_host"] else events.filter(shared=record)
    if request.GET.get("only") == "decisions":
        events = events.filter(verb__in=["decide_case", "record_outside_decision", "approve_plan", "approve_grant"])
    page = keyset(events.for_everybody().select_related("by", "person"), request.GET.get("after"), STORY, by="-at")
    return render(request, "cases/story.html", context | {"page": page, "next": page.address(request)})


@login_required
def person(request, reference, number):
    request.user.must("see_case")
    case = case_of(request.user, reference)
    found = next((person for person in case.people.all() if person.number == number), None)
    if found is None:
        raise Http404
    consents = found.consents.select_related("text", "partner", "by")
    private = Event.objects.visible_to(request.user).filter(case=case, private_to=found).select_related("by")
    context = frame(request, case, "") | {
        "person": found,
        "acts": acts_on(found, request.user, *PERSON_ACTS),
        "consents": consents,
        "declarations": found.declarations.select_related("text", "by"),
        "screenings": found.screenings.select_related("by"),
        "talks": found.talks_alone.for_page(),
        "needs_talk": len(adults(case)) > 1 and found in wishing_otherwise(case),
        "own_papers": found.own_papers.select_related("by"),
        "concerns": found.concerns.visible_to(request.user).select_related("reviewer", "raised_by"),
        "paper": getattr(found, "travel_document", None),
        "fitness": found.fitness.select_related("by"),
        "child_decisions": found.child_decisions.all(),
        "private": private[:20],
        "may_correct": request.user.may("correct_fact"),
        "today": today_at(request.user.organisation),
    }
    return render(request, "cases/person.html", context)


@login_required
def history(request, reference):
    """Proof: what the database itself kept of every change of state (pghistory), by whom and by which verb."""
    record, context = page_of_case(request, reference, "history")
    if not context["is_host"]:
        raise Http404
    rows = list(record.history.select_related("pgh_context").order_by("-pgh_id")[:200])
    return render(request, "cases/history.html", context | {"lines": _told(rows)})


def _told(rows) -> list[tuple]:
    """(row, what was done in words, who did it) of history rows; what came in without a verb says just that."""
    done = [row.pgh_context.metadata if row.pgh_context else {} for row in rows]
    people = by_pk({facts["user"] for facts in done if "user" in facts})
    return [
        (
            row,
            ACTS[facts["verb"]].told if facts.get("verb") in ACTS else _("Outside the pages"),
            people.get(facts.get("user")),
        )
        for row, facts in zip(rows, done, strict=True)
    ]


@login_required
def search(request):
    """From anywhere: a reference leads straight to its case, anything else to the list."""
    text = typed(request, "q")
    if not text:
        return render(request, "cases/search.html", {})
    found = Case.objects.visible_to(request.user).filter(reference=text.upper()).first()
    return redirect(found.get_absolute_url() if found else f"/cases/?q={_quoted(text)}&stage=")


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)


def chips(found) -> list[tuple[str, str, str]]:
    """(label, value in words, address without it) for each filter in use."""
    form, rows = found.form, []
    for name, value in form.cleaned_data.items() if form.is_valid() else ():
        if value in (None, "", []):
            continue
        field = form.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, value) if not hasattr(value, "pk") else value
        rest = found.data.copy()
        rest[name] = ""
        rest.pop("after", None)
        rows.append((field.label, words, f"?{rest.urlencode()}"))
    return rows


def views(user) -> list[tuple[str, str]]:
    """Saved views: (words, address)."""
    mine = [(_("My open cases"), f"?stage=open&owner={user.pk}")]
    if user.office_id:
        mine.append((user.office.name, f"?stage=open&office={user.office_id}"))
    return [
        *mine,
        (_("Waiting over 5 days"), "?stage=open&waiting=5"),
        (_("All open cases"), "?stage=open"),
    ]
