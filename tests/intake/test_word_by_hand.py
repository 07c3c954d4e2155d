"""What LibreOffice 7.4 saves of a Word form that somebody typed into, as seen with real keys (tests/blanks/test_word_typed.py)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mase_docs.blanks.word import build
from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.fillers.word_fill import edited, q

HOME = Home()
Edit = Callable[[Any], None]


def read(edit: Edit) -> Submission:
    return read_source("form.docx", edited(build(HOME.form("referral"), HOME), edit), HOME, date(2026, 11, 23))


def control(root: Any, name: str) -> Any:
    """A control that has lost its tag, and no longer says that it is empty; its bookmark is left."""
    tag = next(t for t in root.iter(q("w:tag")) if t.get(q("w:val")) == name)
    about = tag.getparent()
    about.remove(tag)
    about.remove(about.find(q("w:showingPlcHdr")))
    return about.getparent()


def words(root: Any, text: str) -> Any:
    run = root.makeelement(q("w:r"))
    run.append(root.makeelement(q("w:t")))
    run[0].text = text
    return run


def whole_cell_typed_over(root: Any) -> None:
    sdt = control(root, "line_manager")
    end = sdt.getnext()
    end.addnext(words(root, "anager Invented"))
    sdt.getparent().replace(sdt, words(root, "M"))


def typed_before_a_control_that_tab_led_to(root: Any) -> None:
    control(root, "line_manager").getprevious().addprevious(words(root, "Manager Invented"))


def typed_behind_what_was_typed(root: Any) -> None:
    sdt = control(root, "line_manager")
    next(sdt.iter(q("w:t"))).text = "Manager"
    sdt.getnext().addnext(words(root, " Invented"))


@pytest.mark.parametrize("edit", [whole_cell_typed_over, typed_before_a_control_that_tab_led_to, typed_behind_what_was_typed])
def test_all_that_stands_in_an_answers_cell_is_the_answer(edit: Edit) -> None:
    found = read(edit)
    assert (found.answers["line_manager"].value, found.answers["line_manager"].confidence) == ("Manager Invented", "medium")
    assert "AR36" not in {problem.code for problem in found.problems}, "it was read"


def test_lines_saved_side_by_side_are_lines_still() -> None:
    def two_lines(root: Any) -> None:
        first = next(control(root, "why_now").iter(q("w:t")))
        first.text = "One line"
        first.addnext(copy.deepcopy(first))
        first.getnext().text = "Another line"

    assert read(two_lines).answers["why_now"].value == "One line\nAnother line"
