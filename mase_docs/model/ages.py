"""Ages in whole years, as English law counts them: a child born on 29 February is a year older on 1 March of a common year."""

from __future__ import annotations

from datetime import date


def age_on(day: date, dob: date) -> int:
    """Whole years lived on a day; negative before birth."""
    return day.year - dob.year - ((day.month, day.day) < (dob.month, dob.day))
