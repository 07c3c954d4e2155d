"""One question on paper: its label, hint and "required" above, its box, drop-down, circles or tick boxes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import ceil

from mase_docs.blanks import wording
from mase_docs.blanks.pdf_sheet import Control, Input, Mark, Shape, Strip, Tag, Words
from mase_docs.blanks.pdf_type import BOLD, LEADING, Style, letters_a_line
from mase_docs.definition.codes import Code
from mase_docs.definition.form import Field, Form, Slot
from mase_docs.definition.home import Home

INK, GREY, RED, LINE, PAPER, PALE, NAVY = "1B2733", "55626C", "9B1C1C", "70808C", "FFFFFF", "E3ECF2", "17324D"
LABEL, NEEDED, HINT, OPTION = Style(9, BOLD, INK), Style(8, BOLD, RED), Style(8, ink=GREY), Style(9, ink=INK)
GROUP = Style(8.5, BOLD, NAVY)
PAD = 3.0
"""Between a box's frame and the field in it, so that no viewer's text touches the frame."""
TICK = 10.5
MOST_RADIOS = 6
ARROW = 18.0
"""The width of a drop-down's arrow."""

LENGTHS = {"date": 14, "datetime": 18, "integer": 14, "postcode": 14, "nhs_number": 14, "upn": 14, "phone": 40, "email": 70}
LENGTHS |= {"name": 60, "text": 80, "text_list": 180, "long_text": 800}
"""The longest answer where the form does not say; the shortest still hold "Not applicable"."""


@dataclass(frozen=True, slots=True)
class Asker:
    """What is needed to put a form's questions on paper. `tallest` is the highest that a box may be."""

    form: Form
    home: Home
    tallest: float

    def length(self, question: Field) -> int:
        return question.length_on("pdf") or LENGTHS[question.type]

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
        if question.type == "yes_no":
            return True
        return question.type == "select_one" and not question.or_other and len(self.offered(question)) <= MOST_RADIOS


@dataclass(slots=True)
class Cell:
    """A question laid out at a width: `head` (label and hint) and below it `body`, in strips that may stand on different pages."""

    head: list[Mark] = field(default_factory=list)
    head_height: float = 0.0
    body: list[Strip] = field(default_factory=list)

    @property
    def body_height(self) -> float:
        return sum(strip.height for strip in self.body)

    def write(self, lines: Sequence[str], style: Style, tag: Tag) -> None:
        """Puts lines below what the head already says."""
        words = Words(0, self.head_height, tuple(lines), style, tag)
        self.head.append(words)
        self.head_height += words.height


def cell(ask: Asker, question: Field, slots: list[Slot], width: float, parent: Tag) -> Cell:
    """A question with its slots (several only for tick boxes) at a width; its tags are added to the parent."""
    laid = _head(ask, question, width, parent)
    if question.type == "select_multiple":
        laid.body = list(_ticks(ask, question, slots, width, parent))
    elif ask.by_radios(question):
        laid.body = list(_radios(ask, question, slots[0], width, parent))
    else:
        control, height = control_for(ask, question, slots[0], width)
        laid.body = [Strip(height, boxed(control, 0, 0, width, height, parent.add("Form")))]
    return laid


def _head(ask: Asker, question: Field, width: float, parent: Tag) -> Cell:
    laid = Cell()
    tag = parent.add("P")
    laid.write(LABEL.wrap(question.label, width), LABEL, tag)
    if question.required:
        _beside_label(laid, "required", width, tag)
    for text, style in ((question.hint, HINT), (ask.condition(question), replace(HINT, ink=RED))):
        if text:
            laid.write(style.wrap(text, width), style, parent.add("P"))
    laid.head_height += 2
    return laid


def _beside_label(laid: Cell, word: str, width: float, tag: Tag) -> None:
    """A word after the end of the label, or below it where there is no room."""
    label = laid.head[-1]
    assert isinstance(label, Words)
    end = LABEL.width(label.lines[-1] + " ")
    if end + NEEDED.width(word) > width:
        laid.write([word], NEEDED, tag)
    else:
        laid.head.append(Words(end, laid.head_height - NEEDED.leading - 0.1, (word,), NEEDED, tag))


def narrowest(ask: Asker, question: Field) -> float:
    """The width that the answer wants, before it needs a second line."""
    if question.type == "select_multiple":
        return 400.0
    if ask.by_radios(question):
        return sum(_option_width(code.label) for code in ask.offered(question)) if not _explained(ask.offered(question)) else 400.0
    if question.type == "select_one":
        return max(OPTION.width(code.label) for code in ask.offered(question)) * 10 / OPTION.size + ARROW + 2 * PAD
    return ask.length(question) * 5.0 + 2 * PAD


