"""One page for every simple question of administration: ask, do it once, say so; errors stand beside their field.

Apps above use it, too (programmes, services). Verbs of a case have a page of their own: cases.acting.
"""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..drafts import drop_draft
from ..models import Draft
from ..posting import led_to, new_mark, once


def ask(request, make_form: Callable, *, do: Callable, told, goal: str, shows: str = "", **page):
    """Show the form, or do what it asks for and lead to `goal`, saying `told`.

    `make_form` takes POST data or None. `do` takes the form's facts as keywords. With `shows`, a template, the page is
    that template with `result` instead: for a secret that is seen once. `page` goes to templates/ask.html (title,
    button; if wanted lead, consequence, tone, back_url), or to another `template` that extends it.
    """
    if request.method == "POST":
        if earlier := led_to(request):
            return redirect(earlier)
        form = make_form(request.POST)
        if form.is_valid():
            try:
                result = once(request, goal, lambda: do(**form.cleaned_data))
            except ValidationError as problem:
                take_errors(form, problem)
            except IntegrityError:
                form.add_error(None, _("This does not fit what is already recorded, so nothing was saved."))
            else:
                drop_draft(request.user, request.path)
                return _lead_on(request, result, told, goal, shows, page)
        return _render(request, form, page, goal, status=422)
    form = make_form(None)
    draft = Draft.objects.visible_to(request.user).filter(path=request.path).first()
    if draft and "fresh" in request.GET:
        drop_draft(request.user, request.path)
        return redirect(request.path)
    if draft:
        restore(form, draft.fields)
    return _render(request, form, page, goal, draft_saved_at=draft and draft.saved_at)


def typed(request, name: str) -> str:
    """What stands in the address under `name`, without what no text holds (a NUL would be refused by the database)."""
    return request.GET.get(name, "").replace("\0", "").strip()


def take_errors(form: forms.Form, problem: ValidationError) -> None:
    """Put what a verb or model complains about beside the fields it names; unknown names go on top."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def restore(form: forms.Form, fields: dict) -> None:
    """Show what was typed before, without judging it."""
    typed = QueryDict(mutable=True)
    for name, values in fields.items():
        typed.setlist(name, values)
    for name, field in form.fields.items():
        if not field.widget.value_omitted_from_data(typed, {}, name):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, name)


def _lead_on(request, result, told, goal, shows, page):
    if shows and result is not None:
        return render(request, shows, {"result": result, "told": told, "goal": goal, **page})
    messages.success(request, told)
    return redirect(goal)


def _render(request, form, page, goal, status=200, **more):
    context = {"form": form, "mark": new_mark(request), "back_url": goal, **page, **more}
    return render(request, context.pop("template", "ask.html"), context, status=status)
