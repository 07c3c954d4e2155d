"""A sender's own workbook, marked: every answer as it was, a colour and a note at each place asked about, and nothing else changed."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks import excel
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.reader import read_source
from mase_docs.packs.marked_excel import marked
from mase_docs.packs.marks import TINT, Mark
from tests.conftest import ROOT
from tests.fillers.openpyxl_fill import fill_with_openpyxl
from tests.intake.files import package, workbook, workbook_parts
from tests.packs.forms import HOSTILE, MONTH, REFERENCE, TODAY, asked, at, completed, of_bytes, parts, plain

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"
FORMS = ["11_left_blank.xlsx", "15_typed_over_choices.xlsx"]
ASKED = ("family_name", "dob", "concern_types", "reason_for_referral", "sex")


@cache
def sheet_of(data: bytes, name: str = "Referral") -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(data))[name]
    assert isinstance(found, Worksheet)
    return found


def notes(data: bytes) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet_of(data).iter_rows() for cell in row if cell.comment}


def tint(data: bytes, cell: str) -> str:
    return str(sheet_of(data)[cell].fill.fgColor.rgb)[2:]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, home: Home) -> bytes:
    """A form full of texts that programs take for something else."""
    folder, form = tmp_path_factory.mktemp("hostile"), home.form("referral")
    (folder / "blank.xlsx").write_bytes(excel.build(form, home))
    texts = [s for s in home.slots(form, "xlsx") if s.field.type in ("text", "long_text", "name") and not s.field.choices]
    fill_with_openpyxl(folder / "blank.xlsx", {s.name: HOSTILE[n % len(HOSTILE)] for n, s in enumerate(texts)}, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    for row in book["Referral"].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", FORMS)
def test_each_place_asked_about_has_a_colour_and_a_note_and_every_answer_is_as_it_was(name: str, home: Home) -> None:
    form = completed(MONTH / name, home)
    wanted = asked(form, home)
    back = marked((MONTH / name).read_bytes(), wanted, REFERENCE)
    cells = {mark.place.partition("!")[2]: mark for mark in wanted}
    assert notes(back) == {cell: f"MASE:\n{mark.comment}" for cell, mark in cells.items()}
    assert {cell: tint(back, cell) for cell in cells} == {cell: TINT[mark.severity] for cell, mark in cells.items()}
    assert read_source(name, back, home, TODAY).answers == form.answers


def test_texts_that_look_like_formulas_stay_texts(hostile: bytes, home: Home) -> None:
    form = of_bytes("a.xlsx", hostile, home)
    back = marked(hostile, at(form, *ASKED), REFERENCE)
    before, after = sheet_of(hostile), sheet_of(back)
    assert read_source("a.xlsx", back, home, TODAY).answers == form.answers
    assert [(c.value, c.data_type) for row in after.iter_rows() for c in row] == [
        (c.value, c.data_type) for row in before.iter_rows() for c in row
    ]
    assert {"=1+1", "@SUM(A1)"} <= {c.value for row in after.iter_rows() for c in row if c.data_type == "s"}


def test_nothing_but_the_marks_is_changed(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    before, after = parts(path.read_bytes()), parts(marked(path.read_bytes(), at(completed(path, home), *ASKED), REFERENCE))
    touched = {"[Content_Types].xml", "docProps/custom.xml", "xl/styles.xml", SHEET}
    new = {"xl/comments.xml", "xl/drawings/vmlDrawing.vml", "xl/worksheets/_rels/sheet1.xml.rels"}
    assert after.keys() - before.keys() == new
    assert {name for name in before if before[name] != after[name]} == touched
    assert without_marks(after[SHEET]) == without_marks(before[SHEET])
    assert all(whole in after["docProps/custom.xml"] for whole in (b">referral<", b'"FormId"', b'"FormVersion"'))


def without_marks(sheet: bytes) -> bytes:
    root = etree.fromstring(sheet)
    for drawing in root.findall(f"{MAIN}legacyDrawing"):
        root.remove(drawing)
    for cell in root.iter(f"{MAIN}c"):
        cell.attrib.pop("s", None)
    return plain(etree.tostring(root))


def test_styles_are_added_and_none_is_changed(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    back = marked(path.read_bytes(), at(completed(path, home), *ASKED), REFERENCE)
    old, new = (etree.fromstring(parts(data)["xl/styles.xml"]) for data in (path.read_bytes(), back))
    for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs"):
        first, second = (root.find(f"{MAIN}{name}") for root in (old, new))
        assert [etree.tostring(e) for e in first] == [etree.tostring(e) for e in second][: len(first)]
        assert second.get("count") == str(len(second))


def test_marked_cells_can_be_typed_into_and_the_sheet_stays_protected(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    locked = at(completed(path, home), "dob")[0]
    back = sheet_of(marked(path.read_bytes(), [locked, Mark("x", "Referral!A44", "x", "A locked cell", "error")], REFERENCE))
    assert back.protection.sheet == sheet_of(path.read_bytes()).protection.sheet
    assert sheet_of(path.read_bytes())["A44"].protection.locked
    assert not back["A44"].protection.locked


def test_a_merged_answer_is_marked_all_over_with_one_note(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    form = completed(path, home)
    (mark,) = at(form, "reason_for_referral")
    cell = mark.place.partition("!")[2]
    back = marked(path.read_bytes(), [mark], REFERENCE)
    (area,) = [area for area in sheet_of(back).merged_cells.ranges if cell in area]
    root = etree.fromstring(parts(back)[SHEET])
    styles = {c.get("r"): c.get("s") for c in root.iter(f"{MAIN}c")}
    looks = etree.fromstring(parts(back)["xl/styles.xml"])
    fills = {str(n): xf.get("fillId") for n, xf in enumerate(looks.find(f"{MAIN}cellXfs"))}
    inside = [f"{openpyxl.utils.get_column_letter(column)}{row}" for row, column in area.cells]
    assert len(inside) > 1
    assert len({fills[styles[name]] for name in inside}) == 1
    assert list(notes(back)) == [cell]


def test_marking_again_replaces_the_earlier_marks_and_gives_the_colours_back(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    form = completed(path, home)
    once = marked(path.read_bytes(), asked(form, home), REFERENCE)
    again = marked(once, at(form, "family_name"), REFERENCE)
    place = form.answers["family_name"].place.partition("!")[2]
    assert list(notes(again)) == [place]
    assert tint(again, "B47") == tint(path.read_bytes(), "B47") != tint(once, "B47")
    assert len(etree.fromstring(parts(again)["xl/drawings/vmlDrawing.vml"]).findall(".//{*}ClientData")) == 1
    cleared = marked(again, [], REFERENCE)
    assert notes(cleared) == {}
    assert all(tint(cleared, cell) == tint(path.read_bytes(), cell) for cell in ("B47", "B48", "B49", place))


def test_a_senders_own_notes_are_kept(home: Home) -> None:
    book = openpyxl.load_workbook(MONTH / "11_left_blank.xlsx")
    book["Referral"]["B47"].comment = Comment("Nobody could tell me", "A sender")
    book["Referral"]["B44"].comment = Comment("As on the letter", "A sender")
    out = io.BytesIO()
    book.save(out)
    form = of_bytes("a.xlsx", out.getvalue(), home)
    once = marked(out.getvalue(), asked(form, home), REFERENCE)
    assert notes(once)["B47"].startswith("Nobody could tell me\n\nMASE:\n“Date of birth” is not answered.")
    assert notes(once)["B44"] == "As on the letter"
    assert notes(marked(once, [], REFERENCE)) == {"B47": "Nobody could tell me", "B44": "As on the letter"}


def test_it_is_as_excel_would_write_it(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    blank = (ROOT / "forms" / "context_referral_v1.xlsx").read_bytes()
    marks = [Mark(str(row), f"Referral!B{row}", "?", "Why?\nHow?") for row in range(8, 12)]
    (tmp_path / "form.xlsx").write_bytes(made := marked(blank, marks, REFERENCE))
    assert made.count(b"xl/comments.xml") == 2
    assert not list(OpenXmlValidator().validate(str(tmp_path / "form.xlsx")).errors)


def test_the_reference_is_in_the_properties_and_is_replaced(home: Home) -> None:
    path = MONTH / "10_a_place.xlsx"
    once = marked(path.read_bytes(), [], "MASE-2026-0001")
    twice = openpyxl.load_workbook(io.BytesIO(marked(once, [], REFERENCE)))
    assert {p.name: p.value for p in twice.custom_doc_props.props}["FormReference"] == REFERENCE
    assert {"FormId", "FormVersion"} <= set(twice.custom_doc_props.names)


def test_a_workbook_without_properties_gets_them() -> None:
    data = workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>=1+1</t></is></c></row>', **{"xl/styles.xml": STYLES})
    back = marked(data, [Mark("a", "One!A1", "a", "Why?")], REFERENCE)
    assert plain(parts(back)["docProps/custom.xml"]).count(REFERENCE.encode()) == 1
    assert b"<t>=1+1</t>" in parts(back)["xl/worksheets/sheet1.xml"]


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font/></fonts><fills><fill/></fills>'
    "<borders><border/></borders><cellXfs><xf/></cellXfs></styleSheet>"
)


def test_a_cell_that_a_program_left_out_is_made_where_it_belongs() -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>4</v></c></row><row r="9"><c><v>9</v></c></row>'
    back = marked(workbook(rows, **{"xl/styles.xml": STYLES}), [Mark("a", "One!B2", "a", "?"), Mark("b", "One!B5", "b", "?")], REFERENCE)
    root = etree.fromstring(parts(back)["xl/worksheets/sheet1.xml"])
    assert [[c.get("r") for c in row] for row in root.iter(f"{MAIN}row")] == [["A2", "B2", "D2"], ["B5"], [None]]


def test_macros_go_back_untouched(home: Home) -> None:
    path = MONTH / "11_left_blank.xlsx"
    with_macros = package({**parts(path.read_bytes()), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"})
    back = marked(with_macros, asked(completed(path, home), home), REFERENCE)
    assert parts(back)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"xl/styles.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, id="a DOCTYPE"),
        pytest.param({"xl/styles.xml": "no XML"}, id="styles that are no XML"),
        pytest.param({"_rels/.rels": "<a/>"}, id="no main part"),
    ],
)
def test_a_workbook_that_cannot_be_marked_is_refused_in_one_sentence(broken: dict[str, str]) -> None:
    with pytest.raises(InputRefusedError, match="cannot be marked"):
        marked(package({**workbook_parts('<row r="1"><c r="A1"/></row>'), **broken}), [Mark("a", "One!A1", "a", "?")], REFERENCE)


def test_a_place_that_is_not_there_is_passed_over(home: Home) -> None:
    back = marked((MONTH / "11_left_blank.xlsx").read_bytes(), [Mark("a", "Elsewhere!A1", "a", "?"), Mark("b", "", "b", "?")], REFERENCE)
    assert notes(back) == {}


# LibreOffice ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def through_libreoffice(hostile: bytes, home: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A marked form, and the same after LibreOffice opened and saved it."""
    folder = tmp_path_factory.mktemp("office")
    form = of_bytes("a.xlsx", hostile, home)
    (folder / "form.xlsx").write_bytes(marked(hostile, at(form, *ASKED), REFERENCE))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(folder / "saved"), str(folder / "form.xlsx")], check=True, capture_output=True, timeout=120)
    return (folder / "form.xlsx").read_bytes(), (folder / "saved" / "form.xlsx").read_bytes()


@pytest.mark.needs("soffice")
def test_libreoffice_keeps_the_marks_and_the_reference(through_libreoffice: tuple[bytes, bytes]) -> None:
    ours, saved = through_libreoffice
    assert notes(saved) == notes(ours)
    assert len(notes(saved)) == len(ASKED)
    assert {tint(saved, cell) for cell in notes(saved)} == {TINT["warning"]}
    props = openpyxl.load_workbook(io.BytesIO(saved)).custom_doc_props.props
    assert {p.name: p.value for p in props}["FormReference"] == REFERENCE


@pytest.mark.needs("soffice")
def test_marks_that_libreoffice_saved_are_taken_away_again(through_libreoffice: tuple[bytes, bytes], hostile: bytes) -> None:
    ours, saved = through_libreoffice
    cleared = marked(saved, [], REFERENCE)
    assert notes(cleared) == {}
    assert {tint(cleared, cell) for cell in notes(ours)} == {tint(hostile, cell) for cell in notes(ours)}
