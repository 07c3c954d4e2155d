"""Boroughs' own forms, which we never made, are marked as ours are."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from tests.conftest import ROOT
from tests.packs.forms import REFERENCE, TODAY, at, of_bytes

FOLDER = ROOT / "examples" / "boroughs"
FORMS = {"southmere_referral.xlsx": "excel", "eastwick_referral.pdf": "pdf", "northmere_referral.docx": "word"}


@pytest.mark.parametrize("name", FORMS)
def test_a_boroughs_own_form_is_marked_and_its_answers_are_as_they_were(name: str) -> None:
    home, data = Home(FOLDER), Path(FOLDER / name).read_bytes()
    form = of_bytes(name, data, home)
    answered = [path for path, answer in form.answers.items() if answer.raw and answer.place]
    back = import_module(f"mase_docs.packs.marked_{FORMS[name]}").marked(data, at(form, *answered), REFERENCE)
    assert len(answered) > 9
    assert read_source(name, back, home, TODAY).answers == form.answers
