"""One question on paper: its label, "required" and hint above, its box, drop-down, circles or tick boxes below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import ceil

from mase_docs.blanks import wording
from mase_docs.blanks.colours import GREY, INK, NAVY, RED, WHITE
from mase_docs.blanks.pdf_sheet import Control, Input, Mark, Shape, Strip, Tag, Words
from mase_docs.blanks.pdf_type import BOLD, LEADING, Style, letters_a_line
from mase_docs.definition.codes import Code
from mase_docs.definition.form import Field, Form, Slot
from mase_docs.definition.home import Home

LINE = "70808C"
LABEL, NEEDED, CONDITION, HINT = Style(8.5, BOLD, INK), Style(8, BOLD, RED), Style(8, ink=RED), Style(8, ink=GREY)
OPTION, GROUP = Style(8.5, ink=INK), Style(8.5, BOLD, NAVY)
ANSWER = Style(9)
PAD = 2.5
"""Between a box's frame and the field in it, so that no viewer's text touches the frame."""
TICK = 10.5
MOST_RADIOS = 6
ARROW, OTHER = 16.0, 140.0
"""The width of a drop-down's arrow, and of an answer of one's own in a drop-down that takes one."""

LENGTHS = {"date": 17, "datetime": 18, "integer": 14, "postcode": 14, "nhs_number": 14, "upn": 14, "phone": 30, "email": 70}
LENGTHS |= {"name": 50, "text": 80, "text_list": 150, "long_text": 800}
"""The longest answer where the form does not say; the shortest still hold "not applicable"."""


@dataclass(frozen=True, slots=True)
class Asker:
    """What is needed to put a form's questions on paper: `tallest` is the highest that a box may be; `compact` asks for drop-downs
    instead of circles, as in the rows of a repeat."""

    form: Form
    home: Home
    tallest: float
    compact: bool = False

    def length(self, question: Field) -> int:
        """The longest answer, never so short that "not known" has no room where that is an answer."""
        return max(question.length_on("pdf") or LENGTHS[question.type], 10 if question.unknown else 1)

    def offered(self, question: Field) -> list[Code]:
        return wording.offered(question, self.home)

    def condition(self, question: Field) -> str:
        """`Required if …`, or nothing."""
        said = wording.condition(question, self.form, self.home)
        return f"Required {said}." if said else ""

    def said(self, question: Field, label: str) -> str:
        """All that a screen reader should say of a question."""
        parts = (label, question.hint, "Required" if question.required else self.condition(question))
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)

    def by_radios(self, question: Field) -> bool:
        """Whether the choices are few enough to show them all."""
        if self.compact or question.or_other or question.type not in ("yes_no", "select_one"):
            return False
        return 0 < len(self.offered(question)) <= MOST_RADIOS

    def in_a_line(self, question: Field) -> float:
        """The width that the longest answer wants to stand in one line."""
        if question.type in ("yes_no", "select_one"):
            labels = [code.label for code in self.offered(question)]
            if self.by_radios(question):
                return sum(map(option_width, labels))
            return max([*map(ANSWER.width, labels), OTHER if question.or_other else 0]) + ARROW + 2 * PAD
        return self.length(question) * ANSWER.size / 2 + 2 * PAD


@dataclass(slots=True)
class Cell:
    """A question laid out at a width: `head` (label and hint) and below it `body`, in strips that may stand on different pages."""

    width: float
    head: list[Mark] = field(default_factory=list)
    end: float = 0.0
    lines: int = 1
    body: list[Strip] = field(default_factory=list)

    @property
    def head_height(self) -> float:
        return self.lines * LABEL.leading + 1.5

    @property
    def body_height(self) -> float:
        return sum(strip.height for strip in self.body)

    def say(self, text: str, style: Style, tag: Tag) -> None:
        """Writes a text after what the head already says, on the same line if all of it fits there, else on lines below."""
        lines = [text]
        if self.end and self.end + style.width(text) > self.width:
            self.lines, self.end = self.lines + 1, 0.0
        if not self.end:
            lines = style.wrap(text, self.width)
        for number, line in enumerate(lines):
            self.lines += 1 if number else 0
            level = (self.lines - 1) * LABEL.leading + (LABEL.size - style.size) * 0.95
            self.head.append(Words(self.end, level, (line,), style, tag))
            self.end = 0.0
        last = self.head[-1]
        self.end = last.x + style.width(f"{lines[-1]}  ")


def heading(ask: Asker, question: Field, width: float, parent: Tag) -> Cell:
    """What stands above a question's answer: its label, whether it is required, and its hint."""
    laid = Cell(width)
    tag = parent.add("P")
    laid.say(question.label, LABEL, tag)
    if question.required:
        laid.say("required", NEEDED, tag)
    for text, style in ((question.hint, HINT), (ask.condition(question), CONDITION)):
        if text:
            laid.say(text, style, parent.add("P"))
    return laid


