"""The plan on paper: what the returnee signs and keeps, in a language they read.

What the paper holds is what the one who prints it may see: a partner's paper is made from the partner's copy. Left out
by rule: do-no-harm answers, needs, contacts, notes, and whatever one adult said alone (docs: decisions).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.templatetags.page import script_of
from cases import paper
from cases.calendars import today_at
from cases.jobs import ask
from cases.models import Job, Person, SharedPerson
from cases.statuses import STILL_IN
from cases.transitions import happening

from .models import Dimension, Plan

LANGUAGES = [code for code, _name in settings.DOCUMENT_LANGUAGES]
TYPED_DIRECTION = {True: "rtl", False: "ltr"}


def print_plan(plan: Plan, *, by: User, language: str) -> Job:
    """Ask for the plan as PDF. Raises ValidationError for a language we have no words in."""
    if language not in LANGUAGES:
        raise ValidationError({"language": _("Choose one of the languages shown.")})
    with happening(plan, "print_plan", by=by, note=language):
        shared = plan.shared if by.is_partner else None
        return ask("plan_pdf", by=by, shared=shared, plan=plan.pk, language=language)


def plan_pdf(plan: Plan, *, by: User, language: str) -> bytes:
    """The PDF of a plan as `by` sees it; labels and fixed words in `language`, typed words as they were typed."""
    with translation.override(language):
        html = plan_html(plan, by=by)
    pictures = {"code.svg": paper.svg_of_code(plan.reference_of_case)}
    if plan.signed_how == "drawn" and (drawn := paper.svg_of_strokes(plan.signature)):
        pictures["signature.svg"] = drawn
    return paper.pdf(html, css="plan.pdf.css", pictures=pictures)


def plan_html(plan: Plan, *, by: User) -> str:
    """The page of a plan in the active language."""
    today = today_at(plan.organisation)
    activities = list(plan.activities.all())
    side = plan.shared or plan.case
    context = {
        "plan": plan,
        "reference": plan.reference_of_case,
        "programme": side.programme,
        "agency": plan.organisation,
        "partner": plan.partner,
        "country": side.return_country,
        "place": side.return_place,
        "people": [_member(person, today) for person in _family(plan, by)],
        "goals": [(label, typed(words)) for _d, label, words in plan.goals() if words.strip()],
        "factors": typed(plan.structural_factors),
        "why_amended": typed(plan.why_amended),
        "parts": [part for part in (_part(d, activities) for d in Dimension) if part["activities"]],
        "total": sum(activity.cost for activity in activities),
        "has_drawing": plan.signed_how == "drawn" and paper.svg_of_strokes(plan.signature) is not None,
        "today": today,
        "made_at": timezone.now(),
        "product": settings.PRODUCT_NAME,
        **paper.PAGES,
    }
    return render_to_string("reintegration/plan.pdf.html", context)


def typed(words: str) -> list[tuple[str, str]]:
    """Paragraphs of typed text, each with its own reading direction."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return [(TYPED_DIRECTION[bool(script_of(line))], line) for line in lines]


def _family(plan: Plan, by: User):
    """Those still taking part, from the side of the one who prints."""
    if by.is_partner:
        people = SharedPerson.objects.visible_to(by).filter(shared=plan.shared_id)
    else:
        people = Person.objects.visible_to(by).filter(case=plan.case_id)
    return people.filter(status__in=STILL_IN).order_by("number")


def _member(person, today) -> dict:
    return {"person": person, "age": person.age(today), "relation": person.get_relation_display()}


def _part(dimension, activities) -> dict:
    mine = [activity for activity in activities if activity.dimension == dimension]
    return {"label": dimension.label, "activities": mine, "sum": sum(activity.cost for activity in mine)}
