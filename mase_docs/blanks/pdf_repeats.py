"""Repeats on paper: a table where every column has room, else a block of boxes for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mase_docs.blanks.colours import INK, PALE
from mase_docs.blanks.pdf_questions import GROUP, HINT, LINE, NEEDED, PAD, Asker, boxed, control_for, heading
from mase_docs.blanks.pdf_rows import BELOW, Grid, Question
from mase_docs.blanks.pdf_sheet import Mark, Shape, Strip, Tag, Words, moved, together
from mase_docs.blanks.pdf_type import BOLD, Style
from mase_docs.definition.form import Field, Slot

HEAD, ROW = Style(8, BOLD, INK), Style(8.5, ink=INK)
NUMBER, KEY = 14.0, 112.0
"""The width of a row's label: its number, or the words of its key."""
MOST_LINES = 5
"""In a cell of a table; a repeat that wants more is set out in blocks."""


def repeat(ask: Asker, question: Field, slots: list[Slot], width: float, parent: Tag) -> Iterator[Strip]:
    """The strips of a repeat: its label, then its rows."""
    top = heading(ask, question, width, parent)
    yield Strip(top.head_height + 1, top.head, keep=True)
    columns = [column for column in question.column if "pdf" in column.media]
    compact = replace(ask, compact=True)
    widths = _widths(compact, question, columns, width)
    rows = [(key, said, [slot for slot in slots if slot.row == key]) for key, said in ask.home.rows(question, "pdf")]
    if widths:
        table = list(_table(compact, question, columns, rows, widths, parent))
        yield from together(table) if sum(strip.height for strip in table) < ask.tallest / 3 else table
    else:
        for row in rows:
            yield from _block(compact, question, columns, row, width, parent)


Row = tuple[str, str, list[Slot]]
"""A row's key, what is said of it, and its slots."""


def _widths(ask: Asker, question: Field, columns: list[Field], width: float) -> list[float]:
    """The width of the row's label and of each column, or nothing where a table would be too tight."""
    if any(column.type == "select_multiple" for column in columns):
        return []
    first = KEY if question.keys else NUMBER
    least = [_least(ask, column) for column in columns]
    room = width - first - sum(least)
    if room < 0:
        return []
    shares = [ask.length(column) ** 0.8 if _breaks(column) else 0.0 for column in columns]
    shares = shares if any(shares) else [1.0] * len(columns)
    widths = [narrow + room * share / sum(shares) for narrow, share in zip(least, shares, strict=True)]
    lines = [control_for(ask, Slot("", "", column, ""), wide)[0].lines for column, wide in zip(columns, widths, strict=True)]
    return [first, *widths] if max(lines) <= MOST_LINES else []


def _breaks(column: Field) -> bool:
    """Whether an answer may stand in several lines."""
    return column.type in ("text", "name", "long_text", "text_list", "email")


def _least(ask: Asker, column: Field) -> float:
    """The least width of a column: the longest word above, and below the whole answer, or a good word of one that may break."""
    word = max(HEAD.width(word) for word in [*column.label.split(), "required" if column.required else ""]) + 2 * PAD
    return max(word, min(ask.in_a_line(column), 60.0) if _breaks(column) else ask.in_a_line(column))


def _table(ask: Asker, question: Field, columns: list[Field], rows: list[Row], widths: list[float], parent: Tag) -> Iterator[Strip]:
    table = parent.add("Table")
    top = _table_head(columns, widths, table)
    yield top
    for number, (key, said, slots) in enumerate(rows, 1):
        strip = _table_row(ask, said if question.keys else key, slots, widths, table.add("TR"))
        last = number == len(rows)
        yield Strip(strip.height + (BELOW + 1 if last else 0), strip.marks, keep=number == 1 and not last, heading=top)


def _table_head(columns: list[Field], widths: list[float], table: Tag) -> Strip:
    row = table.add("TR")
    row.add("TD")
    marks: list[Mark] = []
    x, height = widths[0], 0.0
    for column, width in zip(columns, widths[1:], strict=True):
        words = _column_head(column, width - 2 * PAD, row.add("TH", "Column"))
        marks += moved(words, right=x + PAD)
        x, height = x + width, max(height, words[-1].y + words[-1].height + 2)
    return Strip(height, [Shape(0, 0, x, height, PALE, LINE), *marks], keep=True)


def _column_head(column: Field, width: float, cell: Tag) -> list[Words]:
    said = [(column.label, HEAD), ("required" if column.required else "", NEEDED), (column.hint, HINT)]
    words: list[Words] = []
    for text, style in said:
        if text:
            below = words[-1].y + words[-1].height if words else 1.5
            words.append(Words(0, below, tuple(style.wrap(text, width)), style, cell.add("P")))
    return words


def _table_row(ask: Asker, label: str, slots: list[Slot], widths: list[float], row: Tag) -> Strip:
    head = Words(PAD, 2.5, tuple(ROW.wrap(label, widths[0] - 2 * PAD)), ROW, row.add("TH", "Row").add("P"))
    controls = [control_for(ask, slot, width) for slot, width in zip(slots, widths[1:], strict=True)]
    height = max([head.height + 4, *(high for _, high in controls)])
    marks: list[Mark] = [Shape(0, 0, widths[0], height, PALE, LINE), head]
    x = widths[0]
    for (control, _), width in zip(controls, widths[1:], strict=True):
        marks += boxed(control, x, width, height, row.add("TD").add("Form"))
        x += width
    return Strip(height, marks)


def _block(ask: Asker, question: Field, columns: list[Field], row: Row, width: float, parent: Tag) -> Iterator[Strip]:
    """A row's boxes beside a band that carries its number, or below a bar with the words of its key."""
    key, said, slots = row
    asked: list[Question] = [(column, [slot for slot in slots if slot.field is column]) for column in columns]
    if question.keys:
        strips = [_bar(said, width, parent), *Grid(width).rows(ask, asked, parent)]
    else:
        number = Words(4, 2, (key,), GROUP, parent.add("P"))
        strips = [_banded(strip) for strip in Grid(width - NUMBER - 6).rows(ask, asked, parent)]
        strips[0] = replace(strips[0], marks=[*strips[0].marks[:1], number, *strips[0].marks[1:]])
        strips[-1] = replace(strips[-1], height=strips[-1].height + 2)
    yield from together(strips) if sum(strip.height for strip in strips) < ask.tallest / 2 else strips


def _banded(strip: Strip) -> Strip:
    band = Shape(0, 0, NUMBER, strip.height, PALE)
    return replace(strip, marks=[band, *moved(strip.marks, right=NUMBER + 6)])


def _bar(text: str, width: float, parent: Tag) -> Strip:
    words = Words(PAD, 1.5, tuple(GROUP.wrap(text, width - 2 * PAD)), GROUP, parent.add("P"))
    return Strip(words.height + 6, [Shape(0, 0, width, words.height + 3, PALE), words], keep=True)
