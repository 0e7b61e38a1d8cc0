"""Days as offices count them: working days of an organisation, ages, dates of which only a part is known."""

import calendar
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LONGEST_BACK = 10  # years; what is older than that has nothing to do with this return


def add_working_days(start: date, days: int, weekend: str = "56") -> date:
    """The date `days` working days after `start`, or before it when negative.

    `weekend` names the days of rest, 0 is Monday. They never count; national holidays come with the programmes (issue
    of their own).
    """
    day, step = start, 1 if days > 0 else -1
    while days:
        day += timedelta(days=step)
        if str(day.weekday()) not in weekend:
            days -= step
    return day


def working_days_between(start: date, end: date, weekend: str = "56") -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
    whole, rest = divmod(max((end - start).days, 0), 7)
    count = whole * (7 - len(set(weekend)))
    return count + sum(str((start + timedelta(days=n)).weekday()) not in weekend for n in range(1, rest + 1))


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def age_on(born_on: date, day: date) -> int:
    """Full years on `day`. Someone born on 29 February has their birthday on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def latest_birth(year: int, month: int | None = None, day: int | None = None) -> tuple[date, str]:
    """The latest date that fits what is known, and its precision: "day", "month" or "year".

    Counting from the latest date makes a person of uncertain age rather a child than an adult: protection first
    (our decision). Raises ValueError for a date that does not exist.
    """
    if month is None:
        return date(year, 12, 31), "year"
    if day is None:
        return date(year, month, calendar.monthrange(year, month)[1]), "month"
    return date(year, month, day), "day"


def earliest_birth(born_on: date, precision: str) -> date:
    """The first day that fits a date of birth of which `born_on`, as `latest_birth` gives it, is the last."""
    if precision == "day":
        return born_on
    return born_on.replace(day=1, month=1 if precision == "year" else born_on.month)


def today_at(organisation) -> date:
    """Today's date where this organisation works."""
    return day_at(organisation, timezone.now())


def day_at(organisation, moment: datetime) -> date:
    """The date of an aware moment where this organisation works."""
    return moment.astimezone(organisation.zone).date()


def must_lie_between(field: str, day: date, earliest: date | None, latest: date) -> None:
    """Raises ValidationError on `field` for a day after `latest`, before `earliest`, or more than ten years before."""
    if day > latest:
        raise ValidationError({field: _("This date lies in the future.")})
    if earliest and day < earliest:
        raise ValidationError({field: _("This date lies before the person was born.")})
    if day < add_months(latest, -12 * LONGEST_BACK):
        raise ValidationError({field: _("This date lies more than ten years ago.")})
