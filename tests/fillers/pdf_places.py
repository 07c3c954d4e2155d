"""What a blank PDF offers, as a person with a mouse would see it: each field's kind, where its widgets stand and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pypdf import PdfReader

from mase_docs.blanks.wording import offered
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home

Answers = dict[str, str | bool]
"""Slot name → text to type, True to tick, the code of a radio, or the words of a drop-down's choice."""


@dataclass(frozen=True)
class Spot:
    """One widget: its page (from 0), its middle, and for ticks and radios the state it switches to."""

    page: int
    x: float
    y: float
    state: str = ""


@dataclass
class Place:
    kind: Literal["text", "choice", "tick", "radio"]
    spots: list[Spot] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


def places(blank: Path) -> dict[str, Place]:
    """Every field of a blank that a person can fill in, by name, in reading order."""
    found: dict[str, Place] = {}
    for number, page in enumerate(PdfReader(blank).pages):
        for reference in page.get("/Annots", []):
            widget = reference.get_object()
            if not widget["/F"] & 2:
                owner = widget if "/T" in widget else widget["/Parent"].get_object()
                place = found.setdefault(str(owner["/T"]), Place(_kind(owner), [], [str(o) for o in owner.get("/Opt", [])]))
                place.spots.append(_spot(widget, number))
    return found


def as_shown(answers: Answers, form: Form, home: Home, blank: Path) -> Answers:
    """The same answers with the code of a drop-down's choice as the words that the drop-down shows; other words stay."""
    known, slots = places(blank), {slot.name: slot.field for slot in home.slots(form, "pdf")}
    shown = dict(answers)
    for name in answers:
        if known[name].kind == "choice":
            labels = {code.code: code.label for code in offered(slots[name], home)}
            shown[name] = labels.get(str(answers[name]), answers[name])
    return shown


def _kind(owner: Any) -> Literal["text", "choice", "tick", "radio"]:
    if owner["/FT"] == "/Btn":
        return "radio" if owner["/Ff"] & 1 << 15 else "tick"
    return "choice" if owner["/FT"] == "/Ch" else "text"


def _spot(widget: Any, page: int) -> Spot:
    left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
    states = [state[1:] for state in widget.get("/AP", {}).get("/N", {}) if state != "/Off"]
    return Spot(page, (left + right) / 2, (bottom + top) / 2, states[0] if states else "")
