"""The columns of the answer sheet: one of labels, a wide one for most answers, and narrow ones that tables and hints share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

LABEL, ANSWER = 1, 2
LABEL_WIDTH, ANSWER_WIDTH, NARROW = 35.0, 34.0, 13.0
FEWEST_ANSWER_COLUMNS = 8
LINE = 12.5
"""Points a line of 10 point type takes."""

NARROWER_THAN_DIGITS = 1.07
"""Column widths are counted in digits (ECMA-376 part 1, 18.3.1.13 col); most letters are a little narrower."""

WANTED = {"long_text": 60, "text": 24, "text_list": 28, "name": 24, "select_one": 20, "email": 26, "datetime": 18, "phone": 16}
"""How many characters wide a column of a table would be, by type."""
WANTED_ELSE = 13


@dataclass(frozen=True, slots=True)
class Grid:
    """`answers`: how many columns stand right of the labels. The last of them also tells what is required."""

    answers: int = FEWEST_ANSWER_COLUMNS

    @property
    def last(self) -> int:
        return LABEL + self.answers

    @property
    def status(self) -> int:
        return self.last

    def width(self, first: int, last: int | None = None) -> float:
        """The characters that fit side by side in columns first to last."""
        widths = {LABEL: LABEL_WIDTH, ANSWER: ANSWER_WIDTH}
        return sum(widths.get(column, NARROW) for column in range(first, (last or first) + 1))

    def shares(self, wanted: list[float]) -> list[tuple[int, int]]:
        """The columns (first, last) of each part of a table that together fill the sheet, the neediest given the spare ones."""
        spans = [1] * len(wanted)
        for _ in range(self.answers - len(wanted)):
            placed = list(_placed(spans))
            need = [want / self.width(*place) for want, place in zip(wanted, placed, strict=True)]
            spans[need.index(max(need))] += 1
        return list(_placed(spans))

    def tick_pairs(self) -> list[tuple[int, int, int]]:
        """(first, last, tick): where an option's label stands and, immediately right of it, its tick; three to a row."""
        second, third = ANSWER + 2, ANSWER + 2 + (self.answers - 2) // 2
        return [(ANSWER, ANSWER, ANSWER + 1), (second, third - 2, third - 1), (third, self.last - 1, self.last)]


def _placed(spans: list[int]) -> Iterator[tuple[int, int]]:
    column = ANSWER
    for span in spans:
        yield column, column + span - 1
        column += span


def lines(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a cell of that width."""
    fits = max(1, int(width * NARROWER_THAN_DIGITS * 10 / size))
    return sum(max(1, len(wrap(part, fits))) for part in text.split("\n"))
