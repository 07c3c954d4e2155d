"""The answer sheet drawn downwards: title, section bars, questions, tick lists and tables, each where the label reader expects it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks import excel_look as look
from mase_docs.blanks.excel_grid import ANSWER, LABEL, LINE, WANTED, WANTED_ELSE, Grid, lines
from mase_docs.blanks.wording import condition, marking, sentences
from mase_docs.definition.form import Field, Form, Section, Slot
from mase_docs.definition.home import Home
from mase_docs.definition.types import TYPES

HOW_TO = (
    "Type in the white boxes; every other cell is locked. Tab goes to the next box, Alt+Enter begins a new line in it. "
    "A yellow box marked “required” still needs an answer: if you don't know, write Not known. "
    "Where a box is too low for what you write, drag its row taller."
)
TICK_HINT = "X is a tick."
REQUIRED, REQUIRED_IF = "required", "required if …"
FORMATS = {"date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm", "integer": "0"}
LONG = 250
"""From this many characters on, an answer gets a box as wide as the page."""
AIR = 4.5
"""Points left free above and below the text of a row together."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a slot stands: its cell, `$B$5`, and the range it covers, `B5:H5`."""

    slot: Slot
    anchor: str
    area: str


@dataclass
class Paper:
    """The sheet as far as it is drawn.

    spots     slot name → where it stands
    statuses  field name → the cell that says "required"
    starts    the rows before which a page may end; what stands between two of them belongs together
    """

    sheet: Worksheet
    form: Form
    home: Home
    grid: Grid
    row: int = 1
    spots: dict[str, Spot] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def end_row(self, height: float) -> None:
        """Sets the height of the row and goes on to the next."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def write(self, first: int, last: int, style: look.Look, text: str | None = None) -> str:
        return look.put(self.sheet, self.row, first, last, style, text)

    def place(self, slot: Slot, first: int, last: int, style: look.Look) -> None:
        """Makes room for one answer."""
        area = self.write(first, last, style)
        self.spots[slot.name] = Spot(slot, f"${get_column_letter(first)}${self.row}", area)

    def spots_of(self, asked: Field) -> list[Spot]:
        return [self.spots[slot.name] for slot in self.home.slots_of(asked, "xlsx")]


def draw(paper: Paper) -> None:
    """Draws the whole form."""
    _title(paper)
    for section in paper.form.section:
        asked = [f for f in section.field if f.asked and "xlsx" in f.media]
        if asked:
            _bar(paper, section)
            for number, question in enumerate(asked):
                # the first question stays on the page of its section's bar
                _question(paper, question, starts_block=number > 0)
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
        paper.end_row(lines(text, grid.width(LABEL, grid.last)) * LINE + 2 * AIR)
    paper.end_row(6)


def _bar(paper: Paper, section: Section) -> None:
    paper.starts.append(paper.row)
    if paper.row > 5:
        paper.end_row(8)
    paper.write(LABEL, LABEL, look.BAR, section.label)
    for column in range(ANSWER, paper.grid.last + 1):
        paper.write(column, column, look.BAR)
    paper.end_row(20)
    if section.hint:
        paper.write(LABEL, paper.grid.last, look.BAR_HINT, section.hint)
        paper.end_row(lines(section.hint, paper.grid.width(LABEL, paper.grid.last), look.BAR_HINT.size) * 12 + AIR)


def _question(paper: Paper, asked: Field, starts_block: bool) -> None:
    if starts_block:
        paper.starts.append(paper.row)
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


def _status(paper: Paper, asked: Field, style: look.Look = look.RULED) -> None:
    """The word that says an answer is required; it fades when there is one (excel_required)."""
    column = paper.grid.status
    if not asked.required and not asked.required_when:
        paper.write(column, column, style)
        return
    text, worn = (REQUIRED, look.STATUS) if asked.required else (REQUIRED_IF, look.STATUS_IF)
    paper.statuses[asked.name] = paper.write(column, column, replace(worn, ruled=style.ruled), text)


def _head(paper: Paper, asked: Field, text: str) -> None:
    """A row with the label, the hint beside it, and no answer: it stands above ticks and tables."""
    grid = paper.grid
    paper.write(LABEL, LABEL, look.LABEL, asked.label)
    paper.write(ANSWER, grid.last - 1, look.HINT, text or None)
    _status(paper, asked)
    paper.end_row(max(_label_lines(paper, asked), lines(text, grid.width(ANSWER, grid.last - 1), look.HINT.size)) * LINE + AIR)


def _label_lines(paper: Paper, asked: Field) -> int:
    # bold letters and the indent take a little more than a plain character's room
    return lines(asked.label, paper.grid.width(LABEL) * 0.9)


def _short(paper: Paper, asked: Field) -> None:
    """Label, answer, hint, status in one row."""
    grid, text = paper.grid, hint(paper, asked)
    paper.write(LABEL, LABEL, look.LABEL, asked.label)
    (slot,) = paper.home.slots_of(asked, "xlsx")
    paper.place(slot, ANSWER, ANSWER, answer_look(asked))
    paper.write(ANSWER + 1, grid.last - 1, look.HINT, text or None)
    _status(paper, asked)
    rows = max(_label_lines(paper, asked), _answer_lines(asked), lines(text, grid.width(ANSWER + 1, grid.last - 1), look.HINT.size))
    paper.end_row(rows * LINE + AIR)


def _answer_lines(asked: Field) -> int:
    longer = (asked.length_on("xlsx") or 0) > 100
    return max(TYPES[asked.type].lines, 2 if longer else 1)


def answer_look(asked: Field, style: look.Look = look.ANSWER) -> look.Look:
    """The look of an answer: text keeps leading zeros, a date is shown as one and shrinks rather than turning into ####."""
    if asked.type in FORMATS:
        return replace(style, number_format=FORMATS[asked.type], wrap=False, shrink=True)
    return style


