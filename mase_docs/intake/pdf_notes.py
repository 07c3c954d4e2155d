"""What was written or drawn over a PDF form in place of being typed into its fields: "Add text" and the pen of Edge, Preview and Foxit.

These are annotations (ISO 32000-2, 12.5.6): a program that fills forms shows them, and their text is in none of the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from mase_docs.definition.values import is_ticked
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.limits import PDF_FIELDS
from mase_docs.intake.pdf_fields import MARKED, Kind, text_of
from mase_docs.intake.pdf_glyphs import Rect
from mase_docs.intake.refusals import refuse, warning
from mase_docs.problems import Problem

How = Literal["written", "drawn", "aside"]
KINDS: dict[str, How] = {"/FreeText": "written", "/Text": "aside"}
KINDS |= dict.fromkeys(("/Ink", "/Stamp", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"), "drawn")
"""What may answer: text on the page, and strokes; a note that opens on a click ("Text") is said aside."""
OURS = "mase-docs"
"""How the names (/NM) of the marks begin that `query` puts on a form: they come back with it."""
HIDDEN = 1 << 1
FIRST_LETTER = (4.0, 7.0)
"""Where the first letter of a text stands in its rectangle, in points from the left and from the top."""
BESIDE = 5.0
"""How far from a box, in points, a text or a stroke may be and still be meant for it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One annotation: how it was made, its page from 1, its rectangle in the page's user space, and its text, if it has one."""

    how: How
    page: int
    rect: Rect
    text: str


class Place(NamedTuple):
    """One box on a page for one answer; state: for a circle, what it stands for; name: what the place is called."""

    key: Key
    kind: Kind
    page: int
    rect: Rect
    state: str
    name: str


def notes(reader: Any) -> Iterator[Note]:
    """The texts and drawings laid over the pages of an open pypdf reader."""
    for number, page in enumerate(reader.pages, 1):
        listed = page["/Annots"].get_object() if "/Annots" in page else []
        if not isinstance(listed, list):
            continue
        if len(listed) > PDF_FIELDS:
            raise refuse("AR28")
        raw = (reference.get_object() for reference in listed if hasattr(reference, "get_object"))
        yield from filter(None, (_note(number, annotation) for annotation in raw if isinstance(annotation, dict)))


def _note(page: int, raw: Any) -> Note | None:
    how, flags, rect = KINDS.get(raw.get("/Subtype")), raw.get("/F", 0), _rect(raw.get("/Rect"))
    hidden = isinstance(flags, int) and flags & HIDDEN
    if how is None or hidden or rect is None or str(raw.get("/NM", "")).startswith(OURS):
        return None
    text = (text_of(raw.get("/Contents")) or "").strip()
    return Note(how, page, rect, text) if text or how == "drawn" else None


def _rect(raw: Any) -> Rect | None:
    listed = raw.get_object() if hasattr(raw, "get_object") else None
    edges = [edge.get_object() for edge in listed] if isinstance(listed, list) else []
    if len(edges) != 4 or not all(isinstance(edge, int | float) for edge in edges):
        return None
    across, up = sorted(map(float, edges[0::2])), sorted(map(float, edges[1::2]))
    return across[0], up[0], across[1], up[1]


def laid_over(findings: Findings, found: Iterable[Note], places: Iterable[Place]) -> tuple[Findings, list[Note]]:
    """The findings with what was written over their places, and the notes that stand over none.

    An answer that a field holds already stays, in doubt (AR37) where something else is written over it.
    """
    known, answers, elsewhere = list(places), dict(findings), list[Note]()
    for note in sorted(found, key=lambda note: (note.page, -note.rect[3])):
        place = _under(note, known)
        if place is None:
            elsewhere.append(note)
        else:
            answers[place.key] = _with(answers.get(place.key), findings.get(place.key), note, place)
    return answers, elsewhere


def beside_boxes(elsewhere: list[Note]) -> list[Problem]:
    """A warning where something was written or drawn that stands over no box."""
    return [warning("AR36 pdf", len(elsewhere), place=f"page {elsewhere[0].page}")] if elsewhere else []


def _under(note: Note, places: list[Place]) -> Place | None:
    """The place whose box a note begins in, or is nearest to; strokes answer only where there is something to tick."""
    x, y = _point(note)
    fit = [place for place in places if place.page == note.page and (note.how == "written" or place.kind in MARKED)]
    near = min(fit, key=lambda place: _distance(place.rect, x, y), default=None)
    return near if near and note.how != "aside" and _distance(near.rect, x, y) <= BESIDE else None


def _point(note: Note) -> tuple[float, float]:
    """The first letter of a text, the middle of a drawing."""
    left, bottom, right, top = note.rect
    across, down = (right - left) / 2, (top - bottom) / 2
    return (left + min(FIRST_LETTER[0], across), top - min(FIRST_LETTER[1], down)) if note.text else (left + across, top - down)


def _distance(rect: Rect, x: float, y: float) -> float:
    return max(rect[0] - x, x - rect[2], rect[1] - y, y - rect[3], 0.0)


def _with(now: Finding | None, typed: Finding | None, note: Note, place: Place) -> Finding:
    """The finding of a place with a note that stands over it."""
    said, sure = _said(note, place)
    if now is None or not str(now.raw or "").strip():
        return Finding(said, f"page {place.page}, {place.name}", "low", () if sure else ("TY3",))
    if now.raw == said:
        return now
    if now is typed:
        return replace(now, confidence="low", issues=(*now.issues, "AR37"))
    return replace(now, raw=f"{now.raw}\n{said}")


def _said(note: Note, place: Place) -> tuple[str, bool]:
    """What a note says at its place, and whether plainly: its words; at a box to tick, what the box stands for."""
    if place.kind not in MARKED:
        return note.text, True
    ticked = is_ticked(note.text) if note.text else None
    return (note.text if ticked is False else place.state or "Yes"), ticked is not None
