"""The fields of a PDF form, by our own walk of its field tree (ISO 32000-2, 12.7): names, what was typed, what was ticked.

pypdf's own lists leave out ticks, drop-downs or the widgets' states; what is read here is what a viewer shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from time import monotonic
from typing import Any, Literal

from mase_docs.intake.limits import PDF_FIELD_DEPTH, PDF_FIELDS
from mase_docs.intake.pdf_looks import drawn
from mase_docs.intake.refusals import refuse

Kind = Literal["text", "choice", "tick", "radio"]
MARKED: tuple[Kind, ...] = ("tick", "radio")
"""The kinds of field that are marked, not written in."""

RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
"""Flags of a button field (ISO 32000-2, table 229)."""
NO_TICK = ("no", "false", "0")
"""What some programs write for Off; for a radio they may be answers."""

LONGEST_NAME = 80
CODINGS = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}
UTF_8_MISREAD = "\xef\xbb\xbf"
"""The mark of UTF-8 as pypdf leaves it where the rest is not wholly UTF-8."""
LANGUAGE_MARK = re.compile("\x1b[A-Za-z]{2,3}(?:-?[A-Za-z]{2})?\x1b")
LINE_END = re.compile("\r\n?|\u2028|\u2029")
TAG = re.compile(r"<[^<>]*>")
PARAGRAPH_END = re.compile(r"</p>\s*(?=<p)|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Widget:
    """One box on a page: where it stands and, for a tick or radio, its on-states and the one it shows ("" off, None not said)."""

    page: int | None
    rect: tuple[float, float, float, float] | None
    states: tuple[str, ...] = ()
    shows: str | None = None


@dataclass(frozen=True, slots=True)
class PdfField:
    """One field.

    name      in full, as `form1.dob`
    value     what was typed or chosen, as it is displayed; for a tick or radio the state that is on; None if blank or off
    export    for a drop-down, the value stored behind what is displayed
    tooltip   what a screen reader says
    doubtful  the file says two things about it (rule TI1)
    looks     the letters that its boxes draw, for a text or drop-down
    """

    name: str
    kind: Kind
    value: str | None
    export: str | None = None
    tooltip: str = ""
    widgets: tuple[Widget, ...] = ()
    doubtful: bool = False
    looks: str = ""

    @property
    def page(self) -> int | None:
        return next((w.page for w in self.widgets if w.page), None)

    @property
    def place(self) -> str:
        """`page 2, dob`; the name alone where no page shows it. Names are other people's: long ones are cut."""
        name = " ".join(self.name.split())[:LONGEST_NAME]
        return f"page {self.page}, {name}" if self.page else name


@dataclass(slots=True)
class _Node:
    """A node of the tree with what it inherits, and the widgets gathered for it."""

    name: str
    entries: dict[str, Any]
    widgets: list[Any] = field(default_factory=list)


INHERITED = ("/FT", "/Ff", "/V", "/Opt", "/TU", "/RV")


def walk(reader: Any, until: float) -> list[PdfField]:
    """Every field that a person can answer, in the tree's order; a name that comes twice comes once, with what was answered.

    `reader` is an open pypdf reader, `until` the time (monotonic) when a form has long been read.
    Raises InputRefusedError AR28 for a tree too deep, too large or too slow to be a form's.
    """
    pages = _pages_of_widgets(reader)
    nodes = _Tree(until).nodes(_roots(reader))
    return _once([found for node in nodes if (found := _read(node, pages))])


def _roots(reader: Any) -> Iterator[Any]:
    """The tops of the form's own list of fields, and of the widgets on the pages: some programs leave fields out of the list."""
    form = _resolved(reader.root_object.get("/AcroForm"))
    listed = map(_resolved, _array(form.get("/Fields")) if isinstance(form, dict) else [])
    shown = (a for page in reader.pages for a in _annotations(page))
    return (_top(f) for f in chain(listed, shown) if isinstance(f, dict))


def _top(node: Any) -> Any:
    """The field above all others of a field or widget."""
    for _ in range(PDF_FIELD_DEPTH):
        above = _resolved(node.get("/Parent"))
        if not isinstance(above, dict) or "/Kids" not in above or above.get("/Type") == "/Pages":
            break
        node = above
    return node


def _annotations(page: Any) -> list[Any]:
    """The widgets on a page."""
    listed = _array(page.get("/Annots"))
    if len(listed) > PDF_FIELDS:
        raise refuse("AR28")
    found = [_resolved(a) for a in listed]
    return [a for a in found if isinstance(a, dict) and a.get("/Subtype") == "/Widget"]


def _pages_of_widgets(reader: Any) -> dict[int, int]:
    """Each widget's page from 1, by the widget's identity (its own /P is often missing or wrong)."""
    return {id(a): number for number, page in enumerate(reader.pages, 1) for a in _annotations(page)}


