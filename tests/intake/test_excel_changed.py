"""A completed form after people and programs changed the sheet around the answers: nothing is taken for another question's answer, and what
is lost is said."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home
from mase_docs.intake.answers import compose
from mase_docs.intake.excel import read_book
from mase_docs.intake.sheet import At, Cell, Sheet, WholeBook
from mase_docs.intake.workbook import Workbook
from mase_docs.model.submission import Answer
from mase_docs.problems import Problem
from tests.conftest import ROOT
from tests.intake.filled import filled, saved
from tests.intake.filled import typed as typed_alike

TODAY = date(2026, 11, 21)
Answers = dict[str, Answer]
SAID = {"AR34", "AR36"}
"""The warnings that something of the form is missing, or that something stands beside it."""


def typed(slot: Slot, home: Home) -> object:
    """Something that differs from place to place, so that one answer is never taken for another unnoticed."""
    number = sum(map(ord, slot.name)) * 7 + len(slot.name)
    if slot.option:
        return typed_alike(slot, home)
    if slot.field.choices:
        choices = home.codes(slot.field.choices).code
        return choices[number % len(choices)].label
    apart: dict[str, object] = {
        "date": datetime(2015, 1, 1) + timedelta(days=number % 3000),
        "integer": number % 17,
        "yes_no": ["Yes", "No"][number % 2],
        "name": f"Ann {slot.name}",
        "text": f"Words {slot.name}",
        "long_text": f"Words {slot.name}",
    }
    return apart.get(slot.field.type, typed_alike(slot, home))


@pytest.fixture(scope="module")
def form(home: Home) -> Form:
    return home.form("referral")


@pytest.fixture(scope="module")
def book(form: Form, home: Home) -> WholeBook:
    whole = Workbook(saved(filled(form, home, typed)))
    return WholeBook({name: whole.sheet(name) for name in whole.entries}, whole.entries, whole.names, whole.properties)


def read(book: WholeBook, home: Home) -> tuple[Answers, list[Problem]]:
    reading = read_book(book, home)
    return compose(reading, home, TODAY), reading.problems


@pytest.fixture(scope="module")
def truth(book: WholeBook, home: Home) -> Answers:
    answers, problems = read(book, home)
    assert not problems
    assert {answer.confidence for answer in answers.values()} == {"high"}
    return answers


Move = Callable[[At], At | None]


def with_sheet(book: WholeBook, sheet: Sheet, names: dict[str, tuple[str, At]] | None = None) -> WholeBook:
    return replace(book, sheets={**book.sheets, "Referral": sheet}, names=book.names if names is None else names)


def moved(sheet: Sheet, move: Move) -> Sheet:
    """The sheet with its cells and merged ranges where `move` puts them; None takes them out."""
    cells = {to: cell for at, cell in sheet.cells.items() if (to := move(at))}
    merged = {first: last for start, end in sheet.merged.items() if (first := move(start)) and (last := move(end))}
    return Sheet(sheet.name, cells, merged, sheet.footer)


def put_in(line: int, axis: int) -> Move:
    return lambda at: (at[0] + (axis == 0 and at[0] >= line), at[1] + (axis == 1 and at[1] >= line))


def taken_out(line: int, axis: int) -> Move:
    return lambda at: None if at[axis] == line else (at[0] - (axis == 0 and at[0] > line), at[1] - (axis == 1 and at[1] > line))


def nothing_is_wrong(found: tuple[Answers, list[Problem]], truth: Answers) -> None:
    """Every answer is as typed, or gone and said to be, or only guessed at."""
    answers, problems = found
    said = SAID & {problem.code for problem in problems}
    for path, right in truth.items():
        answer = answers.get(path)
        is_right = answer is not None and answer.value == right.value
        is_guess = answer is not None and answer.value is not None and (answer.confidence == "low" or bool(answer.issues))
        is_less = answer is None or answer.value is None or _is_part(answer.value, right.value)
        assert is_right or is_guess or (is_less and said), path


def _is_part(value: object, of: object) -> bool:
    return isinstance(value, list) and isinstance(of, list) and set(value) < set(of)


NAMES = pytest.mark.parametrize("names", [None, {}], ids=["names left where they were", "names lost"])
ROWS = range(1, 320, 53)
"""Every so manieth row of the form is put in or taken out; the whole was run by hand."""
COLUMNS = (1, 2, 4, 7)


@NAMES
def test_rows_and_columns_that_were_put_in_cost_no_answer(
    names: dict[str, tuple[str, At]] | None, book: WholeBook, truth: Answers, home: Home
) -> None:
    for move in [*(put_in(row, 0) for row in ROWS), *(put_in(column, 1) for column in COLUMNS)]:
        answers, _ = read(with_sheet(book, moved(book.sheets["Referral"], move), names), home)
        assert {path: answer.value for path, answer in answers.items()} == {path: answer.value for path, answer in truth.items()}


@NAMES
@pytest.mark.parametrize(
    "lines", [[(row, 0) for row in (*ROWS, 120, 318, 319)], [(column, 1) for column in COLUMNS]], ids=["rows", "columns"]
)
def test_rows_and_columns_that_were_taken_out_are_said_and_never_made_up(
    lines: list[tuple[int, int]], names: dict[str, tuple[str, At]] | None, book: WholeBook, truth: Answers, home: Home
) -> None:
    for line, axis in lines:
        nothing_is_wrong(read(with_sheet(book, moved(book.sheets["Referral"], taken_out(line, axis)), names), home), truth)


@pytest.mark.parametrize("by", [(-1, 0), (1, 0), (2, 0), (0, -1), (0, 1)])
def test_names_that_slipped_all_together_are_not_believed(by: At, book: WholeBook, truth: Answers, home: Home) -> None:
    slipped = {name: (sheet, (at[0] + by[0], at[1] + by[1])) for name, (sheet, at) in book.names.items()}
    answers, problems = read(replace(book, names=slipped), home)
    assert ({path: answer.value for path, answer in answers.items()}, problems) == ({path: a.value for path, a in truth.items()}, [])


def test_one_name_that_points_to_another_answer_is_not_believed(book: WholeBook, truth: Answers, home: Home) -> None:
    wrong = {**book.names, "given_names": book.names["family_name"], "linked_people_2_dob": book.names["linked_people_1_dob"]}
    answers, _ = read(replace(book, names=wrong), home)
    assert all(answers[path].value == answer.value for path, answer in truth.items())


def places(book: WholeBook, form: Form, home: Home) -> Iterator[tuple[Slot, At]]:
    """Some questions of their own, with their places."""
    alone = [slot for slot in home.slots(form, "xlsx") if not slot.row and not slot.option]
    yield from ((slot, book.names[slot.name.casefold()][1]) for slot in random.Random(3).sample(alone, 8))


@NAMES
@pytest.mark.parametrize("where", ["in the cell right of its box", "over the hint", "behind its label"])
def test_an_answer_typed_beside_its_box_is_told(
    where: str, names: dict[str, tuple[str, At]] | None, book: WholeBook, form: Form, truth: Answers, home: Home
) -> None:
    for slot, at in places(book, form, home):
        sheet = moved(book.sheets["Referral"], lambda at: at)
        cell = sheet.cells.pop(at)
        if where == "behind its label":
            sheet.cells[at[0], 1] = Cell(f"{slot.field.label}: {cell.value}")
        else:
            sheet.cells[sheet.right_of(at) if where.startswith("in") else (at[0], 3)] = cell
        answers, problems = read(with_sheet(book, moved(sheet, put_in(1, 0)) if names == {} else sheet, names), home)
        nothing_is_wrong((answers, problems), truth)
        assert "AR36" in [problem.code for problem in problems], slot.name


def test_hints_are_never_answers(book: WholeBook, form: Form, home: Home) -> None:
    without_answers = moved(book.sheets["Referral"], taken_out(2, 1))
    hints = tuple(field.hint for field in form.fields.values() if field.hint)
    assert [at for at, cell in without_answers.cells.items() if at[1] == 2 and str(cell.value).startswith(hints)]
    answers, problems = read(with_sheet(book, without_answers, {}), home)
    assert not [path for path, answer in answers.items() if answer.value is not None and str(answer.raw).startswith(hints)]
    assert "AR36" in [problem.code for problem in problems]


def test_the_copy_that_was_filled_in_is_read_where_the_form_itself_was_left_blank(
    book: WholeBook, truth: Answers, form: Form, home: Home
) -> None:
    blank = Workbook(saved(filled(form, home, lambda slot, home: None)))
    copy = replace(book.sheets["Referral"], name="Referral (2)")
    entries = {**blank.entries, "Referral (2)": blank.entries["Referral"]._replace(name="Referral (2)")}
    both = WholeBook({**{name: blank.sheet(name) for name in blank.entries}, "Referral (2)": copy}, entries, blank.names, blank.properties)
    answers, problems = read(both, home)
    assert {path: answer.value for path, answer in answers.items()} == {path: answer.value for path, answer in truth.items()}
    assert {answer.confidence for answer in answers.values()} == {"medium"}
    assert [problem.code for problem in problems] == ["AR21"]


def test_the_reference_of_a_form_that_was_sent_back_is_read(book: WholeBook, home: Home) -> None:
    sent_back = replace(book, properties={**book.properties, "FormReference": "MASE-2026-0012"})
    assert (read_book(sent_back, home).reference, read_book(book, home).reference) == ("MASE-2026-0012", "")


# ── a borough's own form ────────────────────────────────────────────────────────────────────────────────────────────────

BOROUGHS = ROOT / "examples" / "boroughs"


@pytest.fixture(scope="module")
def theirs() -> WholeBook:
    whole = Workbook((BOROUGHS / "southmere_referral.xlsx").read_bytes())
    return WholeBook({name: whole.sheet(name) for name in whole.entries}, whole.entries)


def read_theirs(book: WholeBook, move: Move) -> tuple[Answers, list[Problem]]:
    [name] = book.entries
    return read(replace(book, sheets={name: moved(book.sheets[name], move)}), Home(BOROUGHS))


def line_of(book: WholeBook, text: str) -> int:
    [sheet] = book.sheets.values()
    return next(row for (row, _), said in sheet.words() if said.startswith(text))


@pytest.mark.parametrize("above", ["Gangs, older age groups", "Tia M."])
def test_an_empty_row_put_into_a_table_of_a_boroughs_form_does_not_end_it(above: str, theirs: WholeBook) -> None:
    whole, _ = read_theirs(theirs, lambda at: at)
    found, problems = read_theirs(theirs, put_in(line_of(theirs, above), 0))
    assert {path: answer.value for path, answer in found.items()} == {path: answer.value for path, answer in whole.items()}
    assert not problems


def test_questions_that_are_gone_from_a_boroughs_form_are_counted(theirs: WholeBook) -> None:
    _, problems = read_theirs(theirs, taken_out(line_of(theirs, "Ethnicity"), 0))
    assert [(problem.code, problem.field) for problem in problems] == [("AR34", "ethnicity")]
    assert problems[0].message.startswith("2 ")