def cell(ask: Asker, question: Field, slots: list[Slot], width: float, parent: Tag, above: float = 0) -> Cell:
    """A question with its slots (several only for tick boxes) at a width, or `above` for what stands above the answer; its tags are
    added to the parent."""
    laid = heading(ask, question, above or width, parent)
    if question.type == "select_multiple":
        laid.body = list(_ticks(ask, question, slots, width, parent))
    elif ask.by_radios(question):
        laid.body = list(_radios(ask, question, slots[0], width, parent))
    else:
        control, height = control_for(ask, slots[0], width)
        laid.body = [Strip(height, boxed(control, 0, width, height, parent.add("Form")))]
    return laid


def control_for(ask: Asker, slot: Slot, width: float) -> tuple[Control, float]:
    """The text box or drop-down for a slot at a width, and how high it must be to show its longest answer."""
    question = slot.field
    said = ask.said(question, slot.label)
    if question.type in ("select_one", "yes_no"):
        labels = tuple(code.label for code in ask.offered(question))
        return Control("choice", slot.name, said, question.required, choices=labels, free=question.or_other), _high(1)
    a_line = letters_a_line(width - 2 * PAD, ANSWER.size)
    wanted = max(ceil(ask.length(question) / a_line), 2 if question.type == "long_text" else 1)
    lines = min(wanted, int((ask.tallest - 2 * PAD) / (ANSWER.size * LEADING)))
    return Control("text", slot.name, said, question.required, min(ask.length(question), lines * a_line), lines), _high(lines)


def _high(lines: int) -> float:
    return lines * ANSWER.size * LEADING + 2 * PAD


def boxed(control: Control, x: float, width: float, height: float, tag: Tag) -> list[Mark]:
    """A framed box at the top of its strip with the control in it; a drop-down shows by an arrow that it is one."""
    inner = Input(x + PAD, PAD / 2, width - 2 * PAD, height - PAD, control, tag)
    arrow = [Shape(x + width - 11, height / 2 - 2, 6, 4, fill=LINE, outline="arrow")] if control.kind == "choice" else []
    return [Shape(x, 0, width, height, WHITE, LINE), *arrow, inner]


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box or a circle with its words."""

    code: Code
    control: Control

    def laid(self, x: float, width: float, parent: Tag) -> list[Mark]:
        """Its marks from x on."""
        box = Input(x, 1.5, TICK, TICK, self.control, parent.add("Form"))
        frame = Shape(x, 1.5, TICK, TICK, WHITE, LINE, outline="circle" if self.control.kind == "radio" else "box")
        return [frame, box, *(replace(words, x=x + TICK + 4, tag=parent.add("P")) for words in self._words(width))]

    def height(self, width: float) -> float:
        last = self._words(width)[-1]
        return last.y + last.height + 2

    def _words(self, width: float) -> list[Words]:
        room = width - TICK - 10
        label = Words(0, 1.4, tuple(OPTION.wrap(self.code.label, room)), OPTION)
        below = label.y + label.height
        return [label, Words(0, below, tuple(HINT.wrap(self.code.hint, room)), HINT)] if self.code.hint else [label]


def option_width(label: str) -> float:
    return OPTION.width(label) + TICK + 14


def _ticks(ask: Asker, question: Field, slots: list[Slot], width: float, parent: Tag) -> Iterator[Strip]:
    codes = ask.home.codes(question.choices or "")
    options = [Option(codes.by_code[slot.option or ""], Control("tick", slot.name, f"{slot.label}. Tick if it applies.")) for slot in slots]
    for group, members in groupby(options, key=lambda option: option.code.group if codes.groups else ""):
        if group:
            words = Words(0, 1, (codes.groups.get(group, group),), GROUP, parent.add("P"))
            yield Strip(words.height + 2, [words], keep=True)
        yield from _grid(list(members), width, parent)


def _radios(ask: Asker, question: Field, slot: Slot, width: float, parent: Tag) -> Iterator[Strip]:
    group = ask.said(question, slot.label)
    first = Control("radio", slot.name, "", question.required, group=group)
    options = [Option(code, replace(first, said=f"{slot.label}: {code.label}.", state=code.code)) for code in ask.offered(question)]
    yield from _grid(options, width, parent)


def _grid(options: list[Option], width: float, parent: Tag) -> Iterator[Strip]:
    """The options in a line if they fit, else in the number of columns that makes them lowest."""
    in_a_line = [option_width(option.code.label) for option in options]
    if sum(in_a_line) <= width and not any(option.code.hint for option in options):
        yield _line(options, in_a_line, parent)
        return
    columns = min(range(1, 6), key=lambda number: sum(_heights(options, number, width)))
    for first in range(0, len(options), columns):
        yield _line(options[first : first + columns], [width / columns] * columns, parent)


def _heights(options: list[Option], columns: int, width: float) -> Iterator[float]:
    for first in range(0, len(options), columns):
        yield max(option.height(width / columns) for option in options[first : first + columns])


def _line(options: list[Option], widths: list[float], parent: Tag) -> Strip:
    marks: list[Mark] = []
    x = 0.0
    for option, width in zip(options, widths, strict=False):
        marks += option.laid(x, width, parent)
        x += width
    return Strip(max(option.height(width) for option, width in zip(options, widths, strict=False)), marks)
