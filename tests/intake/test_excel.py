"""Our Excel forms are read by their names and, when those were lost, by labels and layout."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from mase_docs import resources
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Answer, Submission, Value
from tests.conftest import ROOT
from tests.intake.filled import filled, saved, shifted, without_names

TODAY = date(2026, 11, 21)
LONG = "what_seen"
"""A long answer of the smaller form."""


@pytest.fixture(scope="module")
def form(request: pytest.FixtureRequest, home: Home) -> Form:
    """The smaller of our forms, where a test doesn't ask for both."""
    return home.form(getattr(request, "param", "context_referral"))


both_forms = pytest.mark.parametrize("form", ["referral", "context_referral"], indirect=True, scope="module")
our_forms = pytest.mark.parametrize(
    "form", ["referral", "context_referral", "action_return", "intelligence_return"], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def book(form: Form, home: Home) -> bytes:
    return saved(filled(form, home))


@pytest.fixture(scope="module")
def by_name(book: bytes, home: Home) -> Submission:
    return read(book, home)


def opened(book: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book))


def read(data: bytes, home: Home) -> Submission:
    return read_source("form.xlsx", data, home, TODAY)


def values(found: Submission) -> dict[str, Value]:
    return {path: answer.value for path, answer in found.answers.items()}


@our_forms
def test_every_place_of_a_blank_is_read_by_its_name(form: Form, by_name: Submission, home: Home) -> None:
    assert (by_name.form, by_name.version, by_name.problems) == (form.id, form.version, [])
    assert set(by_name.answers) == {slot.path for slot in home.slots(form, "xlsx")}
    assert all(a.value is not None and not a.issues and a.confidence == "high" for a in by_name.answers.values())


def test_an_answer_says_where_it_stands_and_what_was_typed(by_name: Submission) -> None:
    found = by_name.answers["referral_date"]
    assert found == Answer(date(2020, 5, 13), "13/05/2020", found.place)
    assert found.place.startswith("Referral!B")


@our_forms
def test_the_same_answers_are_read_by_labels_when_names_and_sheets_were_lost(book: bytes, by_name: Submission, home: Home) -> None:
    found = read(saved(without_names(opened(book))), home)
    assert values(found) == values(by_name)
    assert {a.confidence for a in found.answers.values()} == {"medium"}


MOVES = {
    "a row put in at the top": lambda row, column: (row + 1, column),
    "rows put in further down": lambda row, column: (row + (row > 30) + 2 * (row > 200), column),
    "a column put in at the left": lambda row, column: (row, column + 1),
    "a column put in between labels and answers": lambda row, column: (row, column + (column > 1)),
    "two columns put in further right": lambda row, column: (row, column + 2 * (column > 2)),
}


@our_forms
@pytest.mark.parametrize("move", MOVES)
def test_labels_are_enough_after_rows_and_columns_were_put_in(move: str, book: bytes, by_name: Submission, home: Home) -> None:
    moved = openpyxl.Workbook()
    shifted(opened(book)["Referral"], moved.worksheets[0], MOVES[move])
    assert values(read(saved(moved), home)) == values(by_name)


@pytest.mark.parametrize("put_in", ["row", "column"])
def test_names_left_behind_when_a_program_put_in_a_row_or_column_are_not_believed(
    put_in: str, book: bytes, by_name: Submission, home: Home
) -> None:
    moved = opened(book)
    moved["Referral"].insert_rows(12) if put_in == "row" else moved["Referral"].insert_cols(1)
    found = read(saved(moved), home)
    assert {path: value for path, value in values(found).items() if value is not None} == values(by_name)
    assert {a.confidence for a in found.answers.values()} == {"medium"}


