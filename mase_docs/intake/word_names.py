"""Our own Word form by the names of its places: the tag of a content control, else the bookmark around it, which outlives the tag.

LibreOffice drops the tags when it saves; a person may copy a row of a table, tags and all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from mase_docs.definition.boxes import NO_TICK, is_box
from mase_docs.definition.codes import plain
from mase_docs.definition.dates import read_date
from mase_docs.definition.form import Field, Form, Slot
from mase_docs.definition.home import Home
from mase_docs.intake.answers import is_blank
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.refusals import refuse
from mase_docs.intake.word_document import Doubt, Span, WordDocument
from mase_docs.intake.word_marks import child, name, value

FEW = 5
"""So many questions may stand twice without being a second copy of the form."""


class Named(NamedTuple):
    """A place of the form in a document; `again`: how many of that name stand before it."""

    slot: Slot
    span: Span
    again: int


def by_tags(document: WordDocument, form: Form, home: Home) -> Findings:
    """What stands in the content controls that still have their tags. Raises InputRefusedError AR14: two filled copies of the form."""
    return _Names(document, form, home).by_tags()


def by_bookmarks(document: WordDocument, form: Form, home: Home) -> Findings:
    """What stands within the bookmarks around places of the form."""
    names = _Names(document, form, home)
    slots = {slot.bookmark.casefold(): slot for slot in home.slots(form, "docx")}
    marked = [(slots[span.name.casefold()], span) for span in document.spans if span.kind == "bookmark" and span.name.casefold() in slots]
    return {(slot.path, slot.option): replace(names.found(slot, span), confidence="medium") for slot, span in marked}


@dataclass(frozen=True)
class _Names:
    document: WordDocument
    form: Form
    home: Home

    def by_tags(self) -> Findings:
        self._must_be_one()
        found: Findings = {}
        for named in self._tagged:
            key = self._key(named)
            found[key] = _either(found[key], self.found(named.slot, named.span)) if key in found else self.found(named.slot, named.span)
        return found

    @cached_property
    def _tagged(self) -> list[Named]:
        slots = {slot.name.casefold(): slot for slot in self.home.slots(self.form, "docx")}
        met: Counter[str] = Counter()
        found = []
        for span in self.document.spans:
            slot = slots.get(span.name.casefold()) if span.kind == "control" else None
            if slot:
                found.append(Named(slot, span, met[slot.name]))
                met[slot.name] += 1
        return found

    def _must_be_one(self) -> None:
        """Raises AR14 where most questions stand twice, and both copies are filled in."""
        asked = [named for named in self._tagged if not named.slot.repeat]
        copies = [[n for n in asked if n.again == again] for again in (0, 1)]
        if len(copies[1]) > max(FEW, len(copies[0]) // 2) and all(any(self._is_filled(n) for n in copy) for copy in copies):
            raise refuse("AR14 copies")

    def _is_filled(self, named: Named) -> bool:
        text = self.document.text(named.span)
        return named.span.shown is None and not is_blank(text) and text != NO_TICK

    def _key(self, named: Named) -> Key:
        """The answer that a place is for: in a row that was copied, that of the next free row."""
        slot = named.slot
        if not named.again or slot.repeat is None or slot.repeat.keys:
            return slot.path, slot.option
        rows = len(self.home.rows(slot.repeat, "docx"))
        number = rows + 1 + self._copied(slot.repeat).index((slot.row, named.again))
        return f"{slot.repeat.name}[{number}].{slot.field.name}", slot.option

    def _copied(self, repeat: Field) -> list[tuple[str | None, int]]:
        """The rows that stand more than once, as row and how often before, in the order of the document."""
        return list(dict.fromkeys((n.slot.row, n.again) for n in self._tagged if n.again and n.slot.repeat is repeat))

    def found(self, slot: Slot, span: Span) -> Finding:
        """What stands in a place; with TI1 where what it keeps and what it shows disagree."""
        doubt = self.document.doubt(span)
        raw: str | None = None if span.shown is not None else self.document.text(span)
        about = self._control(span)
        if slot.option and raw:
            raw = raw[0] if is_box(raw[0]) else raw
        elif slot.field.type == "date":
            doubt = _dated(raw, value(child(about.about, "w:date"), "fullDate"), doubt)
        elif slot.field.choices:
            raw = self._chosen(slot.field, raw, about)
        return Finding(raw or None, span.place, "low" if doubt else "high", ("TI1",) if doubt == "TI1" else ())

    def _control(self, span: Span) -> Span:
        """The one control that a bookmark is around; else the span itself."""
        if span.kind == "control":
            return span
        inside = [s for s in self.document.walk.spans if s.kind == "control" and span.start <= s.start and s.end <= span.end]
        return inside[0] if len(inside) == 1 else span

    def _chosen(self, field: Field, shown: str | None, span: Span) -> str | None:
        """What a drop-down shows; what it stores for that where only this is a choice."""
        codes = self.home.codes(field.choices or "")
        items = [item for kind in ("w:dropDownList", "w:comboBox") for item in child(span.about, kind) or () if name(item) == "w:listItem"]
        stored = next((value(i, "value") for i in items if shown and plain(value(i, "displayText") or "") == plain(shown)), None)
        return stored if stored and shown and codes.match(shown) is None and codes.match(stored) else shown


def _dated(shown: str | None, kept: str | None, doubt: Doubt) -> Doubt:
    """Whether the day that a date's control keeps is another than it shows (17.5.2.7)."""
    try:
        day = date.fromisoformat((kept or "")[:10])
    except ValueError:
        return doubt
    meant = read_date(shown, day).value if shown and not is_blank(shown) else None
    return "TI1" if meant not in (None, day) else doubt


def _either(first: Finding, second: Finding) -> Finding:
    """Of one question that stands twice the answer that is given; where two are, the first, with TI1."""
    if is_blank(second.raw) or second.raw in (NO_TICK, first.raw):
        return first
    if is_blank(first.raw) or first.raw == NO_TICK:
        return second
    return replace(first, confidence="low", issues=tuple(dict.fromkeys((*first.issues, "TI1"))))


def filled(findings: Findings) -> Iterator[Key]:
    """The keys that something stands at."""
    yield from (key for key, found in findings.items() if not is_blank(found.raw) and found.raw != NO_TICK)
