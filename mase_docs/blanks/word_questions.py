"""The questions of a Word form: labels at the left and answers at the right; repeats as tables where they have room, else row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mase_docs.blanks import wording
from mase_docs.blanks.colours import FAINT, PALE, WHITE
from mase_docs.blanks.word_controls import control
from mase_docs.blanks.word_xml import cell, paragraph, row, table
from mase_docs.definition.form import Field, Form, Section, Slot
from mase_docs.definition.home import Home
from mase_docs.model.control import DATE
from mase_docs.word_xml import Node, run, w

WIDTH = 10092
"""Between the margins of an A4 page; all widths are twentieths of a point."""
LABEL = 3700
NUMBER, KEY = 600, 2300
"""The width of a row's label in a table: its number, or the words of its key."""
WIDE = {"text": 1700, "name": 1900, "text_list": 2600, "long_text": 2600, "select_one": 1500, "yes_no": 1000, "date": 1350, "phone": 1500}
WIDE_ELSE = 1700
"""The least width of a column of a table, by type."""
WORDY = 250
"""From this many characters on, a text is given the room of a long one."""
MOST_TICKS = 14
"""So many ticks may stand in a row that is kept on one page."""
MOST_ROWS = 5
"""A table of so many rows is kept on one page."""


@dataclass(frozen=True, slots=True)
class Asker:
    """What is needed to put a form's questions on paper; `numbers` gives each slot, by its name, a number of its own."""

    form: Form
    home: Home
    numbers: dict[str, int]

    def slots(self, field: Field) -> list[Slot]:
        return list(self.home.slots_of(field, "docx"))

    def control(self, slot: Slot) -> list[Node]:
        return control(slot, self.numbers[slot.name], self.home)

    def notes(self, field: Field) -> list[Node]:
        """What stands below a label: whether an answer is required, the hint, and when it is required."""
        when = wording.condition(field, self.form, self.home)
        said = [
            ("Required" * field.required, "Needed"),
            ("" if field.hint == DATE else field.hint, ""),
            (f"Required {when}" if when else "", "NeededIf"),
        ]
        parts = [(wording.sentences(text), style) for text, style in said if text]
        return [run(text + " " * (number < len(parts)), style) for number, (text, style) in enumerate(parts, 1)]


def section(ask: Asker, asked: Section, fields: list[Field]) -> Iterator[Node]:
    """The heading of a section, what is said of it, and its questions."""
    yield paragraph("Heading1", run(asked.label))
    if asked.hint:
        yield paragraph("About", run(wording.sentences(asked.hint)))
    begun = False
    for repeats, group in groupby(fields, key=lambda field: field.type == "repeat"):
        if repeats:
            for field in group:
                yield from _repeat(ask, field)
        else:
            if begun:  # two tables with nothing between them would be one
                yield paragraph("Heading2", run(f"{asked.label}, continued"))
            yield _pairs(asked.label, [_question(ask, field, ask.slots(field)) for field in group])
        begun = True


def _pairs(said: str, rows: list[Node]) -> Node:
    """A table of labels and answers."""
    return table(said, [LABEL, WIDTH - LABEL], [_heads([LABEL, WIDTH - LABEL], ["Question", "Your answer"]), *rows])


def _heads(widths: list[int], words: list[str]) -> Node:
    return row(*(cell(width, PALE, paragraph("Head", run(text))) for width, text in zip(widths, words, strict=True)), heads=True)


def _question(ask: Asker, field: Field, slots: list[Slot], together: bool = False) -> Node:
    """A row with a label and its answer; `together` with the row that follows."""
    label = [paragraph("Question", run(field.label), stays=together), *_noted(ask, field)]
    answer = _ticks(ask, slots) if slots[0].option else [paragraph("Answer", *ask.control(slots[0]))]
    whole = len(slots) <= MOST_TICKS and field.type != "long_text"
    return row(cell(LABEL, FAINT, *label), cell(WIDTH - LABEL, WHITE, *answer), whole=whole, height=_height(field))


