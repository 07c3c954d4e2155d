"""What differs between two versions of minutes, under the headings where it is: places for answers, rows of tables, other paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from mase_docs.model.edited import Edited, Row, Typed
from mase_docs.model.minutes_layout import CASE, CATEGORY, ITEM, MEETING, TABLES, THEME

Kind = Literal["changed", "added", "removed"]
UNDER, NEXT = " under “", "”, “"
"""How a place says its headings, the nearest first."""
REFERENCE = re.compile(r"\b[A-Z]{2,12}-\d{4}-\d{4,}\b")
OPEN_KEY = re.compile(r"(?:^|_)(?:new|more)\d+$")
"""The keys of rows that were blank at first: what stands in one of them says nothing about which row it is."""
PLACES = {**MEETING, **THEME, **CASE, **ITEM, "category": CATEGORY}
NOUNS = ("decision", "reasons", "category")
"""The places that are called by a noun alone: a decision is somebody's."""
ALIKE = 0.6
"""From here on two rows or paragraphs are one that was reworded."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    heading  the headings that it stands under, `MASE-2026-0007 / ZL / 15F › Decision`; "" at the top
    what     what it is: `Decision`, `Actions, A-2026-0031, Due`, `Actions, a row`, `A paragraph`, `A comment`
    place    where it stands in the newer version, or stood in the older
    """

    heading: str
    what: str
    kind: Kind
    was: str
    now: str
    place: str

    def in_words(self) -> str:
        """`Decision: was “…”, is “…”`"""
        if self.kind == "changed":
            was, now = (f"“{words}”" if words else "empty" for words in (self.was, self.now))
            return f"{self.what}: was {was}, is {now}"
        return f"{self.what} was {self.kind}: “{self.now or self.was}”"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def legend(*versions: Edited) -> dict[str, str]:
    """What the headings of both versions may hold → what stands beneath is about, as the reader of minutes takes it (intake/minutes.py).

    The category of a case stands under its heading, and says so even where a heading's other tables lost their names.
    """
    headings = [typed.text for version in versions for typed in version.outside if typed.place.startswith("heading")]
    named = [found[0] for found in map(REFERENCE.search, headings) if found]
    found = {reference: f"case{re.sub('[^0-9]', '', reference)}" for reference in named}
    for version in versions:
        found |= {reference: key for key, reference in _references(version).items()}
        themes = {name.partition("_")[0]: typed for name, typed in version.slots.items() if name.startswith("theme")}
        found |= {heading_of(typed.place): key for key, typed in themes.items() if heading_of(typed.place)}
    return found


def differences(older: Edited, newer: Edited) -> list[Difference]:
    """Everything that two versions say differently, by heading in the order of the newer, those of headings that are gone at the end."""
    found = [*_places(older, newer), *_rows(older, newer), *_texts("paragraph", older.outside, newer.outside)]
    found += _texts("comment", older.comments, newer.comments)
    order = _order(newer, older)
    return sorted(found, key=lambda one: order.get(one.heading, len(order)))


def heading_of(place: str) -> str:
    """The headings that a place is said to be under, the widest first; "" where there is none."""
    return " › ".join(reversed(place.partition(UNDER)[2].removesuffix("”").split(NEXT)))


def _order(*versions: Edited) -> dict[str, int]:
    """Heading → its rank, in reading order: under every heading something is printed."""
    places = [typed.place for version in versions for typed in (*version.outside, *version.slots.values(), *_cells(version))]
    return {heading: rank for rank, heading in enumerate(dict.fromkeys(["", *map(heading_of, places)]))}


def _cells(version: Edited) -> Iterator[Typed]:
    return (typed for row in version.rows for typed in row.cells.values())


def _plain(text: str) -> str:
    return " ".join(text.split())


# Places for answers


def _places(older: Edited, newer: Edited) -> Iterator[Difference]:
    references = {**_references(older), **_references(newer)}
    for name in dict.fromkeys([*newer.slots, *older.slots]):
        was, now = older.slots.get(name), newer.slots.get(name)
        if _plain(was.text if was else "") != _plain(now.text if now else ""):
            yield _told(_called(name, references), was, now, whole=True)


def _references(version: Edited) -> dict[str, str]:
    """Key of a case → its reference, as a heading over one of its places says it."""
    slots = [(name.partition("_")[0], typed) for name, typed in version.slots.items()]
    cells = [(row.about, typed) for row in version.rows for typed in row.cells.values()]
    found = ((key, REFERENCE.search(heading_of(typed.place))) for key, typed in (*slots, *cells))
    return {key: reference[0] for key, reference in found if reference and key.startswith("case")}


def _called(name: str, references: dict[str, str]) -> str:
    """What a place is called on paper: `Decision of MASE-2026-0007`."""
    key, _, ending = name.partition("_")
    if key == "item" and ending.endswith("_minutes_spent"):
        return f"{ITEM['minutes_spent']}, {ending.removesuffix('_minutes_spent').replace('_', ' ')}"
    called = PLACES.get(ending, ending.replace("_", " ").capitalize() or name)
    if key not in references:
        return called
    return f"{called} of {references[key]}" if ending in NOUNS else f"{called} ({references[key]})"


