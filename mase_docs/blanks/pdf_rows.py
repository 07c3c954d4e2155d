"""The questions of a section set out: short ones beside each other, repeats as tables or as a block for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mase_docs.blanks.pdf_questions import (
    BOLD,
    HINT,
    INK,
    LABEL,
    LINE,
    NAVY,
    PAD,
    PALE,
    RED,
    Asker,
    Cell,
    boxed,
    cell,
    control_for,
    narrowest,
)
from mase_docs.blanks.pdf_sheet import Mark, Shape, Strip, Tag, Words, moved, together
from mase_docs.blanks.pdf_type import Style
from mase_docs.definition.form import Field, Slot
from mase_docs.definition.types import TYPES

WIDTH = 515.0
GUTTER = 12.0
SPANS = (3, 4, 6, 12)
"""In twelfths of the width: a quarter, a third, half, all."""
BELOW = 7.0
HEAD, ROW_LABEL = Style(8, BOLD, INK), Style(8.5, ink=INK)
CELL_SIZE = 9.0
MOST_LINES = 6
"""In a cell of a table; a repeat that wants more is set out in blocks."""
Question = tuple[Field, list[Slot]]


def questions(ask: Asker, fields: list[Field], parent: Tag) -> Iterator[Strip]:
    """The strips of a section's questions, in order."""
    row: list[Question] = []
    for field in fields:
        asked = (field, list(ask.home.slots_of(field, "pdf")))
        if row and (field.type == "repeat" or _filled(ask, [*row, asked]) > 12):
            yield from _row(ask, row, parent)
            row = []
        if field.type == "repeat":
            yield from _repeat(ask, field, asked[1], parent)
        else:
            row.append(asked)
    if row:
        yield from _row(ask, row, parent)


def _filled(ask: Asker, row: list[Question]) -> int:
    return sum(span(ask, field) for field, _ in row)


def across(span: int) -> float:
    return (WIDTH + GUTTER) * span / 12 - GUTTER


def span(ask: Asker, field: Field) -> int:
    """The least part of the width that shows the answer in a line or, for addresses and the like, in two or three."""
    if field.type in ("long_text", "select_multiple"):
        return 12
    want = narrowest(ask, field)
    if want > across(6) and field.type not in ("select_one", "yes_no"):
        return 6 if want < 3 * across(6) else 12
    label = LABEL.width(field.label) + (45 if field.required else 0)
    return next((part for part in SPANS if across(part) >= want and across(part) * 2 >= label), 12)


def _row(ask: Asker, row: list[Question], parent: Tag) -> Iterator[Strip]:
    """One row of questions, stretched to the right edge; a single one that is splittable as strips of its own."""
    widths = [across(part) for part in _stretched([span(ask, field) for field, _ in row])]
    cells = [cell(ask, field, slots, width, parent) for (field, slots), width in zip(row, widths, strict=True)]
    if len(cells) == 1:
        yield from _alone(ask, cells[0])
        return
    head = max(laid.head_height for laid in cells)
    marks: list[Mark] = []
    x = 0.0
    for laid, width in zip(cells, widths, strict=True):
        marks += moved([*laid.head, *_body(laid, head)], right=x)
        x += width + GUTTER
    yield Strip(head + max(laid.body_height for laid in cells) + BELOW, marks)