def _noted(ask: Asker, field: Field) -> list[Node]:
    notes = ask.notes(field)
    return [paragraph("Note", *notes)] if notes else []


def _height(field: Field) -> int:
    """A long answer is given room from the start, by how much it may hold."""
    return 250 * min(9, max(3, (field.length_on("docx") or 1000) // 400)) if field.type == "long_text" else 0


def _ticks(ask: Asker, slots: list[Slot]) -> list[Node]:
    """The choices as a list, each with its box before it, under the names of their groups."""
    codes = ask.home.codes(slots[0].field.choices or "")
    listed: list[Node] = []
    for group, members in groupby(slots, key=lambda slot: codes.by_code[slot.option or ""].group if codes.groups else ""):
        listed += [paragraph("Group", run(codes.groups.get(group, group)))] if group else []
        for slot in members:
            code = codes.by_code[slot.option or ""]
            hint = [run(f"  {code.hint}", "Hint")] if code.hint else []
            listed.append(paragraph("Tick", *ask.control(slot), w("r", w("tab")), run(code.label), *hint))
    return listed


def _repeat(ask: Asker, field: Field) -> Iterator[Node]:
    yield paragraph("Heading2", run(field.label))
    notes = ask.notes(field)
    if notes:
        yield paragraph("About", *notes)
    columns = [column for column in field.column if "docx" in column.media]
    rows = [(key, said, [slot for slot in ask.slots(field) if slot.row == key]) for key, said in ask.home.rows(field, "docx")]
    widths = _widths(field, columns)
    if widths:
        yield _table(ask, field, columns, rows, widths)
    else:
        for _, said, slots in rows:
            yield paragraph("Heading3", run(f"{said[:1].upper()}{said[1:]}"))
            yield _pairs(f"{field.label}, {said}", list(_card(ask, columns, slots)))


def _card(ask: Asker, columns: list[Field], slots: list[Slot]) -> Iterator[Node]:
    for column in columns:
        yield _question(ask, column, [slot for slot in slots if slot.field is column], together=column is not columns[-1])


def _widths(field: Field, columns: list[Field]) -> list[int]:
    """The widths of a table's columns, the first that of its labels; nothing where they have no room beside each other."""
    if any(column.type == "select_multiple" for column in columns):
        return []
    least = [KEY if field.keys else NUMBER, *map(_least, columns)]
    spare = WIDTH - sum(least)
    shares = [least[0], *(wide + spare * wide // sum(least[1:]) for wide in least[1:])]
    return [*shares[:-1], WIDTH - sum(shares[:-1])] if spare >= 0 else []


def _least(column: Field) -> int:
    wordy = column.type == "text" and (column.length_on("docx") or 0) >= WORDY
    return WIDE.get("long_text" if wordy else column.type, WIDE_ELSE)


def _table(ask: Asker, field: Field, columns: list[Field], rows: list[tuple[str, str, list[Slot]]], widths: list[int]) -> Node:
    first = ask.home.codes(field.keys).label if field.keys else "Row"
    heads = [cell(widths[0], PALE, paragraph("Head", run(first)))]
    for column, width in zip(columns, widths[1:], strict=True):
        heads.append(cell(width, PALE, paragraph("Head", run(column.label)), *_noted(ask, column)))
    stay = [len(rows) <= MOST_ROWS and number < len(rows) for number in range(1, len(rows) + 1)]
    lines = [_line(ask, said if field.keys else key, slots, widths, stays) for (key, said, slots), stays in zip(rows, stay, strict=True)]
    return table(field.label, widths, [row(*heads, heads=True), *lines])


def _line(ask: Asker, said: str, slots: list[Slot], widths: list[int], stays: bool) -> Node:
    answers = [cell(width, WHITE, paragraph("Answer", *ask.control(slot))) for slot, width in zip(slots, widths[1:], strict=True)]
    return row(cell(widths[0], FAINT, paragraph("Row", run(said), stays=stays)), *answers)
