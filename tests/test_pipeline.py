"""The Python interface: read, check, merge."""

from __future__ import annotations

from datetime import date

from mase_docs.definition.home import Home
from mase_docs.pipeline import Occasion, check, merge, read
from tests.conftest import ROOT
from tests.documents.forms import referral

MONTH = ROOT / "examples" / "month"
TODAY = date(2026, 11, 23)


def test_a_folder_becomes_minutes_and_says_what_it_left_out() -> None:
    home = Home(MONTH)
    forms = check(read([MONTH], home, TODAY), home, TODAY, date(2026, 12, 2))
    minutes = merge("minutes", forms, Occasion(home, TODAY, date(2026, 12, 2)))
    assert minutes.data.startswith(b"PK")
    assert (len(minutes.taken), len(minutes.left_out), len(minutes.copies)) == (10, 6, 0)


def test_characters_that_word_cannot_hold_are_counted() -> None:
    assert merge("minutes", [referral(reason_for_referral="Seen\x0b twice\x0b")], Occasion(today=TODAY)).removed == 2
    assert merge("minutes", [referral()], Occasion(today=TODAY)).removed == 0
