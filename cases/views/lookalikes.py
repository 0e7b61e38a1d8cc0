"""The warning beside the enquiry form: people who may be the same, while the name is typed."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ..calendars import latest_birth
from ..duplicates import lookalikes


@login_required
def show_lookalikes(request):
    """Posted by the form as it is typed, so that no name stands in an address."""
    request.user.must("open_case")
    found = lookalikes(
        request.user,
        name=request.POST.get("name", "")[:300],
        born_on=_birth(request.POST),
        phone=request.POST.get("phone", "")[:32],
    )
    return render(request, "cases/_lookalikes.html", {"found": found})


def _birth(data):
    try:
        year, month, day = (int(data.get(f"birth_{part}") or 0) for part in ("year", "month", "day"))
        return latest_birth(year, month, day)[0] if year and month and day else None
    except ValueError:
        return None
