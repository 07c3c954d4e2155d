"""The sender's own PDF with an outline and a note at each answer that is asked about; its fields stay as they were, and can be filled.

ISO 32000-2: annotations 12.5, square 12.5.6.8, text note 12.5.6.4, blend modes 11.3.5, the document's properties 14.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mase_docs.packs.marks import EDGE, TINT, Mark
from mase_docs.packs.refused import marking
from mase_docs.problems import Severity

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

REFERENCE = "/FormReference"
OURS = "mase-docs"
"""How the names (/NM) of our annotations begin."""
PLACE = re.compile(r"page ([0-9]{1,4}), (.+?)(?:, page [0-9]{1,4}, .*)?\Z", re.DOTALL)
"""Of several boxes that are ticked the first counts."""
LONGEST_NAME = 80
"""A place holds no more of a field's name than this."""
PRINT, NO_ZOOM, NO_ROTATE = 4, 8, 16
FIXED = PRINT | NO_ZOOM | NO_ROTATE
DEEPEST = 30
AROUND, LINE, ICON = 2.0, 1.5, 10.0
"""In points: how far outside a box its outline runs, how thick it is, the side of a note's sign."""
SIGN = "{fill} rg 0.5 2.5 9 7 re f 6 2.6 m 8.5 0 l 8.5 2.6 l f 1 1 1 rg 4.4 5.3 1.2 3.2 re f 4.4 3.4 1.2 1.2 re f"
"""A speech bubble with an exclamation mark, in a square of ICON points."""
Rect = tuple[float, float, float, float]


def marked(data: bytes, marks: Sequence[Mark], reference: str, author: str = "MASE") -> bytes:
    """The PDF with the marks; those of an earlier time are taken away first. Marks whose place isn't in it are passed over.

    `author` is whose the notes are: the panel. Raises InputRefusedError for a PDF that can't be marked.
    """
    from pypdf import PdfReader, PdfWriter

    with marking():
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        writer = PdfWriter(clone_from=reader)
        _mark(writer, marks, author)
        writer.add_metadata({REFERENCE: reference})
        out = BytesIO()
        writer.write(out)
        return out.getvalue()


def _mark(writer: PdfWriter, marks: Sequence[Mark], author: str) -> None:
    wanted = [(int(found[1]), found[2], mark) for mark in marks if (found := PLACE.match(mark.place))]
    for number, page in enumerate(writer.pages, 1):
        kept = [a for a in _found(page, "/Annots", ()) if not _is_ours(a.get_object())]
        boxes = _boxes(kept)
        here = [(boxes[name], mark) for on, name, mark in wanted if on == number and name in boxes]
        outlines = [_outline(writer, rect, mark.severity, f"{OURS} {number} {n}") for n, (rect, mark) in enumerate(here)]
        notes = [_note(writer, page, rect, mark, author, f"{OURS} note {number} {n}") for n, (rect, mark) in enumerate(here)]
        if outlines or "/Annots" in page:
            # the outlines first, so that they lie under the fields and never between a pointer and its box
            _put(page, Annots=[*outlines, *kept, *notes])


def _is_ours(annotation: Any) -> bool:
    """Whether an annotation, or the note whose window it is, is from an earlier time."""
    noted = _found(annotation, "/Parent", annotation) if _found(annotation, "/Subtype") == "/Popup" else annotation
    return str(_found(noted, "/NM", "")).startswith(OURS)


def _found(dictionary: Any, key: str, otherwise: Any = None) -> Any:
    """What stands at a key, with references followed."""
    found = dictionary.get(key, otherwise)
    return found.get_object() if hasattr(found, "get_object") else found


def _boxes(annotations: Sequence[Any]) -> dict[str, Rect]:
    """The box of each field on a page, by the field's full name as a place says it; of several (a radio's) what holds them all."""
    found: dict[str, Rect] = {}
    for widget in (a.get_object() for a in annotations):
        rect = [float(n) for n in _found(widget, "/Rect", ())]
        if _found(widget, "/Subtype") == "/Widget" and len(rect) == 4:
            name = _name(widget)
            box = (min(rect[0::2]), min(rect[1::2]), max(rect[0::2]), max(rect[1::2]))
            found[name] = _both(found[name], box) if name in found else box
    return found


