"""The places of the minutes that stand alone: by control, else bookmark, else by the label beside them in a table of facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from mase_docs.definition.codes import plain
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import CATEGORY_NAME, in_row, is_single
from mase_docs.intake.minutes_text import Text
from mase_docs.intake.minutes_walk import Cell, MinutesWalk, Row, Words
from mase_docs.intake.word_text import Span
from mase_docs.model.edited import Typed
from mase_docs.model.minutes_layout import CASE, CATEGORY, ITEM, MEETING, THEME

LABELS: dict[str, dict[str, str]] = {
    kind: {plain(label): ending for ending, label in labels.items()}
    for kind, labels in {"meeting": MEETING, "case": {CATEGORY_NAME: CATEGORY, **CASE}, "theme": THEME, "item": ITEM}.items()
}
"""What a key begins with → label → ending of the place's name."""


def labels_of(key: str) -> dict[str, str]:
    return next((labels for kind, labels in LABELS.items() if key.startswith(kind)), {})


def is_named(cell: Cell) -> bool:
    """Whether something in a cell says what it is for."""
    return any(is_single(span.name) or in_row(span.name) for span in cell.spans)


@dataclass(frozen=True)
class Places:
    """Reads them; each takes its words."""

    walk: MinutesWalk
    text: Text
    headings: Headings

    def by_name(self) -> Iterator[tuple[str, Typed]]:
        for name, span in self.elected.items():
            cell = self.walk.cell_of.get(id(span))
            if cell:
                yield name, Typed(self._in_cell(span, cell), self.headings.place(cell.place, cell.under))
            elif line := self._line(span):
                yield name, Typed(self._in_line(span, line), self.headings.place(line.place, line.under))

    @cached_property
    def elected(self) -> dict[str, Span]:
        """Of each name the first control, else the first bookmark: what comes after it is a copy."""
        found: dict[str, Span] = {}
        for span in sorted(self.walk.spans, key=self._rank):
            if is_single(span.name) and span.name not in found and (span.kind == "control" or self._is_there(span)):
                found[span.name] = span
        return dict(sorted(found.items(), key=lambda said: said[1].start))

    def _rank(self, span: Span) -> int:
        """How much a control or bookmark counts beside others of its name: least where it stands in what was taken out."""
        return 0 if span.kind == "control" else 2 if id(span) in self.walk.in_removed else 1

    def _is_there(self, bookmark: Span) -> bool:
        """Whether a bookmark still marks its place; of a deleted paragraph LibreOffice may leave one before the next, around nothing."""
        if id(bookmark) in self.walk.cell_of:
            return True
        line = self._line(bookmark)
        around = any(piece.strip() for piece in self.walk.pieces[bookmark.start : max(bookmark.start, bookmark.end)])
        before = plain("".join(self.walk.pieces[line.start : bookmark.start])) if line and not around else ""
        return line is not None and (around or any(before in labels for labels in LABELS.values()))

    def _line(self, span: Span) -> Words | None:
        """The paragraph that a control or bookmark stands in."""
        lines = self.walk.lines
        last = bisect_right(lines, span.start, key=lambda line: line.start)
        return next((lines[at] for at in range(last - 1, -1, -1) if span.start <= lines[at].end), None)

    def _in_cell(self, span: Span, cell: Cell) -> str:
        return self.text.take_cell(cell) if len(self.names_in(cell)) == 1 else self.text.take(span.start, span.end)

    def names_in(self, cell: Cell) -> list[str]:
        """The places that stand in a cell."""
        return self._by_cell.get(id(cell), [])

    @cached_property
    def _by_cell(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for name, span in self.elected.items():
            if cell := self.walk.cell_of.get(id(span)):
                found.setdefault(id(cell), []).append(name)
        return found

    def _in_line(self, span: Span, line: Words) -> str:
        """In a paragraph, what stands behind a control is typed as well."""
        behind = replace(line, start=span.start, holes=[hole for hole in line.holes if hole[0] >= span.start])
        return self.text.take_all(behind) if self._is_alone(span, line) else self.text.take(span.start, span.end)

    def _is_alone(self, span: Span, words: Words) -> bool:
        return not any(other is not span and words.start <= other.start <= words.end for other in self.elected.values())

    def by_label(self, rows: Iterable[Row], key: str, there: Container[str]) -> Iterator[tuple[str, Typed]]:
        """What stands beside the labels in some rows, for the places whose names are lost; key is what the table is about."""
        labels, found = labels_of(key), set()
        for row in rows:
            ending = labels.get(plain(self.text.of(row.cells[0]))) if len(row.cells) > 1 else None
            name = f"{key}_{ending}"
            if ending and name not in there and name not in found and not is_named(row.cells[1]):
                cell = row.cells[1]
                found.add(name)
                yield name, Typed(self.text.take_cell(cell), self.headings.place(cell.place, cell.under))
