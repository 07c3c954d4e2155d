"""The blank Excel form, as it is before anybody writes in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from mase_docs.blanks import excel
from tests.blanks.blank_forms import FORMS, HOME, Blank
from tests.blanks.blank_forms import blank as built


@pytest.fixture(params=FORMS)
def blank(request: pytest.FixtureRequest) -> Blank:
    return built(request.param)


@pytest.fixture
def orchard() -> Blank:
    return built("orchard")


def rule_of(blank: Blank, name: str) -> DataValidation | None:
    place = blank.cell(name).coordinate
    return next((v for v in blank.sheet.data_validations.dataValidation if place in v.sqref), None)


def part(blank: Blank, name: str) -> str:
    return zipfile.ZipFile(BytesIO(blank.data)).read(name).decode()


def test_two_builds_give_the_same_bytes(blank: Blank) -> None:
    assert excel.build(blank.form, HOME) == blank.data


def test_every_place_for_an_answer_has_its_name_and_is_empty_and_open(blank: Blank) -> None:
    for slot in blank.slots:
        cell = blank.cell(slot.name)
        assert cell.value is None, slot.name
        assert not cell.protection.locked, slot.name


def test_two_answers_never_share_a_cell(blank: Blank) -> None:
    places = [blank.cell(slot.name).coordinate for slot in blank.slots]
    assert len(places) == len(set(places))


def test_everything_but_the_answers_is_locked_without_a_password(blank: Blank) -> None:
    answers = {blank.cell(slot.name).coordinate for slot in blank.slots}
    joined = {cell.coordinate: str(area) for area in blank.sheet.merged_cells.ranges for row in blank.sheet[area.coord] for cell in row}
    for row in blank.sheet.iter_rows():
        for cell in row:
            corner = joined.get(cell.coordinate, cell.coordinate).split(":")[0]
            assert cell.protection.locked or corner in answers, cell.coordinate
    assert blank.sheet.protection.sheet
    assert not blank.sheet.protection.password


def test_answers_stand_in_reading_order_so_that_tab_goes_from_one_to_the_next(blank: Blank) -> None:
    places = [(blank.cell(slot.name).row, blank.cell(slot.name).column) for slot in blank.slots]
    assert places == sorted(places)


def test_each_answer_is_right_of_its_label_or_below_its_heading(blank: Blank) -> None:
    for slot in blank.slots:
        cell = blank.cell(slot.name)
        if slot.repeat is None and slot.option is None:
            assert (blank.sheet.cell(cell.row, 1).value, cell.column) == (slot.field.label, 2)


def test_each_tick_is_right_of_its_option(blank: Blank) -> None:
    for slot in (s for s in blank.slots if s.option and not s.repeat):
        cell = blank.cell(slot.name)
        left = next((a.min_col for a in blank.sheet.merged_cells.ranges if a.max_col == cell.column - 1 and a.min_row == cell.row), None)
        label = blank.sheet.cell(cell.row, left or cell.column - 1).value
        assert label == HOME.codes(slot.field.choices or "").label_of(slot.option or "")


def test_nothing_in_it_calculates_or_runs(blank: Blank) -> None:
    names = zipfile.ZipFile(BytesIO(blank.data)).namelist()
    assert not [name for name in names if re.search(r"vba|macro|activeX|embeddings|externalLinks", name, re.IGNORECASE)]
    assert "<f>" not in part(blank, "xl/worksheets/sheet1.xml")


def test_what_the_coordinator_fills_in_is_not_on_it(orchard: Blank) -> None:
    assert "Seen by" not in orchard.texts()
    assert "seen_by_office" not in orchard.book.defined_names


def test_a_required_question_says_so_in_a_word_that_goes_when_it_is_answered(blank: Blank) -> None:
    """The word is in the row of the label; a conditional format for its cell tells when it goes."""
    formats = {cell for area in blank.sheet.conditional_formatting for cell in str(area.sqref).split()}
    rows = {row[0].value: row for row in blank.sheet.iter_rows() if row[0].value}
    for field in blank.form.fields.values():
        if field.asked and "xlsx" in field.media and field.required:
            word = rows[field.label][-1]
            assert word.value == "required", field.label
            assert word.coordinate in formats


def test_a_required_box_is_coloured_while_it_is_blank(blank: Blank) -> None:
    formats = {str(area.sqref).split(":")[0]: area.rules for area in blank.sheet.conditional_formatting}
    for slot in (s for s in blank.slots if s.field.required and not s.repeat):
        (rule,) = formats[blank.cell(slot.name).coordinate]
        assert rule.dxf.fill.bgColor.rgb.endswith("FFF3D1")


def test_when_a_question_is_required_is_said_in_words(orchard: Blank) -> None:
    assert "Required if “Is there a wall?” is Yes." in orchard.texts()
    assert orchard.texts().count("required if …") == 2


def test_a_date_box_takes_dates_and_not_known_and_shows_them_day_first(orchard: Blank) -> None:
    rule = rule_of(orchard, "planted")
    assert rule is not None
    assert orchard.cell("planted").number_format == "dd/mm/yyyy"
    assert rule.type == "custom"
    assert "not known" in rule.formula1
    assert "03/07/2011" in rule.error


def test_a_date_that_must_be_known_takes_dates_only(orchard: Blank) -> None:
    rule = rule_of(orchard, "surveyed")
    assert rule is not None
    assert (rule.type, rule.operator) == ("date", "between")


def test_a_whole_number_is_held_between_its_bounds(orchard: Blank) -> None:
    rule = rule_of(orchard, "acres")
    assert rule is not None
    assert ">=1" in rule.formula1
    assert "<=400" in rule.formula1


def test_a_telephone_number_keeps_its_first_nought(orchard: Blank) -> None:
    assert orchard.cell("phone").number_format == "@"
    assert "numberStoredAsText" in part(orchard, "xl/worksheets/sheet1.xml")


def test_a_text_is_held_to_its_length(orchard: Blank) -> None:
    rule = rule_of(orchard, "pear_notes")
    assert rule is not None
    assert (rule.type, rule.formula1) == ("textLength", "2000")


def test_an_answer_outside_the_list_is_refused_unless_others_are_welcome(orchard: Blank) -> None:
    walled, tree = rule_of(orchard, "walled"), rule_of(orchard, "main_tree")
    assert walled is not None
    assert tree is not None
    assert walled.showErrorMessage
    assert not tree.showErrorMessage


def offered_to(blank: Blank, name: str) -> list[str]:
    """The choices in the drop-down of a place."""
    rule = rule_of(blank, name)
    assert rule is not None
    assert rule.type == "list"
    area = blank.book.defined_names[rule.formula1].attr_text.removeprefix("Lists!").replace("$", "")
    return [str(cell.value) for (cell,) in blank.book["Lists"][area]]


def test_drop_downs_offer_the_labels_of_their_code_list(blank: Blank) -> None:
    for slot in (s for s in blank.slots if s.field.type == "select_one"):
        open_choices = [code.label for code in HOME.codes(slot.field.choices or "").code if not code.until]
        assert offered_to(blank, slot.name)[: len(open_choices)] == open_choices


def test_not_known_is_offered_once_where_it_is_an_answer(orchard: Blank) -> None:
    assert offered_to(orchard, "walled") == ["Yes", "No"]
    assert offered_to(orchard, "health_oak_sound") == ["Yes", "No", "Not known"]
    assert offered_to(orchard, "main_tree") == ["Oak", "Ash", "Not known"]


def test_titles_and_messages_are_as_short_as_excel_demands(blank: Blank) -> None:
    for rule in blank.sheet.data_validations.dataValidation:
        assert max(len(rule.promptTitle or ""), len(rule.errorTitle or "")) <= 32
        assert max(len(rule.prompt or ""), len(rule.error or "")) <= 255
        assert len(rule.formula1 or "") <= 255


def test_the_hint_comes_up_when_a_box_is_entered(orchard: Blank) -> None:
    rule = rule_of(orchard, "keeper")
    assert rule is not None
    assert rule.showInputMessage
    assert (rule.promptTitle, rule.prompt) == ("Keeper's name", "The person who holds the key. Required.")


def test_it_prints_on_a4_as_wide_as_the_page_with_its_title_on_each(blank: Blank) -> None:
    sheet = blank.sheet
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"


def test_every_page_is_marked_top_and_bottom_and_says_which_form_it_is(blank: Blank) -> None:
    footer = blank.sheet.oddFooter
    assert blank.sheet.oddHeader.center.text == footer.center.text == "OFFICIAL-SENSITIVE when completed"
    assert footer.left.text == f"{blank.form.stamp} ({blank.form.id}, version {blank.form.version})"
    assert footer.right.text == "Page &P of &N"


def test_no_page_ends_between_a_heading_and_what_it_heads(blank: Blank) -> None:
    ends = {b.id for b in blank.sheet.row_breaks.brk}
    for field in (f for f in blank.form.fields.values() if f.asked and f.type in ("repeat", "select_multiple")):
        rows = [blank.cell(slot.name).row for slot in blank.slots if slot.name.startswith(f"{field.name}_")]
        heading = min(rows) - (2 if field.type == "repeat" else 1)
        assert not ends & set(range(heading, max(rows)))


def test_it_says_where_programs_look_which_form_it_is(blank: Blank) -> None:
    hidden = blank.book["_form"]
    assert [c.value for c in hidden[1]] == ["form_id", blank.form.id]
    assert [c.value for c in hidden[2]] == ["form_version", blank.form.version]
    assert {p.name: p.value for p in blank.book.custom_doc_props.props} == {"FormId": blank.form.id, "FormVersion": str(blank.form.version)}
    assert [s.sheet_state for s in blank.book] == ["visible", "veryHidden", "veryHidden"]


def test_it_has_a_title_and_a_language_and_names_no_author(blank: Blank) -> None:
    about = part(blank, "docProps/core.xml")
    assert blank.book.properties.title == blank.form.title
    assert "en-GB" in about
    assert "creator" not in about
    assert "lastModifiedBy" not in about


def test_the_form_of_another_borough_carries_its_own_marking_and_stamp() -> None:
    form = replace(HOME.form("orchard"), code="A&B", marking="OFFICIAL")
    sheet = Blank(form, excel.build(form, HOME)).sheet
    assert sheet.oddHeader.center.text == "OFFICIAL when completed"
    assert sheet.oddFooter.left.text == "A&&B 2 (orchard, version 2)"


def test_the_title_stays_on_the_screen(blank: Blank) -> None:
    assert blank.sheet.freeze_panes == "A2"


def test_it_is_as_excel_would_write_it(blank: Blank, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    file = tmp_path / "form.xlsx"
    file.write_bytes(blank.data)
    assert not list(OpenXmlValidator().validate(str(file)).errors)
