"""Completed forms that other programs saved again: every answer that was typed is read back, or its loss is said."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from examples.make_arrives_sheets import FROM
from mase_docs.definition.home import Home
from mase_docs.intake.as_json import as_json
from mase_docs.intake.parts import Part
from mase_docs.intake.reader import opened as opened_part
from mase_docs.intake.reader import read_source
from mase_docs.intake.sheet import Cell
from mase_docs.model.submission import Submission
from tests.conftest import ROOT
from tests.fillers.gnumeric_resave import EXPORTERS, resave_with_gnumeric
from tests.fillers.imitated_exports import google_like, numbers_like, strict_like
from tests.fillers.libreoffice_resave import FILTERS, resave_with_libreoffice
from tests.fillers.sheet_libraries_resave import BOOK_TYPES, resave_with_exceljs, resave_with_sheetjs
from tests.intake.odd_workbook import HELD, NAMES, SHEET, held, odd_workbook, opened

MONTH = ROOT / "examples" / "month"
SCHOOL, PLACE = MONTH / "01_school_group.xlsx", MONTH / "10_a_place.xlsx"
TODAY = date(2026, 11, 23)
HOME = Home(MONTH)


def typed(form: Path) -> dict[str, Any]:
    """What was typed into one of the month's forms, which a person has read."""
    answers: dict[str, Any] = json.loads(form.with_name(f"{form.name}.expected.json").read_text(encoding="utf-8"))["answers"]
    return answers


def read(data: bytes) -> Submission:
    return read_source("form", data, HOME, TODAY)


def answers(found: Submission) -> dict[str, Any]:
    given: dict[str, Any] = as_json(found, HOME)["answers"]
    return given


def sureness(found: Submission) -> set[str]:
    return {answer.confidence for answer in found.answers.values() if answer.value is not None}


def codes(found: Submission) -> list[str]:
    return [problem.code for problem in found.problems]


# ── LibreOffice ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which LibreOffice saved the month's two kinds of forms and the odd workbooks in all its formats."""
    here, there = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("libreoffice")
    (here / "odd.xlsx").write_bytes(odd_workbook())
    (here / "odd1904.xlsx").write_bytes(odd_workbook(from_1904=True))
    resave_with_libreoffice([SCHOOL, PLACE, here / "odd.xlsx", here / "odd1904.xlsx"], there, password="swordfish")
    return there


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("form", [SCHOOL, PLACE], ids=lambda form: form.stem)
@pytest.mark.parametrize("kind", FILTERS)
def test_a_form_that_libreoffice_saved_is_read_by_its_names(kind: str, form: Path, libreoffice: Path) -> None:
    found = read((libreoffice / f"{form.stem}.{kind}").read_bytes())
    assert found.source.kind == kind.removeprefix("f")
    assert answers(found) == typed(form)
    assert (sureness(found), found.problems) == ({"high"}, [])


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", FILTERS)
@pytest.mark.parametrize("name", ["odd", "odd1904"])
def test_everything_that_a_cell_can_hold_is_read_from_what_libreoffice_saved(name: str, kind: str, libreoffice: Path) -> None:
    book = opened(libreoffice / f"{name}.{kind}")
    an_error_is_a_formula_there = {
        **{what: cell for what, (_, _, cell) in HELD.items()},
        "an error": Cell("#N/A", formula=True, error=True),
    }
    assert held(book) == an_error_is_a_formula_there
    assert book.date1904 is (name == "odd1904")
    assert {name: book.names[name] for name in NAMES} == NAMES
    assert book.sheet(SHEET).merged == {(1, 4): (3, 6)}
    assert book.sheet(SHEET).hidden_lines
    assert [(entry.name, entry.state) for entry in book.entries.values()] == [(SHEET, "visible"), ("Hidden", "hidden")]
    assert book.has_comments


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "fods", "xls"])
def test_the_reference_that_a_form_was_sent_back_with_stays_on_it(kind: str, libreoffice: Path) -> None:
    assert opened(libreoffice / f"odd.{kind}").properties["FormReference"] == "MASE-2026-0012"


@pytest.mark.needs("soffice")
def test_an_old_workbook_that_libreoffice_locked_is_opened_by_its_password(libreoffice: Path) -> None:
    locked = Part("locked.xls", (libreoffice / "locked.xls").read_bytes())
    assert {opened_part(locked, HOME, TODAY, tried).locked for tried in ([], ["wrong"])} == {True}
    found = opened_part(locked, HOME, TODAY, ["wrong", "swordfish"]).submission
    assert found
    assert answers(found) == typed(SCHOOL)


@pytest.mark.needs("soffice")
def test_an_opendocument_sheet_that_was_locked_is_explained(libreoffice: Path) -> None:
    [refused] = read((libreoffice / "locked.ods").read_bytes()).problems
    assert refused.code == "AR1"
    assert "without a password" in refused.remedy


# ── Gnumeric ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.needs("ssconvert")
@pytest.mark.parametrize("kind", EXPORTERS)
def test_a_form_that_gnumeric_saved_is_read_by_its_names(kind: str, tmp_path: Path) -> None:
    resave_with_gnumeric(PLACE, tmp_path / "form", kind)
    found = read((tmp_path / "form").read_bytes())
    assert answers(found) == typed(PLACE)
    assert sureness(found) == {"high"}
    assert codes(found) == (["AR3"] if kind == "biff7.xls" else [])