def test_a_name_is_believed_where_an_answer_was_moved_away_from_its_label(book: bytes, by_name: Submission, home: Home) -> None:
    moved = opened(book)
    sheet, cell = next(iter(moved.defined_names[LONG].destinations))
    moved[sheet]["Z900"], moved[sheet][cell.replace("$", "")] = moved[sheet][cell.replace("$", "")].value, None
    moved.defined_names[LONG].attr_text = f"{sheet}!$Z$900"
    assert values(read(saved(moved), home)) == values(by_name)


@both_forms
def test_without_the_rows_that_were_taken_out_the_rest_is_read(book: bytes, by_name: Submission, home: Home) -> None:
    whole = opened(book)["Referral"]
    gone = range(20, 24)
    fewer = openpyxl.Workbook()
    shifted_rows = {row: n for n, row in enumerate((r for r in range(1, whole.max_row + 1) if r not in gone), 1)}
    for line in whole.iter_rows():
        for cell in line:
            if cell.value is not None and cell.row in shifted_rows:
                fewer.worksheets[0].cell(shifted_rows[cell.row], cell.column, cell.value)
    for merged in whole.merged_cells.ranges:
        if merged.min_row in shifted_rows:
            row = shifted_rows[merged.min_row]
            fewer.worksheets[0].merge_cells(start_row=row, end_row=row, start_column=merged.min_col, end_column=merged.max_col)
    found, wanted = values(read(saved(fewer), home)), values(by_name)
    assert len(found) > 0.9 * len(wanted)
    assert all(wanted[path] == value for path, value in found.items())


def test_only_what_lost_its_name_is_read_by_its_label(book: bytes, by_name: Submission, home: Home) -> None:
    some = opened(book)
    del some.defined_names["referral_date"]
    found = read(saved(some), home)
    assert values(found) == values(by_name)
    assert found.answers["referral_date"].confidence == "medium"
    assert found.answers["referrer_name"].confidence == "high"


def test_a_renamed_sheet_is_read_all_the_same(book: bytes, by_name: Submission, home: Home) -> None:
    renamed = opened(book)
    renamed["Referral"].title = "Form Ann's (2)"
    for name in renamed.defined_names.values():
        name.attr_text = name.attr_text.replace("Referral!", "'Form Ann''s (2)'!")
    found = read(saved(renamed), home)
    assert values(found) == values(by_name)
    assert found.answers["referral_date"].place.startswith("Form Ann's (2)!")


@both_forms
def test_a_blank_has_no_answers_but_knows_where_they_would_stand(form: Form, home: Home) -> None:
    found = read(saved(filled(form, home, lambda slot, home: None)), home)
    assert not [path for path, answer in found.answers.items() if answer.value is not None or answer.raw is not None]
    assert found.answers["referral_date"].place.startswith("Referral!")
    numbered = [f.name for f in form.fields.values() if f.type == "repeat" and not f.keys]
    assert not [path for path in found.answers if path.split("[")[0] in numbered]


@our_forms
def test_a_blank_that_lost_its_names_has_no_answers_either(form: Form, home: Home) -> None:
    found = read(saved(without_names(filled(form, home, lambda slot, home: None))), home)
    assert found.form == form.id
    assert not [path for path, answer in found.answers.items() if answer.value is not None]


def sheet_with(book: bytes, name: str, value: object) -> bytes:
    changed = opened(book)
    sheet, cell = next(iter(changed.defined_names[name].destinations))
    changed[sheet][cell.replace("$", "")] = value
    return saved(changed)


@pytest.mark.parametrize("lost", ["a row", "the column of the ticks"])
def test_places_that_were_taken_out_are_warned_about_and_never_made_up(lost: str, book: bytes, by_name: Submission, home: Home) -> None:
    less = without_names(opened(book))
    less.worksheets[0].delete_rows(25) if lost == "a row" else less.worksheets[0].delete_cols(3)
    found = read(saved(less), home)
    assert "AR34" in [p.code for p in found.problems]
    ticked = {path: answer.value for path, answer in found.answers.items() if isinstance(answer.value, list)}
    assert all(set(chosen) <= set(by_name.value(path) or ()) for path, chosen in ticked.items())  # type: ignore[arg-type]


