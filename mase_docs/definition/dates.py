"""Dates as people type them and as Excel stores them, day before month (domain rule DA6, section 7 row 10)."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from mase_docs.definition.parsed import Parsed
from mase_docs.model.submission import Confidence

Born = Literal["child", "anyone", ""]
"""Whose birth a date is: a child of this panel (0 to 25 years old), anyone, or "" where it is no birth."""

_YEAR = r"(?P<y>\d{4}|['’]?\d{2})"
_WORD = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_GAP = r"\s*[-‐-—/.\\\s]\s*"
_SHAPES = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<y>\d{{4}}){_GAP}(?P<m>\d{{1,2}}){_GAP}(?P<d>\d{{1,2}})",
        rf"{_WEEKDAY}(?P<first>\d{{1,2}}){_GAP}(?P<second>\d{{1,2}}){_GAP}{_YEAR}",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[-/.,\s]*{_WORD}[-/.,\s]*{_YEAR}",
        rf"{_WEEKDAY}{_WORD}\s*{_DAY}[-/.,\s]+{_YEAR}",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    )
]
_CLOCK = re.compile(r"(?:\bat\s+)?\b(?P<h>\d{1,2})(?:[:.](?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?P<half>[ap]\.?m\.?)\b", re.IGNORECASE)
_CLOCK_24 = re.compile(
    r"(?:\bat\s+)?\b(?P<h>\d{1,2})(?::(?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:hrs|hours|z\b)?|(?P<m4>\d{2})\s*(?:hrs|hours))", re.I
)
_AGE = re.compile(r"\s*\((?:aged?:?\s*)?\d{1,2}(?:\s*y[a-z]*)?(?:\s+old)?\)\s*\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_MONTHS = [name.casefold() for name in month_name]

_WEEKDAYS = [name[:3].casefold() for name in day_name]
EARLIEST = 1900

NOT_A_DATE = Parsed(None, "low", ("TY1",))


def read_date(raw: object, today: date, born: Born = "", date1904: bool = False) -> Parsed:
    """The date meant, or issue TY1. DA6 marks a day and month that could be exchanged, and a year of two digits.

    Little sure: what only a month before the day makes a date, what its own weekday contradicts, and what has more in
    brackets behind it than an age.
    """
    if isinstance(raw, datetime):
        return Parsed(raw.date())
    if isinstance(raw, date):
        return Parsed(raw)
    if isinstance(raw, int | float):
        moment = from_serial(raw, date1904)
        return Parsed(moment.date(), "medium") if moment else _from_text(str(raw).removesuffix(".0").zfill(8), today, born)
    text = _AGE.sub("", str(raw))
    bare = _BRACKETS.sub("", text)
    found = _from_text(_without_clock(bare.strip(" .,;"))[0], today, born)
    return found if bare == text else replace(found, confidence="low")


def read_datetime(raw: object, today: date, date1904: bool = False) -> Parsed:
    """The moment meant, midnight where no time was given, or issue TY1."""
    if isinstance(raw, datetime):
        return Parsed(raw)
    if isinstance(raw, int | float):
        moment = from_serial(raw, date1904)
        return Parsed(moment, "medium") if moment else NOT_A_DATE
    day_text, clock = _without_clock(str(raw).strip(" .,;"))
    day = read_date(raw if isinstance(raw, date) else day_text, today, date1904=date1904)
    if not isinstance(day.value, date):
        return day
    return Parsed(datetime.combine(day.value, clock), day.confidence, day.issues)


def from_serial(number: float, date1904: bool = False) -> datetime | None:
    """The moment of an Excel serial number, to the second; None for what would be a year, or not this or the last century.

    ECMA-376 part 1, 18.17.4.1; in the 1900 system Excel counts a 29 February 1900 that never was.
    """
    if not 2200 < number < 80000:
        return None
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    return start + timedelta(seconds=round(number * 86400))


def _from_text(text: str, today: date, born: Born) -> Parsed:
    if re.fullmatch(r"[34]\d{4}", text):
        moment = from_serial(int(text))
        return Parsed(moment.date(), "low") if moment else NOT_A_DATE
    shapes = (shape.fullmatch(text) for shape in _SHAPES)
    return next((_from_parts(found.groupdict(), today, born) for found in shapes if found), NOT_A_DATE)


def _from_parts(parts: dict[str, str], today: date, born: Born) -> Parsed:
    day, month, odd = _day_and_month(parts)
    digits = parts["y"].lstrip("'’")
    short = len(digits) == 2
    try:
        year = _century(int(digits), month, day, today, born) if short else int(digits)
        value = date(year, month, day)
    except ValueError:
        return NOT_A_DATE
    if year < EARLIEST:
        return NOT_A_DATE
    contradicted = (parts.get("weekday") or _WEEKDAYS[value.weekday()])[:3].casefold() != _WEEKDAYS[value.weekday()]
    sure: Confidence = "low" if odd == "month first" or contradicted else "medium" if odd or short else "high"
    return Parsed(value, sure, ("DA6",) if odd or short else ())


def _day_and_month(parts: dict[str, str]) -> tuple[int, int, str]:
    """Day, month and what is odd: "either" could be meant, or only "month first" can be."""
    if "month" in parts:
        word = parts["month"].casefold()
        named = (n for n, name in enumerate(_MONTHS) if n and name.startswith("sep" if word == "sept" else word))
        return int(parts["d"]), next(named, 0), ""
    if "first" not in parts:
        return int(parts["d"]), int(parts["m"]), ""
    first, second = int(parts["first"]), int(parts["second"])
    if second > 12 >= first:
        return second, first, "month first"
    return first, second, "either" if first != second and first <= 12 else ""


def _century(year: int, month: int, day: int, today: date, born: Born) -> int:
    """The full year of a two-digit one: at most ten years ahead, for a birth never ahead, for a child's at most 25 years old.

    Raises ValueError where neither century will do.
    """
    this = 2000 + year
    if not born:
        return this if this <= today.year + 10 else this - 100
    age = today.year - this - ((month, day) > (today.month, today.day))
    if age >= 0 and (born == "anyone" or age <= 25):
        return this
    if born == "child":
        raise ValueError("no child of this panel was born then")
    return this - 100


def _without_clock(text: str) -> tuple[str, time]:
    """The text without its time of day, and that time: "3/7/2026 at 2.30pm" → "3/7/2026" and 14:30."""
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text)
    for clock in (_CLOCK, _CLOCK_24):
        found = clock.search(text)
        if found and (moment := _time(found.groupdict())):
            return (text[: found.start()] + " " + text[found.end() :]).strip(" ,-"), moment
    return text, time()


def _time(parts: dict[str, str | None]) -> time | None:
    hour, minute = int(parts["h"] or 0), int(parts.get("min") or parts.get("m4") or 0)
    half = (parts.get("half") or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
