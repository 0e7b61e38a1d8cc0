"""What I asked to be prepared: how far it is, and the file, for its owner only."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ..acting import visible_or_404
from ..jobs import kind_of, take_file
from ..models import Job, JobState
from ..paging import keyset

SHOWN = 25


def told(job: Job) -> dict:
    """What the pages say about a job."""
    return {
        "job": job,
        "title": kind_of(job).title,
        "counts": kind_of(job).counts,
        "is_done": job.state == JobState.DONE,
        "is_gone": bool(job.expires_at and job.expires_at <= timezone.now()),
        "said": job.done * 4 // job.total * 25 if job.total else 0,
    }


@login_required
def job_list(request):
    page = keyset(Job.objects.visible_to(request.user), request.GET.get("after"), SHOWN, "-asked_at")
    return render(
        request, "cases/job_list.html", {"jobs": [told(job) for job in page.rows], "next": page.address(request)}
    )


@login_required
@never_cache
def job(request, pk):
    """The page, or only its moving part when it asks for itself."""
    found = visible_or_404(Job.objects.visible_to(request.user), pk=pk)
    context = told(found)
    if request.htmx:
        context["news"] = context["said"] if str(context["said"]) != request.GET.get("said") else ""
        return render(request, "cases/_job.html", context)
    return render(request, "cases/job.html", context)


@login_required
@never_cache
def job_file(request, pk):
    """The file as a download. Whoever lost the role since asking finds nothing."""
    found = visible_or_404(Job.objects.visible_to(request.user), pk=pk, state=JobState.DONE)
    if not request.user.may(kind_of(found).verb):
        raise PermissionDenied
    try:
        file = take_file(found)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=found.filename, content_type=found.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