class _Tree:
    """The walk itself: each node once, none too deep, not too many."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.seen: dict[int, Any] = {}

    def nodes(self, roots: Iterator[Any]) -> Iterator[_Node]:
        for root in roots:
            yield from self._below(root, _Node("", {}), 0)

    def _below(self, raw: Any, parent: _Node, depth: int) -> Iterator[_Node]:
        here = _resolved(raw)
        if not isinstance(here, dict) or id(here) in self.seen:
            return
        self.seen[id(here)] = here
        if depth > PDF_FIELD_DEPTH or len(self.seen) > PDF_FIELDS or monotonic() > self.until:
            raise refuse("AR28")
        node = _Node(_joined(parent.name, here), {**parent.entries, **{k: here[k] for k in INHERITED if k in here}})
        kids = [k for raw in _array(here.get("/Kids")) if isinstance(k := _resolved(raw), dict) and id(k) not in self.seen]
        children = [] if _kind(node) == "radio" else [k for k in kids if "/T" in k]
        node.widgets = [k for k in kids if not children or "/T" not in k] or [here]
        if node.name and not children:
            yield node
        for child in children:
            yield from self._below(child, node, depth + 1)


def _joined(above: str, here: dict[str, Any]) -> str:
    own = text_of(here.get("/T")) or ""
    return f"{above}.{own}" if above and own else above or own


def _read(node: _Node, pages: dict[int, int]) -> PdfField | None:
    """A terminal node as a field; None for push buttons, signatures and what isn't a field at all."""
    kind = _kind(node)
    if kind is None:
        return None
    widgets = tuple(_widget(w, pages) for w in node.widgets)
    value, export, doubtful = READ[kind](node, widgets)
    looks = "" if kind in MARKED else next((look for w in node.widgets if (look := drawn(_resolved(w.get("/AP")), _resolved))), "")
    return PdfField(node.name, kind, value, export, text_of(node.entries.get("/TU")) or "", widgets, doubtful, looks)


def _kind(node: _Node) -> Kind | None:
    told = next((str(_resolved(e["/FT"])) for e in (node.entries, *node.widgets) if "/FT" in e), "")
    flags = _resolved(node.entries.get("/Ff"))
    flags = flags if isinstance(flags, int) else 0
    if told == "/Btn":
        return None if flags & PUSH_BUTTON else "radio" if flags & RADIO else "tick"
    return {"/Tx": "text", "/Ch": "choice"}.get(told)  # type: ignore[return-value]


def _widget(raw: dict[str, Any], pages: dict[int, int]) -> Widget:
    rect = [_resolved(n) for n in _array(raw.get("/Rect"))]
    right = len(rect) == 4 and all(isinstance(n, int | float) for n in rect)
    box = (min(rect[0::2]), min(rect[1::2]), max(rect[0::2]), max(rect[1::2])) if right else None
    looks = _resolved(raw.get("/AP"))
    normal = _resolved(looks.get("/N")) if isinstance(looks, dict) else None
    states = [_state(k) for k in normal] if isinstance(normal, dict) and not hasattr(normal, "get_data") else []
    return Widget(pages.get(id(raw)), box, tuple(s for s in states if s), (_state(raw["/AS"]) or "") if "/AS" in raw else None)


def _typed(node: _Node, widgets: tuple[Widget, ...]) -> tuple[str | None, str | None, bool]:
    """A text field: /V, or its rich text where that is all there is; a widget's own /V where the field has none."""
    held = [_resolved(e.get("/V")) for e in (node.entries, *node.widgets)]
    said = _distinct(map(text_of, held))
    if not said and (rich := text_of(node.entries.get("/RV"))):
        said = [_without_tags(rich)]
    return (said[0] if said else None), None, len(said) > 1 or any(map(_is_name, held))


def _chosen(node: _Node, widgets: tuple[Widget, ...]) -> tuple[str | None, str | None, bool]:
    """A drop-down: what it displays, and the export value behind it. /V may hold either."""
    said = [t for t in (text_of(v) for v in _array_or_one(node.entries.get("/V"))) if t and t.strip()]
    if not said:
        return None, None, False
    options = [_option(o) for o in _array(node.entries.get("/Opt"))]
    shown = dict(options) | {display: display for _, display in options}
    stored = {display: export for export, display in options}
    displayed = [shown.get(s, s) for s in said]
    return "; ".join(displayed), "; ".join(stored.get(d, d) for d in displayed), False


def _option(raw: Any) -> tuple[str, str]:
    """One entry of /Opt, as (export, display): a string, or a pair of them."""
    both = [text_of(o) or "" for o in _array_or_one(raw)]
    return (both[0], both[1]) if len(both) == 2 else ("".join(both), "".join(both))


