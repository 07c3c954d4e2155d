"""The content controls of a blank Word form: one for each place that takes an answer."""

from __future__ import annotations

from mase_docs.blanks import wording
from mase_docs.definition.content_control import content_control
from mase_docs.definition.form import Slot
from mase_docs.definition.home import Home
from mase_docs.model.control import Control, Kind
from mase_docs.word_xml import Node

MANY_LINES = ("long_text", "text_list")


def control(slot: Slot, number: int, home: Home) -> list[Node]:
    """The control of a slot, whose number is its own in the document, with a bookmark around it."""
    offered = wording.offered(slot.field, home) if _kind(slot) in ("choice", "pick") else []
    labels, stored = tuple(code.label for code in offered), tuple(code.code for code in offered)
    made = Control(slot.name, slot.label, _kind(slot), choices=labels, stored=stored, lasting=True)
    return content_control(made, number, slot.bookmark)


def _kind(slot: Slot) -> Kind:
    field = slot.field
    if slot.option:
        return "tick"
    if field.type in ("select_one", "yes_no"):
        return "choice" if field.or_other else "pick"
    if field.type == "date":
        return "date"
    return "lines" if field.type in MANY_LINES else "text"
