"""The blank Excel form in the hands of the real LibreOffice."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.blanks.blank_forms import FORMS, Blank, blank
from tests.fillers.libreoffice_fill import fill_with_libreoffice

pytestmark = pytest.mark.needs("soffice")

TYPED = {
    "keeper": "Łukasz Żółć",
    "planted": "03/07/2011",
    "surveyed": "3/7/2011 14:30",
    "acres": "12",
    "phone": "02079460001",
    "walled": "Yes",
    "main_tree": "Oak",
    "fruit_pear": "X",
    "pear_notes": "O'Shea & Sons <x>\n{{ 7*7 }} “Bee”",
    "pickers_1_since": "Not known",
    "pickers_2_since": "2011-12-01",
    "health_oak_evidence": "=1+1 is not what was meant",
}


def converted(file: Path, to: str) -> Path:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    out = file.parent / "converted"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", out, file], check=True, capture_output=True, timeout=180
    )
    return out / f"{file.stem}.{to}"


def written(form: Blank, folder: Path) -> Path:
    file = folder / "form.xlsx"
    file.write_bytes(form.data)
    return file


def value(book: Workbook, name: str) -> object:
    sheet, _, place = book.defined_names[name].attr_text.partition("!")
    return book[sheet][place.replace("$", "")].value


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    fill_with_libreoffice(written(blank("orchard"), folder), TYPED, folder / "filled.xlsx")
    return folder / "filled.xlsx"


@pytest.mark.parametrize("form_id", FORMS)
def test_opened_and_saved_it_keeps_names_lists_and_rules(form_id: str, tmp_path: Path) -> None:
    before = blank(form_id)
    after = openpyxl.load_workbook(converted(written(before, tmp_path), "xlsx"))
    places = {name: defined.attr_text for name, defined in before.book.defined_names.items()}
    assert places.items() <= {name: defined.attr_text for name, defined in after.defined_names.items()}.items()
    assert _ruled(after["Referral"]) == _ruled(before.sheet)
    assert [c.value for c in after["_form"][1]] == ["form_id", form_id]


def _ruled(sheet: object) -> dict[str, tuple[object, ...]]:
    """Each cell that has a rule, with what the rule is and says."""
    return {
        cell.coordinate: (rule.type, rule.error, rule.prompt)
        for rule in sheet.data_validations.dataValidation  # type: ignore[attr-defined]
        for area in rule.sqref.ranges
        for row in sheet[area.coord if ":" in area.coord else f"{area.coord}:{area.coord}"]  # type: ignore[index]
        for cell in row
    }


def test_typed_dates_become_dates_and_everything_else_stays_as_typed(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    as_typed = {name: text for name, text in TYPED.items() if name not in ("planted", "surveyed", "acres", "pickers_2_since")}
    assert {name: value(book, name) for name in as_typed} == as_typed
    assert value(book, "planted") == datetime(2011, 7, 3)
    assert value(book, "surveyed") == datetime(2011, 7, 3, 14, 30)
    assert value(book, "pickers_2_since") == datetime(2011, 12, 1)
    assert value(book, "acres") == 12


def test_a_label_cannot_be_typed_over(tmp_path: Path) -> None:
    form = blank("orchard")
    book = openpyxl.load_workbook(written(form, tmp_path))
    book.defined_names["keeper"].attr_text = "Referral!$A$7"
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(ValueError, match="takes no text"):
        fill_with_libreoffice(tmp_path / "form.xlsx", {"keeper": "Somebody"}, tmp_path / "out.xlsx")


def test_a_name_that_is_not_on_the_form_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name nobody"):
        fill_with_libreoffice(written(blank("orchard"), tmp_path), {"nobody": "x"}, tmp_path / "out.xlsx")


@pytest.mark.needs("pdftoppm")
def test_yellow_goes_where_an_answer_was_given_and_comes_where_one_is_now_needed(filled: Path, tmp_path: Path) -> None:
    before, after = _yellow_lines(written(blank("orchard"), tmp_path)), _yellow_lines(filled)
    assert len(before) == 5, "keeper, date, wall and two rows of fruit"
    assert len(after) == 1, "how high, since there is a wall"


@pytest.mark.needs("pdftoppm")
def test_a_row_that_was_begun_shows_what_it_still_needs(filled: Path, tmp_path: Path) -> None:
    before, after = _yellow_lines(written(blank("orchard"), tmp_path), page=2), _yellow_lines(filled, page=2)
    assert len(before) == 4, "the first picker's name, and the health of three kinds"
    assert len(after) == 5, "the same, and the name of the second picker, whose date is given"


def _yellow_lines(file: Path, page: int = 1) -> list[int]:
    """Where on a page, top down, a box or a row of boxes begins that is coloured as required and blank."""
    from PIL import Image

    pdf = converted(file, "pdf")
    picture = ["pdftoppm", "-r", "50", "-png", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*picture, pdf, pdf.with_suffix("")], check=True, timeout=60)
    image = Image.open(pdf.with_suffix(".png")).convert("RGB")
    yellow = [any(image.getpixel((x, y)) == (0xFF, 0xF3, 0xD1) for x in range(image.width)) for y in range(image.height)]
    return [y for y in range(1, image.height) if yellow[y] and not yellow[y - 1]]
