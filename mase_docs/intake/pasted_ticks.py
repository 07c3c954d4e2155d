"""Choices ticked in a pasted form: "[x] CSE", "CSE: yes", "☑ CSE", a mark in the cell beside, or only those chosen, listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mase_docs.definition.form import Field
from mase_docs.definition.values import is_ticked
from mase_docs.intake.pasted_labels import Labels, heads
from mase_docs.intake.pasted_lines import Line, Piece

TICKED = re.compile(r"[\[(]\s*[xX✓✔√*✗✘]\s*[\])]")
EMPTY = re.compile(r"[\[(][\s_]*[\])]|☐|□")
BOX = re.compile("([☑☒✓✔☐□])")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a question's lines of choices come to.

    known   the choices of the form that stand there, ticked or not
    labels  those ticked, and what was ticked or typed and is no choice of the form
    places  where those stand
    """

    known: list[str]
    labels: list[str]
    places: list[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    words: str
    mark: str | None
    place: str


def boxed(text: str) -> str:
    """A text with the boxes that people type as the signs for them: "[x] Yes [ ] No" is "☑ Yes ☐ No"."""
    return EMPTY.sub("☐", TICKED.sub("☑", text))


def chosen(field: Field, lines: list[Line], labels: Labels) -> Chosen:
    """The choices that stand in some lines, and those ticked. Without a single mark they are a list of those that were chosen,
    unless the whole of the form's own list stands there."""
    found = [choice for line in lines for choice in _choices(field, line, labels, _marks_come_first(field, lines, labels))]
    known = [labels.home.codes(field.choices or "").label_of(code) for c in found if (code := labels.option(field, c.words))]
    marked = any(choice.mark for choice in found)
    whole = len(set(known)) >= len(labels.home.codes(field.choices or "").code)
    ticked = [c for c in found if (is_ticked(c.mark) is not False if marked else not whole)]
    said = [c.words if is_ticked(c.mark) or not c.mark else f"{c.words}: {c.mark}" for c in ticked]
    return Chosen(known, said, [c.place for c in ticked])


def _marks_come_first(field: Field, lines: list[Line], labels: Labels) -> bool:
    """Whether the tick of a choice stands in the cell left of it: then some row begins with a mark or an empty box."""
    firsts = [line.pieces[0] for line in lines if len(line.pieces) > 1]
    return any(not labels.option(field, piece.text) and is_ticked(boxed(piece.text)) is not None for piece in firsts)


def _choices(field: Field, line: Line, labels: Labels, mark_first: bool) -> Iterator[_Choice]:
    """The choices of one line with their marks; None where there is no mark at all."""
    before: Piece | None = None
    held: _Choice | None = None
    for piece in line.pieces:
        text = boxed(piece.text)
        if BOX.search(text) and len(BOX.sub("", text).strip()) > 1:
            yield from _in_boxes(text, piece.place)
        elif labels.option(field, text):
            if held:
                yield held
            held = _Choice(text, boxed(before.text) if before and mark_first else None, piece.place)
        elif held and not mark_first:
            held = _Choice(held.words, text, held.place)
        elif pair := _pair(field, text, labels):
            yield _Choice(*pair, piece.place)
        before = piece
    if held:
        yield held


def _in_boxes(text: str, place: str) -> Iterator[_Choice]:
    """Boxes with words, the box before ("☑ CSE ☐ Missing") or behind ("CSE ☑")."""
    parts = [part.strip() for part in BOX.split(text)]
    boxes, words = parts[1::2], (parts[2::2] if not parts[0] else parts[0::2])
    yield from (_Choice(said, box, place) for box, said in zip(boxes, words, strict=False) if said)


def _pair(field: Field, text: str, labels: Labels) -> tuple[str, str] | None:
    """ "CSE: yes" as the choice and its mark."""
    codes = labels.home.codes(field.choices or "")
    return next(((words, rest) for words, rest in heads(text) if rest and codes.match(words)), None)