def _told(what: str, was: Typed | None, now: Typed | None, *, whole: bool = False) -> Difference:
    """The difference between what stood in a place and what stands there; `whole`: a place that isn't there is as one that is empty."""
    kind: Kind = "changed" if whole or (was and now) else "added" if now else "removed"
    place = (now or was or Typed("", "")).place
    return Difference(heading_of(place), what, kind, was.text if was else "", now.text if now else "", place)


# Rows of tables


def _rows(older: Edited, newer: Edited) -> Iterator[Difference]:
    tables = dict.fromkeys((row.about, row.table) for row in (*newer.rows, *older.rows))
    for table in tables:
        before, after = ([row for row in version.rows if (row.about, row.table) == table] for version in (older, newer))
        for was, now in _paired(before, after):
            yield from _changed(was, now) if was and now else [_whole(was, now)]


Pair = tuple[Row | None, Row | None]


def _paired(before: list[Row], after: list[Row]) -> list[Pair]:
    """The rows of one table in both versions: by what they are, else by what they say, else by the likeness of that."""
    pairs: list[Pair] = []
    for key in (_identity, _number, _words):
        _pair_off(before, after, pairs, key)
    while before and after:
        ratio, was, now = max(((_ratio(_words(a), _words(b)), a, b) for a in before for b in after), key=lambda found: found[0])
        if ratio < ALIKE:
            break
        pairs.append((was, now))
        before.remove(was)
        after.remove(now)
    return [*pairs, *((row, None) for row in before), *((None, row) for row in after)]


def _pair_off(before: list[Row], after: list[Row], pairs: list[Pair], key: Callable[[Row], str]) -> None:
    there = {key(row): row for row in reversed(before) if key(row)}
    for now in list(after):
        was = there.pop(key(now), None)
        if was is not None:
            pairs.append((was, now))
            before.remove(was)
            after.remove(now)


def _identity(row: Row) -> str:
    """What a row is by its key; "" where that says nothing."""
    return "" if OPEN_KEY.search(row.key) else row.key


def _number(row: Row) -> str:
    return row.cells["number"].text.strip() if "number" in row.cells else ""


def _words(row: Row) -> str:
    """What a row says, without the number that it has got since."""
    return " | ".join(_plain(typed.text) for column, typed in row.cells.items() if column != "number")


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _changed(was: Row, now: Row) -> Iterator[Difference]:
    heads = TABLES[now.table].heads
    for column in dict.fromkeys([*now.cells, *was.cells]):
        before, after = was.cells.get(column), now.cells.get(column)
        if _plain(before.text if before else "") != _plain(after.text if after else ""):
            yield _told(f"{_named(now)}, {heads.get(column, column)}", before, after, whole=True)


def _whole(was: Row | None, now: Row | None) -> Difference:
    """A row that was added or removed, its cells with their heads."""
    row = now or was
    assert row
    heads = TABLES[row.table].heads
    said = "; ".join(f"{heads.get(column, column)}: {_plain(typed.text)}" for column, typed in row.cells.items() if typed.text.strip())
    typed, what = Typed(said, row.place), f"{TABLES[row.table].caption}, a row"
    return _told(what, None if now else typed, typed if now else None)


def _named(row: Row) -> str:
    """`Actions, A-2026-0031`; without a number, by the agency, else by how the action begins."""
    cells = {column: _plain(typed.text) for column, typed in row.cells.items()}
    by = cells.get("number") or (cells.get("action") if row.table == "actions" else "") or cells.get("agency") or cells.get("name") or ""
    return f"{TABLES[row.table].caption}, {by}" if by else TABLES[row.table].caption


# Everything else


def _texts(what: str, older: list[Typed], newer: list[Typed]) -> Iterator[Difference]:
    """Paragraphs, or comments, that one version has and the other hasn't: heading by heading, then those of headings that only one has."""
    was, now = _by_heading(older), _by_heading(newer)
    for heading in filter(was.__contains__, now):
        yield from _compared(f"A {what}", was[heading], now[heading])
    gone = [typed for heading in was if heading not in now for typed in was[heading]]
    come = [typed for heading in now if heading not in was for typed in now[heading]]
    yield from _compared(f"A {what}", gone, come)


def _by_heading(texts: list[Typed]) -> dict[str, list[Typed]]:
    found: defaultdict[str, list[Typed]] = defaultdict(list)
    for typed in texts:
        found[heading_of(typed.place)].append(typed)
    return dict(found)


def _compared(what: str, older: list[Typed], newer: list[Typed]) -> Iterator[Difference]:
    """Those that are alike are one that was reworded."""
    was, now = ([_plain(typed.text) for typed in version] for version in (older, newer))
    for how, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if how != "equal":
            yield from _replaced(what, older[a:b], newer[c:d])


def _replaced(what: str, before: list[Typed], after: list[Typed]) -> Iterator[Difference]:
    rest = list(after)
    for was in before:
        like = max(rest, key=lambda typed: _ratio(_plain(was.text), _plain(typed.text)), default=None)
        now = like if like and _ratio(_plain(was.text), _plain(like.text)) >= ALIKE else None
        rest = [typed for typed in rest if typed is not now]
        yield _told(what, was, now)
    yield from (_told(what, None, typed) for typed in rest)
