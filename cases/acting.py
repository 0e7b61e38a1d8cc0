"""How a verb reaches the web: one declaration (Act) gives its page, its API address, its words in menu and story.

Every page of a verb behaves alike, because it is the same code: wrong role or foreign record is «not there»; what was
typed is kept as a draft on the server and comes back; sending a form twice does the thing once; a stale page is told
what happened meanwhile and keeps what was typed; an error stands beside its field.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from accounts.models import Draft, Posting
from accounts.posting import led_to, mark_of, new_mark

from .forms import ActForm
from .rest import may_happen
from .transitions import StepNotAllowed

Words = str | Promise


@dataclass(frozen=True)
class Target:
    """What a verb is done to: its address, how it is fetched through `visible_to`, and the parts of its address."""

    path: str
    fetch: Callable
    where: Callable

    @cached_property
    def pattern(self) -> str:
        """The path to be filled in: reversing an address costs a page with twenty of them a tenth of its time."""
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.path)

    def address(self, verb: str, record) -> str:
        return f"/{self.pattern.format(**self.where(record))}{verb}/"


@dataclass(frozen=True)
class Act:
    """One verb on the web. `told` is its line in the story; `when` says whether it makes sense now (for menus only)."""

    verb: str
    does: Callable
    on: Target
    title: Words
    button: Words
    told: Words
    asks: type[ActForm] = ActForm
    lead: Words = ""
    consequence: Words = ""
    tone: str = ""
    icon: str = ""
    template: str = "act.html"
    when: Callable = lambda record: True
    leads_to: Callable | None = None

    def address(self, record) -> str:
        return self.on.address(self.verb, record)

    @property
    def has_file(self) -> bool:
        return any(isinstance(field, forms.FileField) for field in self.asks.base_fields.values())


ACTS: dict[str, Act] = {}


def act(verb: str, **facts) -> Act:
    """Declare the act of a verb; a second declaration is a programming error."""
    assert verb not in ACTS, f"{verb} is declared twice"
    ACTS[verb] = Act(verb, **facts)
    return ACTS[verb]


def acts_on(record, user, *verbs: str) -> list[tuple[Act, str]]:
    """Those of `verbs` that this user may do and that make sense now, each with its address."""
    file = file_of(record, user)
    found = [ACTS[verb] for verb in verbs if verb in ACTS and user.may(verb) and may_happen(file, verb)]
    return [(one, one.address(record)) for one in found if one.when(record)]


def file_of(record, user):
    """The case a record belongs to; for a partner its own side of it, never the host's table."""
    return (getattr(record, "shared", record) if user.is_partner else None) or record.case


def way_to(gate, case, user) -> tuple[str, str]:
    """(address, words) of the act that passes a gate; empty where there is none for this user."""
    if not gate.act or gate.is_met or not user.may(gate.act):
        return "", ""
    one, anchor = ACTS[gate.act], f"#id_{gate.field}" if gate.field else ""
    if gate.number is None:
        return one.address(case) + anchor, str(one.title)
    person = next((p for p in case.people.all() if p.number == gate.number), None)
    return (one.address(person) + anchor, str(one.title)) if person and "people" in one.on.path else ("", "")


def urls_of(acts) -> list:
    """The addresses of all verbs of an app, given its `acts` module."""
    app = acts.__name__.partition(".")[0]
    mine = [one for one in ACTS.values() if one.does.__module__.partition(".")[0] == app]
    return [path(f"{one.on.path}{one.verb}/", page_of(one), name=one.verb) for one in mine]


def page_of(one: Act):
    """The view of an act: fetch what is visible, ask, do, tell, lead on."""

    @login_required
    def view(request, **where):
        request.user.must(one.verb)
        if earlier := led_to(request):
            return redirect(earlier)
        record = one.on.fetch(request.user, **where)
        if request.method != "POST":
            return _ask(request, one, record)
        form = one.asks(request.POST, request.FILES, record=record, user=request.user)
        if form.is_valid():
            try:
                return _do(request, one, record, form)
            except StepNotAllowed as stale:
                return _conflict(request, one, record, form, stale)
            except ValidationError as problem:
                form.take_errors(problem)
            except IntegrityError as refusal:
                form.add_error(None, words_of_refusal(refusal))
        return _render(request, one, record, form, status=422)

    return view


def perform(one: Act, record, user, facts: dict, mark: uuid.UUID | None = None) -> str:
    """Carry out an act, for page and API alike; returns the address it leads to.

    With a `mark` the same sending is carried out once, however often and however fast it comes: the later ones wait for
    the first and lead where it led. Raises what the verb raises, with nothing half done.
    """
    with transaction.atomic():
        if mark:
            Posting.objects.bulk_create([Posting(mark=mark, by=user, led_to="")], ignore_conflicts=True)
            posting = Posting.objects.select_for_update().get(pk=mark)
            if posting.led_to:
                return posting.led_to if posting.by_id == user.pk else "/"
        result = one.does(record, by=user, **facts) if record is not None else one.does(by=user, **facts)
        goal = one.leads_to(record, result) if one.leads_to else record.get_absolute_url()
        if mark:
            Posting.objects.filter(pk=mark).update(led_to=goal)
    return goal


def _ask(request, one: Act, record) -> HttpResponse:
    drafts = Draft.objects.visible_to(request.user).filter(path=request.path)
    if "fresh" in request.GET:
        drafts.delete()
        return redirect(request.path)
    draft = drafts.first()
    form = one.asks(record=record, user=request.user)
    if draft:
        form.restore(_query(draft.fields))
    return _render(request, one, record, form, draft_saved_at=draft and draft.saved_at)


def _do(request, one: Act, record, form) -> HttpResponse:
    with transaction.atomic():
        goal = perform(one, record, request.user, form.facts(), mark_of(request))
        Draft.objects.visible_to(request.user).filter(path=request.path).delete()
    messages.success(request, one.told)
    return redirect(goal)


def _render(request, one: Act, record, form, status=200, **more) -> HttpResponse:
    context = {
        "act": one,
        "form": form,
        "record": record,
        "today": timezone.localdate(),
        "subject": form.subject(),
        "back_url": form.back_url(),
        **form.context(),
        "mark": new_mark(request),
        **more,
    }
    return render(request, one.template, context, status=status)


def _conflict(request, one: Act, record, form, stale) -> HttpResponse:
    """409: what stands in the way with the way there, and what was typed, to copy or send again (the draft stays)."""
    gates = getattr(stale, "open_gates", ())
    ways = [(gate, *way_to(gate, file_of(record, request.user), request.user)) for gate in gates]
    context = {
        "title": one.title,
        "explanation": str(stale),
        "gates": [vars(gate) | {"url": url, "button": button} for gate, url, button in ways],
        "back": form.back_url(),
        "typed": form.typed(),
        "record": record,
    }
    return render(request, "409.html", context, status=409)


def _query(fields: dict) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, values if isinstance(values, list) else [values])
    return query


def words_of_refusal(refusal: IntegrityError) -> str:
    """The database had the last word; which rule it was goes to the log, not to the person."""
    return _("This does not fit what is already recorded, so nothing was saved. Please check the amounts and dates.")


def visible_or_404(queryset, **where):
    return get_object_or_404(queryset, **where)
