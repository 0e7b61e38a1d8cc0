"""Days as whole numbers counted from the anchor day, and their text for COPY: quick, and the same on every run."""

from datetime import date, timedelta
from functools import cache

from cases.calendars import add_months, add_working_days

FIRST, LAST = -37000, 3000
MINUTES = [f" {8 + n // 10:02}:{n % 10 * 6:02}:00+00" for n in range(70)]  # office hours all over Europe and Africa


class Days:
    """Text and arithmetic of days relative to `today`."""

    def __init__(self, today: date):
        self.today = today
        self._text = [(today + timedelta(days=n)).isoformat() for n in range(FIRST, LAST)]
        self._working = cache(
            lambda weekday, count, weekend: (
                (add_working_days(date(2024, 1, 1 + weekday), count, weekend) - date(2024, 1, 1 + weekday)).days
            )
        )
        self.months = cache(lambda day, months: (add_months(self.date(day), months) - today).days)

    def date(self, day: int) -> date:
        return self.today + timedelta(days=day)

    def text(self, day: int) -> str:
        return self._text[day - FIRST]

    def at(self, day: int, step: int = 0) -> str:
        """A moment of that day; later steps of one day are later moments."""
        return self._text[day - FIRST] + MINUTES[step]

    def year(self, day: int) -> int:
        return int(self._text[day - FIRST][:4])

    def working(self, day: int, count: int, weekend: str = "56") -> int:
        """The day `count` working days after `day`."""
        return day + self._working((self.today.weekday() + day) % 7, count, weekend)
