"""The answer sheet drawn downwards: title, section bars, questions, tick lists and tables, each where the label reader expects it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import ceil

from mase_docs.blanks import excel_look as look
from mase_docs.blanks.excel_grid import ANSWER, LABEL, LINE, WANTED, WANTED_ELSE, lines
from mase_docs.blanks.excel_paper import Paper
from mase_docs.blanks.wording import choices, condition, marking, sentences
from mase_docs.definition.form import Field, Section, Slot
from mase_docs.definition.types import TYPES

HOW_TO = (
    "Type in the white boxes; every other cell is locked. Tab goes to the next box, Alt+Enter begins a new line in it. "
    "A yellow box marked “required” still needs an answer: if you don't know, write Not known. "
    "Where a box is too low for what you write, drag its row taller."
)
TICK_HINT = "X is a tick."
REQUIRED, REQUIRED_IF = "required", "required if …"
FORMATS = {"date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm", "integer": "0"}
TWO_LINES, LONG = 100, 250
"""From this many characters on, an answer gets two lines, or a box as wide as the page."""
AIR = 4.5
"""Points left free above and below the text of a row together."""


def draw(paper: Paper) -> None:
    """Draws the whole form."""
    _title(paper)
    for section in paper.form.section:
        asked = [f for f in section.field if f.asked and "xlsx" in f.media]
        if asked:
            _bar(paper, section)
            for number, question in enumerate(asked):
                if number:  # the first question stays on the page of its section's bar
                    paper.starts.append(paper.row)
                _question(paper, question)
    paper.starts.append(paper.row)


def _title(paper: Paper) -> None:
    grid = paper.grid
    paper.write(LABEL, LABEL, look.TITLE, paper.form.title)
    for column in range(ANSWER, grid.last):
        paper.write(column, column, look.TITLE)
    paper.write(grid.last, grid.last, look.STAMP, f"{paper.form.stamp} · {marking(paper.form)}")
    paper.end_row(28)
    for text in filter(None, (" ".join(paper.form.intro.split()), HOW_TO)):
        paper.write(LABEL, grid.last, look.INTRO, text)
        paper.end_row(height(text, grid.width(LABEL, grid.last), look.INTRO) + AIR)


def _bar(paper: Paper, section: Section) -> None:
    width = paper.grid.width(LABEL, paper.grid.last)
    paper.starts.append(paper.row)
    paper.end_row(8)
    paper.write(LABEL, LABEL, look.BAR, section.label)
    for column in range(ANSWER, paper.grid.last + 1):
        paper.write(column, column, look.BAR)
    paper.end_row(20)
    if section.hint:
        paper.write(LABEL, paper.grid.last, look.BAR_HINT, section.hint)
        paper.end_row(height(section.hint, width, look.BAR_HINT))
    paper.ruled = bool(section.hint)


def _question(paper: Paper, asked: Field) -> None:
    if asked.type == "repeat":
        _table(paper, asked)
    elif asked.type == "select_multiple":
        _ticks(paper, asked)
    elif asked.type == "long_text" or (asked.length_on("xlsx") or 0) >= LONG:
        _long(paper, asked)
    else:
        _short(paper, asked)


def hint(paper: Paper, asked: Field) -> str:
    """The hint of a question, with when it is required."""
    when = condition(asked, paper.form, paper.home)
    return sentences(asked.hint, f"Required {when}" if when else "")


def height(text: str, width: float, style: look.Look) -> float:
    """The points that a row needs for a text in that width; bold letters and the indent take more room."""
    fits = (width - 1.5 * style.indent) * (0.93 if style.bold else 1)
    return rows(lines(text, fits, style.size), style)


def rows(number: int, style: look.Look) -> float:
    """The points that so many lines take."""
    return number * LINE * style.size / 10 + AIR


def _label(paper: Paper, asked: Field, style: look.Look = look.LABEL) -> float:
    paper.write(LABEL, LABEL, style, asked.label)
    return height(asked.label, paper.grid.width(LABEL), style)


def _hint(paper: Paper, text: str, first: int, ruled: bool) -> float:
    last = paper.grid.last - 1
    paper.write(first, last, replace(look.HINT, ruled=ruled), text or None)
    return height(text, paper.grid.width(first, last), look.HINT)


def _status(paper: Paper, asked: Field, ruled: bool) -> None:
    """The word that says an answer is required; it fades when there is one (excel_required)."""
    column, required = paper.grid.status, asked.required or bool(condition(asked, paper.form, paper.home))
    text, style = (REQUIRED, look.STATUS) if asked.required else (REQUIRED_IF, look.STATUS_IF)
    cell = paper.write(column, column, replace(style, ruled=ruled), text if required else None)
    if required:
        paper.statuses[asked.name] = cell


def _short(paper: Paper, asked: Field) -> None:
    """Label, answer, hint, status in one row."""
    heights = [_label(paper, asked), _hint(paper, hint(paper, asked), ANSWER + 1, paper.ruled), rows(_answer_lines(asked), look.ANSWER)]
    (slot,) = paper.home.slots_of(asked, "xlsx")
    paper.place(slot, ANSWER, ANSWER, answer_look(asked, look.ANSWER))
    _status(paper, asked, paper.ruled)
    paper.end_row(max(heights))
    paper.ruled = True


def _answer_lines(asked: Field) -> int:
    return max(TYPES[asked.type].lines, 2 if (asked.length_on("xlsx") or 0) > TWO_LINES else 1)


def answer_look(asked: Field, style: look.Look) -> look.Look:
    """The look of an answer: text keeps leading zeros, a date is shown as one and shrinks rather than turning into ####."""
    if asked.type in FORMATS:
        return replace(style, number_format=FORMATS[asked.type], wrap=False, shrink=True)
    return style


