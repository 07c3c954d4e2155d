"""Content controls as Word has them (ECMA-376 part 1, 17.5.2; the tick [MS-DOCX] 2.6.1).

They stand inside a paragraph, never around one or around a cell: LibreOffice loses what was chosen in those when it saves.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime

from mase_docs.model.control import EMPTY, TICKED, Control, in_short
from mase_docs.word_xml import Node, W, run, w, w14

SIGNS = "MS Gothic"
"""Where Word takes the boxes ☐ and ☒ from."""
PLACEHOLDER = "PlaceholderText"
"""The style of the words that stand in a control before it is filled in."""


def content_control(control: Control, number: int, bookmark: str = "", look: Iterable[Node] = ()) -> list[Node]:
    """A control whose number is its own in the document, with a bookmark around it: LibreOffice 7.4 drops the tags when it saves, but
    keeps bookmarks.

    bookmark  its name where that isn't the control's
    look      how the words around it look (the children of w:rPr)
    """
    start, end = w("bookmarkStart", id=number, name=bookmark or control.name), w("bookmarkEnd", id=number)
    return [start, w("sdt", _properties(control, number, look), w("sdtContent", _content(control, look))), end]


def _properties(control: Control, number: int, look: Iterable[Node]) -> Node:
    typed_as = [w("rPr", *map(deepcopy, look))] if look else []
    named = [w("alias", val=in_short(control.label)), w("tag", val=control.name), w("id", val=number)]
    empty = [w("showingPlcHdr")] if _is_empty(control) else []
    return w("sdtPr", *typed_as, *named, *_lock(control), *empty, *_kind(control))


def _is_empty(control: Control) -> bool:
    return not control.said and control.kind not in ("tick", "fixed")


def _lock(control: Control) -> list[Node]:
    if control.kind == "fixed":
        return [w("lock", val="sdtContentLocked")]
    return [w("lock", val="sdtLocked")] if control.lasting else []


def _kind(control: Control) -> list[Node]:
    match control.kind:
        case "fixed":
            return []
        case "tick":
            return [_tick(control)]
        case "date":
            return [_date(control)]
        case "choice" | "pick":
            return [_list(control)]
    if not control.lasting:
        return []  # rich text: of plain text LibreOffice 7.4 makes an input field, whose lines it saves run together
    return [w("text", **({"multiLine": 1} if control.kind == "lines" else {}))]


def _tick(control: Control) -> Node:
    states = [w14(f"{state}State", val=f"{ord(box):X}", font=SIGNS) for state, box in (("checked", TICKED), ("unchecked", EMPTY))]
    return w14("checkbox", w14("checked", val=int(bool(control.said))), *states)


def _date(control: Control) -> Node:
    chosen = _day(control.said)
    told = [w("dateFormat", val="dd/MM/yyyy"), w("lid", val="en-GB"), w("storeMappedDataAs", val="date"), w("calendar", val="gregorian")]
    return w("date", *told, **({"fullDate": chosen} if chosen else {}))


def _day(said: str) -> str:
    """A day as Word stores it; "" for what is none."""
    try:
        return f"{datetime.strptime(said, '%d/%m/%Y'):%Y-%m-%dT00:00:00Z}"
    except ValueError:
        return ""


def _list(control: Control) -> Node:
    offered = dict(zip(control.stored or control.choices, control.choices, strict=True))
    items = [w("listItem", displayText=label, value=code) for code, label in offered.items()]
    # Word's own way to unchoose: an item with no text of its own brings the first words back
    first = w("listItem", value=Control("", "", control.kind).shown)
    return w("comboBox" if control.kind == "choice" else "dropDownList", first, *items)


def _content(control: Control, look: Iterable[Node]) -> Node:
    if control.kind == "tick":
        return run(control.shown, look=[_signs(), *_without(look, "rStyle", "rFonts")])
    if _is_empty(control):
        return run(control.shown, PLACEHOLDER, _without(look, "rStyle", "color"))
    return run(control.shown, look=map(deepcopy, look))


def _signs() -> Node:
    return w("rFonts", ascii=SIGNS, hAnsi=SIGNS, eastAsia=SIGNS, cs=SIGNS, hint="eastAsia")


def _without(look: Iterable[Node], *names: str) -> list[Node]:
    return [deepcopy(one) for one in look if one.tag not in {f"{{{W}}}{name}" for name in names}]
