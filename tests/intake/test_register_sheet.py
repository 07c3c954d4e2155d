"""A coordinator's own register is read row by row through a mapping, and nothing that stands in it is lost without a word."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from examples.make_tracker import EXPECTED, MAPPING, TODAY, TRACKER, _as_json, tracker
from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError, InputRefusedError, LockedError
from mase_docs.intake.import_fields import CASE
from mase_docs.intake.import_mapping import Mapping, load
from mase_docs.intake.register_file import rows, suggest
from mase_docs.intake.register_grid import Grid, book_of
from mase_docs.intake.register_sheet import Imported, imported
from mase_docs.intake.sheet import Cell, Sheet
from tests.conftest import ROOT
from tests.fillers.libreoffice_resave import resave_with_libreoffice

NAMED = {"Surname": "family_name", "Forename": "given_names"}
WHOLE = {"Surname": None, "Forename": None, "Name": ["{family_name}, {given_names}", "{given_names} {family_name}"]}
HEADINGS = ["Surname", "Forename", "DOB"]
TESTA = ["Sample", "Testa", datetime(2011, 7, 13)]
Line = Sequence[object]
Map = Callable[..., Mapping]


@pytest.fixture
def mapping(tmp_path: Path, home: Home) -> Map:
    """A mapping of surname, forename and date of birth on the sheet "Current", and what is given beside."""

    def made(columns: dict[str, Any] | None = None, text: str = "", **settings: Any) -> Mapping:
        told = {"sheets": ["Current"], **settings}
        mapped = {**NAMED, "DOB": "dob", **(columns or {})}
        lines = [f"{name} = {json.dumps(said)}" for name, said in told.items()]
        lines += ["[columns]", *(f"{json.dumps(heading)} = {json.dumps(said)}" for heading, said in mapped.items() if said), text]
        path = tmp_path / "mapping.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load(path, home)

    return made


def workbook(*lines: Line, change: Callable[[Worksheet], object] | None = None, **sheets: list[Line]) -> bytes:
    """A workbook whose sheet "Current" has these lines, and its other sheets theirs."""
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = "Current"
    for line in lines:
        book.active.append(list(line))
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for line in others:
            sheet.append(list(line))
    if change:
        change(book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, by: Mapping, home: Home) -> list[Imported]:
    """Every row, and what is told of those that are none."""
    return list(imported("tracker.xlsx", book_of(data), by, home, TODAY))


def children(data: bytes, by: Mapping, home: Home) -> list[Imported]:
    """The rows that are of a child."""
    return [row for row in read(data, by, home) if row.submission.form]


def answers(row: Imported) -> dict[str, Any]:
    return {path: answer.value for path, answer in row.submission.answers.items() if answer.value is not None}


def codes(row: Imported) -> list[str]:
    return [problem.code for problem in row.submission.problems]


def told(refused: pytest.ExceptionInfo[DefinitionError]) -> str:
    return "\n".join(str(problem) for problem in refused.value.problems)


@pytest.fixture(scope="module")
def example(home: Home) -> list[Imported]:
    return list(rows(TRACKER, load(MAPPING, home), home, TODAY))


class TestTheExample:
    def test_gives_what_a_person_has_read_in_it(self, example: list[Imported]) -> None:
        assert [_as_json(row) for row in example] == json.loads(EXPECTED.read_text(encoding="utf-8"))

    def test_is_what_its_script_makes(self) -> None:
        kept, made = openpyxl.load_workbook(TRACKER), tracker()
        assert [[list(row) for row in sheet.values] for sheet in kept] == [[list(row) for row in sheet.values] for sheet in made]

    def test_tells_of_every_row_in_which_something_stands_but_the_headings(self, example: list[Imported]) -> None:
        book = openpyxl.load_workbook(TRACKER)
        filled = {
            f"tracker.xlsx › {name.strip()} row {number}"
            for name in ("Current", "CLOSED ")
            for number, line in enumerate(book[name].values, 1)
            if any(value is not None for value in line)
        }
        rows_told = [row.submission.source.name for row in example if " row " in row.submission.source.name]
        assert sorted(rows_told) == sorted(filled - {"tracker.xlsx › Current row 4", "tracker.xlsx › CLOSED row 4"})

    def test_has_no_answer_in_any_message(self, example: list[Imported]) -> None:
        said = " ".join(str(problem) for row in example for problem in row.submission.problems).casefold()
        typed = {
            word.casefold() for row in example for a in row.submission.answers.values() for word in (a.raw or "").split() if len(word) > 4
        }
        own_words = set(" ".join(a.label for a in Home().form("referral").fields.values()).casefold().split())
        assert [word for word in typed - own_words if word in said.split()] == []

    def test_leaves_a_row_fit_though_much_that_a_form_requires_is_missing(self, example: list[Imported]) -> None:
        fit = [row for row in example if row.submission.form and not any(p.severity == "error" for p in row.submission.problems)]
        assert len(fit) == 9


class TestTheHeadings:
    def test_are_found_below_titles_whatever_their_case_and_line_ends(self, mapping: Map, home: Home) -> None:
        data = workbook(["TRACKER 2026"], [], ["surname", "FORE-\nNAME", "D.O.B."], TESTA)
        found = children(data, mapping({"Forename": None, "Fore name": "given_names", "DOB": None, "D.O.B": "dob"}), home)
        assert [answers(row) for row in found] == [{"family_name": "Sample", "given_names": "Testa", "dob": date(2011, 7, 13)}]

    def test_are_found_in_two_lines_where_cells_are_merged(self, mapping: Map, home: Home) -> None:
        def merge(sheet: Worksheet) -> None:
            sheet.merge_cells("A1:A2")
            sheet.merge_cells("B1:C1")

        data = workbook(["DOB", "Child"], [None, "Surname", "Forename"], [datetime(2011, 7, 13), "Sample", "Testa"], change=merge)
        found = children(data, mapping(), home)
        assert [answers(row) for row in found] == [{"family_name": "Sample", "given_names": "Testa", "dob": date(2011, 7, 13)}]

    def test_that_the_mapping_does_not_know_are_refused_and_named_with_the_nearest_question(self, mapping: Map, home: Home) -> None:
        with pytest.raises(DefinitionError) as refused:
            read(workbook([*HEADINGS, "Post code"], TESTA), mapping(), home)
        assert "“Post code”, so its column would be lost" in told(refused)
        assert 'It may be "home_postcode"' in told(refused)
        assert "Current!D1" in told(refused)

    def test_that_are_to_be_ignored_are_left_out(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook([*HEADINGS, "Colour"], [*TESTA, "red"]), mapping(ignore=["Colour"]), home)
        assert answers(row).keys() == {"family_name", "given_names", "dob"}

    def test_that_are_missing_above_something_typed_are_refused_by_the_columns_letter(self, mapping: Map, home: Home) -> None:
        data = workbook(HEADINGS, [*TESTA, None, "moved in May"])
        with pytest.raises(DefinitionError) as refused:
            read(data, mapping(), home)
        assert "“column E”" in told(refused)
        (row,) = children(data, mapping({"column E": "reason_for_referral"}), home)
        assert answers(row)["reason_for_referral"] == "moved in May"

    def test_that_are_mapped_and_on_no_sheet_are_refused(self, mapping: Map, home: Home) -> None:
        with pytest.raises(DefinitionError) as refused:
            read(workbook(HEADINGS, TESTA), mapping({"Date of bith": "referral_date"}), home)
        assert "No sheet has the heading “Date of bith”" in told(refused)

    def test_of_one_name_are_told_apart_by_a_number(self, mapping: Map, home: Home) -> None:
        data = workbook([*HEADINGS, "Date", "Date"], [*TESTA, "1 May 2026", "2 June 2026"])
        with pytest.raises(DefinitionError) as refused:
            read(data, mapping({"Date": "date_received"}), home)
        assert "“Date 2”" in told(refused)
        (row,) = children(data, mapping({"Date": "date_received", "Date 2": "meeting_date"}), home)
        assert (answers(row)["date_received"], answers(row)["meeting_date"]) == (date(2026, 5, 1), date(2026, 6, 2))

    def test_that_come_again_in_another_order_are_refused(self, mapping: Map, home: Home) -> None:
        with pytest.raises(DefinitionError) as refused:
            read(workbook(HEADINGS, TESTA, ["Forename", "Surname", "DOB"], ["Ima", "Madeup", None]), mapping(), home)
        assert "in another order" in told(refused)
        assert "Current, row 3" in told(refused)

    def test_that_cannot_be_found_are_refused(self, mapping: Map, home: Home) -> None:
        with pytest.raises(DefinitionError) as refused:
            read(workbook(["Who", "When"], ["Sample", "2011"]), mapping(), home)
        assert "The headings of sheet “Current” cannot be found" in told(refused)


class TestTheSheets:
    def test_of_which_the_mapping_says_nothing_are_refused(self, mapping: Map, home: Home) -> None:
        data = workbook(HEADINGS, TESTA, Archive=[HEADINGS, ["Madeup", "Ima", None]])
        with pytest.raises(DefinitionError) as refused:
            read(data, mapping(), home)
        assert "The mapping says nothing of sheet “Archive”" in told(refused)
        assert len(children(data, mapping(ignore_sheets=["Archive"]), home)) == 1
        assert len(children(data, mapping(sheets=["Current", "archive"]), home)) == 2

    def test_that_are_not_there_are_named_with_the_nearest(self, mapping: Map, home: Home) -> None:
        with pytest.raises(DefinitionError) as refused:
            read(workbook(HEADINGS, TESTA), mapping(sheets=["Current", "Curent"]), home)
        assert 'The workbook has no sheet “Curent”. Did you mean "Current"?' in told(refused)

    def test_of_one_name_but_for_a_space_are_refused(self, mapping: Map, home: Home) -> None:
        data = workbook(HEADINGS, TESTA, **{"Current ": [HEADINGS, ["Madeup", "Ima", None]]})
        with pytest.raises(DefinitionError) as refused:
            read(data, mapping(), home)
        assert "Two sheets have the name" in told(refused)

    def test_may_have_headings_of_their_own(self, mapping: Map, home: Home) -> None:
        lines = [[*HEADINGS, "Level"], [*TESTA, "2"]]
        by = mapping({"Level": "cse_category"}, '[[sheet]]\nname = "HSB"\ncolumns = { Level = "school_name" }', sheets=["Current", "HSB"])
        current, hsb = children(workbook(*lines, HSB=lines), by, home)
        assert (answers(current)["cse_category"], answers(hsb)["school_name"]) == ("2", "2")

    def test_may_leave_out_a_heading_of_their_own(self, mapping: Map, home: Home) -> None:
        by = mapping({"Level": "cse_category"}, '[[sheet]]\nname = "HSB"\nignore = ["Level"]', sheets=["Current", "HSB"])
        lines = [[*HEADINGS, "Level"], [*TESTA, "2"]]
        current, hsb = children(workbook(*lines, HSB=lines), by, home)
        assert ("cse_category" in answers(current), "cse_category" in answers(hsb)) == (True, False)

    def test_with_words_struck_out_say_that_those_were_not_read(self, mapping: Map, home: Home) -> None:
        def strike(sheet: Worksheet) -> None:
            for column in "ABC":
                sheet[f"{column}3"].font = Font(strike=True)

        found = read(workbook(HEADINGS, TESTA, ["Gone", "Adam", None], change=strike), mapping(), home)
        assert any("struck out" in problem.message for row in found for problem in row.submission.problems)


class TestARow:
    def test_is_known_again_by_what_it_holds_wherever_it_stands(self, mapping: Map, home: Home) -> None:
        by = mapping(ignore=["No."])
        first = workbook(["No.", *HEADINGS], [1, *TESTA], [2, "Madeup", "Ima", None])
        later = workbook(["A title"], ["DOB", "Surname", "Forename", "No."], [], [TESTA[2], *TESTA[:2], 7], [None, "Madeup", "Imo", 1])
        (testa, ima), (testa_again, imo) = ([row.submission.source.sha256 for row in children(data, by, home)] for data in (first, later))
        assert testa == testa_again
        assert ima != imo

    def test_that_comes_twice_is_pointed_out(self, mapping: Map, home: Home) -> None:
        first, second, other = children(workbook(HEADINGS, TESTA, TESTA, ["Madeup", "Ima", None]), mapping(), home)
        assert [codes(row) for row in (first, second, other)] == [[], ["IM2"], []]

    def test_says_where_each_answer_stands_and_what_was_typed(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(["Title"], HEADINGS, ["Sample", "Testa", "13.7.11"]), mapping(), home)
        dob = row.submission.answers["dob"]
        assert (dob.value, dob.raw, dob.place, dob.confidence) == (date(2011, 7, 13), "13.7.11", "Current!C3", "medium")
        assert (row.submission.source.name, row.submission.source.kind) == ("tracker.xlsx › Current row 3", "import")

    def test_without_a_name_is_an_error(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["n/k", None, datetime(2011, 7, 13)]), mapping(), home)
        assert codes(row) == ["IM3"]

    @pytest.mark.parametrize("given", ["Testa & Ima", "Testa and Ima", "Testa; Ima"])
    def test_that_may_be_of_two_children_is_an_error(self, given: str, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Sample", given, None]), mapping(), home)
        assert codes(row) == ["IM6"]

    def test_with_a_name_and_little_else_is_none(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Sample", "Testa", None]), mapping(), home)
        assert row.submission.problems == []

    def test_that_is_empty_is_passed_over(self, mapping: Map, home: Home) -> None:
        assert [row.submission.source.name for row in read(workbook(HEADINGS, [], TESTA, ["", " ", None]), mapping(), home)] == [
            "tracker.xlsx › Current row 3"
        ]

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            (["Total", None, 12], "is a total"),
            (["Cases of September"], "Only one cell"),
            (["Surname", "Forename", "DOB"], "headings once more"),
            ([None, None, None, "x", "y"], "headings that the mapping leaves out"),
        ],
    )
    def test_that_is_none_is_told_with_its_place(self, line: Line, why: str, mapping: Map, home: Home) -> None:
        data = workbook([*HEADINGS, "Colour", "No."], [*TESTA, None, None], line)
        found = read(data, mapping(ignore=["Colour", "No."]), home)[1].submission
        assert found.form is None
        assert why in found.problems[0].message
        assert found.problems[0].place == "Current, row 3"

    def test_that_holds_formulas_alone_is_none_and_one_with_something_typed_is(self) -> None:
        cells = {
            (1, 1): Cell("Surname"),
            (1, 2): Cell("Age"),
            (2, 2): Cell(0, formula=True),
            (3, 1): Cell("Sample"),
            (3, 2): Cell(15, formula=True),
        }
        grid = Grid(Sheet("Current", cells), frozenset({"surname", "age"}), frozenset())
        assert (grid.kind(2), grid.kind(3)) == ("formulas", "row")

    def test_that_says_a_remark_across_merged_cells_gives_no_answers(self, mapping: Map, home: Home) -> None:
        data = workbook(HEADINGS, TESTA, ["Below: moved away"], change=lambda sheet: sheet.merge_cells("A3:C3"))
        assert len(children(data, mapping(), home)) == 1

    def test_that_shares_merged_cells_with_the_one_above_is_of_the_same_child_and_says_so(self, mapping: Map, home: Home) -> None:
        def merge(sheet: Worksheet) -> None:
            for column in "ABC":
                sheet.merge_cells(f"{column}2:{column}3")

        lines = [[*HEADINGS, "Notes"], [*TESTA, "first"], [None, None, None, "second"]]
        first, second = children(workbook(*lines, change=merge), mapping({"Notes": "reason_for_referral"}), home)
        assert answers(second) == {**answers(first), "reason_for_referral": "second"}
        assert (codes(first), codes(second)) == ([], ["IM2"])


class TestACell:
    @pytest.mark.parametrize(
        "typed",
        [
            datetime(2011, 7, 13),
            "13/07/2011",
            "13.7.11",
            "13 July 2011",
            "13th Jul 2011",
            "2011-07-13",
            "Wed 13 July 2011",
            40737,
            "July 13, 2011",
        ],
    )
    def test_holds_a_date_in_many_ways(self, typed: object, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Sample", "Testa", typed]), mapping(), home)
        assert answers(row)["dob"] == date(2011, 7, 13)

    def test_holds_the_birth_of_one_who_is_grown_up_by_now(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Longago", "Una", "03/04/97"]), mapping(), home)
        assert answers(row)["dob"] == date(1997, 4, 3)

    def test_that_cannot_be_understood_is_an_error_and_keeps_what_was_typed(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Sample", "Testa", "summer"]), mapping(), home)
        assert (codes(row), row.submission.answers["dob"].raw) == (["TY1"], "summer")
        assert row.submission.problems[0].place == "Current!C2"

    def test_in_the_registers_own_words_is_put_into_ours(self, mapping: Map, home: Home) -> None:
        by = mapping({"Cat": "cse_category", "Why": "concern_types"}, '[words.cat]\n"Amber" = "2"\n"?" = ""\n[words."Why"]\nSE = "CSE"')
        data = workbook([*HEADINGS, "Cat", "Why"], [*TESTA, "amber", "SE, missing + gangs"], [*TESTA, "?", "SE"])
        first, second = children(data, by, home)
        assert (answers(first)["cse_category"], answers(first)["concern_types"]) == ("2", ["cse", "missing", "gangs_syv"])
        assert first.submission.answers["concern_types"].raw == "SE, missing + gangs"
        assert ("cse_category" in answers(second), codes(second)) == (False, [])

    def test_that_is_empty_leaves_what_is_fixed_for_every_row(self, mapping: Map, home: Home) -> None:
        by = mapping({"From": "referrer_agency"}, '[fixed]\nreferrer_agency = "School"')
        first, second = children(workbook([*HEADINGS, "From"], [*TESTA, None], [*TESTA, "YOT"]), by, home)
        assert (answers(first)["referrer_agency"], answers(second)["referrer_agency"]) == ("school", "youth_offending_team")

    def test_and_another_for_one_question_stand_under_their_headings(self, mapping: Map, home: Home) -> None:
        by = mapping({"Oct update": "reason_for_referral", "Nov update": "reason_for_referral"})
        (row,) = children(workbook([*HEADINGS, "Oct update", "Nov update"], [*TESTA, "Met.", "Gone home."]), by, home)
        assert answers(row)["reason_for_referral"] == "Oct update: Met.\nNov update: Gone home."

    @pytest.mark.parametrize(
        ("typed", "family", "given"),
        [("SAMPLE, Testa", "SAMPLE", "Testa"), ("Notta Realname", "Realname", "Notta"), ("O'Nemo, Zoë Ann", "O'Nemo", "Zoë Ann")],
    )
    def test_with_a_whole_name_is_taken_apart(self, typed: str, family: str, given: str, mapping: Map, home: Home) -> None:
        by = mapping(WHOLE)
        (row,) = children(workbook(["Name", "DOB"], [typed, TESTA[2]]), by, home)
        assert (answers(row)["family_name"], answers(row)["given_names"], codes(row)) == (family, given, [])

    def test_with_three_names_and_no_comma_is_doubtful(self, mapping: Map, home: Home) -> None:
        by = mapping(WHOLE)
        (three,) = children(workbook(["Name", "DOB"], ["Testa Ann Sample", TESTA[2]]), by, home)
        assert codes(three) == ["LC1", "LC1"]

    @pytest.mark.parametrize("typed", ["SAMPLE Testa", "Sample, Testa (aka Tess)", "Testa Sample 2"])
    def test_with_a_name_that_is_more_than_a_name_is_doubtful(self, typed: str, mapping: Map, home: Home) -> None:
        by = mapping(WHOLE)
        (row,) = children(workbook(["Name", "DOB"], [typed, TESTA[2]]), by, home)
        assert codes(row) == ["LC1", "LC1"]

    def test_with_one_name_where_two_are_wanted_is_an_error(self, mapping: Map, home: Home) -> None:
        by = mapping(WHOLE)
        (one,) = children(workbook(["Name", "DOB"], ["Testa", TESTA[2]]), by, home)
        assert "TY4" in codes(one)

    def test_with_several_people_is_as_many_rows_of_the_form(self, mapping: Map, home: Home) -> None:
        by = mapping({"Links": "linked_people.name", "Ages": "linked_people.age"})
        even, uneven = children(
            workbook([*HEADINGS, "Links", "Ages"], [*TESTA, "Kay; Dee", "15\n16"], [*TESTA, "Kay; Dee", "15"]), by, home
        )
        assert even.submission.rows("linked_people") == [{"row": "1", "name": "Kay", "age": "15"}, {"row": "2", "name": "Dee", "age": "16"}]
        assert codes(uneven) == ["TY4"]

    def test_of_the_second_heading_for_people_is_the_second_person(self, mapping: Map, home: Home) -> None:
        columns = {"A1": "linked_people.name", "Age 1": "linked_people.age", "A2": "linked_people.name", "Age 2": "linked_people.age"}
        (row,) = children(workbook([*HEADINGS, *columns], [*TESTA, "Kay", None, "Dee", "16"]), mapping(columns), home)
        assert row.submission.rows("linked_people") == [{"row": "1", "name": "Kay"}, {"row": "2", "name": "Dee", "age": "16"}]

    def test_may_be_one_row_of_a_table_whose_rows_are_fixed(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook([*HEADINGS, "S"], [*TESTA, "seen in the clinic"]), mapping({"S": "safeguard[S].evidence"}), home)
        assert answers(row)["safeguard[S].evidence"] == "seen in the clinic"

    def test_with_a_formula_that_was_never_worked_out_is_pointed_out(self, mapping: Map, home: Home) -> None:
        (row,) = children(workbook(HEADINGS, ["Sample", "Testa", "=TODAY()"]), mapping(), home)
        assert [(problem.code, problem.severity, problem.place) for problem in row.submission.problems] == [
            ("TY5", "warning", "Current!C2")
        ]


OF_A_CASE = {"Closed": "closed_on", "Outcome": "outcome", "Owner": "owner"}


class TestTheCase:
    def case(self, line: Line, mapping: Map, home: Home) -> Imported:
        (row,) = children(workbook([*HEADINGS, *OF_A_CASE], [*TESTA, *line]), mapping(OF_A_CASE), home)
        return row

    def test_has_its_own_columns_of_which_the_form_knows_nothing(self, mapping: Map, home: Home) -> None:
        row = self.case(["1/2/2024", "Died", "C. Fiction"], mapping, home)
        assert row.case == {"closed_on": date(2024, 2, 1), "outcome": "died", "owner": "C. Fiction"}
        assert answers(row).keys() == {"family_name", "given_names", "dob"}

    def test_is_open_where_the_day_does_not_apply(self, mapping: Map, home: Home) -> None:
        row = self.case(["n/a", None, "n/k"], mapping, home)
        assert (row.case, codes(row)) == ({}, [])

    def test_that_was_closed_on_a_day_nobody_knows_is_an_error(self, mapping: Map, home: Home) -> None:
        assert codes(self.case(["n/k", "Died", None], mapping, home)) == ["IM4"]

    def test_with_an_outcome_and_no_day_is_pointed_out(self, mapping: Map, home: Home) -> None:
        assert codes(self.case([None, "Died", None], mapping, home)) == ["IM5"]


class TestAMapping:
    @pytest.mark.parametrize(
        ("columns", "text", "settings", "mistake"),
        [
            ({"X": "famly_name"}, "", {}, 'Did you mean "family_name"?'),
            ({"X": "linked_people.nme"}, "", {}, 'Did you mean "linked_people.name"?'),
            ({"X": "linked_people"}, "", {}, "is not a question"),
            ({"X": "safeguard.rating"}, "", {}, 'like "safeguard[S].rating"'),
            ({"X": "linked_people[0].name"}, "", {}, "numbered from 1"),
            ({"X": "{famly_name} {dob}"}, "", {}, 'Did you mean "family_name"?'),
            ({"X": "dob"}, "", {}, 'Several headings of sheet "Current" stand for "dob"'),
            ({"X": 3}, "", {}, "text in quotes"),
            ({"Surname": None, "Forename": None}, "", {}, "Nothing on sheet"),
            ({}, "", {"ignore": ["Surname"]}, "also under ignore"),
            ({"SURNAME": "known_as"}, "", {}, "there twice"),
            ({}, "", {"sheets": ["Current", "current"]}, "is named twice"),
            ({}, "", {"ignore_sheets": ["Current"]}, "is named twice"),
            ({}, "", {"sheet_names": ["Current"]}, '"sheet_names" is not a setting here'),
            ({}, '[[sheet]]\nname = "Curent"', {}, "No such sheet is read"),
            ({}, '[words.Surnam]\nA = "B"', {}, 'Did you mean "Surname"?'),
            ({"X": "cse_category"}, '[words.X]\nAmber = "Cat 22"', {}, "is no answer to “CSE category”"),
            ({}, '[fixed]\nreferral_date = "soon"', {}, "is no answer to “Date of this referral”"),
            ({}, '[fixed]\nowners = "me"', {}, 'Did you mean "owner"?'),
        ],
    )
    def test_has_its_mistakes_named(self, columns: dict[str, Any], text: str, settings: dict[str, Any], mistake: str, mapping: Map) -> None:
        with pytest.raises(DefinitionError) as refused:
            mapping(columns, text, **settings)
        assert mistake in told(refused)


class TestASuggestion:
    def test_has_every_heading_and_is_right_toml_that_loads(self, tmp_path: Path, home: Home) -> None:
        text = suggest(TRACKER, home, TODAY)
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        by = load(path, home)
        assert by.columns["Date recd"] == "date_received"
        assert (by.columns["Referred by"], by.columns["DOB"], by.ignore) == ("referrer_agency", "dob", ("No.",))
        assert '# "Why" = ""' in text
        said = tomllib.loads(MAPPING.read_text(encoding="utf-8"))
        assert all(f'"{heading}" = ' in text for heading in said["columns"])

    def test_needs_only_what_it_left_open_to_read_the_register(self, tmp_path: Path, home: Home) -> None:
        path = tmp_path / "mapping.toml"
        path.write_text(suggest(TRACKER, home, TODAY), encoding="utf-8")
        with pytest.raises(DefinitionError) as refused:
            rows(TRACKER, load(path, home), home, TODAY)
        assert [problem.message for problem in refused.value.problems] == [
            "The mapping says nothing of the heading “Why”, so its column would be lost."
        ]

    def test_says_nothing_of_what_stands_below_the_headings(self, home: Home) -> None:
        text = suggest(TRACKER, home, TODAY)
        book = openpyxl.load_workbook(TRACKER)
        names = {str(line[2]) for line in book["Current"].iter_rows(5, values_only=True) if line[2]} - {"Name"}
        assert names
        assert not any(name in text for name in names)


class TestAFile:
    @pytest.mark.needs("soffice")
    def test_of_another_program_gives_the_same_children(self, tmp_path: Path, home: Home) -> None:
        resave_with_libreoffice([TRACKER], tmp_path, ["ods", "xls"])
        by = load(MAPPING, home)
        wanted = [(answers(row), row.case) for row in rows(TRACKER, by, home, TODAY) if row.submission.form]
        for kind in ("ods", "xls"):
            found = rows(tmp_path / f"tracker.{kind}", by, home, TODAY)
            assert [(answers(row), row.case) for row in found if row.submission.form] == wanted, kind

    @pytest.mark.parametrize("coded", ["utf-8-sig", "cp1252"])
    def test_of_comma_separated_values_is_read(self, coded: str, tmp_path: Path, mapping: Map, home: Home) -> None:
        path = tmp_path / "tracker.csv"
        path.write_bytes('Surname,Forename,DOB\r\n"O’Sample",Zoë,13/07/2011\r\n'.encode(coded))
        (row,) = rows(path, mapping(sheets=["CSV"]), home, TODAY)
        assert answers(row) == {"family_name": "O’Sample", "given_names": "Zoë", "dob": date(2011, 7, 13)}

    def test_behind_a_password_is_refused_until_it_is_given(self, tmp_path: Path, mapping: Map, home: Home) -> None:
        path, locked = tmp_path / "tracker.xlsx", io.BytesIO()
        OOXMLFile(io.BytesIO(workbook(HEADINGS, TESTA))).encrypt("open sesame", locked)
        path.write_bytes(locked.getvalue())
        with pytest.raises(LockedError):
            rows(path, mapping(), home, TODAY)
        assert len(list(rows(path, mapping(), home, TODAY, ["open sesame"]))) == 1

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"%PDF-1.7", bytes(100)], ids=["empty", "cut", "pdf", "zeros"])
    def test_that_is_no_spreadsheet_is_refused_in_a_sentence(self, data: bytes, tmp_path: Path, mapping: Map, home: Home) -> None:
        path = tmp_path / "tracker.xlsx"
        path.write_bytes(data)
        with pytest.raises(InputRefusedError) as refused:
            rows(path, mapping(), home, TODAY)
        assert refused.value.message.endswith(".")

    def test_that_is_too_large_is_refused_with_what_to_do(self, tmp_path: Path, mapping: Map, home: Home) -> None:
        path = tmp_path / "tracker.xlsx"
        path.write_bytes(workbook(HEADINGS, *([f"Sample {number} {'x' * 6000}", "Testa", None] for number in range(900))))
        with pytest.raises(InputRefusedError, match="Save its older years as a workbook of their own"):
            rows(path, mapping(), home, TODAY)

    def test_that_is_not_there_is_refused(self, tmp_path: Path, mapping: Map, home: Home) -> None:
        with pytest.raises(InputRefusedError, match="cannot be opened"):
            rows(tmp_path / "nothing.xlsx", mapping(), home, TODAY)

    def test_that_the_mapping_does_not_fit_gives_every_problem_and_no_row(self, tmp_path: Path, mapping: Map, home: Home) -> None:
        path = tmp_path / "tracker.xlsx"
        path.write_bytes(workbook([*HEADINGS, "X", "Y"], TESTA))
        with pytest.raises(DefinitionError) as refused:
            rows(path, mapping(), home, TODAY)
        assert [problem.code for problem in refused.value.problems] == ["IM1", "IM1"]


class TestThePage:
    PAGE = (ROOT / "docs/import.md").read_text(encoding="utf-8")

    def test_has_a_mapping_that_loads_and_reads_the_example_but_for_its_words(self, tmp_path: Path, home: Home) -> None:
        path = tmp_path / "mapping.toml"
        path.write_text(self.PAGE.split("```toml\n")[1].split("```")[0], encoding="utf-8")
        found = [row.submission for row in rows(TRACKER, load(path, home), home, TODAY)]
        assert len([submission for submission in found if submission.form]) == 12

    def test_has_everything_that_a_case_has(self) -> None:
        assert all(f'| `"{field.name}"` | {field.label} |' in self.PAGE for field in CASE)

    def test_names_only_questions_and_tables_that_there_are(self, home: Home) -> None:
        fields = {name for field in home.form("referral").fields.values() for name in (field.name, *(c.name for c in field.column))}
        named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", self.PAGE)) - {"ignore_sheets"}
        assert named <= fields | {field.name for field in CASE}
