"""What a PDF draws in a field, held against what the field says was typed (ISO 32000-2, 12.7.4.3: the appearance shows the value).

Where the two disagree the file says two things: its value was lost or changed after it was typed, and people see something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mase_docs.intake.limits import PDF_STRAY

if TYPE_CHECKING:
    from mase_docs.intake.pdf_fields import PdfField

LONGEST = 20_000
"""Bytes of one appearance that are looked at."""
TEXT_OBJECT = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = re.compile("[^a-z0-9]+")
NOBODYS = {number: 0xE000 + number for number in range(256)}
ALIKE = 60
"""Of 100: texts less alike than this are two texts. Letters other than English ones are drawn by numbers of their own, and left out."""


def drawn(look: Any, resolved: Callable[[Any], Any]) -> str:
    """The letters that one appearance draws, as far as they are letters; "" for none. Glyphs that a composite font draws by numbers of
    their own (ISO 32000-2, 9.7) are told as letters of nobody's, from the private use area."""
    from pypdf.errors import PyPdfError

    with suppress(PyPdfError, *PDF_STRAY):
        stream: Any = resolved(look.get("/N")) if isinstance(look, dict) else None
        if hasattr(stream, "get_data"):
            letters = "".join(_strings(stream.get_data()[:LONGEST])).strip("\0 \r\n\t")
            return letters.translate(NOBODYS) if _is_by_glyphs(stream, resolved) else letters
    return ""


def _is_by_glyphs(stream: Any, resolved: Callable[[Any], Any]) -> bool:
    """Whether an appearance is drawn with a composite font alone."""
    resources = resolved(stream.get("/Resources"))
    fonts = resolved(resources.get("/Font")) if isinstance(resources, dict) else None
    named = [resolved(font) for font in fonts.values()] if isinstance(fonts, dict) else []
    return bool(named) and all(isinstance(font, dict) and font.get("/Subtype") == "/Type0" for font in named)


def _strings(content: bytes) -> list[str]:
    found = (said for shown in TEXT_OBJECT.findall(content) for said in STRING.finditer(shown))
    return [_plain(said[1]) if said[1] is not None else _of_hex(said[2]) for said in found]


def _plain(literal: bytes) -> str:
    return ESCAPE.sub(_unescaped, literal).decode("latin-1")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 8) & 255]) if escape[1].isdigit() else escape[1]


def _of_hex(digits: bytes) -> str:
    pairs = b"".join(digits.split())
    return bytes.fromhex(pairs[: len(pairs) // 2 * 2].decode()).decode("latin-1")


def held_against_looks(fields: Iterable[PdfField]) -> list[PdfField]:
    """The fields, in doubt where something else is drawn in a text or drop-down than it holds, or something where it holds nothing.

    Some fonts number their letters in a way of their own: where most fields seem to differ, nothing is known. What several empty
    fields draw is a hint.
    """
    every = list(fields)
    answered = [f for f in every if f.looks and (f.value or "").strip()]
    differing = [f.name for f in answered if not any(_agree(said, f.looks) for said in (f.value, f.export) if said)]
    differing = differing if len(differing) * 2 < len(answered) else []
    drawn_in_empty = {f.name: f.looks for f in every if f.looks and not (f.value or "").strip()}
    hints = Counter(drawn_in_empty.values())
    lost = [name for name, looks in drawn_in_empty.items() if hints[looks] == 1]
    return [replace(f, doubtful=True) if f.name in {*differing, *lost} else f for f in every]


def _agree(value: str, shown: str) -> bool:
    """Whether what is drawn can be what was typed, or the part of it that has room in the box."""
    from rapidfuzz import fuzz

    typed, seen = (LETTERS.sub("", text.casefold()) for text in (value, shown))
    return not seen or seen in typed or fuzz.ratio(typed, seen) >= ALIKE
