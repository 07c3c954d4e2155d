"""What only one format of workbook has, and what each reader says of one that is damaged."""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.binary_workbook import binary_workbook
from mase_docs.intake.number_formats import as_seen
from mase_docs.intake.old_workbook import old_workbook
from mase_docs.intake.open_document import open_document
from mase_docs.intake.reader import read_source
from mase_docs.intake.sheet import NOTHING, Cell, Sheet
from tests.conftest import ROOT
from tests.fillers.gnumeric_resave import resave_with_gnumeric
from tests.fillers.sheet_libraries_resave import resave_with_sheetjs
from tests.intake.files import package, relations, types_of

PLACE = ROOT / "examples" / "month" / "10_a_place.xlsx"
TODAY = date(2026, 11, 23)

# ── number formats ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (7946000123, "00000000000", "07946000123"),
        (7946000123, r"00000\ 000000", "07946 000123"),
        (7946000123, "0#### ######", "07946 000123"),
        (2079460100, '"("000") "0000 0000', "(020) 7946 0100"),
        (9990000018, "000 000 0000;@", "999 000 0018"),
        (12345678901234, "000 000 0000", "1234567 890 1234"),
        (0.71, "0%", "71%"),
        (0.715, "0.0%", "71.5%"),
        (40727, "d-mmm", datetime(2011, 7, 3)),
        (7, "00", "07"),
        (7.0, "0", 7),
        (1234, "#,##0", 1234),
        (7.5, "00", 7.5),
        (3, '0 "days"', 3),
        (-5, "00", -5),
        (1e300, "000", 1e300),
        (7, "0" * 300, 7),
    ],
)
def test_a_number_is_what_its_format_shows(number: float, code: str, seen: object) -> None:
    assert as_seen(number, code) == seen


def test_a_format_counts_days_from_the_year_of_its_workbook() -> None:
    assert as_seen(39265, "dd/mm/yyyy", date1904=True) == datetime(2011, 7, 3)


# ── OpenDocument ────────────────────────────────────────────────────────────────────────────────────────────────────────

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text", "style", "meta")
)


def content(table: str, before: str = "", after: str = "") -> str:
    return (
        f"<office:document-content {SPACES}>{before}<office:body><office:spreadsheet>"
        f'<table:table table:name="One">{table}</table:table>{after}</office:spreadsheet></office:body></office:document-content>'
    )


def ods(table: str, before: str = "", after: str = "", **parts: str) -> bytes:
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    return package({**mimetype, "content.xml": content(table, before, after), **parts})


def one(table: str) -> Sheet:
    return open_document(ods(table)).sheet("One")


def row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (
            '<table:table-cell office:value-type="string"><text:p>two<text:s text:c="2"/>words</text:p></table:table-cell>',
            Cell("two  words"),
        ),
        ('<table:table-cell office:value-type="string"><text:p>one</text:p><text:p>two</text:p></table:table-cell>', Cell("one\ntwo")),
        ("<table:table-cell><text:p>in <text:span>runs</text:span>\n of   it</text:p></table:table-cell>", Cell("in runs of it")),
        ('<table:table-cell office:value-type="string" office:string-value="told"/>', Cell("told")),
        ('<table:table-cell office:value-type="float" office:value="7.0"><text:p>7</text:p></table:table-cell>', Cell(7)),
        ('<table:table-cell office:value-type="float" office:value="1234"><text:p>1,234</text:p></table:table-cell>', Cell(1234)),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>', Cell(True)),
        ('<table:table-cell office:value-type="date" office:date-value="2011-07-03"/>', Cell(datetime(2011, 7, 3))),
        ('<table:table-cell office:value-type="date" office:date-value="soon"><text:p>soon</text:p></table:table-cell>', Cell("soon")),
        ('<table:table-cell table:formula="of:=TODAY()"/>', Cell(None, formula=True)),
        ("<table:table-cell><office:annotation><text:p>Between us</text:p></office:annotation></table:table-cell>", NOTHING),
    ],
)
def test_every_way_to_write_a_cell_of_an_opendocument_sheet_is_read(written: str, cell: Cell) -> None:
    assert one(row(written)).cell((1, 1)) == cell


