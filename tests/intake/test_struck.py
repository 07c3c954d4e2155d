"""Words struck out in a workbook are not read: of "Yes / No", the one that stands is the answer."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from mase_docs.blanks.excel import build
from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.intake.filled import saved

STRUCK, PLAIN = InlineFont(strike=True), InlineFont(strike=False, b=True)


def filled(home: Home, name: str, fill: Callable[[Cell], None]) -> Submission:
    book = openpyxl.load_workbook(io.BytesIO(build(home.form("referral"), home)))
    sheet, place = next(iter(book.defined_names[name].destinations))
    cell = book[sheet][place.replace("$", "")]
    assert isinstance(cell, Cell)
    fill(cell)
    return read_source("form.xlsx", saved(book), home, date(2026, 11, 23))


def put(*pieces: str | TextBlock) -> Callable[[Cell], None]:
    def fill(cell: Cell) -> None:
        cell.value = CellRichText(*pieces)

    return fill


@pytest.mark.parametrize(
    ("pieces", "meant"),
    [
        ((TextBlock(STRUCK, "Yes"), " / No"), False),
        (("Yes / ", TextBlock(STRUCK, "No"), TextBlock(PLAIN, " (delete as appropriate)")), True),
        ((TextBlock(STRUCK, "Yes / No"),), None),
    ],
)
def test_of_two_choices_the_one_that_stands_is_the_answer(pieces: tuple[str | TextBlock, ...], meant: bool | None, home: Home) -> None:
    found = filled(home, "interpreter_needed", put(*pieces))
    assert (found.value("interpreter_needed"), found.answers["interpreter_needed"].issues) == (meant, ())
    assert any("struck out" in problem.message for problem in found.problems)


def test_a_cell_struck_out_altogether_is_no_answer(home: Home) -> None:
    def fill(cell: Cell) -> None:
        cell.value, cell.font = "Nightjar", Font(strike=True)

    found = filled(home, "family_name", fill)
    assert found.value("family_name") is None
    assert any("struck out" in problem.message for problem in found.problems)


def test_without_anything_struck_out_nothing_is_said_of_it(home: Home) -> None:
    found = filled(home, "family_name", put(TextBlock(PLAIN, "Night"), "jar"))
    assert found.value("family_name") == "Nightjar"
    assert not any("struck out" in problem.message for problem in found.problems)
