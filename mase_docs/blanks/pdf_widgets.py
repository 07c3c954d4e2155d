"""The fields: one AcroForm field a slot, with its widgets on the pages (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import IndirectObject

from mase_docs.blanks.pdf_objects import DOT, FONT_NAME, TICK, Name, appearance, font, obj, put
from mase_docs.blanks.pdf_page import Drawn
from mase_docs.blanks.pdf_questions import ANSWER
from mase_docs.blanks.pdf_sheet import Control, Input

READ_ONLY, REQUIRED, MULTILINE, NO_OFF, RADIO = 1 << 0, 1 << 1, 1 << 12, 1 << 14, 1 << 15
COMBO, EDIT, NO_SCROLL = 1 << 17, 1 << 18, 1 << 23
PRINT, HIDDEN = 4, 2
LOOK = f"/{FONT_NAME} {ANSWER.size:g} Tf 0 g".encode()
"""The font and its size, fixed: with none, some programs make a short answer fill its box. As bytes, which are written as they are
(pypdf writes other strings with escapes, which pdf-lib doesn't undo here)."""


@dataclass(slots=True)
class Widgets:
    """The fields as they are made. `of` tells which widget an input became, for the tag tree."""

    writer: PdfWriter
    fields: list[IndirectObject] = field(default_factory=list)
    of: dict[int, IndirectObject] = field(default_factory=dict)
    groups: dict[str, IndirectObject] = field(default_factory=dict)
    kids: dict[str, list[IndirectObject]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[str, IndirectObject] = field(default_factory=dict)


def add(writer: PdfWriter, drawn: Drawn, form_id: str, version: int) -> Widgets:
    """Puts a field in each place that was drawn for one, and the two hidden ones that tell which form this is."""
    made = Widgets(writer)
    made.marks = {"tick": appearance(writer, TICK), "radio": appearance(writer, DOT), "off": appearance(writer, b"")}
    hidden = [_hidden(writer, "form_id", form_id), _hidden(writer, "form_version", str(version))]
    for number, (page, inputs) in enumerate(zip(writer.pages, drawn.inputs, strict=True)):
        widgets = [_widget(made, place, rect, page.indirect_reference) for place, rect in inputs]
        put(page, Annots=widgets if number else [*widgets, *hidden], Tabs=Name("S"))
    made.fields += hidden
    _acroform(writer, made)
    return made


def _acroform(writer: PdfWriter, made: Widgets) -> None:
    resources = {"Font": {FONT_NAME: font(writer)}}
    form = {"Fields": made.fields, "DR": resources, "DA": LOOK}
    put(writer.root_object, AcroForm=writer._add_object(obj(form)))


def _widget(made: Widgets, place: Input, rect: tuple[float, ...], page: Any) -> IndirectObject:
    control = place.control
    common = {"Type": Name("Annot"), "Subtype": Name("Widget"), "Rect": list(rect), "P": page, "F": PRINT, "TU": control.said}
    widget = made.writer._add_object(obj(common | {"BS": {"W": 0}}))
    {"text": _text, "choice": _choice, "tick": _tick, "radio": _radio}[control.kind](made, control, widget)
    made.of[id(place)] = widget
    return widget


def _field(made: Widgets, control: Control, widget: IndirectObject, kind: str, flags: int, **more: Any) -> None:
    put(widget, FT=Name(kind), T=control.name, Ff=flags | (REQUIRED if control.required else 0), **more)
    made.fields.append(widget)


def _text(made: Widgets, control: Control, widget: IndirectObject) -> None:
    flags = NO_SCROLL | (MULTILINE if control.lines > 1 else 0)
    _field(made, control, widget, "Tx", flags, V="", MaxLen=control.length, DA=LOOK)


def _choice(made: Widgets, control: Control, widget: IndirectObject) -> None:
    # a single space as the first choice: some viewers drop an empty one, and then nothing can be unchosen
    flags = COMBO | (EDIT if control.free else 0)
    _field(made, control, widget, "Ch", flags, Opt=[" ", *control.choices], V=" ", DA=LOOK)


def _tick(made: Widgets, control: Control, widget: IndirectObject) -> None:
    _field(made, control, widget, "Btn", 0, V=Name("Off"))
    _states(made, widget, "Yes", "tick", "4")


def _states(made: Widgets, widget: IndirectObject, on: str, mark: str, caption: str) -> None:
    shown = {on: made.marks[mark], "Off": made.marks["off"]}
    put(widget, AS=Name("Off"), AP={"N": shown}, MK={"CA": caption}, DA=LOOK)


def _radio(made: Widgets, control: Control, widget: IndirectObject) -> None:
    """One circle; the field itself is the parent, which has no place of its own, and its circles have no name."""
    if control.name not in made.groups:
        made.groups[control.name] = made.writer._add_object(obj({}))
        flags = RADIO | (NO_OFF if control.required else 0)
        _field(made, control, made.groups[control.name], "Btn", flags, V=Name("Off"), TU=control.group)
    made.kids[control.name].append(widget)
    put(made.groups[control.name], Kids=made.kids[control.name])
    put(widget, Parent=made.groups[control.name])
    _states(made, widget, control.state, "radio", "l")


def _hidden(writer: PdfWriter, name: str, text: str) -> IndirectObject:
    """A field that is never shown; it still carries its value where pages are cut or merged."""
    place = {"Type": Name("Annot"), "Subtype": Name("Widget"), "Rect": [0, 0, 0, 0], "P": writer.pages[0].indirect_reference, "F": HIDDEN}
    answer = {"FT": Name("Tx"), "T": name, "Ff": READ_ONLY, "V": text, "DV": text, "DA": LOOK}
    return writer._add_object(obj(place | answer))
