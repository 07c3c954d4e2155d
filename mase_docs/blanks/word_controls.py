"""Content controls: one for each place that takes an answer (ECMA-376 part 1, 17.5.2; the tick [MS-DOCX] 2.6.1).

They stand inside a paragraph, never around one or around a cell: LibreOffice loses what was chosen in those when it saves.
"""

from __future__ import annotations

from mase_docs.blanks import wording
from mase_docs.blanks.word_look import SIGNS
from mase_docs.blanks.word_xml import Node, run, w, w14
from mase_docs.definition.form import Slot
from mase_docs.definition.home import Home

TYPE, CHOOSE, CHOOSE_OR_TYPE, DATE = "Click to type", "Choose", "Choose or type", "dd/mm/yyyy"
PLACEHOLDERS = (TYPE, CHOOSE, CHOOSE_OR_TYPE, DATE)
"""What stands in a control before it is filled in; `definition.words.is_placeholder` knows each."""
MANY_LINES = ("long_text", "text_list")
EMPTY, TICKED = "2610", "2612"
"""The boxes ☐ and ☒."""


def control(slot: Slot, number: int, home: Home) -> list[Node]:
    """The control of a slot, whose number is its own in the document, with a bookmark around it: LibreOffice 7.4 drops the tags when
    it saves, but keeps bookmarks."""
    start, end = w("bookmarkStart", id=number, name=slot.bookmark), w("bookmarkEnd", id=number)
    return [start, _tick(slot, number) if slot.option else _answer(slot, number, home), end]


def _tick(slot: Slot, number: int) -> Node:
    states = [w14("checkedState", val=TICKED, font=SIGNS), w14("uncheckedState", val=EMPTY, font=SIGNS)]
    sign = run(chr(int(EMPTY, 16)))
    sign.insert(0, w("rPr", w("rFonts", ascii=SIGNS, hAnsi=SIGNS, eastAsia=SIGNS, cs=SIGNS, hint="eastAsia")))
    return w("sdt", w("sdtPr", *_named(slot, number), w14("checkbox", w14("checked", val=0), *states)), w("sdtContent", sign))


def _answer(slot: Slot, number: int, home: Home) -> Node:
    kind, words = _kind(slot, home)
    return w("sdt", w("sdtPr", *_named(slot, number), w("showingPlcHdr"), kind), w("sdtContent", run(words, "PlaceholderText")))


def _named(slot: Slot, number: int) -> list[Node]:
    return [w("alias", val=slot.alias), w("tag", val=slot.name), w("id", val=number), w("lock", val="sdtLocked")]


def _kind(slot: Slot, home: Home) -> tuple[Node, str]:
    """The kind of a control, and the words that stand in it at first."""
    field = slot.field
    if field.type in ("select_one", "yes_no"):
        words = CHOOSE_OR_TYPE if field.or_other else CHOOSE
        offered = [w("listItem", displayText=code.label, value=code.code) for code in wording.offered(field, home)]
        # Word's own way to unchoose: an item with no text of its own brings the first words back
        return w("comboBox" if field.or_other else "dropDownList", w("listItem", value=words), *offered), words
    if field.type == "date":
        return w("date", w("dateFormat", val="dd/MM/yyyy"), w("lid", val="en-GB"), *_stored_as_dates()), DATE
    return w("text", **({"multiLine": 1} if field.type in MANY_LINES else {})), TYPE


def _stored_as_dates() -> list[Node]:
    return [w("storeMappedDataAs", val="date"), w("calendar", val="gregorian")]
