"""The board report as Word shows it: every figure with its definition, small numbers hidden, and nobody named."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import report
from mase_docs.merge.word import render
from mase_docs.model.figures import RULES
from mase_docs.model.submission import Submission
from mase_docs.statistics.board import board_figures
from mase_docs.statistics.definitions import DEFINITIONS
from tests.documents.forms import form
from tests.statistics.months import child, month

MAY = (date(2026, 5, 1), date(2026, 5, 31))


def written(home: Home, forms: list[Submission], left_out: int = 0) -> bytes:
    figures = board_figures(forms, home, *MAY)
    context = report.context(figures, home, *MAY, date(2026, 6, 3), left_out)
    return render(resources.folder("templates") / "board_report.docx", context, report.must_show(figures), title=context["title"])


def words(document: bytes) -> str:
    parts = ZipFile(BytesIO(document))
    texts = [parts.read(name).decode() for name in parts.namelist() if name.startswith(("word/", "docProps/"))]
    return "\n".join(re.sub(r"<[^>]+>", "\n", text) for text in texts)


def tables(document: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(document)).tables]


@pytest.fixture(scope="module")
def may(home: Home) -> bytes:
    return written(home, month(Random(3), 60), left_out=2)


def test_every_figure_stands_under_a_heading_with_its_definition(may: bytes) -> None:
    headings = [p.text for p in Document(BytesIO(may)).paragraphs if p.style.name == "Heading 2"]
    text = words(may)
    for definition in DEFINITIONS.values():
        assert f"{definition.id}. {definition.title}" in headings
        assert definition.numerator in text
        assert definition.denominator in text


def test_the_counting_rules_the_signs_and_the_period_are_printed(may: bytes) -> None:
    text = words(may)
    for said in (*RULES, *report.SYMBOLS.values(), "1 May 2026 to 31 May 2026", "3 June 2026", "Sexual Exploitation Working Group"):
        assert said in text


def test_forms_left_out_are_counted_like_everything_else(may: bytes, home: Home) -> None:
    def left_out(document: bytes) -> str:
        return next(row[1] for row in tables(document)[0] if row[0] == "Forms with errors, left out")

    assert left_out(may) == "c"
    assert left_out(written(home, [])) == "0"
    assert left_out(written(home, [], left_out=6)) == "6"


def test_no_number_of_one_to_five_is_printed_in_a_figure(may: bytes) -> None:
    numbers = [row[1] for table in tables(may)[2:] for row in table[1:]]
    assert len(numbers) > 80
    assert {number for number in numbers if number in {"1", "2", "3", "4", "5"}} == set()
    assert "c" in numbers


def test_an_empty_month_says_nought_everywhere(home: Home) -> None:
    empty = written(home, [])
    assert {row[1] for table in tables(empty)[2:] for row in table[1:]} == {"0"}
    assert "There are none in this period." in words(empty)


MARKER = "Zqmarker"
TEXT_IN_FIGURES = {
    "concern_types",
    "sex",
    "ethnicity",
    "cse_category",
    "hsb_level",
    "referrer_agency",
    "nfa_plan",
    "school_name",
    "school_urn",
}


def marked(n: int, home: Home) -> Submission:
    """A form with a marker in every question that takes words, and in the rows of every group."""
    answers: dict[str, Any] = {}
    for field in home.form("referral").fields.values():
        if field.type == "repeat" and not field.keys:
            answers[field.name] = [{column.name: f"{MARKER} {column.name}" for column in field.column}]
        elif field.type not in ("select_multiple", "text_list", "date", "datetime", "yes_no", "integer", "repeat"):
            answers[field.name] = f"{MARKER} {field.name}"
        elif field.type in ("select_multiple", "text_list"):
            answers[field.name] = [f"{MARKER} {field.name}", "cse"]
    return form(**{**answers, "referral_date": date(2026, 5, 2), "dob": date(2012, 1, n + 1), "nhs_number": f"999000000{n}"})


def test_nothing_that_was_written_on_a_form_is_in_the_report(home: Home) -> None:
    document = written(home, [marked(n, home) for n in range(8)])
    assert "8" in {row[1] for row in tables(document)[2]}
    for name in ZipFile(BytesIO(document)).namelist():
        assert MARKER.encode() not in ZipFile(BytesIO(document)).read(name)


def test_schools_and_places_are_not_named(home: Home) -> None:
    forms = [child(n, school_name="Ashmole Green", locations=[{"name": "Fern Park", "type": "park"}]) for n in range(12)]
    text = words(written(home, forms))
    assert "School A" in text
    assert "Ashmole" not in text
    assert "Fern" not in text


def test_the_marking_of_the_report_is_on_every_page_with_the_page_number(may: bytes, home: Home) -> None:
    section = Document(BytesIO(may)).sections[0]
    assert section.header.paragraphs[0].text == home.profile.documents.report_marking == "OFFICIAL"
    assert section.footer.paragraphs[-1].text == "OFFICIAL"
    fields = [field.text.strip() for field in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_head_of_every_table_is_repeated_on_the_next_page(may: bytes) -> None:
    for table in Document(BytesIO(may)).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_no_cell_of_a_table_is_empty(may: bytes) -> None:
    assert all(cell for table in tables(may) for row in table for cell in row)


def test_title_and_language_are_set_and_no_name_is_in_the_properties(may: bytes) -> None:
    document = Document(BytesIO(may))
    assert document.core_properties.title == "MASE: report to the City and Hackney Safeguarding Children Board"
    assert document.core_properties.author == ""
    assert {found.get(qn("w:val")) for found in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_the_same_forms_give_the_same_bytes_in_any_order(home: Home) -> None:
    forms = month(Random(4), 30)
    assert written(home, forms) == written(home, forms[::-1])


@pytest.mark.parametrize("checker", [["openxml-audit"], ["ooxml-integrity", "check"]])
def test_the_checkers_find_nothing_in_template_and_report(checker: list[str], may: bytes, tmp_path: Path) -> None:
    import sys

    made = tmp_path / "report.docx"
    made.write_bytes(may)
    for file in (made, resources.folder("templates") / "board_report.docx"):
        program = Path(sys.executable).parent / checker[0]
        said = subprocess.run([program, *checker[1:], file], capture_output=True, encoding="utf-8", timeout=120)
        assert said.returncode == 0, said.stdout
        assert "Errors: 0" in said.stdout or "0 error(s), 0 warning(s)" in said.stdout


def test_the_template_is_as_the_script_makes_it(tmp_path: Path) -> None:
    import sys

    sys.path.insert(0, str(resources.folder("templates").parent / "docs" / "developing"))
    try:
        from make_board_template import make
    finally:
        sys.path.pop(0)
    make(tmp_path)
    assert (tmp_path / "board_report.docx").read_bytes() == (resources.folder("templates") / "board_report.docx").read_bytes()