def _ticked(node: _Node, widgets: tuple[Widget, ...]) -> tuple[str | None, str | None, bool]:
    """A tick or radio: /V, then the /AS of its widgets, then the states they have. Anything but Off is on.

    Where /V and the widgets disagree, what is ticked anywhere counts and the answer is doubtful.
    """
    states = _states(node, widgets)
    shown = _distinct(states.get(w.shows or "", w.shows) for w in widgets)
    said = _said(node, states)
    known = said is None or said in states.values() or (not states and _is_name(_resolved(node.entries.get("/V"))))
    value = said if said and (known or not shown) else shown[0] if shown else None
    drawn = any(w.shows is not None for w in widgets)
    agree = shown == ([said] if said else []) if "/V" in node.entries and drawn else len(shown) < 2
    return value, None, not (known and agree)


def _said(node: _Node, states: dict[str, str]) -> str | None:
    """The state that /V names; any word ticks a box that has but one on-state."""
    said = _state(node.entries.get("/V"))
    if said not in states and _kind(node) == "tick" and (said or "").casefold() in NO_TICK:
        return None
    only = list(states.values()) if len(states) == 1 and _kind(node) == "tick" else [said]
    return said and states.get(said, states.get(_unescaped(said), only[0]))


def _states(node: _Node, widgets: tuple[Widget, ...]) -> dict[str, str]:
    """The on-states, each with what it stands for: itself, or its entry in /Opt (ISO 32000-2, 12.7.5.2.3)."""
    stands_for = [text_of(o) or "" for o in _array(node.entries.get("/Opt"))]
    labelled = len(stands_for) == len(widgets)
    return {s: (stands_for[n] if labelled else s) or s for n, w in enumerate(widgets) for s in w.states}


READ = {"text": _typed, "choice": _chosen, "tick": _ticked, "radio": _ticked}


def _once(fields: list[PdfField]) -> list[PdfField]:
    """Fields of one name as one: the answered one, doubtful if two are answered differently."""
    found: dict[str, PdfField] = {}
    for f in fields:
        first = found.get(f.name)
        found[f.name] = _merged(first, f) if first else f
    return list(found.values())


def _merged(one: PdfField, other: PdfField) -> PdfField:
    keep = one if one.value else other
    twice = bool(one.value and other.value and one.value != other.value)
    return replace(keep, widgets=one.widgets + other.widgets, doubtful=keep.doubtful or twice)


def _state(raw: Any) -> str | None:
    """The name of a state, written as a name or (by some programs) as a string; None for Off."""
    text = (text_of(raw) or "").removeprefix("/")
    return None if text.strip().casefold() in ("", "off") else text


def _unescaped(name: str) -> str:
    """A name whose #ed escapes were written into a string."""
    return re.sub("#([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), name)


def text_of(raw: Any) -> str | None:
    """A string, name, number or stream of text (as a long answer may be) with plain line ends; None for anything else."""
    raw = _resolved(raw)
    if hasattr(raw, "get_data"):
        raw = raw.get_data()
    if isinstance(raw, str) and raw.startswith(UTF_8_MISREAD):
        raw = getattr(raw, "original_bytes", raw)
    if isinstance(raw, bytes):
        raw = _decoded(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    return LINE_END.sub("\n", LANGUAGE_MARK.sub("", str(raw))).strip("\x00")


def _decoded(data: bytes) -> str:
    """Bytes as a text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by their mark, else PDFDocEncoding, near enough Windows-1252.

    Half a letter, or what no UTF-8 can be, spoils itself alone and not the rest.
    """
    from pypdf.generic import create_string_object

    for mark, coding in CODINGS.items():
        if data.startswith(mark):
            body = data[len(mark) :]
            return body.decode("utf-8", "replace") if coding == "utf-8" else body[: len(body) // 2 * 2].decode(coding, "surrogatepass")
    found = create_string_object(data)
    return found if isinstance(found, str) else data.decode("cp1252", "replace")


def _without_tags(rich: str) -> str:
    from html import unescape

    return unescape(TAG.sub("", PARAGRAPH_END.sub("\n", rich))).strip()


def _distinct(values: Any) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def _resolved(raw: Any) -> Any:
    return raw.get_object() if hasattr(raw, "get_object") else raw


def _is_name(raw: Any) -> bool:
    """Whether a value is a name, which is no text: only another part of the file is (ISO 32000-2, 12.7.5.3)."""
    from pypdf.generic import NameObject

    return isinstance(raw, NameObject)


def _array(raw: Any) -> list[Any]:
    found = _resolved(raw)
    return list(found) if isinstance(found, list) else []


def _array_or_one(raw: Any) -> list[Any]:
    found = _resolved(raw)
    return list(found) if isinstance(found, list) else [found]
