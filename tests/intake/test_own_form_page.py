"""docs/own-form.md holds: its worked example is a definition that reads the sheet it shows."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
import pytest

from mase_docs.definition.home import Home
from mase_docs.definition.own_form import LOCATORS, RECOGNISE, SPLIT
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission

PAGE = (Path(__file__).parents[2] / "docs/own-form.md").read_text(encoding="utf-8")
EXCEL, WORD = PAGE.split("## A Word form")
TODAY = date(2026, 11, 21)


def sheet() -> bytes:
    """The sheet that the page shows as a table."""
    book = openpyxl.Workbook()
    for row, *cells in re.findall(r"^\| (\d+) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", PAGE, re.MULTILINE):
        for column, text in enumerate(cells, 1):
            book.worksheets[0].cell(int(row), column, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    """The Word document that the page shows as a quotation."""
    made = docx.Document()
    quoted = re.findall(r"^> ?(.*)$", WORD, re.MULTILINE)
    for is_table, lines in groupby(filter(None, quoted), key=lambda line: line.startswith("|")):
        if is_table:
            rows = [[text.strip() for text in line.strip("|").split("|")] for line in lines if "---" not in line]
            table = made.add_table(len(rows), len(rows[0]))
            for line, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(line.cells, texts, strict=True):
                    cell.text = text
        else:
            for line in lines:
                made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read_with(part: str, name: str, data: bytes, folder: Path) -> Submission:
    """A form read by the definition that a part of the page shows."""
    (folder / "forms").mkdir()
    blocks = re.findall(r"^```toml\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    (folder / f"forms/{name}_v1.toml").write_text("\n".join(blocks), encoding="utf-8")
    return read_source("form", data, Home(folder), TODAY)


def test_the_word_example_reads_what_the_page_shows(tmp_path: Path) -> None:
    read = read_with(WORD, "fenwick_referral", document(), tmp_path)
    assert (read.form, read.problems) == ("fenwick_referral", [])
    assert {path: answer.value for path, answer in read.answers.items() if answer.value is not None} == {
        "referral_date": date(2026, 10, 13),
        "family_name": "OKORO",
        "dob": date(2011, 7, 13),
        "concern_types": ["missing"],
        "social_care_status": "looked_after",
        "linked_people[1].name": "Kay",
        "linked_people[1].age": "approx 17",
    }


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Submission:
    return read_with(EXCEL, "riverside_referral", sheet(), tmp_path_factory.mktemp("riverside"))


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
