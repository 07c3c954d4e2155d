"""Characters that nobody can see are taken out of the answers, counted and told; those that a language needs stay."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from mase_docs.blanks.excel import build
from mase_docs.definition.home import Home
from mase_docs.definition.words import clean, unseen
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.intake.filled import saved

TAKEN = {
    "a mark of direction": ("Ann\u202eeeB", "AnneeB", 1),
    "a zero-width space": ("An\u200bn", "Ann", 1),
    "a byte order mark": ("\ufeffAnn", "Ann", 1),
    "a control character": ("An\x07n", "Ann", 1),
    "two isolates": ("\u2067Ann\u2069 Bee", "Ann Bee", 2),
    "half a letter of another plane": ("Ann\ud83d", "Ann", 1),
    "a joiner that joins nothing": ("\u200dAnn \u200c", "Ann", 2),
    "a letter that shows nothing": ("\u3164\u2800", "", 2),
    "an accent behind what is taken out": ("Zoe\u200b\u0308", "Zoë", 1),
}
KEPT = {
    "a joiner inside a word": "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "a family joined of three": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "lines": "one\ntwo\r\nthree\u2028four",
    "spaces": "one\u00a0two\u3000three\tfour",
    "an ordinary name": "Zoë “Bee” Łukasz",
}


@pytest.mark.parametrize("what", TAKEN)
def test_it_is_taken_out_and_counted(what: str) -> None:
    typed, left, count = TAKEN[what]
    assert (clean(typed), unseen(typed)) == (left, count)


@pytest.mark.parametrize("what", KEPT)
def test_it_stays_and_is_not_counted(what: str) -> None:
    assert unseen(KEPT[what]) == 0
    assert "".join(clean(KEPT[what]).split()) == "".join(KEPT[what].split())


def filled(home: Home, **answers: str) -> Submission:
    book = openpyxl.load_workbook(io.BytesIO(build(home.form("referral"), home)))
    for name, typed in answers.items():
        sheet, cell = next(iter(book.defined_names[name].destinations))
        book[sheet][cell.replace("$", "")] = typed
    return read_source("form.xlsx", saved(book), home, date(2026, 11, 23))


def test_a_form_says_how_many_and_where_the_first_is(home: Home) -> None:
    found = filled(home, family_name="Night\u202ejar", given_names="\u200bElm\u200b")
    told = [p for p in found.problems if p.code == "AR24"]
    assert [(p.severity, p.place, ": 3 in all" in p.message) for p in told] == [("note", found.answers["family_name"].place, True)]
    assert (found.value("family_name"), found.value("given_names")) == ("Nightjar", "Elm")


def test_a_clean_form_says_nothing_of_it(home: Home) -> None:
    assert not [p for p in filled(home, family_name="Nightjar\nof Łódź").problems if p.code == "AR24"]


def test_two_joiners_between_letters_stay() -> None:
    assert clean("a\u200d\u200db") == "a\u200d\u200db"
