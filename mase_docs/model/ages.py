"""Ages in whole years, as English law counts them: a child born on 29 February is a year older on 1 March of a common year."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date


def age_on(day: date, dob: date) -> int:
    """Whole years lived on a day; negative before birth."""
    return day.year - dob.year - ((day.month, day.day) < (dob.month, dob.day))


def birthday(dob: date, years: int) -> date:
    """The day on which someone reaches an age."""
    year = min(dob.year + years, MAXYEAR)
    try:
        return dob.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it has no such day; the calendar begins in the year 1."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, MINYEAR * 12), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
