"""What stands on the pages: marks in strips that are never torn, strips set out on pages, and the tags that say what each mark is.

Places are in points, from the left of the body and down from the top of the strip (later: of the page's body).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from mase_docs.blanks.pdf_type import Style


@dataclass(eq=False, slots=True)
class Tag:
    """An element of the structure tree (ISO 32000-1, 14.8.4): what a screen reader takes a mark for."""

    kind: str
    kids: list[Tag] = field(default_factory=list)
    scope: Literal["", "Row", "Column"] = ""

    def add(self, kind: str, scope: Literal["", "Row", "Column"] = "") -> Tag:
        """A new element inside this one, read after those already there."""
        self.kids.append(Tag(kind, scope=scope))
        return self.kids[-1]


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text below each other; without a tag they are decoration, which is not read out."""

    x: float
    y: float
    lines: tuple[str, ...]
    style: Style
    tag: Tag | None = None

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading


@dataclass(frozen=True, slots=True)
class Shape:
    """A box, a circle in it, or an arrow that points down, as wide as it; filled, framed or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    line: str = ""
    outline: Literal["box", "circle", "arrow"] = "box"


@dataclass(frozen=True, slots=True)
class Control:
    """What takes an answer: the field it becomes.

    name       the field's name; radios of one question share it
    said       the tooltip, read out by a screen reader
    state      for a radio, the stored code that it stands for; `group` is then what is said of the whole question
    choices    for a drop-down, what it offers
    free       whether a drop-down also takes typed text
    length     the most characters that a text takes; lines how many its box shows
    """

    kind: Literal["text", "choice", "tick", "radio"]
    name: str
    said: str
    required: bool = False
    length: int = 0
    lines: int = 1
    choices: tuple[str, ...] = ()
    free: bool = False
    state: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """The place of a control."""

    x: float
    y: float
    width: float
    height: float
    control: Control
    tag: Tag


Mark = Words | Shape | Input


def moved(marks: Iterable[Mark], right: float = 0, down: float = 0) -> list[Mark]:
    """The same marks further right and down."""
    return [replace(mark, x=mark.x + right, y=mark.y + down) for mark in marks]


@dataclass(frozen=True, slots=True)
class Strip:
    """Marks that stay together over the body's whole width. `keep`: the next strip stays with it; `heading`: set again above it
    where it comes first on a page (the head of a table)."""

    height: float
    marks: list[Mark]
    keep: bool = False
    heading: Strip | None = None

    def kept(self) -> Self:
        return replace(self, keep=True)

    def as_decoration(self) -> list[Mark]:
        """Its marks for a second showing, which nobody wants read out again."""
        return [replace(mark, tag=None) if isinstance(mark, Words) else mark for mark in self.marks]


def together(strips: list[Strip]) -> list[Strip]:
    """The strips, each kept with the next."""
    return [*(strip.kept() for strip in strips[:-1]), *strips[-1:]]


def pages(strips: Iterable[Strip], room: float) -> list[list[Mark]]:
    """The strips set out on pages with so much room each; a run of kept strips is torn only where no page could hold it."""
    set_out: list[list[Mark]] = [[]]
    used = 0.0
    for run in _runs(strips, room):
        if used and used + sum(strip.height for strip in run) > room:
            set_out.append([])
            used = _repeat_heading(set_out[-1], run[0])
        for strip in run:
            set_out[-1] += moved(strip.marks, down=used)
            used += strip.height
    return set_out


def _repeat_heading(page: list[Mark], first: Strip) -> float:
    if first.heading is None:
        return 0.0
    page += first.heading.as_decoration()
    return first.heading.height


def _runs(strips: Iterable[Strip], room: float) -> Iterator[list[Strip]]:
    run: list[Strip] = []
    for strip in strips:
        if run and sum(s.height for s in run) + strip.height > room:
            yield run
            run = []
        run.append(strip)
        if not strip.keep:
            yield run
            run = []
    if run:
        yield run