def control_for(ask: Asker, question: Field, slot: Slot, width: float, size: float = 10) -> tuple[Control, float]:
    """The text box or drop-down for a slot at a width, and how high it must be to show its longest answer."""
    said, needed = ask.said(question, slot.label), question.required
    if question.type in ("select_one", "yes_no"):
        labels = tuple(code.label for code in ask.offered(question))
        control = Control("choice", slot.name, said, needed, size=size, choices=labels, free=question.or_other)
        return control, size * LEADING + 2 * PAD
    a_line = letters_a_line(width - 2 * PAD, size)
    most = int((ask.tallest - 2 * PAD) / (size * LEADING))
    lines = min(most, max(ceil(ask.length(question) / a_line), 2 if question.type == "long_text" else 1))
    length = min(ask.length(question), lines * a_line)
    return Control("text", slot.name, said, needed, length, lines, size), lines * size * LEADING + 2 * PAD


def boxed(control: Control, x: float, y: float, width: float, height: float, tag: Tag) -> list[Mark]:
    """A framed box with the control in it."""
    inner = Input(x + PAD, y + PAD / 2, width - 2 * PAD, height - PAD, control, tag)
    return [Shape(x, y, width, height, PAPER, LINE), inner]


def _ticks(ask: Asker, question: Field, slots: list[Slot], width: float, parent: Tag) -> Iterator[Strip]:
    assert question.choices
    codes = ask.home.codes(question.choices)
    options = [
        Option(codes.by_code[slot.option or ""], Control("tick", slot.name, f"{slot.label}. Tick if it applies."), parent) for slot in slots
    ]
    for group, members in groupby(options, key=lambda option: option.code.group if codes.groups else ""):
        if group:
            words = Words(0, 1, (codes.groups.get(group, group),), GROUP, parent.add("P"))
            yield Strip(words.height + 2, [words], keep=True)
        yield from _grid(list(members), width)


def _radios(ask: Asker, question: Field, slot: Slot, width: float, parent: Tag) -> Iterator[Strip]:
    group = ask.said(question, slot.label)
    options = []
    for code in ask.offered(question):
        control = Control("radio", slot.name, f"{slot.label}: {code.label}.", question.required, state=code.code, group=group)
        options.append(Option(code, control, parent))
    yield from _grid(options, width)


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box or a circle with its words."""

    code: Code
    control: Control
    parent: Tag

    def laid(self, x: float, width: float) -> tuple[list[Mark], float]:
        """Its marks from x on, and their height."""
        box = Input(x, 2, TICK, TICK, self.control, self.parent.add("Form"))
        frame = Shape(x, 2, TICK, TICK, PAPER, LINE, round=self.control.kind == "radio")
        right, room = x + TICK + 4, width - TICK - 8
        words = Words(right, 1.5, tuple(OPTION.wrap(self.code.label, room)), OPTION, self.parent.add("P"))
        hint = self._hint(right, room, words)
        return [frame, box, words, *hint], 3.5 + words.height + sum(h.height for h in hint)

    def _hint(self, x: float, width: float, above: Words) -> list[Words]:
        if not self.code.hint:
            return []
        return [Words(x, above.y + above.height, tuple(HINT.wrap(self.code.hint, width)), HINT, above.tag)]


def _option_width(label: str) -> float:
    return OPTION.width(label) + TICK + 14


def _explained(codes: list[Code]) -> bool:
    return any(code.hint for code in codes)


def _grid(options: list[Option], width: float) -> Iterator[Strip]:
    """The options in a line if they fit, else in as many columns as the longest allows; long or explained ones in two or one."""
    widths = [_option_width(option.code.label) for option in options]
    if sum(widths) <= width and not _explained([o.code for o in options]):
        yield _line(options, widths)
        return
    columns = max(1, min(4, int(width / max(widths))))
    if _explained([o.code for o in options]):
        columns = 2 if len(options) > 3 and width > 400 else 1
    elif columns == 1 and width > 400 and len(options) > 3:
        columns = 2
    for first in range(0, len(options), columns):
        yield _line(options[first : first + columns], [width / columns] * columns)


def _line(options: list[Option], widths: list[float]) -> Strip:
    marks: list[Mark] = []
    height, x = 0.0, 0.0
    for option, width in zip(options, widths, strict=False):
        own, own_height = option.laid(x, width)
        marks += own
        height, x = max(height, own_height), x + width
    return Strip(height, marks)
