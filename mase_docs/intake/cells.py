"""Findings in the cells of a sheet, and words looked up in them."""

from __future__ import annotations

from functools import cached_property

from mase_docs.definition.codes import plain
from mase_docs.intake.finding import Finding
from mase_docs.intake.sheet import At, Sheet
from mase_docs.model.submission import Confidence


def finding(sheet: Sheet, at: At, confidence: Confidence) -> Finding:
    """What stands in a cell; TY5 where a formula or an error stands in place of an answer, TI1 where its parts disagree."""
    cell = sheet.cell(at)
    issues = (*(["TY5"] if cell.error or cell.formula else []), *(["TI1"] if cell.doubt == "TI1" else []))
    return Finding(cell.value, sheet.place(sheet.first(at)), "low" if cell.doubt else confidence, issues)


class Words:
    """The words on a sheet by place, compared without case, accents and punctuation."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @cached_property
    def at(self) -> dict[At, str]:
        """The words of each cell that holds any, in reading order."""
        return {place: said for place, text in self.sheet.words() if (said := plain(text))}

    @cached_property
    def _places(self) -> dict[str, list[At]]:
        found: dict[str, list[At]] = {}
        for place, said in self.at.items():
            found.setdefault(said, []).append(place)
        return found

    def places(self, text: str) -> list[At]:
        """Where a text stands alone in a cell; if nowhere, the cells that begin with it."""
        said = plain(text)
        return self._places.get(said) or [place for place, words in self.at.items() if words.startswith(f"{said} ")]

    def alone(self, text: str) -> list[At]:
        """Where a text stands alone in a cell."""
        return self._places.get(plain(text), [])

    @cached_property
    def first_in_line(self) -> dict[int, str]:
        """What stands first in each line of the sheet that isn't empty."""
        filled = sorted(at for at, cell in self.sheet.cells.items() if cell.value not in (None, ""))
        return {row: str(self.sheet.cells[row, column].value) for row, column in reversed(filled)}

    @cached_property
    def together(self) -> str:
        return " ".join(self.at.values())
