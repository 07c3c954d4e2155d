"""Number formats: what a person sees in a cell that holds a number (ECMA-376 part 1, 18.8.30 and 18.8.31; ODF and BIFF use the same codes).

A cell that looks like 07946 000123 may hold 7946000123. What was seen is what was answered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mase_docs.definition.dates import from_serial
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import Value

GENERAL = "General"
A_DATE = "dd/mm/yyyy"
BUILT_IN = dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), A_DATE) | {9: "0%", 10: "0.00%"}
"""The built-in formats that show anything but the plain number: number → code, any date's as one."""
NEVER_TYPED = 1e-290
"""A number nearer to 0 than this is none: bytes of something else, read as a number (of 64 bits, IEEE 754)."""
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What in a number format is not a code: quoted and escaped text, padding, colours and conditions."""
PIECE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|.', re.DOTALL)
FORMAT_MAX = 255
DIGITS = frozenset("0#?")


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or time: it has a day, month, year, hour or second outside quotes and brackets."""
    return len(code) <= FORMAT_MAX and bool(re.search("[dmyhs]", LITERAL.sub("", code.casefold()).replace("general", "")))


def as_seen(number: float, code: str, date1904: bool = False) -> Value:
    """A number as its format shows it: a moment for a date, text for a percentage and for digits that are filled up with zeros or
    set in groups; every other number as it is, whole ones as int. Raises InputRefusedError AR27 for what is no number at all.
    """
    if 0 < abs(number) < NEVER_TYPED:
        raise refuse("AR27")
    kind = _kind(code)
    if kind.shows == "date" and (moment := from_serial(number, date1904)):
        return moment
    if kind.shows == "percent":
        return f"{number * 100:.{kind.decimals}f}%"
    plain = int(number) if number == number // 1 and abs(number) < 1e15 else number
    return _grouped(str(plain), kind.pieces) if kind.shows == "digits" and isinstance(plain, int) and plain >= 0 else plain


class _Kind(NamedTuple):
    shows: str
    decimals: int = 0
    pieces: tuple[str, ...] = ()


@lru_cache(500)
def _kind(code: str) -> _Kind:
    """What a number format shows: date, percent, digits (a number that is a name, as a telephone's is) or the number."""
    if len(code) > FORMAT_MAX:
        return _Kind("number")
    if is_date_format(code):
        return _Kind("date")
    pieces = _first_section(code)
    bare = "".join(piece for piece in pieces if len(piece) == 1)
    if "%" in bare:
        return _Kind("percent", len(re.findall(r"[0#?]", bare.partition(".")[2])))
    digits = re.search(r"0.*[0#?]", bare, re.DOTALL) and not re.search(r"[.,Ee@]", bare)
    return _Kind("digits", pieces=pieces) if digits else _Kind("number")


def _first_section(code: str) -> tuple[str, ...]:
    """The pieces of the part of a format that positive numbers are shown by: digit places, and literals as the text they show."""
    pieces: list[str] = []
    for piece in PIECE.findall(code):
        if piece == ";":
            break
        pieces.append(piece)
    return tuple(pieces)


def _grouped(digits: str, pieces: tuple[str, ...]) -> str:
    """The digits put into their places from the right; what is left over goes before the first."""
    left: list[str] = list(digits)
    out: list[str] = []
    first = next(n for n, piece in enumerate(pieces) if piece in DIGITS)
    for n in range(len(pieces) - 1, -1, -1):
        if pieces[n] not in DIGITS:
            out.append(_literal(pieces[n]))
        else:
            out.append(left.pop() if left else "0" if "0" in pieces[: n + 1] else "")
        if n == first:
            out.append("".join(left))
    return "".join(reversed(out)).strip()


def _literal(piece: str) -> str:
    """The text that a piece of a format shows."""
    if piece[0] == '"':
        return piece[1:-1]
    return piece[1] if piece[0] == "\\" and len(piece) > 1 else " " if piece[0] == "_" else piece if len(piece) == 1 else ""