def _stretched(spans: list[int]) -> list[int]:
    if len(spans) > 1 and len(set(spans)) == 1:
        return [12 // len(spans)] * len(spans)
    return [*spans[:-1], 12 - sum(spans[:-1])] if len(spans) > 1 else spans


def _body(laid: Cell, down: float) -> list[Mark]:
    marks: list[Mark] = []
    for strip in laid.body:
        marks += moved(strip.marks, down=down)
        down += strip.height
    return marks


def _alone(ask: Asker, laid: Cell) -> list[Strip]:
    strips = [Strip(laid.head_height, laid.head), *laid.body]
    strips[-1] = replace(strips[-1], height=strips[-1].height + BELOW)
    short = sum(strip.height for strip in strips) < ask.tallest / 2
    return together(strips) if short else [*together(strips[:2]), *strips[2:]]


def _repeat(ask: Asker, field: Field, slots: list[Slot], parent: Tag) -> Iterator[Strip]:
    marks = _title(ask, field, parent)
    yield marks
    columns = [column for column in field.column if "pdf" in column.media]
    widths = _widths(ask, field, columns)
    yield from _table(ask, field, slots, widths, parent) if widths else _blocks(ask, field, slots, parent)


def _title(ask: Asker, field: Field, parent: Tag) -> Strip:
    laid = cell_head(ask, field, parent)
    return Strip(laid.head_height + 1, laid.head, keep=True)


def cell_head(ask: Asker, field: Field, parent: Tag) -> Cell:
    from mase_docs.blanks.pdf_questions import _head

    return _head(ask, field, WIDTH, parent)


def _widths(ask: Asker, field: Field, columns: list[Field]) -> dict[str, float]:
    """The width of each column of a table ("" is the row's label), or nothing where a table would be too tight."""
    first = 118.0 if field.keys else 16.0
    least = {column.name: _least(ask, column) for column in columns}
    room = WIDTH - first - sum(least.values())
    texts = [column for column in columns if _grows(column)]
    if room < 0 or any(column.type == "select_multiple" for column in columns):
        return {}
    shares = {column.name: ask.length(column) ** 0.75 for column in texts} or {columns[-1].name: 1.0}
    widths = {"": first} | {name: width + room * shares.get(name, 0) / sum(shares.values()) for name, width in least.items()}
    tight = any(control_for(ask, column, _any_slot(column), widths[column.name], CELL_SIZE)[0].lines > MOST_LINES for column in texts)
    return {} if tight else widths


def _any_slot(column: Field) -> Slot:
    return Slot(column.name, column.name, column, column.label)


def _grows(column: Field) -> bool:
    return (TYPES[column.type].cerberus == "string" and not TYPES[column.type].needs_choices) or column.type == "text_list"


def _least(ask: Asker, column: Field) -> float:
    """The least width of a column: its longest word above, its answer below (texts may break)."""
    word = max(HEAD.width(word) for word in f"{column.label} {'required' if column.required else ''}".split()) + 2 * PAD
    if column.type in ("select_one", "yes_no"):
        answer = max(Style(CELL_SIZE).width(code.label) for code in ask.offered(column)) + 18 + 2 * PAD
        return max(word, min(answer, 120.0))
    return max(word, min(ask.length(column) * CELL_SIZE * 0.5 + 2 * PAD, 70.0))


def _table(ask: Asker, field: Field, slots: list[Slot], widths: dict[str, float], parent: Tag) -> Iterator[Strip]:
    table = parent.add("Table")
    heading = _table_head(ask, field, widths, table)
    yield heading
    rows = ask.home.rows(field, "pdf")
    for number, (row, said) in enumerate(rows):
        label = said if field.keys else row
        own = [slot for slot in slots if slot.row == row]
        strip = _table_row(ask, own, label, widths, table.add("TR"))
        last = number == len(rows) - 1
        yield Strip(strip.height + (BELOW if last else 0), strip.marks, keep=not number and not last, heading=heading)


def _table_head(ask: Asker, field: Field, widths: dict[str, float], table: Tag) -> Strip:
    row = table.add("TR")
    cells = [_column_head(ask, None, widths[""], row.add("TH", "Column"))]
    cells += [_column_head(ask, c, widths[c.name], row.add("TH", "Column")) for c in field.column if c.name in widths]
    height = max(laid.head_height for laid in cells) + 3
    marks: list[Mark] = [Shape(0, 0, WIDTH, height, PALE, LINE)]
    x = 0.0
    for laid, width in zip(cells, widths.values(), strict=True):
        marks += moved(laid.head, right=x + PAD, down=1.5)
        x += width
    return Strip(height, marks, keep=True)


def _column_head(ask: Asker, column: Field | None, width: float, tag: Tag) -> Cell:
    laid = Cell()
    if column is None:
        return laid
    laid.write(HEAD.wrap(column.label, width - 2 * PAD), HEAD, tag.add("P"))
    if column.required:
        laid.write(["required"], replace(HEAD, ink=RED), tag.add("P"))
    if column.hint:
        laid.write(HINT.wrap(column.hint, width - 2 * PAD), HINT, tag.add("P"))
    return laid


def _table_row(ask: Asker, slots: list[Slot], label: str, widths: dict[str, float], row: Tag) -> Strip:
    marks: list[Mark] = []
    head = Words(PAD, 3, tuple(ROW_LABEL.wrap(label, widths[""] - 2 * PAD)), ROW_LABEL, row.add("TH", "Row").add("P"))
    controls = [control_for(ask, slot.field, slot, widths[slot.field.name], CELL_SIZE) for slot in slots]
    height = max([head.height + 5, *(high for _, high in controls)])
    x = widths[""]
    for (control, _), slot in zip(controls, slots, strict=True):
        marks += boxed(control, x, 0, widths[slot.field.name], height, row.add("TD").add("Form"))
        x += widths[slot.field.name]
    return Strip(height, [Shape(0, 0, widths[""], height, PALE, LINE), head, *marks])


def _blocks(ask: Asker, field: Field, slots: list[Slot], parent: Tag) -> Iterator[Strip]:
    for row, said in ask.home.rows(field, "pdf"):
        own = [slot for slot in slots if slot.row == row]
        columns = [column for column in field.column if "pdf" in column.media]
        grouped = [(column, [slot for slot in own if slot.field is column]) for column in columns]
        strips = [_bar(said[0].upper() + said[1:], parent), *_packed(ask, grouped, parent)]
        whole = sum(strip.height for strip in strips) < ask.tallest / 2
        yield from together(strips) if whole else strips


def _packed(ask: Asker, asked: list[Question], parent: Tag) -> Iterator[Strip]:
    row: list[Question] = []
    for question in asked:
        if row and _filled(ask, [*row, question]) > 12:
            yield from _row(ask, row, parent)
            row = []
        row.append(question)
    yield from _row(ask, row, parent)


def _bar(text: str, parent: Tag) -> Strip:
    style = Style(8.5, BOLD, NAVY)
    words = Words(PAD, 1.5, tuple(style.wrap(text, WIDTH - 2 * PAD)), style, parent.add("P"))
    return Strip(words.height + 6, [Shape(0, 0, WIDTH, words.height + 3, PALE), words], keep=True)
