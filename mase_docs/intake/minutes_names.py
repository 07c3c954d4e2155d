"""What the names of controls and bookmarks in the minutes say: which place of the register, or which row of which table, they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mase_docs.model.minutes_layout import CASE, ITEM, MEETING, TABLES, THEME

CATEGORY_NAME = "category"
PAPER = re.compile(r"paper(\d{1,18})")


def _any(names: Iterable[str]) -> str:
    return "|".join(names)


SINGLE = re.compile(
    rf"meeting_({_any(MEETING)})|case\d+_({CATEGORY_NAME}|{_any(CASE)})|theme\d+_({_any(THEME)})|item_[a-z_]+?_({_any(ITEM)})"
)
"""The places that stand alone."""
_ACTION = _any(TABLES["actions"].typed)
IN_ROWS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("attendance", "present", re.compile(rf"(?P<key>(?:agency|more)\d+)_(?P<column>agency|{_any(TABLES['attendance'].typed)})")),
    ("observers", "observers", re.compile(rf"(?P<key>observer\d+)_(?P<column>{_any(TABLES['observers'].typed)})")),
    ("previous", "actions", re.compile(rf"(?P<key>action\d+)_(?P<column>{_any(TABLES['previous'].typed)})")),
    ("information", "", re.compile(r"(?P<key>(?P<about>(?:case|theme)\d+)_(?:agency|more)\d+)_(?P<column>agency|information)")),
    ("actions", "", re.compile(rf"(?P<key>(?P<about>(?:case|theme)\d+|other)_new\d+)_(?P<column>{_ACTION})")),
    ("actions", "", re.compile(rf"(?P<key>action\d+)_(?P<column>{_ACTION})")),
)
"""Table, what it is about where there is only one, and the names in its rows."""
ABOUT = {table: about for table, about, _ in IN_ROWS if about}
BLANK = re.compile(r"(?:.+_)?(?:more|new|observer)\d+")
"""The keys of rows that are blank at first: where nothing was typed, nothing is there."""


class InRow(NamedTuple):
    """A place in a row: of which table, about what ("" where the name doesn't say), in which row and column."""

    table: str
    about: str
    key: str
    column: str


@lru_cache(maxsize=10_000)
def in_row(name: str) -> InRow | None:
    """What a name says of a row; None for any other name."""
    for table, about, pattern in IN_ROWS:
        if said := pattern.fullmatch(name):
            return InRow(table, about or said.groupdict().get("about") or "", said["key"], said["column"])
    return None


def is_single(name: str) -> bool:
    return SINGLE.fullmatch(name) is not None


def key_of(single: str) -> str:
    """What the name of a single place begins with: case12, meeting, item_disruption; "" for any other name."""
    said = SINGLE.fullmatch(single)
    ending = next(filter(None, said.groups())) if said else single
    return single.removesuffix(ending).removesuffix("_")
