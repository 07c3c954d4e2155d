"""The register handed over in open formats: complete, the same to the byte from every store, and nothing in it runs."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from mase_docs.errors import OutputExistsError
from mase_docs.model.tables import Cell, Table
from mase_docs.packs.open_formats import as_csv, as_json, files_of
from mase_docs.packs.open_workbook import LONGEST, workbook
from mase_docs.pipeline import export
from mase_docs.register.records import RECORDS
from tests.register.care import FORM, LONG, NAMES, exported, filled, names
from tests.register.stores import KINDS, a_register


def table(*cells: Cell) -> Table:
    """A table of one column."""
    return Table("person", "Invented.", {"word": "A word"}, [(cell,) for cell in cells])


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.needs("initdb")
def test_every_store_exports_the_same_to_the_byte(tmp_path: Path) -> None:
    found = []
    for kind in KINDS:
        with filled(a_register(kind, tmp_path, kind)) as register:
            found.append(exported(register))
    assert found[0] == found[1] == found[2]


def test_an_export_has_every_table_every_row_every_original_and_says_what_is_what(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        done = export(register, tmp_path / "out")
    files = {str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    tables = {*RECORDS, "history"}
    wanted = {f"{kind}/{name}.{kind}" for name in tables for kind in ("csv", "json")} | {
        "README.txt",
        "register.xlsx",
        "originals/0001.xlsx",
    }
    assert set(files) == wanted
    assert done.files == len(wanted)
    assert files["originals/0001.xlsx"] == FORM
    assert b"not encrypted" in files["README.txt"]
    assert all(name in files["README.txt"].decode() for name in tables)
    (person,) = json.loads(files["json/person.json"])
    assert (person["given_names"], person["dob"], person["address_sensitive"], person["known_as"]) == (
        NAMES,
        None,
        True,
        ["Tess", 'T, "S"'],
    )
    assert json.loads(files["json/original.json"])[0]["data"] == "originals/0001.xlsx"
    assert len(json.loads(files["json/history.json"])) == len(read(files["csv/history.csv"])) - 1


def test_the_history_says_that_it_was_exported(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        export(register, tmp_path / "out")
        with register.engine.connect() as connection:
            newest = connection.execute(text("SELECT did, who, why FROM history ORDER BY seq DESC")).first()
    assert newest == ("exported", "tester", "export")


def test_a_folder_that_is_there_is_left_alone_unless_forced_and_one_of_somebody_elses_always(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear_all.txt").write_text("Dear all")
    with filled(a_register("sqlite", tmp_path)) as register:
        export(register, tmp_path / "out")
        (tmp_path / "out" / "originals" / "0099.xlsx").write_bytes(b"of a register before")
        with pytest.raises(OutputExistsError):
            export(register, tmp_path / "out")
        for force in (False, True):
            with pytest.raises(OutputExistsError):
                export(register, tmp_path / "letters", force=force)
        export(register, tmp_path / "out", force=True)
    assert [path.name for path in (tmp_path / "out" / "originals").iterdir()] == ["0001.xlsx"]
    assert (tmp_path / "letters" / "dear_all.txt").exists()
    assert names(tmp_path) == {"register.sqlite", "out", "letters"}


def test_an_export_that_cannot_be_told_to_the_history_is_not_there(tmp_path: Path) -> None:
    from mase_docs.errors import RegisterError
    from mase_docs.register.stores.turn import turn

    with filled(a_register("sqlite", tmp_path)) as register, turn(tmp_path / "register.sqlite", "somebody", "test"):
        register.patience = 0.1
        with pytest.raises(RegisterError, match="is writing to the register"):
            export(register, tmp_path / "out")
        assert {name for name in names(tmp_path) if "held-by" not in name} == {"register.sqlite"}


FORMULAS = ["=1+1", "+44 7700 900123", "-2+3", "@SUM(A1)", '=HYPERLINK("https://example.org")', "\t=1"]


def test_what_a_spreadsheet_would_run_is_guarded_in_csv_and_said() -> None:
    rows = read(as_csv(table(*FORMULAS, "plain", ["=1", "two"], -3)))
    assert [row[0] for row in rows[1:]] == [f"'{formula}" for formula in FORMULAS] + ["plain", "'=1; two", "-3"]


def test_csv_is_what_excel_and_rfc_4180_want() -> None:
    data = as_csv(table('He said "no", twice', "two\nlines", None, True))
    assert data == '\ufeffword\r\n"He said ""no"", twice"\r\n"two\nlines"\r\n""\r\ntrue\r\n'.encode()


def test_json_is_exact() -> None:
    assert json.loads(as_json(table("=1+1", ["a; b", "c"], None, True, 7, "_x0041_\r\n"))) == [
        {"word": value} for value in ("=1+1", ["a; b", "c"], None, True, 7, "_x0041_\r\n")
    ]


def test_no_formula_is_in_the_workbook_and_text_stays_text() -> None:
    data, _ = workbook([table(*FORMULAS, "007", "1e5", "true")])
    cells = [row[0] for row in openpyxl.load_workbook(BytesIO(data))["person"].iter_rows(min_row=2)]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert [row[0] for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[1:]] == [
        *FORMULAS, "007", "1e5", "true",
    ]  # fmt: skip


def test_what_excel_cannot_hold_is_cut_or_left_out_and_counted() -> None:
    data, trimmed = workbook([table("x" * 40_000, "bell\x07 and\x00 end", "_x0041_", "a\r\nb", "y" * LONGEST)])
    found = [row[0] for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[1:]]
    assert len(found[0]) == LONGEST
    assert found[0].endswith("…cut: all of it is in the folder json]")
    assert found[1:] == ["bell and end", "_x0041_", "a\nb", "y" * LONGEST]
    assert str(trimmed) == "Cells cut, being longer than Excel can hold: 1. Characters left out that Excel cannot hold: 2."


def test_the_workbook_can_be_read_and_looked_through(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        book = openpyxl.load_workbook(BytesIO(exported(register)["register.xlsx"]))
    assert book.sheetnames == [*RECORDS, "history of the register"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    link = dict(zip(*([cell.value for cell in row] for row in book["link"].iter_rows()), strict=True))
    assert link["evidence"].startswith(LONG[:100])


def test_an_empty_register_is_exported_too(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register:
        files = exported(register)
    assert files["json/person.json"] == b"[\n\n]\n"
    assert json.loads(files["json/person.json"]) == []
    assert read(files["csv/person.csv"])[0][:2] == ["borough", "id"]


def test_the_same_tables_give_the_same_files() -> None:
    history = Table("history", "", {"seq": "", "at": ""}, [(1, "2026")])
    assert dict(files_of([table("a"), history], "204").files) == dict(files_of([table("a"), history], "204").files)
