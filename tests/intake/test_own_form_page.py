"""docs/own-form.md holds: its worked example is a definition that reads the sheet it shows."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mase_docs.definition.home import Home
from mase_docs.definition.own_form import LOCATORS, RECOGNISE, SPLIT
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission

PAGE = (Path(__file__).parents[2] / "docs/own-form.md").read_text(encoding="utf-8")


def sheet() -> bytes:
    """The sheet that the page shows as a table."""
    book = openpyxl.Workbook()
    for row, *cells in re.findall(r"^\| (\d+) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", PAGE, re.MULTILINE):
        for column, text in enumerate(cells, 1):
            book.worksheets[0].cell(int(row), column, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Submission:
    home = tmp_path_factory.mktemp("riverside")
    (home / "forms").mkdir()
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (home / "forms/riverside_referral_v1.toml").write_text("\n".join(blocks), encoding="utf-8")
    return read_source("form.xlsx", sheet(), Home(home), date(2026, 11, 21))


def test_the_worked_example_reads_what_the_page_shows(read: Submission) -> None:
    assert (read.form, read.problems) == ("riverside_referral", [])
    assert {path: answer.value for path, answer in read.answers.items() if answer.value is not None} == {
        "referrer_name": "Ann Bee",
        "referrer_phone": "020 7946 0321",
        "referrer_email": "ann.bee@riverside.example",
        "family_name": "OKORO",
        "dob": date(2011, 7, 13),
        "concern_types": ["missing"],
        "category_date": date(2026, 10, 13),
        "category_source": "map_meeting",
        "cse_category": "2",
        "linked_people[1].name": "Kay",
        "linked_people[1].age": "approx 17",
        "linked_people[1].relationship": "older friend",
        "linked_people[2].name": "Tia M.",
        "linked_people[2].dob": date(2012, 2, 22),
        "linked_people[2].relationship": "classmate",
    }


@pytest.mark.parametrize("setting", [*LOCATORS, *SPLIT, *RECOGNISE])
def test_every_setting_is_explained(setting: str) -> None:
    assert re.search(rf"`{setting}\b|\n{setting} = ", PAGE)