def test_a_formula_without_a_value_is_no_answer_and_said(book: bytes, home: Home) -> None:
    found = read(sheet_with(book, "referral_date", "=TODAY()"), home).answers["referral_date"]
    assert (found.value, found.issues) == (None, ("TY5",))


def test_a_formula_in_a_tick_box_or_alone_in_a_row_is_never_passed_over(form: Form, home: Home) -> None:
    blank = saved(filled(form, home, lambda slot, home: None))
    assert read(sheet_with(blank, "concern_types_cse", "=TRUE()"), home).answers["concern_types"].issues == ("TY5",)
    assert read(sheet_with(blank, "linked_people_1_name", "=A1"), home).answers["linked_people[1].name"].issues == ("TY5",)


def test_none_alone_in_a_row_is_nobodys_name(form: Form, home: Home) -> None:
    blank = saved(filled(form, home, lambda slot, home: None))
    alone = sheet_with(blank, "linked_people_1_name", "None")
    assert read(alone, home).value("linked_people[1].name") == "none"
    assert read(sheet_with(alone, "linked_people_1_age", 15), home).value("linked_people[1].name") == "None"


def test_an_error_is_no_answer_and_said(book: bytes, home: Home) -> None:
    found = read(sheet_with(book, LONG, "#N/A"), home).answers[LONG]
    assert (found.value, found.raw, found.issues) == (None, "#N/A", ("TY5",))


@pytest.mark.parametrize("typed", ["O'Shea & Sons <x>", "{{ 7*7 }}", "Zoë “Bee” Łukasz", "=1+1 is two", "+44"])
def test_whatever_is_typed_is_read_as_typed(typed: str, book: bytes, home: Home) -> None:
    changed = opened(book)
    sheet, place = next(iter(changed.defined_names[LONG].destinations))
    cell = changed[sheet][place.replace("$", "")]
    cell.value = typed
    cell.data_type = "s"
    assert read(saved(changed), home).answers[LONG].value == typed


def test_a_version_that_is_not_known_says_which_it_is_and_which_are(book: bytes, form: Form, home: Home) -> None:
    newer = opened(book)
    newer["_form"]["B2"] = 7
    found = read(saved(newer), home)
    assert (found.form, [p.code for p in found.problems]) == (None, ["AR15"])
    assert "version 7" in found.problems[0].message
    assert f"version {form.version}" in found.problems[0].remedy


@pytest.mark.parametrize("lost", ["sheet", "sheet and properties", "all but the labels"])
def test_which_form_it_is_is_found_four_ways(lost: str, book: bytes, form: Form, home: Home) -> None:
    less = opened(book)
    del less["_form"]
    if lost != "sheet":
        less.custom_doc_props.props.clear()
    if lost == "all but the labels":
        less["Referral"].oddFooter.left.text = less["Referral"].oddFooter.center.text = less["Referral"].oddFooter.right.text = None
    found = read(saved(less), home)
    assert (found.form, found.version) == (form.id, form.version)


def test_a_strange_stamp_at_the_foot_is_a_version_that_is_not_known(book: bytes, form: Form, home: Home) -> None:
    less = opened(book)
    del less["_form"]
    less.custom_doc_props.props.clear()
    foot = less["Referral"].oddFooter
    foot.left.text, foot.center.text, foot.right.text = None, f"{form.code} 9", None
    assert "version 9" in read(saved(less), home).problems[0].message


def test_what_travels_with_the_answers_is_said_and_not_read(book: bytes, home: Home) -> None:
    more = opened(book)
    more.create_sheet("Chronology")["A1"] = "Secret"
    more.create_sheet("Notes").sheet_state = "hidden"
    more["Referral"]["A1"].comment = Comment("Between us", "Ann")
    more["Referral"].row_dimensions[40].hidden = True
    found = read(saved(more), home)
    assert [(p.severity, p.code) for p in found.problems] == [("note", "AR21")] * 4
    assert "Secret" not in str(found)
    assert "Between us" not in str(found)