def _long(paper: Paper, asked: Field) -> None:
    """The hint above, the label beside a box as wide as the page."""
    grid, text = paper.grid, hint(paper, asked)
    if text:
        paper.write(LABEL, LABEL, look.RULED)
        paper.write(ANSWER, grid.last - 1, look.HINT, text)
        paper.write(grid.last, grid.last, look.RULED)
        paper.end_row(lines(text, grid.width(ANSWER, grid.last - 1), look.HINT.size) * 12 + AIR)
    ruled = not text
    paper.write(LABEL, LABEL, replace(look.LABEL, down="top", ruled=ruled), asked.label)
    (slot,) = paper.home.slots_of(asked, "xlsx")
    paper.place(slot, ANSWER, grid.last - 1, look.LONG_ANSWER)
    _status(paper, asked, replace(look.RULED, ruled=ruled))
    paper.end_row(max(_label_lines(paper, asked), _box_lines(asked)) * LINE + AIR)


def _box_lines(asked: Field) -> int:
    """Lines for a long answer: about half of the most it may hold, which is more than most people write."""
    return min(13, max(3, (asked.length_on("xlsx") or 1000) // 250))


def _ticks(paper: Paper, asked: Field) -> None:
    """The question's row, then its options, each with its tick immediately right of it."""
    _head(paper, asked, sentences(hint(paper, asked), TICK_HINT))
    slots, pairs = list(paper.home.slots_of(asked, "xlsx")), paper.grid.tick_pairs()
    for start in range(0, len(slots), len(pairs)):
        height = 1
        for slot, (first, last, tick) in zip(slots[start : start + len(pairs)], pairs, strict=False):
            label = option_label(paper, slot)
            paper.write(first, last, look.OPTION, label)
            paper.place(slot, tick, tick, look.TICK)
            height = max(height, lines(label, paper.grid.width(first, last), look.OPTION.size))
        paper.end_row(height * LINE + AIR)


def option_label(paper: Paper, slot: Slot) -> str:
    assert slot.field.choices
    assert slot.option
    return paper.home.codes(slot.field.choices).label_of(slot.option)


def _table(paper: Paper, asked: Field) -> None:
    """The repeat's row, a row of its columns' labels, then its rows."""
    needed = [c.label for c in asked.column if c.required and "xlsx" in c.media]
    text = f"Every row that you begin needs: {', '.join(needed)}" if needed and not asked.keys else ""
    _head(paper, asked, sentences(hint(paper, asked), text))
    rows = [(key, list(slots)) for key, slots in groupby(paper.home.slots_of(asked, "xlsx"), key=lambda slot: slot.row)]
    shares = paper.grid.shares([WANTED.get(slot.field.type, WANTED_ELSE) for slot in rows[0][1]])
    _table_head(paper, rows[0][1], shares)
    said = dict(paper.home.rows(asked, "xlsx"))
    for key, slots in rows:
        _table_row(paper, said[key or ""] if asked.keys else str(key), slots, shares)


def _table_head(paper: Paper, slots: list[Slot], shares: list[tuple[int, int]]) -> None:
    height = 1
    for slot, (first, last) in zip(slots, shares, strict=True):
        label = column_label(paper, slot)
        paper.write(first, last, look.HEADING, label)
        height = max(height, lines(label, paper.grid.width(first, last) * 0.9, look.HEADING.size))
    paper.end_row(height * 12 + AIR)


def column_label(paper: Paper, slot: Slot) -> str:
    return f"{slot.field.label}: {option_label(paper, slot)}" if slot.option else slot.field.label


def _table_row(paper: Paper, said: str, slots: list[Slot], shares: list[tuple[int, int]]) -> None:
    paper.write(LABEL, LABEL, look.ROW_LABEL, said)
    for slot, (first, last) in zip(slots, shares, strict=True):
        style = look.TICK if slot.option else answer_look(slot.field)
        paper.place(slot, first, last, style)
    tall = any(TYPES[slot.field.type].lines > 1 for slot in slots)
    height = max(3 if tall else 2, lines(said, paper.grid.width(LABEL) * 0.9, look.ROW_LABEL.size))
    paper.end_row(height * LINE + AIR)
