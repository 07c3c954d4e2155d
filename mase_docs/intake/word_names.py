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
from mase_docs.intake.finding import Finding, Findings, Key, least
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
    marked = {span.name.casefold(): span for span in reversed(document.spans) if span.kind == "bookmark"}
    found = {(slot.path, slot.option): names.found(slot, marked[name]) for name, slot in slots.items() if name in marked}
    return {key: replace(finding, confidence=least(finding.confidence, "medium")) for key, finding in found.items()}


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
        number = rows + 1 + self._copied[slot.repeat.name, slot.row, named.again]
        return f"{slot.repeat.name}[{number}].{slot.field.name}", slot.option

    @cached_property
    def _copied(self) -> dict[tuple[str, str | None, int], int]:
        """The rows that stand more than once, as repeat, row and how often before, with the number of each among its repeat's, from 0."""
        rows = dict.fromkeys((n.slot.repeat.name, n.slot.row, n.again) for n in self._tagged if n.again and n.slot.repeat)
        met: Counter[str] = Counter()
        numbers = {}
        for row in rows:
            numbers[row] = met[row[0]]
            met[row[0]] += 1
        return numbers

    def found(self, slot: Slot, span: Span) -> Finding:
        """What stands in a place; with TI1 where what it keeps and what it shows disagree."""
        about = self._control(span)
        if span.shown is not None or about.shown is not None:
            return Finding(None, span.place)
        raw, doubt = self.document.text(span), self.document.doubt(span) or self._run_together(span)
        kept = _kept(about)
        if slot.option and raw:
            raw = raw[0] if is_box(raw[0]) else raw
        elif kept and not raw:
            raw, doubt = kept, "TI1"
        elif slot.field.type == "date":
            return _dated(raw, value(child(about.about, "w:date"), "fullDate"), span.place, doubt)
        elif slot.field.choices:
            raw = self._chosen(slot.field, raw, about)
        return _finding(raw or None, span.place, doubt)

    def _run_together(self, span: Span) -> Doubt:
        """LibreOffice 7.4 moves the line ends of a control in front of it, and so runs its lines together."""
        moved = span.kind == "bookmark" and self.document.walk.pieces[span.start : span.end][:1] == ["\n"]
        return "LC1" if moved else ""

    def _control(self, span: Span) -> Span:
        """The one control that a bookmark is around; else the span itself."""
        if span.kind == "control":
            return span
        inside = [s for s in self.document.walk.spans if s.kind == "control" and span.start <= s.start and s.end <= span.end]
        return inside[0] if len(inside) == 1 else span

    def _chosen(self, field: Field, shown: str, span: Span) -> str:
        """What a drop-down shows; what it stores for that where only this is a choice."""
        codes = self.home.codes(field.choices or "")
        stored = next((code for words, code in _items(span) if plain(words) == plain(shown)), None)
        return stored if stored and codes.match(shown) is None and codes.match(stored) else shown


def _items(control: Span) -> list[tuple[str, str]]:
    """What a drop-down offers: the words, and what is stored for them (17.5.2.21)."""
    lists = [child(control.about, kind) for kind in ("w:dropDownList", "w:comboBox")]
    items = [item for listed in lists if listed is not None for item in listed if name(item) == "w:listItem"]
    return [(value(item, "displayText") or value(item, "value") or "", value(item, "value") or "") for item in items]


def _kept(control: Span) -> str:
    """What a control keeps beside what it shows: the day of a date, the last choice of a list; some programs lose what is shown."""
    lists = (value(child(control.about, kind), "lastValue") for kind in ("w:dropDownList", "w:comboBox"))
    return next(filter(None, lists), None) or (value(child(control.about, "w:date"), "fullDate") or "")[:10]


def _dated(shown: str, kept: str | None, place: str, doubt: Doubt) -> Finding:
    """A date as it is shown; as the day itself where its control keeps the same, with TI1 where it keeps another (17.5.2.7)."""
    try:
        day = date.fromisoformat((kept or "")[:10])
    except ValueError:
        return _finding(shown or None, place, doubt)
    meant = read_date(shown, day).value
    if is_blank(shown) or meant is None:
        return _finding(shown or None, place, doubt)
    return replace(_finding(day, place, doubt), whole=shown) if meant == day else _finding(shown, place, "TI1")


def _finding(raw: object, place: str, doubt: Doubt) -> Finding:
    return Finding(raw, place, "low" if doubt else "high", ("TI1",) if doubt == "TI1" else ())


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
