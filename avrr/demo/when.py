"""Days of the demo, counted from today, so that it is never out of date."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from cases.calendars import add_months, latest_birth


def day(offset: int = 0) -> date:
    """The date `offset` days from today, which has begun at every organisation of the demo: none lies west of it."""
    return timezone.now().astimezone(UTC).date() + timedelta(days=offset)


def moment(offset: int, hour: int, minute: int = 0) -> datetime:
    """A time of day `offset` days from today."""
    return timezone.make_aware(datetime.combine(day(offset), time(hour, minute)))


def aged(years: int, months: int = 4) -> date:
    """A date of birth of somebody who is so old today."""
    return add_months(day(), -12 * years - months) - timedelta(days=9)


def about(years: int, month: int | None = None) -> dict:
    """A date of birth of which only the year, or the month, is known."""
    born_on, precision = latest_birth(day().year - years - 1, month)
    return {"born_on": born_on, "born_precision": precision}
