"""How the columns of the answer sheet are shared out."""

from __future__ import annotations

from mase_docs.blanks.excel_grid import Grid, lines


def test_the_parts_of_a_table_fill_the_sheet_without_a_gap() -> None:
    for wanted in ([13], [13, 60, 24], [24] * 8):
        shares = Grid(8).shares(wanted)
        columns = [column for first, last in shares for column in range(first, last + 1)]
        assert columns == list(range(2, 10))


def test_the_column_that_wants_most_room_is_given_the_spare_ones() -> None:
    assert Grid(8).shares([13, 80, 13]) == [(2, 2), (3, 8), (9, 9)]


def test_a_table_as_wide_as_the_sheet_has_a_column_each() -> None:
    assert Grid(9).shares([24] * 9) == [(column, column) for column in range(2, 11)]


def test_three_tick_boxes_fill_a_row_whatever_the_width() -> None:
    for answers in (8, 9, 12):
        pairs = Grid(answers).tick_pairs()
        columns = [column for first, _, tick in pairs for column in range(first, tick + 1)]
        assert columns == list(range(2, answers + 2))


def test_a_long_text_takes_as_many_lines_as_its_words_need() -> None:
    assert lines("", 30) == 1
    assert lines("one\ntwo", 30) == 2
    assert lines("word " * 12, 30) == 2
    assert lines("word " * 12, 30, size=20) == 4
