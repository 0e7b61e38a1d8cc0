"""What an auditor reads: who did what when to which reference, and whose access changed. Never a word of content."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AccountEvent
from accounts.roles import MAY
from accounts.views.asking import typed

from ..acting import ACTS
from ..models import Event
from ..paging import keyset

PAGE = 50
ACCESS_VERBS = {
    "invite_user": gettext_lazy("Invited somebody"),
    "withdraw_invitation": gettext_lazy("Withdrew an invitation"),
    "accept_invitation": gettext_lazy("Came in by an invitation"),
    "end_access": gettext_lazy("Ended an access"),
    "reset_second_factor": gettext_lazy("Removed sign-in codes"),
    "name_deputy": gettext_lazy("Named a deputy"),
    "come_back": gettext_lazy("Came back from an absence"),
    "give_token": gettext_lazy("Arranged a key for a program"),
    "collect_token": gettext_lazy("Collected a key for a program"),
    "end_token": gettext_lazy("Ended a key of a program"),
    "keep_organisation": gettext_lazy("Changed an organisation"),
    "keep_programme": gettext_lazy("Changed a programme or donor line"),
    "suspend_country": gettext_lazy("Changed a suspension of a country"),
    "keep_service": gettext_lazy("Changed a service"),
}


@login_required
def audit_list(request):
    """What was done to cases."""
    request.user.must("read_audit")
    found = Event.objects.auditable_by(request.user).select_related("by__organisation", "case")
    found = found.only("verb", "at", "concern", "by__name", "by__organisation__name", "case__reference")
    verbs = sorted(((verb, case_words(verb)) for verb in MAY if verb in ACTS), key=lambda pair: pair[1].lower())
    if reference := typed(request, "reference"):
        found = found.filter(case__reference__iexact=reference)
    page = keyset(_filtered(found, request), request.GET.get("after"), PAGE, by="-at")
    rows = [(event, event.case.reference, _words(event)) for event in page.rows]
    return _page(request, "cases", rows, verbs, page, reference=reference)


@login_required
def access_audit(request):
    """What was done to people, access, and what all work by."""
    request.user.must("read_audit")
    found = AccountEvent.objects.auditable_by(request.user).select_related("by__organisation", "organisation")
    page = keyset(_filtered(found, request), request.GET.get("after"), PAGE, by="-at")
    rows = [(event, event.about, str(ACCESS_VERBS.get(event.verb, event.verb))) for event in page.rows]
    return _page(request, "access", rows, list(ACCESS_VERBS.items()), page)


def case_words(verb: str) -> str:
    return str(ACTS[verb].told) if verb in ACTS else verb


def _words(event: Event) -> str:
    """A step about a concern is named as such and no further: that there was one is content."""
    return _("A protected step") if event.concern_id else case_words(event.verb)


def _filtered(found, request):
    if name := typed(request, "who"):
        found = found.filter(by__name__icontains=name)
    if verb := typed(request, "verb"):
        found = found.filter(verb=verb)
        found = found.filter(concern=None) if found.model is Event else found
    if day := _day(typed(request, "from")):
        found = found.filter(at__date__gte=day)
    if day := _day(typed(request, "until")):
        found = found.filter(at__date__lte=day)
    return found


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def _page(request, what, rows, verbs, page, **more):
    asked = {name: typed(request, name) for name in ("who", "verb", "from", "until")}
    context = {"what": what, "rows": rows, "verbs": verbs, "asked": asked, "next": page.address(request), **more}
    return render(request, "cases/audit_list.html", context)
