"""The questions of a section set out: short ones beside each other, repeats as tables or, where they are wide, as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mase_docs.blanks.pdf_questions import Asker, Cell, cell, heading
from mase_docs.blanks.pdf_sheet import Mark, Strip, Tag, moved, together
from mase_docs.definition.form import Field, Slot

GUTTER = 10.0
PARTS = 12
SPANS = (2, 3, 4, 6, 8, 12)
"""How much of the width a question may take, in twelfths."""
BELOW = 5.0
GROWING = ("text", "name", "text_list", "email", "select_one")
Question = tuple[Field, list[Slot]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The width that questions are set out on."""

    width: float

    def across(self, span: int) -> float:
        return (self.width + GUTTER) * span / PARTS - GUTTER

    def span(self, ask: Asker, question: Field) -> int:
        """The least part of the width that shows the answer in a line (addresses and the like in two or three) and what stands above
        it in two."""
        if question.type in ("long_text", "select_multiple"):
            return PARTS
        want, half = ask.in_a_line(question), self.across(6)
        if want > half and question.type not in ("select_one", "yes_no"):
            return 6 if want < 3 * half else PARTS
        wide = [span for span in SPANS if self.across(span) >= want]
        return next((span for span in wide if span >= 6 or heading(ask, question, self.across(span), Tag("P")).lines <= 2), PARTS)

    def rows(self, ask: Asker, questions: list[Question], parent: Tag) -> Iterator[Strip]:
        """The strips of the questions in order, as many beside each other as fit."""
        row: list[Question] = []
        for question in questions:
            if row and sum(self.span(ask, q) for q, _ in [*row, question]) > PARTS:
                yield from self._row(ask, row, parent)
                row = []
            row.append(question)
        if row:
            yield from self._row(ask, row, parent)

    def _row(self, ask: Asker, row: list[Question], parent: Tag) -> list[Strip]:
        spans = self._stretched(ask, [question for question, _ in row])
        if len(row) == 1:
            question, slots = row[0]
            return _alone(ask, cell(ask, question, slots, self.across(spans[0]), parent, above=self.width))
        widths = map(self.across, spans)
        return [_beside([cell(ask, question, slots, width, parent) for (question, slots), width in zip(row, widths, strict=True)])]

    def _stretched(self, ask: Asker, row: list[Field]) -> list[int]:
        """The spans widened to fill the row: boxes for words grow, those for dates and numbers would only look odd."""
        spans = [self.span(ask, question) for question in row]
        grow = [n for n, question in enumerate(row) if question.type in GROWING and not ask.by_radios(question)][::-1]
        if sum(spans) == PARTS or (len(row) == 1 and ask.in_a_line(row[0]) <= self.across(6)):
            return spans
        for turn in range(PARTS - sum(spans) if grow else 0):
            spans[grow[turn % len(grow)]] += 1
        return spans


def _beside(cells: list[Cell]) -> Strip:
    head = max(laid.head_height for laid in cells)
    marks: list[Mark] = []
    x = 0.0
    for laid in cells:
        marks += moved([*moved(laid.head, down=head - laid.head_height), *_body(laid, head)], right=x)
        x += laid.width + GUTTER
    return Strip(head + max(laid.body_height for laid in cells) + BELOW, marks)


def _body(laid: Cell, down: float) -> list[Mark]:
    marks: list[Mark] = []
    for strip in laid.body:
        marks += moved(strip.marks, down=down)
        down += strip.height
    return marks


def _alone(ask: Asker, laid: Cell) -> list[Strip]:
    """A question over the whole width; a long list of choices may go on on the next page."""
    strips = [Strip(laid.head_height, laid.head), *laid.body]
    strips[-1] = replace(strips[-1], height=strips[-1].height + BELOW)
    short = sum(strip.height for strip in strips) < ask.tallest / 2
    return together(strips) if short else [*together(strips[:2]), *strips[2:]]