@pytest.mark.needs("ssconvert")
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_everything_that_a_cell_can_hold_is_read_from_what_gnumeric_saved(kind: str, tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(odd_workbook())
    resave_with_gnumeric(tmp_path / "odd.xlsx", tmp_path / f"out.{kind}", kind)
    book = opened(tmp_path / f"out.{kind}")
    in_ods = {"an error": Cell("#N/A", formula=True)} if kind == "ods" else {}
    assert held(book) == {**{what: cell for what, (_, _, cell) in HELD.items()}, **in_ods}
    assert {name: book.names[name] for name in NAMES} == NAMES
    assert book.sheet(SHEET).merged == {(1, 4): (3, 6)}


@pytest.mark.needs("ssconvert")
def test_gnumeric_loses_the_names_on_a_sheet_with_an_apostrophe_and_labels_are_enough(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(renamed(PLACE, "Ann's form"))
    resave_with_gnumeric(tmp_path / "form.xlsx", tmp_path / "out.xls", "xls")
    found = read((tmp_path / "out.xls").read_bytes())
    assert answers(found) == typed(PLACE)
    assert sureness(found) == {"medium"}


def renamed(form: Path, title: str) -> bytes:
    import io

    import openpyxl

    book, out = openpyxl.load_workbook(form), io.BytesIO()
    book["Referral"].title = title
    quoted = title.replace("'", "''")
    for name in book.defined_names.values():
        name.attr_text = (name.attr_text or "").replace("Referral!", f"'{quoted}'!")
    book.save(out)
    return out.getvalue()


# ── SheetJS and exceljs ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sheetjs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheetjs")
    resave_with_sheetjs(SCHOOL, {kind: folder / f"form.{kind}" for kind in BOOK_TYPES})
    return folder


SURE = {"xlsx": {"high"}, "xlsb": {"medium"}, "xls": {"medium"}, "ods": {"medium"}}
"""SheetJS keeps defined names in .xlsx only."""


@pytest.mark.needs("node", "npm")
@pytest.mark.parametrize("kind", SURE)
def test_a_form_that_sheetjs_saved_is_read_by_names_where_it_kept_them_else_by_labels(kind: str, sheetjs: Path) -> None:
    found = read((sheetjs / f"form.{kind}").read_bytes())
    assert found.source.kind == kind
    assert answers(found) == typed(SCHOOL)
    assert (sureness(found), codes(found)) == (SURE[kind], [])


@pytest.mark.needs("node", "npm")
def test_letters_that_excel_95_could_not_hold_are_warned_about(sheetjs: Path) -> None:
    found = read((sheetjs / "form.biff5.xls").read_bytes())
    wrong = {path for path, answer in answers(found).items() if answer != typed(SCHOOL)[path]}
    assert wrong == {"given_names", "linked_people"}
    assert found.value("given_names") == "Zo_ _Bee_ _ukasz"
    assert [(problem.severity, problem.code) for problem in found.problems] == [("warning", "AR3")]


@pytest.mark.needs("node", "npm")
def test_a_form_that_exceljs_saved_is_read_by_its_names(tmp_path: Path) -> None:
    resave_with_exceljs(SCHOOL, tmp_path / "form.xlsx")
    found = read((tmp_path / "form.xlsx").read_bytes())
    assert answers(found) == typed(SCHOOL)
    assert (sureness(found), found.problems) == ({"high"}, [])


# ── the examples ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FROM)
def test_an_example_is_read_as_the_form_that_it_was_made_from(name: str) -> None:
    found = read((ROOT / "examples" / "arrives" / name).read_bytes())
    assert found.source.kind == Path(name).suffix[1:]
    assert answers(found) == typed(MONTH / FROM[name])
    assert codes(found) == []


# ── programs that cannot run here, imitated ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", [SCHOOL, PLACE], ids=lambda form: form.stem)
@pytest.mark.parametrize("hidden_sheets", [True, False])
def test_an_export_like_google_sheets_is_read_by_its_names(form: Path, hidden_sheets: bool) -> None:
    found = read(google_like(form.read_bytes(), hidden_sheets))
    assert answers(found) == typed(form)
    assert (sureness(found), found.problems) == ({"high"}, [])


@pytest.mark.parametrize("form", [SCHOOL, PLACE], ids=lambda form: form.stem)
def test_an_export_like_that_of_numbers_is_read_by_labels_and_what_else_is_on_it_is_said(form: Path) -> None:
    found = read(numbers_like(form.read_bytes()))
    assert answers(found) == typed(form)
    assert (sureness(found), codes(found)) == ({"medium"}, ["AR36", "AR21"])


@pytest.mark.parametrize("form", [SCHOOL, PLACE], ids=lambda form: form.stem)
def test_a_strict_workbook_is_read_like_any_other(form: Path) -> None:
    found = read(strict_like(form.read_bytes()))
    assert found.source.kind == "xlsx"
    assert answers(found) == typed(form)
    assert (sureness(found), found.problems) == ({"high"}, [])


def test_a_strict_workbook_keeps_its_properties_and_its_dates(tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(strict_like(odd_workbook()))
    book = opened(tmp_path / "odd.xlsx")
    assert book.properties["FormReference"] == "MASE-2026-0012"
    assert held(book)["a moment"] == Cell(datetime(2026, 5, 13, 14, 30))
