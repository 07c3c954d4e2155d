"""Small numbers stay small: for small reports of every kind, all that could have been printed is worked out and compared."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from mase_docs.definition.home import Home
from mase_docs.model.figures import SMALL
from mase_docs.statistics.board import board_figures, count, numbers
from mase_docs.statistics.counted import Counted
from mase_docs.statistics.ledger import Ledger
from mase_docs.statistics.suppression import SPREAD, Numbers, readable, suppress
from tests.statistics.months import child, month

HEADLINE = "all"


def report(*tables: Counted, within: dict[str, str] | None = None) -> Numbers:
    ledger = Ledger()
    for table in tables:
        ledger.enter(table)
    for part, whole in (within or {}).items():
        ledger.remainder(part, whole)
    return ledger.numbers(frozenset({HEADLINE}))


def table(id: str, rows: Iterable[int], of: str = HEADLINE) -> Counted:
    return Counted(id, {f"row {n}": count for n, count in enumerate(rows)}, of)


def ticks(id: str, only_a: int, only_b: int, both: int, none: int, of: str = HEADLINE) -> Counted:
    return Counted(id, {"a": only_a + both, "b": only_b + both, "none": none}, of, whole=only_a + only_b + both + none)


def splits(total: int, rows: int) -> Iterator[tuple[int, ...]]:
    """Every way to split a number of children over so many rows."""
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in splits(total - first, rows - 1))


def printed(numbers: Numbers) -> tuple[tuple[str, str], ...]:
    hidden = suppress(numbers)
    shown = {name: "c" if name in hidden else str(count) for name, count in numbers.counts.items() if name not in numbers.unprinted}
    return tuple(shown.items())


def told(reports: Iterable[Numbers]) -> list[str]:
    """The small numbers that a reader can tell who tries the suppression on every report there can be: those that are the same in
    all reports that print the same. Nothing of how suppression works is used."""
    alike: dict[tuple[tuple[str, str], ...], list[Numbers]] = defaultdict(list)
    for one in reports:
        alike[printed(one)].append(one)
    return [
        f"{name} in {page}"
        for page, possible in alike.items()
        for name in possible[0].counts.keys() - possible[0].harmless
        if len(values := {one.counts[name] for one in possible}) == 1 and values <= set(SMALL)
    ]


def shown(*rows: int) -> list[str]:
    """A table of these rows as it is printed, its total last."""
    page = dict(printed(report(table("T", rows))))
    return [page[f"T: row {n}"] for n in range(len(rows))] + [page[HEADLINE]]


def test_one_to_five_are_hidden_and_nought_is_shown() -> None:
    assert shown(4, 2, 9, 8, 0) == ["c", "c", "9", "8", "0", "23"]


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    assert shown(6, 0, 12) == ["6", "0", "12", "18"]


def test_the_next_smallest_is_hidden_where_one_could_be_subtracted() -> None:
    assert shown(3, 20, 9, 0) == ["c", "20", "c", "0", "32"]


def test_numbers_equal_to_the_next_smallest_are_hidden_too_so_that_their_order_tells_nothing() -> None:
    assert shown(6, 6, 5) == ["c", "c", "c", "17"]


def test_two_hidden_ones_that_add_up_to_two_need_a_third() -> None:
    assert shown(1, 1, 9) == ["c", "c", "c", "11"]


def test_a_total_of_one_to_five_hides_the_whole_table_also_its_noughts() -> None:
    assert shown(3, 0, 0) == ["c", "c", "c", "c"]


def test_a_total_of_one_to_five_hides_a_table_whose_rows_overlap_too() -> None:
    page = dict(printed(report(table("everyone", (20,)), ticks("T", 3, 0, 0, 0, of="group"), within={"group": HEADLINE})))
    assert [page[f"T: {row}"] for row in ("a", "b", "none")] == ["c", "c", "c"]


def test_what_is_said_of_a_hidden_total_does_not_tell_why_it_is_hidden(home: Home) -> None:
    few = [child(n, concern_types=["hsb"] if n < 3 else ["cse"]) for n in range(20)]
    notes = {figure.id: figure.note for figure in board_figures(few, home)}
    assert notes["B4"] == notes["B6"] == notes["B13"] != ""


def test_a_month_without_children_is_shown_as_noughts() -> None:
    assert shown(0, 0) == ["0", "0", "0"]


def test_a_group_that_is_all_but_a_few_of_the_children_is_hidden_with_them() -> None:
    page = dict(printed(report(table("everyone", (20,)), table("T", (9, 9), "group"), within={"group": HEADLINE})))
    assert page == {"everyone: row 0": "20", HEADLINE: "20", "group": "c", "T: row 0": "c", "T: row 1": "c"}


@pytest.mark.parametrize("rows", [2, 3, 4, 5])
def test_no_small_number_of_a_table_can_be_told_from_it(rows: int) -> None:
    for fewest, most in [(0, 5), *((n, n) for n in range(6, 17 if rows < 5 else 13))]:
        assert not told(report(table("T", split)) for n in range(fewest, most + 1) for split in splits(n, rows))


@pytest.mark.parametrize("children", [6, 7, 8, 11])
def test_nor_from_two_tables_with_the_same_total(children: int) -> None:
    assert not told(report(table("T", a), table("U", b)) for a in splits(children, 3) for b in splits(children, 3))


@pytest.mark.parametrize("children", [6, 7, 8, 11, 13])
def test_nor_from_two_tables_of_a_group_and_the_number_of_all_children(children: int) -> None:
    assert not told(
        report(table("everyone", (children,)), table("T", a, "group"), table("U", b, "group"), within={"group": HEADLINE})
        for group in range(children + 1)
        for a in splits(group, 2)
        for b in splits(group, 3)
    )


@pytest.mark.parametrize("children", [6, 7, 8, 12])
def test_nor_from_two_groups_among_the_same_children(children: int) -> None:
    assert not told(
        report(
            table("everyone", (children,)), table("T", a, "one"), table("U", b, "other"), within={"one": HEADLINE, "other": HEADLINE}
        )
        for one in range(children + 1)
        for other in range(children + 1)
        for a in splits(one, 2)
        for b in splits(other, 2)
    )  # fmt: skip


@pytest.mark.parametrize("children", [6, 7, 11, 13])
def test_nor_from_a_table_whose_rows_overlap(children: int) -> None:
    assert not told(report(table("T", (n, children - n)), ticks("U", *split)) for split in splits(children, 4) for n in range(children + 1))


@pytest.mark.parametrize("children", [6, 7, 8, 12])
def test_nor_from_a_group_with_a_table_whose_rows_overlap(children: int) -> None:
    assert not told(
        report(
            table("everyone", (children,)), table("T", (n, group - n), "group"), ticks("U", *split, of="group"), within={"group": HEADLINE}
        )
        for group in range(children + 1)
        for split in splits(group, 4)
        for n in range(group + 1)
    )


@pytest.mark.parametrize("seed", range(40))
def test_every_hidden_small_number_of_a_whole_report_could_be_several_others(seed: int, home: Home) -> None:
    chance = random.Random(seed)
    whole = numbers(count(month(chance, chance.choice([3, 8, 12, 25, 60, 150])), home, None, None))
    hidden = suppress(whole)
    ranges = readable(whole, hidden)
    assert all(low <= whole.counts[name] <= high for name, (low, high) in ranges.items())
    assert [name for name in whole.sensitive if ranges[name][1] - ranges[name][0] < SPREAD] == []