def _name(widget: Any) -> str:
    """A field's full name (12.7.4.2), its spaces as in a place."""
    parts: list[str] = []
    for _ in range(DEEPEST):
        parts.insert(0, str(_found(widget, "/T", "")))
        if "/Parent" not in widget:
            break
        widget = widget["/Parent"]
    return " ".join(".".join(filter(None, parts)).split())[:LONGEST_NAME]


def _both(one: Rect, other: Rect) -> Rect:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _outline(writer: PdfWriter, box: Rect, severity: Severity, name: str) -> Any:
    """A frame around a box and a tint in it, which multiplies with what is under it. It says nothing, so no viewer opens it."""
    rect = (box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND)
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    inside = f"{LINE / 2} {LINE / 2} {width - LINE:.2f} {height - LINE:.2f} re"
    drawing = f"/Soft gs {_ink(TINT[severity])} rg {inside} f {_ink(EDGE[severity])} RG {LINE} w {inside} S"
    look = _drawn(writer, drawing, width, height)
    shape = {"Subtype": _Name("Square"), "C": _colour(EDGE[severity]), "BS": {"W": LINE}, "RD": [LINE / 2] * 4, "F": PRINT}
    return _annotation(writer, rect, look, name, shape)


def _note(writer: PdfWriter, page: PageObject, box: Rect, mark: Mark, author: str, name: str) -> Any:
    """A note just left of a box, where forms leave a margin or a gap."""
    left = max(box[0] - AROUND - ICON, float(page.mediabox.left))
    rect = (left, box[3] + AROUND - ICON, left + ICON, box[3] + AROUND)
    look = _drawn(writer, SIGN.format(fill=_ink(EDGE[mark.severity])), ICON, ICON)
    said = {"Contents": mark.comment, "T": author, "Subj": mark.label, "Name": _Name("Comment"), "Open": False}
    return _annotation(writer, rect, look, name, {"Subtype": _Name("Text"), "C": _colour(TINT[mark.severity]), "F": FIXED, **said})


def _annotation(writer: PdfWriter, rect: Rect, look: Any, name: str, more: dict[str, Any]) -> Any:
    return writer._add_object(_object({"Type": _Name("Annot"), "Rect": list(rect), "NM": name, "AP": {"N": look}, **more}))


def _drawn(writer: PdfWriter, drawing: str, width: float, height: float) -> Any:
    """The look of an annotation (12.5.5)."""
    from pypdf.generic import StreamObject

    stream = StreamObject()
    stream._data = drawing.encode()
    soft = {"ExtGState": {"Soft": {"BM": _Name("Multiply")}}}
    _put(stream, Type=_Name("XObject"), Subtype=_Name("Form"), BBox=[0.0, 0.0, width, height], Resources=soft)
    return writer._add_object(stream)


class _Name(str):
    """A PDF name, to tell it from a text."""


def _object(value: Any) -> Any:
    """The PDF object for a Python value."""
    from pypdf import generic

    if isinstance(value, generic.PdfObject):
        return value
    if isinstance(value, dict):
        return generic.DictionaryObject({generic.NameObject(f"/{key}"): _object(item) for key, item in value.items()})
    if isinstance(value, list):
        return generic.ArrayObject([_object(item) for item in value])
    kinds = {bool: generic.BooleanObject, int: generic.NumberObject, float: generic.FloatObject, str: generic.TextStringObject}
    return generic.NameObject(f"/{value}") if isinstance(value, _Name) else kinds[type(value)](value)


def _put(target: Any, **entries: Any) -> None:
    target.update(_object(entries))


def _colour(colour: str) -> list[float]:
    return [round(int(colour[n : n + 2], 16) / 255, 3) for n in (0, 2, 4)]


def _ink(colour: str) -> str:
    return " ".join(f"{part:g}" for part in _colour(colour))
