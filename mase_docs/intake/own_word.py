"""A borough's own Word form by the locators of its definition: the grid's, and what only Word has: names and places (docs/own-form.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.cells import finding
from mase_docs.intake.finding import Finding, Findings
from mase_docs.intake.own_grid import GridReader
from mase_docs.intake.word_document import WordDocument

PLACE = re.compile(r"table (\d+), row (\d+), column (\d+)|paragraph (\d+)", re.IGNORECASE)


def read_own_word(document: WordDocument, form: Form, home: Home) -> Findings:
    """What stands where the definition says; what isn't there is left out."""
    return dict(_WordReader(document.book, form, home, "docx", document).findings())


@dataclass(frozen=True)
class _WordReader(GridReader):
    document: WordDocument

    def exact(self, reference: str) -> Finding | None:
        """The tag of a content control, the name of a form field or a bookmark, `table 2, row 3, column 2` or `paragraph 12`."""
        named = [span for span in self.document.spans if span.name.casefold() == reference.casefold()]
        if named:
            span = named[0]
            doubt = self.document.doubt(span)
            return Finding(self.document.text(span) or None, span.place, "low" if doubt else "high", ("TI1",) if doubt == "TI1" else ())
        return self._placed(reference) if PLACE.fullmatch(reference.strip()) else None

    def _placed(self, reference: str) -> Finding | None:
        sheet = self.document.sheet
        line, _, column = reference.strip().casefold().partition(", column ")
        lines = [number for number, said in sheet.lines.items() if said == line]
        return finding(sheet, (lines[0], int(column or 1)), "medium") if lines else None

    def _boxed(self, text: str, locate: dict[str, Any]) -> Finding | None:
        """The box of some words; the tick that has them for its name."""
        return super()._boxed(text, locate) or self.exact(text)

    def is_one_table(self, first: int, line: int) -> bool:
        lines = self.document.sheet.lines
        return lines.get(first, "").partition(",")[0] == lines.get(line, "").partition(",")[0]
