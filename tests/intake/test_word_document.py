"""A Word document as a sheet and as named places: tables with merged cells, tables in tables, old form fields, bookmarks, boxes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.intake.word_document import Span, WordDocument
from mase_docs.model.submission import Submission
from tests.intake.word_files import TICK, cell, control, p, r, row, table, word


def cells(body: str) -> dict[str, object]:
    """Every cell that holds something, by its place in words."""
    sheet = WordDocument(word(body)).sheet
    return {sheet.place(at): found.value for at, found in sheet.cells.items()}


def span(number: int) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


def test_tables_and_paragraphs_are_counted_as_word_counts_them() -> None:
    body = p(r("Title")) + table(row(cell(p(r("a"))), cell(p(r("b")))), row(cell(p()), cell(p(r("c"))))) + p(r("End"))
    assert cells(body) == {
        "paragraph 1": "Title",
        "table 1, row 1, column 1": "a",
        "table 1, row 1, column 2": "b",
        "table 1, row 2, column 2": "c",
        "paragraph 6": "End",
    }


def test_a_merged_cell_counts_by_its_first_column_and_the_next_by_its_own() -> None:
    body = table(row(cell(p(r("wide")), about=span(3)), cell(p(r("last")))), row(*(cell(p(r(x))) for x in "abcd")))
    assert list(cells(body)) == [
        "table 1, row 1, column 1",
        "table 1, row 1, column 4",
        *(f"table 1, row 2, column {n}" for n in (1, 2, 3, 4)),
    ]
    sheet = WordDocument(word(body)).sheet
    assert sheet.right_of((1, 1)) == (1, 4)


def test_a_cell_that_reaches_down_is_one_cell() -> None:
    begin, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell(p(r("tall")), about=begin), cell(p(r("x")))), row(cell(about=more), cell(p(r("y")))), row(cell(p(r("z"))), cell(p(r("u"))))
    )
    sheet = WordDocument(word(body)).sheet
    assert (sheet.cell((2, 1)).value, sheet.below((1, 1)), sheet.cell((3, 1)).value) == ("tall", (3, 1), "z")


def test_a_row_that_begins_later_keeps_its_columns() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell(p(r("late")))}</w:tr>'
    assert cells(table(late)) == {"table 1, row 1, column 3": "late"}


def test_a_row_that_was_taken_out_with_changes_tracked_is_not_there() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell(p(r("gone")))}</w:tr>'
    assert cells(table(gone, row(cell(p(r("stays")))))) == {"table 1, row 2, column 1": "stays"}


def test_a_table_in_a_table_is_none_of_the_words_around_it() -> None:
    assert cells(table(row(cell(p(r("outer")), table(row(cell(p(r("inner"))))), p())))) == {
        "table 1, row 1, column 1": "outer",
        "table 2, row 1, column 1": "inner",
    }


def test_an_empty_control_shows_nothing_wherever_it_stands() -> None:
    body = table(
        row(cell(p(r("Label"))), control("a", cell(p(r("Type it"))), empty=True)), row(cell(p(control("b", r("Type"), empty=True))))
    )
    assert cells(body) == {"table 1, row 1, column 1": "Label"}


def field(about: str, result: str = "", name: str = "Text1") -> str:
    data = f'<w:ffData><w:name w:val="{name}"/>{about}</w:ffData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText> FORM </w:instrText></w:r>'
    return f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


LIST = '<w:ddList>{}<w:listEntry w:val="Oak"/><w:listEntry w:val="Ash"/></w:ddList>'
FIELDS = {
    "a text": (field("<w:textInput/>", "13/07/2011"), "13/07/2011", ""),
    "a ticked box": (field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"), "☒", ""),
    "a box ticked from the start": (field("<w:checkBox><w:default w:val='1'/></w:checkBox>"), "☒", ""),
    "a box that was unticked": (field("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>"), "☐", ""),
    "a list": (field(LIST.format("<w:result w:val='1'/>")), "Ash", ""),
    "a list that nobody touched": (field(LIST.format("")), "Oak", "LC1"),
    "a list beyond its end": (field(LIST.format("<w:result w:val='7'/>")), "", ""),
    "a field without an end": (field("<w:textInput/>", "x").rpartition("<w:r>")[0] + r("y"), None, ""),
}


@pytest.mark.parametrize("which", FIELDS)
def test_an_old_form_field(which: str) -> None:
    inside, said, doubt = FIELDS[which]
    document = WordDocument(word(p(inside)))
    found = {span.name: (document.text(span), document.doubt(span)) for span in document.spans}
    assert found == ({} if said is None else {"Text1": (said, doubt)})


def test_words_after_a_field_that_never_ends_are_not_lost() -> None:
    broken = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("instruction")) + p(r("Surname"))
    assert cells(broken) == {"paragraph 2": "Surname"}


def test_a_bookmark_holds_what_stands_within_it() -> None:
    inside = f'<w:bookmarkStart w:id="3" w:name="surname"/>{r("Imag")}{r("ined")}<w:bookmarkEnd w:id="3"/>'
    document = WordDocument(word(p(r("Surname: "), inside, r(" (please print)"))))
    (mark,) = document.spans
    assert (mark.kind, mark.name, document.text(mark), mark.place) == ("bookmark", "surname", "Imagined", "paragraph 1")


def test_a_control_around_a_row_stands_where_its_first_cell_does() -> None:
    (found,) = WordDocument(word(table(row(cell(p(r("a")))), control("line", row(cell(p(r("b")))))))).spans
    assert isinstance(found, Span)
    assert found.place == "table 1, row 2, column 1"


DEFINITION = """
id = "inverton_referral"
version = 1
title = "Inverton: MASE referral"
based_on = "referral_v1"

[recognise]
word_text = ["Inverton"]

[[section]]
name = "child"
label = "Child"

[[section.field]]
name = "family_name"
word = "{}"
"""


def test_a_tick_of_a_boroughs_own_form_by_its_name(tmp_path: Path) -> None:
    ticks = 'name = "concern_types"\nword_ticks = { "Check4" = "cse", "Check5" = "hsb", "tick_missing" = "missing" }'
    (tmp_path / "forms").mkdir()
    own = DEFINITION.replace('name = "family_name"\nword = "{}"', ticks)
    (tmp_path / "forms/inverton_referral_v1.toml").write_text(own, encoding="utf-8")
    boxes = [field(f"<w:checkBox>{now}</w:checkBox>", name=name) for name, now in (("Check4", "<w:checked/>"), ("Check5", ""))]
    body = p(r("Inverton")) + p(*boxes, control("tick_missing", r("☒"), TICK.format(1)))
    found = read_source("form.docx", word(body), Home(tmp_path), date(2026, 11, 23))
    assert found.value("concern_types") == ["cse", "missing"]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("table 1, row 1, column 2", "Imagined"),
        ("Table 1, Row 1, Column 2", "Imagined"),
        ("paragraph 1", "Inverton"),
        ("surname", "Imagined"),
        ("nobody", None),
        ("table 9, row 1, column 1", None),
    ],
)
def test_a_place_of_a_boroughs_own_form(where: str, value: str | None, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/inverton_referral_v1.toml").write_text(DEFINITION.format(where), encoding="utf-8")
    body = p(r("Inverton")) + table(row(cell(p(r("Surname"))), cell(p(control("Surname", r("Imagined"))))))
    found: Submission = read_source("form.docx", word(body), Home(tmp_path), date(2026, 11, 23))
    assert (found.form, found.value("family_name")) == ("inverton_referral", value)
