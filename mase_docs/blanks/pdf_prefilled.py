"""Answers that stand in a PDF form when it is sent: the fields hold them, show them, and take no others (ISO 32000-1, 12.7.3.3).

What is shown is drawn with the form's own font, every letter of it: no viewer has to draw it again, and none does so otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import IndirectObject

from mase_docs.blanks.pdf_objects import FONT_NAME, Name, put, stream
from mase_docs.blanks.pdf_questions import ANSWER
from mase_docs.blanks.pdf_type import ASCENT, DESCENT, Style, encoding
from mase_docs.blanks.pdf_widgets import MULTILINE, READ_ONLY, Widgets
from mase_docs.blanks.prefilled import Answers
from mase_docs.blanks.wording import as_typed
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home
from mase_docs.model.submission import Value

ON, OFF = Name("Yes"), Name("Off")
LEAST = 5.0
"""Points: the smallest type in which words are made to fit their box."""
LINE = (ASCENT - DESCENT) / 1000
"""The height of a line, in sizes, as viewers set it that draw the words again."""
EDGE = 2.0
"""What viewers leave free at the left of a field and above its first line."""


def fill_in(made: Widgets, form: Form, home: Home, answers: Answers) -> None:
    """Puts the answers into the fields, by path."""
    fields = {_name(field): field for field in made.fields}
    for slot in home.slots(form, "pdf"):
        if slot.path in answers:
            _answer(made, fields[slot.name], slot, answers[slot.path], home)


def _name(field: IndirectObject) -> str:
    entries: Any = field.get_object()
    return str(entries["/T"])


def _answer(made: Widgets, field: IndirectObject, slot: Slot, value: Value, home: Home) -> None:
    box: Any = field.get_object()
    put(field, Ff=int(box["/Ff"]) | READ_ONLY)
    if box["/FT"] != "/Btn":
        _write(made.writer, field, as_typed(slot.field, value, home))
    elif "/Kids" in box:
        _choose(field, Name(value if isinstance(value, str) else as_code(value)))
    else:
        on = value is True or (isinstance(value, list) and slot.option in value)
        put(field, V=ON if on else OFF, AS=ON if on else OFF)


def as_code(value: Value) -> str:
    """The state of the circle that stands for Yes or No."""
    return "yes" if value else "no"


def _choose(field: IndirectObject, state: Name) -> None:
    """Of the circles of a question, the one of a code."""
    put(field, V=state)
    for kid in field.get_object()["/Kids"]:  # type: ignore[index]
        widget = kid.get_object()
        put(widget, AS=state if f"/{state}" in widget["/AP"]["/N"] else OFF)


def _write(writer: PdfWriter, field: IndirectObject, words: str) -> None:
    box: Any = field.get_object()
    left, bottom, right, top = (float(edge) for edge in box["/Rect"])
    several = bool(int(box["/Ff"]) & MULTILINE) and box["/FT"] == "/Tx"
    drawing = fitted(words, right - left, top - bottom, several)
    look = stream(
        writer, drawing.content(), Type=Name("XObject"), Subtype=Name("Form"), BBox=[0, 0, right - left, top - bottom],
        Resources={"Font": writer.root_object["/AcroForm"]["/DR"]["/Font"]},  # type: ignore[index]
    )  # fmt: skip
    put(field, V=words, AP={"N": look}, DA=f"/{FONT_NAME} {drawing.size:g} Tf 0 g".encode())


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of words in a box, in a size of type; `first` is how high above its foot the first of them stands."""

    size: float
    lines: list[str]
    first: float

    def content(self) -> bytes:
        """The drawing as a content stream, marked as what viewers may draw again (12.7.3.3)."""
        steps = (b"0 %.2f Td" % -(self.size * LINE), b"%.2f %.2f Td" % (EDGE, self.first))
        shown = [b"%s <%s> Tj" % (steps[not number], coded(line).hex().encode()) for number, line in enumerate(self.lines)]
        head = b"/Tx BMC q BT /%s %g Tf 0 g" % (FONT_NAME.encode(), self.size)
        return b"\n".join([head, *shown, b"ET Q EMC"])


def fitted(words: str, width: float, height: float, several: bool) -> Drawing:
    """The words in the largest type in which all of them fit, from that of every answer down."""
    sizes = (ANSWER.size - step / 2 for step in range(int(2 * (ANSWER.size - LEAST)) + 1))
    size = next((size for size in sizes if _fits(words, size, width, height, several)), LEAST)
    lines = list(_lines(words, Style(size), width, several))
    first = height - EDGE - size * ASCENT / 1000 if several else (height - size * LINE) / 2 - size * DESCENT / 1000
    return Drawing(size, lines, first)


def _fits(words: str, size: float, width: float, height: float, several: bool) -> bool:
    style = Style(size)
    lines = list(_lines(words, style, width, several))
    wide = all(style.width(line) <= width - 2 * EDGE for line in lines)
    return wide and (not several or len(lines) * size * LINE <= height - EDGE)


def _lines(words: str, style: Style, width: float, several: bool) -> Iterator[str]:
    for line in words.split("\n") if several else [words]:
        yield from (style.wrap(line, width - 2 * EDGE) or [""]) if several else [line]


def coded(words: str) -> bytes:
    """The words in the codes of the form's font; "?" for a letter that it hasn't."""
    return bytes(_codes().get(letter, ord("?")) for letter in words)


@cache
def _codes() -> dict[str, int]:
    return {letter: code for code, letter in encoding().items()}
