"""The warning beside the forms for a new person: people who may be the same, while the name is typed."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ..calendars import latest_birth
from ..duplicates import lookalikes
from ..forms.opening import OLDEST_YEAR


@login_required
def show_lookalikes(request):
    """Posted by the form as it is typed, so that no name stands in an address."""
    request.user.must("open_case")
    typed = request.POST
    born_on, precision = _birth(typed)
    found = lookalikes(
        request.user,
        names=[typed.get(name, "")[:300] for name in ("name", "known_as", "name_original")],
        born_on=born_on,
        precision=precision,
        phone=typed.get("phone", "")[:32],
    )
    return render(request, "cases/_lookalikes.html", {"found": found})


def _birth(typed) -> tuple:
    """(born_on, precision) of what has been typed by now; None while the year is not there or no such day exists."""
    try:
        year, month, day = (int(typed.get(f"birth_{part}") or 0) or None for part in ("year", "month", "day"))
        return latest_birth(year, month, day if month else None) if year and year >= OLDEST_YEAR else (None, "")
    except ValueError:
        return None, ""