def test_repeated_rows_and_cells_and_those_in_groups_are_where_they_are_shown() -> None:
    said = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    twice = said.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    sheet = one(
        f"<table:table-header-rows>{row(said)}</table:table-header-rows>{empty}<table:table-row-group>{row(twice)}</table:table-row-group>"
    )
    assert set(sheet.cells) == {(1, 1), (5, 1), (5, 2)}


def test_merged_cells_and_hidden_rows_of_an_opendocument_sheet_are_known() -> None:
    wide = '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"><text:p>x</text:p></table:table-cell>'
    sheet = one(f'<table:table-row table:visibility="collapse">{wide}</table:table-row>')
    assert (sheet.merged, sheet.hidden_lines) == ({(1, 1): (2, 3)}, True)


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("$One.$B$5", ("One", (5, 2))),
        ("$'Bee''s form'.$AA$12:.$AC$12", ("Bee's form", (12, 27))),
        ("One.B5", ("One", (5, 2))),
        ("$One.#REF!", None),
        ('ORG.GNUMERIC.ERROR("One!$B$5")', None),
    ],
)
def test_a_named_range_is_where_it_points_or_nowhere(address: str, to: tuple[str, tuple[int, int]] | None) -> None:
    quoted = address.replace('"', "&quot;")
    names = f'<table:named-expressions><table:named-range table:name="Dob" table:cell-range-address="{quoted}"/></table:named-expressions>'
    assert open_document(ods("", after=names)).names.get("dob") == to


def test_an_opendocument_sheet_that_repeats_its_cells_without_end_is_refused() -> None:
    endless = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">'
    with pytest.raises(InputRefusedError) as refused:
        one(f"{endless}<text:p>x</text:p></table:table-cell></table:table-row>")
    assert refused.value.code == "AR28"


def test_an_entity_in_an_opendocument_sheet_is_not_resolved(home: Home) -> None:
    bad = package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        }
    )
    assert [p.code for p in read_source("form.ods", bad, home, TODAY).problems] == ["AR28"]


# ── binary ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def record(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: bytes, more: bytes = b"") -> bytes:
    """A binary workbook of one sheet, its cells in row 1."""
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("One"))
    return package(
        {
            "[Content_Types].xml": types_of("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": relations(
                ("worksheet", "sheet1.bin"), ("sharedStrings", "strings.bin"), ("styles", "styles.bin")
            ),
            "xl/workbook.bin": sheet + more,
            "xl/sheet1.bin": record(0, struct.pack("<IIH", 0, 0, 300) + bytes(7)) + cells,
            "xl/strings.bin": record(19, b"\x00" + wide("shared")),
            "xl/styles.bin": record(44, struct.pack("<H", 164) + wide("00000000000"))
            + record(617, bytes(4))
            + record(47, struct.pack("<HH", 0, 14) + bytes(12))
            + record(47, struct.pack("<HH", 0, 164) + bytes(12))
            + record(618, b""),
        }
    )


def at(column: int, style: int = 9) -> bytes:
    return struct.pack("<II", column, style)


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (record(5, at(0) + struct.pack("<d", 7.5)), Cell(7.5)),
        (record(5, at(0, 0) + struct.pack("<d", 40727)), Cell(datetime(2011, 7, 3))),
        (record(5, at(0, 1) + struct.pack("<d", 7946000123)), Cell("07946000123")),
        (record(2, at(0) + struct.pack("<I", 15 << 2 | 2)), Cell(15)),
        (record(2, at(0) + struct.pack("<i", -15 << 2 | 2)), Cell(-15)),
        (record(2, at(0) + struct.pack("<I", 750 << 2 | 3)), Cell(7.5)),
        (record(2, at(0) + struct.pack("<d", 7.5)[4:]), Cell(7.5)),
        (record(3, at(0) + b"\x2a"), Cell("#N/A", error=True)),
        (record(4, at(0) + b"\x01"), Cell(True)),
        (record(6, at(0) + wide("Łukasz 😀"[:6])), Cell("Łukasz")),
        (record(7, at(0) + struct.pack("<I", 0)), Cell("shared")),
        (record(8, at(0) + wide("made")), Cell("made", formula=True)),
        (record(9, at(0) + struct.pack("<d", 2)), Cell(2, formula=True)),
        (record(62, at(0) + b"\x01" + wide("in runs")), Cell("in runs")),
        (record(12, struct.pack("<I", 9)), NOTHING),
        (record(17, struct.pack("<I", 9) + wide("short")), Cell("short")),
    ],
)
def test_every_way_to_write_a_cell_of_a_binary_workbook_is_read(written: bytes, cell: Cell) -> None:
    assert binary_workbook(xlsb(written)).sheet("One").cell((1, 1)) == cell


