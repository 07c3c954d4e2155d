"""Our own reading of workbooks sees what openpyxl sees, and what openpyxl doesn't."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.columns import column_letters, column_number
from mase_docs.intake.number_formats import is_date_format
from mase_docs.intake.sheet import Cell
from mase_docs.intake.workbook import Workbook
from tests.intake.files import MAIN, workbook

SOUTHMERE = Path(__file__).parents[2] / "examples/boroughs/southmere_referral.xlsx"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(data: bytes, at: tuple[int, int] = (1, 1)) -> Cell:
    book = Workbook(data)
    return book.sheet(next(iter(book.entries))).cell(at)


def every_value(sheet: Worksheet) -> dict[tuple[int, int], object]:
    return {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def test_every_cell_of_a_boroughs_form_is_as_openpyxl_reads_it() -> None:
    book, theirs = Workbook(SOUTHMERE.read_bytes()), openpyxl.load_workbook(SOUTHMERE, data_only=True)
    for name in theirs.sheetnames:
        ours = {at: found.value for at, found in book.sheet(name).cells.items() if found.value is not None}
        assert ours == every_value(theirs[name])
        assert {(r.min_row, r.min_col): (r.max_row, r.max_col) for r in theirs[name].merged_cells.ranges} == book.sheet(name).merged


def test_numbers_dates_and_truths_are_as_openpyxl_reads_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    values = [
        7,
        7.5,
        True,
        False,
        "Zoë “Bee” Łukasz",
        datetime(2026, 5, 13, 14, 30),
        date(2011, 7, 3),
        " two  spaces ",
        "line\nend",
        9990000018,
    ]
    for row, value in enumerate(values, 1):
        sheet.cell(row, 1, value)
    data = saved(book)
    theirs = every_value(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0])
    assert {at: found.value for at, found in Workbook(data).sheet("Sheet").cells.items()} == theirs


@pytest.mark.parametrize("epoch", [False, True])
def test_a_date_is_the_same_day_in_both_epochs(epoch: bool) -> None:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = datetime(2011, 7, 3)
    assert Workbook(saved(book)).date1904 is epoch
    assert cell(saved(book)).value == datetime(2011, 7, 3)


STRINGS = {
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>plain</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t>runs</t></r>'
    "<rPh><t>guide</t></rPh></si><si><t>a_x000D_\nb_x0041_</t></si></sst>"
}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<c t="s"><v>0</v></c>', Cell("plain")),
        ('<c t="s"><v>1</v></c>', Cell("in runs")),
        ('<c t="s"><v>2</v></c>', Cell("a\r\nbA")),
        ('<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', Cell("inline")),
        ('<c t="str"><f>UPPER("x")</f><v>X</v></c>', Cell("X", formula=True)),
        ("<c><f>TODAY()</f></c>", Cell(None, formula=True)),
        ('<c t="e"><v>#N/A</v></c>', Cell("#N/A", error=True)),
        ('<c t="b"><v>1</v></c>', Cell(True)),
        ("<c><v>1E3</v></c>", Cell(1000)),
        ("<c><v>2079460321</v></c>", Cell(2079460321)),
        ("<c><v></v></c>", Cell(None)),
        ("<c/>", Cell(None)),
    ],
)
def test_every_way_to_write_a_cell_is_read(written: str, read: Cell) -> None:
    assert cell(workbook(f"<row>{written}</row>", **STRINGS)) == read


def test_rows_and_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    data = workbook(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    sheet = Workbook(data).sheet("One")
    assert [sheet.cell(at).value for at in ((1, 1), (1, 2), (5, 3), (5, 4), (6, 1))] == [1, 2, 3, 4, 5]


def test_a_sheet_whose_tags_carry_a_prefix_is_read() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert cell(workbook("", **{"xl/worksheets/sheet1.xml": sheet})).value == 7


def test_one_space_in_the_last_cell_costs_nothing() -> None:
    sheet = Workbook(
        workbook(
            '<row r="1048576"><c r="XFD1048576" t="str"><v> </v></c></row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    ).sheet("One")
    assert len(sheet.cells) == 1
    assert sheet.first((500, 500)) == (1, 1)


@pytest.mark.parametrize(
    ("written", "to"),
    [
        ("One!$B$5", ("One", (5, 2))),
        ("'My form'!$AA$12:$AC$12", ("My form", (12, 27))),
        ("'Bee''s'!B5", ("Bee's", (5, 2))),
        ("One!#REF!", None),
        ("#REF!$B$5", None),
        ("SUM(One!$B$5)", None),
    ],
)
def test_a_name_is_where_it_points_or_nowhere(written: str, to: tuple[str, tuple[int, int]] | None) -> None:
    names = Workbook(workbook("", names=f'<definedName name="Dob">{written}</definedName>')).names
    assert names.get("dob") == to


def test_names_are_as_openpyxl_writes_them() -> None:
    book = openpyxl.Workbook()
    book.defined_names["dob"] = DefinedName("dob", attr_text="Sheet!$C$9")
    assert Workbook(saved(book)).names == {"dob": ("Sheet", (9, 3))}


def test_a_merged_range_is_passed_as_one_cell() -> None:
    sheet = Workbook(workbook('<row r="2"><c r="B2"><v>7</v></c></row>', '<mergeCells><mergeCell ref="B2:D4"/></mergeCells>')).sheet("One")
    assert sheet.cell((3, 3)).value == 7
    assert sheet.right_of((2, 2)) == (2, 5)
    assert sheet.below((2, 2)) == (5, 2)
    assert sheet.left_of((3, 5)) == (2, 2)
    assert sheet.place((4, 28)) == "One!AB4"


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        *(("dd/mm/yyyy", True), ("[$-809]d mmmm yyyy;@", True), ("[h]:mm", True), ("yyyy\\-mm\\-dd", True)),
        *(
            ("General", False),
            ("0.00", False),
            ('0 "days"', False),
            ("[Red]0", False),
            ("@", False),
            ("\\d0", False),
            ("d" * 150_000, False),
        ),
    ],
)
def test_a_number_format_shows_a_date_or_does_not(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_columns_are_counted_as_excel_does(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters
