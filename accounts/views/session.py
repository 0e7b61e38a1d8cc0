"""What the open page asks of the server while someone works: keep a draft, stay signed in, language, colours."""

import json
import time

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from ..context import THEMES
from ..drafts import LIMIT, drop_draft, keep_draft
from ..people import speak

A_YEAR = 365 * 24 * 3600


@login_required
@require_http_methods(["POST", "DELETE"])
def save_draft(request):
    """POST keeps what is typed at `_path`; DELETE, or POST with `_discard`, throws it away."""
    if len(request.body) > LIMIT:
        return HttpResponse(status=413)
    try:
        path, fields, discard = _sent(request)
        if discard:
            drop_draft(request.user, path)
            return HttpResponse(status=204)
        draft = keep_draft(request.user, path, fields)
    except (ValidationError, ValueError):
        return HttpResponse(status=400)
    return JsonResponse({"saved_at": draft.saved_at})


def _sent(request) -> tuple[str, dict, bool]:
    """Path, fields (name -> list of texts) and whether to discard, from a form or from JSON.

    Raises ValueError for what is neither.
    """
    if request.content_type != "application/json":
        data = request.POST if request.method == "POST" else request.GET
        return data.get("_path", ""), dict(data.lists()), request.method == "DELETE" or "_discard" in data
    sent = json.loads(request.body)
    if not isinstance(sent, dict) or not isinstance(sent.get("path"), str):
        raise ValueError
    fields = sent.get("fields", {})
    if not isinstance(fields, dict):
        raise ValueError
    texts = {name: _texts(value) for name, value in fields.items()}
    return sent["path"], texts, request.method == "DELETE" or bool(sent.get("discard"))


def _texts(value) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise ValueError
    return values


@login_required
@require_POST
def stay(request):
    """«I am still here»: the session begins anew."""
    request.session["seen"] = int(time.time())
    return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE})


@login_required
@require_safe
def seconds_left(request):
    """How long the session lasts if nothing is done; asking does not renew it."""
    passed = int(time.time()) - request.session.get("seen", int(time.time()))
    return JsonResponse({"seconds": max(0, settings.SESSION_COOKIE_AGE - passed)})


@login_required
@require_POST
def set_theme(request):
    """Light, dark, or as the device: a cookie of one word."""
    response = redirect(next_of(request))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


def set_language(request):
    """Django's own switch, which keeps the page; our mails then speak this language, too."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and check_for_language(language):
        speak(request.user, language)
    return django_set_language(request)


def help_page(request):
    """What the words, signs and keys mean."""
    return render(request, "accounts/help.html")


def not_there(request, **parts):
    """A page of a package that this product does not have."""
    raise Http404


def next_of(request) -> str:
    """Where the form wants to lead, if that is a page of ours."""
    goal = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if safe else "/"