def test_a_name_in_a_binary_workbook_is_where_it_points() -> None:
    meant = record(357, b"") + record(362, struct.pack("<IIii", 1, 0, 0, 0))
    cell = b"\x3a" + struct.pack("<HIH", 0, 4, 1)
    lost = b"\x3c" + struct.pack("<HIH", 0, 4, 1)
    names = [
        record(39, bytes(5) + struct.pack("<I", 0xFFFFFFFF) + wide(name) + struct.pack("<I", len(formula)) + formula)
        for name, formula in (("Dob", cell), ("Lost", lost))
    ]
    assert binary_workbook(xlsb(b"", meant + b"".join(names))).names == {"dob": ("One", (5, 2))}


def test_a_binary_workbook_that_lacks_one_of_its_sheets_is_damaged() -> None:
    lost = record(156, struct.pack("<II", 0, 2) + wide("rId9") + wide("Two"))
    with pytest.raises(InputRefusedError) as refused:
        binary_workbook(xlsb(b"", lost))
    assert refused.value.code == "AR27"


@pytest.mark.needs("node", "npm")
def test_the_macros_of_a_binary_workbook_are_not_run_and_said(made: Path, home: Home) -> None:
    plain, out = (made / "form.xlsb").read_bytes(), io.BytesIO(made.joinpath("form.xlsb").read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Attribute VB_Name")
    said = {read: [p.code for p in read_source("form.xlsb", read, home, TODAY).problems] for read in (plain, out.getvalue())}
    assert said == {plain: [], out.getvalue(): ["AR20"]}


# ── damaged ones ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for kind in ("xls", "ods"):
        resave_with_gnumeric(PLACE, folder / f"form.{kind}", kind)
    resave_with_sheetjs(PLACE, {"xlsb": folder / "form.xlsb"})
    return folder


def in_the_file(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def in_a_part(data: bytes, chance: random.Random) -> bytes:
    """The archive whole again, so that its reader sees the damage and not only the check sum."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice([e.filename for e in old.infolist() if e.file_size and e.filename.endswith((".bin", ".xml"))])
        for name in old.namelist():
            new.writestr(name, in_the_file(old.read(name), chance) if name == victim else old.read(name))
    return out.getvalue()


READ: dict[str, tuple[Callable[[bytes], object], Callable[[bytes, random.Random], bytes]]] = {
    "xls": (old_workbook, in_the_file),
    "ods": (open_document, in_a_part),
    "xlsb": (binary_workbook, in_a_part),
}


@pytest.mark.needs("ssconvert", "node", "npm")
@pytest.mark.parametrize("kind", READ)
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else_is_raised(kind: str, made: Path) -> None:
    reader, damaged = READ[kind]
    whole, chance = (made / f"form.{kind}").read_bytes(), random.Random(5)
    outcomes = {outcome(reader, damaged(whole, chance)) for _ in range(60)}
    assert "AR27" in outcomes
    assert outcomes <= {"read", "AR1", "AR27", "AR28"}


def outcome(reader: Callable[[bytes], object], data: bytes) -> str:
    try:
        reader(data)
    except InputRefusedError as refusal:
        return refusal.code
    return "read"


@pytest.fixture
def without_xlrd(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "xlrd"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "xlrd", None)


@pytest.mark.needs("ssconvert", "node", "npm")
def test_where_the_reader_of_old_workbooks_is_not_installed_what_to_install_is_said(made: Path, home: Home, without_xlrd: None) -> None:
    [refused] = read_source("form.xls", (made / "form.xls").read_bytes(), home, TODAY).problems
    assert refused.code == "AR3"
    assert 'pip install "mase-docs[spreadsheets]"' in refused.remedy


def test_characters_that_xml_has_no_place_for_do_not_cost_the_form() -> None:
    assert one(row("<table:table-cell><text:p>a\x01b</text:p></table:table-cell>")).cell((1, 1)) == Cell("ab")
