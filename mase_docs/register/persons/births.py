"""How far two dates of birth agree."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from mase_docs.register.persons.names import Agreement

SAME_DAY = Agreement(1.0, "same date of birth")
SWAPPED = Agreement(0.95, "same date of birth with day and month exchanged")
DIGITS_EXCHANGED = Agreement(0.82, "date of birth the same with two digits exchanged")
DIGIT = Agreement(0.78, "date of birth one digit different")
NEAR = Agreement(0.75, "dates of birth not far apart, and one of them estimated or disputed")
TWO_PARTS = Agreement(0.5, "date of birth the same in two of day, month and year")
OTHER_DAY = Agreement(0.0, "other")
NEAR_DAYS = 3 * 366
"""Within which an estimated or disputed date may be another's: assessments of age are that wide."""
UNSURE = frozenset({"estimated", "age_disputed"})


def swapped(dob: date) -> date | None:
    """The date with day and month exchanged; None where that is no other date."""
    return dob.replace(month=dob.day, day=dob.month) if dob.day <= 12 and dob.day != dob.month else None


@lru_cache(maxsize=1 << 16)
def birth_agreement(one: date, other: date, unsure: bool) -> Agreement:
    """How far two dates of birth agree; `unsure` where either is estimated or disputed."""
    if one == other:
        return SAME_DAY
    if one == swapped(other):
        return SWAPPED
    return max(_digits(one, other), NEAR if unsure and abs((one - other).days) <= NEAR_DAYS else OTHER_DAY)


def _digits(one: date, other: date) -> Agreement:
    written, other_written = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    if OSA.distance(written, other_written) == 1:
        return DIGITS_EXCHANGED if sorted(written) == sorted(other_written) else DIGIT
    parts = (one.day == other.day, one.month == other.month, one.year == other.year)
    return TWO_PARTS if sum(parts) == 2 else OTHER_DAY