def test_a_second_filled_copy_of_the_form_is_not_passed_over(book: bytes, home: Home) -> None:
    twice = opened(book)
    twice.copy_worksheet(twice["Referral"]).title = "Referral (2)"
    found = read(saved(twice), home)
    assert (found.form, [p.code for p in found.problems]) == (None, ["AR14"])
    del twice.defined_names["referral_date"]
    assert [p.code for p in read(saved(twice), home).problems] == ["AR14"]


def test_a_second_copy_that_is_blank_is_only_said(book: bytes, form: Form, by_name: Submission, home: Home) -> None:
    more = opened(book)
    shifted(filled(form, home, lambda slot, home: None)["Referral"], more.create_sheet("Spare"), lambda row, column: (row, column))
    found = read(saved(more), home)
    assert [p.code for p in found.problems] == ["AR21"]
    assert values(found) == values(by_name)


def test_the_names_of_a_copied_sheet_do_not_hide_the_forms_own(book: bytes, by_name: Submission, home: Home) -> None:
    more = opened(book)
    extra = more.create_sheet("Copy")
    extra.defined_names["referral_date"] = DefinedName("referral_date", attr_text="Copy!$A$1")
    assert read(saved(more), home).answers["referral_date"] == by_name.answers["referral_date"]


def test_macros_are_not_run_and_said(book: bytes, home: Home) -> None:
    out = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                plain, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
                content = content.replace(plain, macros)
            new.writestr(name, content)
    found = read(out.getvalue(), home)
    assert (found.source.kind, [p.code for p in found.problems]) == ("xlsm", ["AR20"])
    assert found.answers


def test_marks_of_every_kind_are_ticks_and_the_lists_order_is_kept(home: Home) -> None:
    form, marks = home.form("referral"), iter(["", "x", "No", "✓", "yes", "☐", "☒", None, 1])
    book = filled(form, home, lambda slot, home: next(marks) if slot.path == "concern_types" else None)
    codes = [code.code for code in home.codes("concern_type").code]
    found = read(saved(book), home).answers["concern_types"]
    assert found.value == [codes[n] for n in (1, 3, 4, 6, 8)]
    assert (found.issues, found.confidence) == ((), "high")


def test_a_mark_that_may_be_a_tick_counts_and_is_to_be_confirmed(home: Home) -> None:
    form = home.form("referral")
    book = filled(form, home, lambda slot, home: "since May" if (slot.path, slot.option) == ("concern_types", "missing") else None)
    found = read(saved(book), home).answers["concern_types"]
    assert (found.value, found.issues, found.confidence) == (["missing"], ("TY3",), "low")


def test_words_beside_a_box_are_told_and_not_passed_over(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.load_workbook(resources.folder("forms") / "referral_v1.xlsx")
    sheet = workbook["Referral"]
    _, cell = next(iter(workbook.defined_names["family_name"].destinations))
    sheet[cell.replace("$", "")] = "Quillfeather"
    row = sheet[cell.replace("$", "")].row
    sheet.cell(row, 14).value = "also known to the school by another name"
    workbook.save(path)
    [odd] = [p for p in read_source(path.name, path.read_bytes(), home, date(2026, 11, 23)).problems if p.code == "AR36"]
    assert odd.place == f"Referral!N{row}"
    assert "another name" not in odd.message


def test_a_blank_that_was_filled_only_in_its_boxes_has_nothing_beside_them(home: Home) -> None:
    for form in sorted((ROOT / "examples" / "month").glob("*.xlsx")):
        found = read_source(form.name, form.read_bytes(), home, date(2026, 11, 23)).problems
        assert "AR36" not in {p.code for p in found}, form.name
