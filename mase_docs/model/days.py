"""Working days in England and the days that a meeting's papers go by (domain rule DA10)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

ONE = timedelta(days=1)


@cache
def _bank_holidays() -> Any:
    """England's, as GOV.UK publishes them; the library works out the years it is asked for."""
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG")


def is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays()


def working_days(start: date, count: int) -> date:
    """The day so many working days after a day; before it, where the count is negative."""
    day, step = start, ONE if count > 0 else -ONE
    while count:
        day += step
        count -= (1 if count > 0 else -1) * is_worked(day)
    return day


def worked(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    return day if is_worked(day) else working_days(day, 1)


def nth_weekday(year: int, month: int, week: int, weekday: int) -> date:
    """The week-th weekday of a month (Monday is 0); where there is no fifth, the last."""
    first = date(year, month, 1)
    days = range(1 + (weekday - first.weekday()) % 7, monthrange(year, month)[1] + 1, 7)
    return date(year, month, days[min(week, len(days)) - 1])
