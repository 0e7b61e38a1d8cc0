"""What people and programs read when something could not be done: never a traceback, always the next step.

Forbidden and not there look alike (404): existence is also information. A stale step is 409, with words.
"""

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Invalid
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts.drafts import may_be_kept
from cases.acting import ACTS
from cases.transitions import StepNotAllowed

API, HTML, PROBLEM, NUL = "/api/", "text/html", "application/problem+json", "\x00"


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
            return server_error(request, status=503)
        return None


def server_error(request, status=500) -> HttpResponse:
    """handler500, which asks nothing of what may just have failed: no database, no frame; only the language."""
    return HttpResponse(render_to_string("500.html", {"request_id": getattr(request, "id", "")}), status=status)


def bad_request(request, exception=None) -> HttpResponse:
    """handler400: the same for what no browser sends by itself; it may come before anybody is known."""
    return HttpResponse(render_to_string("400.html", {"request_id": getattr(request, "id", "")}), status=400)


def csrf_failure(request, reason="") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form is older than the last sign-in, or not ours. What was typed is shown, to copy."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    own = (None, f"{request.scheme}://{request.get_host()}")
    from_us = (
        request.headers.get("Origin") in own and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
    context = {"typed": _typed(request) if from_us else [], "back": came_from if is_ours else "/"}
    return render(request, "403_csrf.html", context, status=403)


def _typed(request) -> list[tuple[str, str]]:
    """(label, words) of what was sent, in the words of the form where we know it; never what a draft may not keep."""
    one = ACTS.get(request.resolver_match.view_name if request.resolver_match else "")
    fields = one.asks.base_fields if one else {}
    return [
        (fields[name].label if name in fields else name.replace("_", " ").capitalize(), ", ".join(filter(None, values)))
        for name, values in request.POST.lists()
        if may_be_kept(name) and any(values)
    ]


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
