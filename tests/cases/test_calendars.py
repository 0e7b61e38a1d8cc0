"""Days as offices count them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation
from cases.calendars import (
    add_months,
    add_working_days,
    age_on,
    latest_birth,
    must_lie_between,
    today_at,
    working_days_between,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))
WEEKENDS = st.sampled_from(["56", "45", "6", ""])


@pytest.mark.parametrize(("start", "days", "weekend", "end"), [
    (date(2026, 3, 10), 5, "56", date(2026, 3, 17)),  # a Tuesday
    (date(2026, 3, 13), 1, "56", date(2026, 3, 16)),  # over a weekend
    (date(2026, 3, 12), 1, "45", date(2026, 3, 15)),  # Friday and Saturday rest
    (date(2026, 3, 10), 0, "56", date(2026, 3, 10)),
    (date(2026, 3, 10), -2, "56", date(2026, 3, 6)),
    (date(2026, 3, 16), -1, "56", date(2026, 3, 13)),
])  # fmt: skip
def test_working_days_skip_the_days_of_rest(start, days, weekend, end):
    assert add_working_days(start, days, weekend) == end


@given(start=DAYS, days=st.integers(0, 60), weekend=WEEKENDS)
def test_counting_and_adding_working_days_agree(start, days, weekend):
    end = add_working_days(start, days, weekend)
    assert working_days_between(start, end, weekend) == days
    assert days == 0 or str(end.weekday()) not in weekend


@given(start=DAYS, length=st.integers(-30, 200), weekend=WEEKENDS)
def test_working_days_are_counted_one_by_one(start, length, weekend):
    slowly = sum(str((start + timedelta(days=n)).weekday()) not in weekend for n in range(1, length + 1))
    assert working_days_between(start, start + timedelta(days=length), weekend) == slowly


@given(start=DAYS, months=st.integers(0, 60))
def test_months_keep_the_day_or_the_last_of_a_shorter_month(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or end.day < start.day and (end + timedelta(days=1)).day == 1


def test_the_end_of_january_and_a_month():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


@given(born=DAYS, later=st.integers(0, 36_500))
def test_an_age_grows_on_the_birthday_only(born, later):
    day = born + timedelta(days=later)
    age = age_on(born, day)
    assert age >= 0
    birthday = (day.month, day.day) == (born.month, born.day)
    assert age_on(born, day + timedelta(days=1)) - age in (0, 1)
    if birthday:
        assert age == day.year - born.year and (later == 0 or age_on(born, day - timedelta(days=1)) == age - 1)


def test_born_on_a_leap_day():
    assert [age_on(date(2008, 2, 29), date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [17, 18]


@given(year=st.integers(1900, 2100), month=st.integers(1, 12))
def test_of_an_uncertain_birth_the_latest_day_counts(year, month):
    by_year, by_month = latest_birth(year)[0], latest_birth(year, month)[0]
    assert by_month <= by_year and (by_month.year, by_month.month) == (year, month)
    assert (by_month + timedelta(days=1)).day == 1


def test_a_day_that_does_not_exist():
    with pytest.raises(ValueError, match="day"):
        latest_birth(2025, 2, 29)


def test_today_is_where_the_office_is():
    with time_machine.travel(datetime(2026, 3, 10, 23, 30, tzinfo=UTC)):
        assert today_at(Organisation(time_zone="Africa/Dakar")) == date(2026, 3, 10)
        assert today_at(Organisation(time_zone="Europe/Paris")) == date(2026, 3, 11)


def test_a_day_lies_between_a_birth_or_ten_years_ago_and_today():
    today = date(2026, 3, 11)
    for day, born, words in (
        (date(2026, 3, 12), None, "future"),
        (date(2016, 3, 10), None, "ten years ago"),
        (date(2024, 5, 5), date(2024, 5, 6), "before the person was born"),
    ):
        with pytest.raises(ValidationError, match=words):
            must_lie_between("held_on", day, born, today)
    for day in (today, date(2016, 3, 11)):
        must_lie_between("held_on", day, None, today)
