"""Pages of reports: which there are, one with its numbers, the cases behind a number, and asking for the file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.posting import led_to, once
from cases.calendars import today_at
from cases.models import Case
from cases.paging import keyset

from .catalogue import CATALOGUE
from .lifecycle import export_cases, export_report
from .report import INTERNAL_WORDS, suppression_words

SHOWN = 50


def _report(request, name, data=None):
    """A report of the catalogue for this user, or not there."""
    request.user.must("see_reports")
    found = CATALOGUE.get(name)
    if found is None or not request.user.may(found.verb):
        raise Http404
    today = today_at(request.user.organisation)
    start = {"start": f"{today.year}-01-01", "end": today.isoformat()} if name == "donor" else {}
    return found(data, user=request.user, initial=start)


@login_required
def report_list(request):
    request.user.must("see_reports")
    return render(
        request, "reports/list.html", {"reports": [r for r in CATALOGUE.values() if request.user.may(r.verb)]}
    )


@login_required
def report(request, name):
    """The form, and with good answers in the address the numbers."""
    asked = _report(request, name, request.GET if request.GET else None)
    return _show(request, asked)


def _show(request, asked, status=200):
    has_answers = asked.is_bound and asked.is_valid()
    tables = asked.tables() if has_answers else []
    context = {
        "report": asked,
        "has_answers": has_answers,
        "tables": tables,
        "checks": asked.checks() if tables else [],
        "note": suppression_words() if any(table.public for table in tables) else INTERNAL_WORDS,
        "made_at": timezone.now(),
    }
    if asked.is_bound and not has_answers:
        status = 422
    return render(request, f"reports/{asked.template}", context, status=status)


@login_required
def report_cells(request, name):
    """The cases that one number counts: references only, with a way to the case for those who may see it."""
    asked = _report(request, name, request.GET)
    table, cell = request.GET.get("table", ""), _cell(request, asked)
    if not asked.is_valid() or asked.is_closed(table, cell):
        raise Http404
    found = asked.cases(table, cell).only("reference", "opened_at")
    page = keyset(found, request.GET.get("after"), SHOWN, "-opened_at")
    shown = [case.pk for case in page.rows]
    may_open = set(Case.objects.visible_to(request.user).filter(pk__in=shown).values_list("pk", flat=True))
    context = {
        "report": asked,
        "words": asked.cell_words(table, cell),
        "cases": [(case, case.pk in may_open) for case in page.rows],
        "next": page.address(request),
        "back": f"{reverse('report', args=[name])}?{asked.query()}",
    }
    return render(request, "reports/cells.html", context)


def _cell(request, asked) -> dict[str, str]:
    """The place in a table: whatever the address holds besides parameters and paging."""
    known = {*asked.fields, "table", "after"}
    return {axis: value for axis, value in request.GET.items() if axis not in known}


@require_POST
@login_required
def export_report_view(request, name):
    """Ask for the file of a report and lead to where it is prepared."""
    return _export(request, name, lambda asked: export_report(
        by=request.user, name=name, asked=asked, made_as=request.POST.get("format", "")
    ))  # fmt: skip


@require_POST
@login_required
def export_cases_view(request):
    """Ask for the case list and lead to where it is prepared."""
    return _export(request, "cases", lambda asked: export_cases(
        by=request.user, asked=asked, made_as=request.POST.get("format", "")
    ))  # fmt: skip


def _export(request, name, does):
    if earlier := led_to(request):
        return redirect(earlier)
    asked = _report(request, name, request.POST)
    if not asked.is_valid():
        return _show(request, asked)
    try:
        job = once(request, _page_of, lambda: does(asked.parameters()))
    except ValidationError as problem:
        asked.add_error(None, problem.messages)
        return _show(request, asked, status=422)
    return redirect(_page_of(job) if job else led_to(request) or "job_list")


def _page_of(job) -> str:
    return reverse("job", args=[job.pk])
