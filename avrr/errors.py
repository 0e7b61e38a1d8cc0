"""What people and programs read when something could not be done: never a traceback, always the next step.

Forbidden and not there look alike (404): existence is also information. A stale step is 409, with words.
"""

import re

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Invalid
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from cases.acting import ACTS
from cases.transitions import StepNotAllowed

API, HTML, PROBLEM, NUL = "/api/", "text/html", "application/problem+json", "\x00"
HIDDEN = re.compile("csrf|password|token|code|secret|key|strokes|signature", re.IGNORECASE)


class ErrorsMiddleware:
    """Turns our own exceptions into pages, and pages of errors into problem details for programs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # No text of ours holds a NUL, and the database refuses it.
        holds_nul = NUL in request.path or "%00" in request.META.get("QUERY_STRING", "")
        response = render(request, "404.html", status=404) if holds_nul else self.get_response(request)
        if request.path.startswith(API) and response.status_code >= 400 and response["Content-Type"].startswith(HTML):
            return JsonResponse(_said(response.status_code, response.reason_phrase), status=response.status_code,
                                content_type=PROBLEM)  # fmt: skip
        return response

    def process_exception(self, request, exception):
        if request.path.startswith(API):
            return None
        if isinstance(exception, PermissionDenied):
            return render(request, "404.html", status=404)
        if isinstance(exception, StepNotAllowed):
            return render(request, "409.html", {"explanation": str(exception), "back": "/"}, status=409)
        if isinstance(exception, OperationalError):
            return fault(request, status=503)
        return None


def fault(request, status=500):
    """The page for a fault of ours, by which the lines of the log are found. Asks nothing of the database."""
    return HttpResponse(render_to_string("500.html", {"request_id": request.id}), status=status)


def not_understood(request, exception):
    """400: what no form of ours sends. Its reason goes to the log."""
    return render(request, "400.html", status=400)


def from_an_old_page(request, reason=""):
    """403: the page was made for an earlier sign-in. What was typed is shown to copy, if it came from our own page."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {
        "title": _("Nothing was saved: this page is from an earlier sign-in"),
        "explanation": _("Open it again and send it once more. What you typed is kept below."),
        "typed": list(_typed(request)) if ours else [],
        "back": request.path,
        "way": _("Open the page again"),
    }
    return render(request, "409.html", context, status=403)


def _typed(request):
    """(label, value) of what was written; secrets, marks and pictures stay out."""
    match = request.resolver_match
    questions = ACTS[match.url_name].asks.base_fields if match and match.url_name in ACTS else {}
    for name, values in request.POST.lists():
        if name.startswith("_") or HIDDEN.search(name):
            continue
        question = questions.get(name)
        if value := ", ".join(filter(None, values)):
            yield (question.label if question and question.label else name.replace("_", " ").capitalize()), value


def problem_json(exception, context):
    """DRF's exception handler: RFC 9457 problem details. Raises nothing; unknown exceptions stay Django's."""
    if isinstance(exception, PermissionDenied | Http404 | exceptions.PermissionDenied | exceptions.NotFound):
        return _problem(404, _("There is nothing here for you."))
    if isinstance(exception, StepNotAllowed):
        return _problem(409, str(exception))
    if isinstance(exception, Invalid):
        fields = exception.message_dict if hasattr(exception, "error_dict") else {"": exception.messages}
        return _problem(400, _("Some answers need another look."), errors=fields)
    if isinstance(exception, IntegrityError):
        return _problem(409, _("This does not fit what is already recorded."))
    response = exception_handler(exception, context)
    if response is None:
        return None
    detail = getattr(exception, "detail", None)
    if isinstance(detail, dict | list):
        return _problem(response.status_code, _("Some answers need another look."), errors=detail)
    problem = _problem(response.status_code, str(detail))
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in response.headers:
            problem[header] = response.headers[header]
    return problem


def _problem(code: int, title: str, **more) -> Response:
    set_rollback()
    return Response(_said(code, title, **more), status=code, content_type=PROBLEM)


def _said(code: int, title: str, **more) -> dict:
    return {"type": "about:blank", "title": title, "status": code, **more}