def _long(paper: Paper, asked: Field) -> None:
    """The hint above, the label beside a box nearly as wide as the page."""
    text = hint(paper, asked)
    if text:
        paper.write(LABEL, LABEL, look.RULED)
        paper.end_row(_hint(paper, text, ANSWER, ruled=False))
    needed = _label(paper, asked, replace(look.LABEL, down="top", ruled=not text))
    (slot,) = paper.home.slots_of(asked, "xlsx")
    paper.place(slot, ANSWER, paper.grid.last - 1, look.LONG_ANSWER)
    _status(paper, asked, ruled=False)
    paper.end_row(max(needed, rows(_box_lines(asked), look.LONG_ANSWER)))
    paper.ruled = False


def _box_lines(asked: Field) -> int:
    """Lines for a long answer: about half of the most it may hold, which is more than most people write."""
    return min(13, max(3, (asked.length_on("xlsx") or 1000) // 200))


def _head(paper: Paper, asked: Field, text: str) -> None:
    """A row with the label, the hint beside it, and no answer: it stands above ticks and tables."""
    heights = [_label(paper, asked), _hint(paper, text, ANSWER, ruled=False)]
    _status(paper, asked, ruled=False)
    paper.end_row(max(heights))
    paper.ruled = False


def _ticks(paper: Paper, asked: Field) -> None:
    """The question's row, then its options, each with its tick immediately right of it."""
    _head(paper, asked, sentences(hint(paper, asked), TICK_HINT))
    slots, pairs = list(paper.home.slots_of(asked, "xlsx")), paper.grid.tick_pairs()
    for start in range(0, len(slots), len(pairs)):
        row = zip(slots[start : start + len(pairs)], pairs, strict=False)
        paper.end_row(max(_tick(paper, slot, *pair) for slot, pair in row))


def _tick(paper: Paper, slot: Slot, first: int, last: int, tick: int) -> float:
    label = option_label(paper, slot)
    paper.write(first, last, look.OPTION, label)
    paper.place(slot, tick, tick, look.TICK)
    return height(label, paper.grid.width(first, last), look.OPTION)


def option_label(paper: Paper, slot: Slot) -> str:
    """The label of the choice that a tick stands for."""
    assert slot.field.choices
    assert slot.option
    return paper.home.codes(slot.field.choices).label_of(slot.option)


def _table(paper: Paper, asked: Field) -> None:
    """The repeat's row, a row of its columns' labels, then its rows."""
    _head(paper, asked, sentences(hint(paper, asked), _needed_in_rows(asked)))
    table = [(row or "", list(slots)) for row, slots in groupby(paper.home.slots_of(asked, "xlsx"), key=lambda slot: slot.row)]
    shares = paper.grid.shares([_wanted(slot) for slot in table[0][1]])
    paper.end_row(max(_headings(paper, table[0][1], shares)))
    said = dict(paper.home.rows(asked, "xlsx"))
    for row, slots in table:
        _table_row(paper, said[row] if asked.keys else row, slots, shares)


def is_long(column: Field) -> bool:
    """Whether an answer in a table may take many lines."""
    return column.type == "long_text" or (column.type == "text" and (column.length_on("xlsx") or 0) >= LONG)


def _wanted(slot: Slot) -> float:
    """How many characters wide a column of a table would be."""
    return WANTED_ELSE if slot.option else WANTED.get("long_text" if is_long(slot.field) else slot.field.type, WANTED_ELSE)


def _needed_in_rows(asked: Field) -> str:
    needed = [c.label for c in asked.column if c.required and "xlsx" in c.media]
    return f"Every row that you begin needs: {', '.join(needed)}" if needed and not asked.keys else ""


def _headings(paper: Paper, slots: list[Slot], shares: list[tuple[int, int]]) -> Iterator[float]:
    for slot, (first, last) in zip(slots, shares, strict=True):
        label = column_label(paper, slot)
        paper.write(first, last, look.HEADING, label)
        yield height(label, paper.grid.width(first, last), look.HEADING)


def column_label(paper: Paper, slot: Slot) -> str:
    """What stands above a column of a table; for a tick, with the choice it stands for."""
    return f"{slot.field.label}: {option_label(paper, slot)}" if slot.option else slot.field.label


def _table_row(paper: Paper, said: str, slots: list[Slot], shares: list[tuple[int, int]]) -> None:
    paper.write(LABEL, LABEL, look.ROW_LABEL, said)
    for slot, (first, last) in zip(slots, shares, strict=True):
        paper.place(slot, first, last, look.TICK if slot.option else answer_look(slot.field, look.CELL))
    deepest = max(_cell_lines(paper, slot, paper.grid.width(*share)) for slot, share in zip(slots, shares, strict=True))
    paper.end_row(max(rows(min(deepest, 3), look.CELL), height(said, paper.grid.width(LABEL), look.ROW_LABEL)))


def _cell_lines(paper: Paper, slot: Slot, width: float) -> int:
    """How many lines an answer in a table may well take: its longest choice, or what people write in such a box."""
    if slot.field.type == "select_one":
        return max(lines(label, width, look.CELL.size) for label in choices(slot.field, paper.home))
    return max(2, ceil(_wanted(slot) / width)) if TYPES[slot.field.type].as_text else 1
