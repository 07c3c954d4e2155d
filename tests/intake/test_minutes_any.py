"""Whatever people write into minutes, and by whatever program: all of it is read exactly, or listed with its place; nothing is invented.

Each of a thousand minutes is edited at random, and what must be read is worked out beside it, never by the reader: `Told` holds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mase_docs.intake.minutes import read
from mase_docs.model.edited import Edited
from mase_docs.model.minutes_layout import TABLES
from tests.fillers.libreoffice_minutes import edit_with_libreoffice
from tests.fillers.word_fill import q
from tests.intake.minutes_edits import LEGEND, Copy, cells_of, generated, inserted, paragraph, removed, run, said_in, track, w

MANY, AT_ONCE = 1_000, 50
LOST: list[list[str]] = [[], [], [], ["lose_tags"], ["lose_bookmarks"], ["lose_controls"], ["lose_tags", "lose_bookmarks"]]
"""What programs lose; where nothing is left that tells a tick from words, words beside it would be told from it by nobody."""
BY_LIBREOFFICE = 24
LETTERS = (
    "abcdefghij klmnop qrstuv wxyz ABC XYZ 0123456789 ,.;:!?-–'’“”\"&<>/()[]{}%#@=+*\\|~^$£€"
    "éüßłŻçñøÅ مرحبا بالعالم שלום Ελλάδα Москва 日本語 हिन्दी e\u0301a\u0308\u0327 \U0001f600 \u00a0 \u200c"
)
KINDS = {table.caption: kind for kind, table in TABLES.items()}
TICKS = re.compile(r".*_(statement_signed|category_review)")
BLANK = re.compile(r"(.*_)?(more|new|observer)\d+")
ROW_NAME = re.compile(r"((?:(?:case|theme)\d+_)?(?:agency|more|observer|action|new)\d+|other_new\d+)_(\w+)")


def words(random: Random, number: int, lines: bool = True) -> str:
    """Something that somebody might type, unlike anything else in the minutes."""
    said = "".join(random.choice(LETTERS) for _ in range(random.randint(0, 40)))
    if lines and random.random() < 0.3:
        said += "\n" * random.randint(1, 2) + "".join(random.choice(LETTERS) for _ in range(9))
    return f"t{number} {said} {number}t"


@dataclass(eq=False)
class Line:
    """A row as it must be read; beside its ticks stand words that are none of it. A copy has tags, but no bookmarks."""

    about: str
    kind: str
    key: str
    cells: dict[str, str]
    names: set[str]
    beside: list[str] = field(default_factory=list)
    has_bookmarks: bool = True

    @property
    def typed(self) -> set[str]:
        """The columns in which words make a row of a blank one."""
        return {*TABLES[self.kind].typed, "agency"}


@dataclass
class Told:
    """What must be read of a copy."""

    slots: dict[str, str]
    lines: dict[Any, Line]
    outside: Counter[str]
    tables: dict[Any, tuple[str, str]]
    comments: list[str] = field(default_factory=list)
    number: int = 0

    def rows(self, root: Any, keys: bool = True) -> list[tuple[str, str, str, dict[str, str]]]:
        """The rows that are there, from top to bottom; `keys`: whether their names are still known."""
        found, met = [], set()
        for row in root.iter(q("w:tr")):
            line = self.lines.get(row)
            if line is None:
                continue
            key = line.key if keys and line.names else ""
            columns = line.typed if BLANK.fullmatch(key) else set(line.cells)
            if any(line.cells.get(column) for column in columns):
                found.append((line.about, line.kind, "" if key in met else key, line.cells))
            else:
                self.outside.update(said for said in line.cells.values() if said)
            met.add(key)
        return found


def told_of(copy: Copy) -> Told:
    """What must be read of a copy that nobody has edited."""
    before, tables, rows = _untouched()
    there = {kind: [*copy.root.iter(q(f"w:{kind}"))] for kind in ("tbl", "tr")}
    lines = {there["tr"][at]: replace(line, cells=dict(line.cells), names=set(line.names), beside=[]) for at, line in rows.items()}
    met = {there["tbl"][at]: said for at, said in tables.items()}
    return Told(dict(before.slots), lines, before.outside.copy(), met)


@cache
def _untouched() -> tuple[Told, dict[int, tuple[str, str]], dict[int, Line]]:
    """What stands in untouched minutes, asked of the XML: rows by the layout of their tables, places by their tags. Tables and rows by
    their number."""
    copy = Copy()
    said, lines, tables = said_in(copy), {}, {}
    there = [*copy.root.iter(q("w:tr"))]
    for number, table in enumerate(copy.root.iter(q("w:tbl"))):
        kind = KINDS.get(table.find(f"{q('w:tblPr')}/{q('w:tblCaption')}").get(q("w:val")))
        if kind:
            met = {there.index(row): _line(kind, row, said) for row in [*table.iterchildren(q("w:tr"))][1:]}
            about = next(line.about for line in met.values() if line.about)
            tables[number] = (about, kind)
            lines.update({at: replace(line, about=about) for at, line in met.items()})
    names = {name for line in lines.values() for name in line.names}
    single = {name: text for name, text in said.items() if name not in names and not name.startswith("paper")}
    outside = _outside(copy, single, {there[at]: line for at, line in lines.items()})
    return Told(single, {}, outside, {}), tables, lines


def _line(kind: str, row: Any, said: dict[str, str]) -> Line:
    names = {tag.get(q("w:val")) for tag in row.iter(q("w:tag"))}
    keys = [found[1] for name in sorted(names) if (found := ROW_NAME.fullmatch(name))]
    about = {"attendance": "present", "observers": "observers", "previous": "actions"}.get(kind) or keys[0].rpartition("_")[0]
    columns = dict(zip(TABLES[kind].heads, cells_of(row), strict=True))
    return Line(about, kind, keys[0], {column: _shown(cell, said) for column, cell in columns.items()}, names)


def _shown(cell: Any, said: dict[str, str]) -> str:
    tag = cell.find(f".//{q('w:tag')}")
    lines = ("".join("\n" if t.tag == q("w:br") else t.text or "" for t in p.iter(q("w:t"), q("w:br"))) for p in cell.iter(q("w:p")))
    return said[tag.get(q("w:val"))] if tag is not None else "\n".join(lines).strip()


def _outside(copy: Copy, single: dict[str, str], lines: dict[Any, Line]) -> Counter[str]:
    """The paragraphs that are neither in a row nor in the cell of a place, and what is printed above and below the pages."""
    running = [said.text for said in read(generated(), LEGEND).outside if said.place.startswith("page")]
    taken = {cell for name in single for cell in copy.control(name).iterancestors(q("w:tc"))}
    found = Counter(running)
    for line in copy.root.iter(q("w:p")):
        above = set(line.iterancestors(q("w:tc"), q("w:tr")))
        parts = (t for t in line.iter(q("w:t"), q("w:br")) if not _in_place(t, single))
        text = " ".join("".join(t.text or "" if t.tag == q("w:t") else " " for t in parts).split())
        if text and not above & (taken | lines.keys()):
            found[text] += 1
    return found


def _in_place(text: Any, single: dict[str, str]) -> bool:
    return any(sdt.find(f".//{q('w:tag')}").get(q("w:val")) in single for sdt in text.iterancestors(q("w:sdt")))


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for name in Copy().controls if not name.startswith("paper") and not name.endswith("_category"))


@dataclass
class Editor:
    """Edits one copy at random and keeps what must be read of it."""

    random: Random
    copy: Copy
    told: Told
    free: list[str]
    beside_ticks: bool = False

    def words(self, lines: bool = True) -> str:
        self.told.number += 1
        return words(self.random, self.told.number, lines)

    def fresh(self, fits: Callable[[str], bool] = lambda _: True) -> str | None:
        """A place that nobody has touched yet and that is still there."""
        there = [name for name in self.free if self.is_there(name) and fits(name)]
        if not there:
            return None
        chosen = self.random.choice(there)
        self.free.remove(chosen)
        return chosen

    def is_there(self, name: str) -> bool:
        control = self.copy.control(name)
        return (name in self.told.slots or self._line(name) is not None) and self.copy.root in control.iterancestors()

    def _line(self, name: str) -> Line | None:
        """The row that a place is in; None where it stands alone."""
        row = next(self.copy.control(name).iterancestors(q("w:tr")), None)
        return None if name in self.told.slots else self.told.lines.get(row)

    def say(self, name: str, text: str) -> None:
        line = self._line(name)
        if line is None:
            self.told.slots[name] = text
        else:
            line.cells[ROW_NAME.fullmatch(name)[2]] = text  # type: ignore[index]

    def before(self, name: str) -> str:
        line = self._line(name)
        return self.told.slots[name] if line is None else line.cells[ROW_NAME.fullmatch(name)[2]]  # type: ignore[index]

    # edits ────────────────────────────────────────────────────────────────────────────────────────

    def edit(self) -> None:
        edits = [
            *[self.fill] * 8, *[self.fill_row] * 3, self.tick, self.tick, self.add_row, self.add_row, self.copy_row, self.delete_row,
            self.delete_fact, self.delete_table, self.add_paragraph, self.add_paragraph, self.delete_paragraph, self.move_paragraph,
            self.comment, self.split_runs, self.overwrite, self.overwrite, self.beside_tick,
        ]  # fmt: skip
        self.random.choice(edits)()

    def fill(self, fits: Callable[[str], bool] = lambda _: True) -> None:
        name = self.fresh(lambda name: not TICKS.fullmatch(name) and fits(name))
        if name is None:
            return
        way, text = self.random.choice(["type", "type_in_runs", "type_tracked", "type_behind", "type_below"]), self.words()
        if way in ("type_below", "type_behind") and name.startswith("item_"):
            way = "type"
        before = self.before(name)
        if way == "type_in_runs":
            at = sorted(self.random.randint(0, len(text)) for _ in range(3))
            pieces = [text[: at[0]], text[at[0] : at[1]], text[at[1] : at[2]], text[at[2] :]]
            self.copy.type_in_runs(name, [piece for piece in pieces if piece])
        else:
            getattr(self.copy, way)(name, text)
        between = {"type_behind": before, "type_below": f"{before}\n" if before else ""}.get(way, "")
        self.say(name, between + text)

    def fill_row(self) -> None:
        """Several places of a blank row."""
        name = self.fresh(lambda name: "_new" in name)
        if name:
            key = name.rpartition("_new")[0] + "_new" + name.rpartition("_new")[2][0]
            for _ in range(self.random.randint(1, 4)):
                self.fill(lambda other: other.startswith(key))

    def tick(self) -> None:
        name = self.fresh(lambda name: bool(TICKS.fullmatch(name)))
        if name:
            ticked = self.random.random() < 0.7
            self.copy.type(name, ticked)
            self.say(name, "yes" if ticked else "")

    def beside_tick(self) -> None:
        name, text = self.fresh(lambda name: bool(TICKS.fullmatch(name)) and not BLANK.match(name)), self.words()
        if name:
            self.copy.type_behind(name, text)
            self.told.outside[" ".join(text.split())] += 1
            self.beside_ticks, line = True, self._line(name)
            if line:
                line.beside.append(" ".join(text.split()))

    def overwrite(self) -> None:
        """python-docx sets the text of a whole cell."""
        name, text = self.fresh(lambda name: not name.startswith("item_") and not TICKS.fullmatch(name)), self.words()
        if name:
            line = self._line(name)
            self.say(name, text)
            self.copy.write_over(self.copy.cell(name), text)
            if line:
                line.names.discard(name)

    def add_row(self) -> None:
        table = self.random.choice([*self.told.tables])
        about, kind = self.told.tables[table]
        columns = [*TABLES[kind].heads]
        texts = [self.words() if self.random.random() < 0.6 else "" for _ in columns]
        if not any(texts[1:]):
            texts[1] = self.words()
        row = self.copy.add_row_to(table, texts)
        cells = dict(zip(columns, texts, strict=True))
        if self.random.random() < 0.2:
            first = self.random.randint(0, len(columns) - 2)
            last = self.random.randint(first + 1, len(columns) - 1)
            self.copy.merge(row, first, last)
            together = "\n".join(filter(None, texts[first : last + 1]))
            cells = {c: t for n, (c, t) in enumerate(cells.items()) if not first < n <= last} | {columns[first]: together}
        if self.random.random() < 0.3:
            track(row, "ins")
        self.told.lines[row] = Line(about, kind, "", cells, set())

    def copy_row(self) -> None:
        name = self.fresh(lambda name: self._line_of(name) is not None)
        line = self._line_of(name) if name else None
        if name and line and not line.beside:
            copied = replace(line, cells=dict(line.cells), names=set(line.names), beside=[], has_bookmarks=False)
            self.told.lines[self.copy.copy_row(name)] = copied

    def _line_of(self, name: str) -> Line | None:
        row = next(self.copy.control(name).iterancestors(q("w:tr")), None)
        return self.told.lines.get(row)

    def delete_row(self) -> None:
        name = self.fresh(lambda name: self._line_of(name) is not None)
        if name:
            row, tracked = self.copy.row(name), self.random.random() < 0.5
            self.copy.delete_row(name, tracked)
            self.told.outside.subtract(self.told.lines.pop(row).beside)

    def delete_fact(self) -> None:
        name = self.fresh(lambda name: name in self.told.slots and not name.startswith("item_") and not TICKS.fullmatch(name))
        if name:
            row, tracked = self.copy.row(name), self.random.random() < 0.5
            label = "".join(cells_of(row)[0].itertext(q("w:t")))
            self.copy.delete_row(name, tracked)
            del self.told.slots[name]
            self.told.outside[label] -= 1

    def delete_table(self) -> None:
        table = self.random.choice([*self.told.tables])
        if len(self.told.tables) < 6 or self.random.random() < 0.6:
            return
        for row in table.iterchildren(q("w:tr")):
            self.told.outside.subtract(self.told.lines.pop(row).beside if row in self.told.lines else ())
        for cell in cells_of(next(table.iterchildren(q("w:tr")))):
            self.told.outside["".join(cell.itertext(q("w:t")))] -= 1
        table.getparent().remove(table)
        del self.told.tables[table]

    def _paragraphs(self) -> list[Any]:
        """The paragraphs of the body that nobody has touched, headings and places left out."""
        found = []
        for line in self.copy.root[0].iterchildren(q("w:p")):
            style = line.find(f"{q('w:pPr')}/{q('w:pStyle')}")
            heading = style is not None and style.get(q("w:val"), "").startswith(("Heading", "Title"))
            if not heading and not any(True for _ in line.iter(*map(q, ("w:sdt", "w:sectPr", "w:del", "w:moveFrom", "w:moveTo")))):
                found.append(line)
        return found

    def add_paragraph(self) -> None:
        at, text = self.random.choice(self._paragraphs()), self.words()
        half = self.random.randint(0, len(text))
        runs = [run(text[:half]), run(text[half:])]
        tracked = self.random.random() < 0.3
        at.addprevious(paragraph(inserted(*runs)) if tracked else paragraph(*runs))
        self.told.outside[" ".join(text.split())] += 1

    def delete_paragraph(self) -> None:
        at, tracked = self.random.choice(self._paragraphs()), self.random.random() < 0.5
        self.told.outside[self._text(at)] -= 1
        if tracked:
            self._strike(at, removed)
            at.insert(0, w("pPr")) if at.find(q("w:pPr")) is None else None
            at.find(q("w:pPr")).append(w("rPr", w("del", id="5", author="A")))
        else:
            at.getparent().remove(at)

    @staticmethod
    def _text(line: Any) -> str:
        parts = line.iter(q("w:t"), q("w:br"))
        return " ".join("".join(" " if t.tag == q("w:br") else t.text or "" for t in parts).split())

    @staticmethod
    def _strike(line: Any, mark: Callable[..., Any]) -> None:
        for one in [one for one in line.iter(q("w:r")) if one.getparent().tag != q("w:del")]:
            for text in one.iter(q("w:t")):
                text.tag = q("w:delText")
            around = mark()
            one.addprevious(around)
            around.append(one)

    def move_paragraph(self) -> None:
        there = self._paragraphs()
        at, to = self.random.choice(there), self.random.choice(there)
        if at is to or not self._text(at):
            return
        text = self._text(at)
        for one in [*at.iterchildren(q("w:r"), q("w:ins"))]:
            around = w("moveFrom", id="6", author="A")
            one.addprevious(around)
            around.append(one)
        to.addprevious(paragraph(w("moveTo", run(text), id="7", author="A")))

    def comment(self) -> None:
        name, text = self.fresh(lambda name: name in self.told.slots and not TICKS.fullmatch(name)), self.words()
        if name:
            self.copy.comment(name, text)
            self.told.comments.append(text)

    def split_runs(self) -> None:
        """Word keeps printed words in many runs once its spelling checker has been over them."""
        runs = [r for line in self._paragraphs() for r in line.iterchildren(q("w:r")) if len(r.findall(q("w:t"))) == 1]
        for one in self.random.sample(runs, min(5, len(runs))):
            text = one.find(q("w:t"))
            if text.text and len(one) == 1 + (one.find(q("w:rPr")) is not None):
                half = self.random.randint(0, len(text.text))
                second = run(text.text[half:])
                text.text = text.text[:half]
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                one.addnext(second)
                second.addprevious(w("proofErr", type="gramStart"))


def edited(seed: int) -> tuple[Copy, Told, bool]:
    """Minutes that were edited at random, what must be read of them, and whether all their names are lost."""
    random = Random(seed)
    copy = Copy()
    editor = Editor(random, copy, told_of(copy), [*_names()])
    for _ in range(random.randint(3, 16)):
        editor.edit()
    lost = random.choice(LOST if editor.beside_ticks else [*LOST, ["lose_tags", "lose_bookmarks", "lose_controls"]])
    for what in lost:
        getattr(copy, what)()
    nameless = len(lost) > 1
    for line in editor.told.lines.values():
        line.names &= line.names if line.has_bookmarks or not {"lose_tags", "lose_controls"} & set(lost) else set()
    for name in [name for name in editor.told.slots if nameless and name.startswith("item_")]:
        said = " ".join(editor.told.slots.pop(name).split())
        editor.told.outside.subtract(["Minutes spent:"])
        editor.told.outside.update([f"Minutes spent: {said}".strip()])
    return copy, editor.told, nameless


def must_be(found: Edited, told: Told, rows: list[tuple[str, str, str, dict[str, str]]], seed: int) -> None:
    assert {name: said.text for name, said in found.slots.items()} == told.slots, seed
    assert [(row.about, row.table, row.key, {c: said.text for c, said in row.cells.items()}) for row in found.rows] == rows, seed
    assert Counter(said.text for said in found.outside) == +told.outside, seed
    assert [said.text for said in found.comments] == told.comments, seed
    assert found.tables == set(told.tables.values()), seed


@pytest.mark.parametrize("first", range(0, MANY, AT_ONCE))
def test_whatever_is_written_into_minutes_is_read_exactly_or_listed(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        copy, told, nameless = edited(seed)
        found = read(copy.saved(), LEGEND)
        must_be(found, told, told.rows(copy.root, not nameless), seed)
        assert found.paper == (None if nameless else 17), seed
        assert bool(found.tracked) == any(True for _ in copy.root.iter(*map(q, ("w:ins", "w:del", "w:moveFrom")))), seed


@dataclass
class InLibreOffice(Editor):
    """Does the same by LibreOffice: what is to be done is kept, and done to the copy as far as rows go."""

    do: list[list[Any]] = field(default_factory=list)
    tracks: bool = False
    by: tuple[str, ...] = ()

    def edit(self) -> None:
        often = [*[self.write] * 8, *[self.write_row] * 3, self.new_row, self.new_row]
        edits = [*often, self.mark, self.again, self.remove, self.remark, self.line]
        self.random.choice(edits)()

    def write(self, fits: Callable[[str], bool] = lambda _: True) -> None:
        name = self.fresh(lambda name: not TICKS.fullmatch(name) and fits(name))
        if name is None:
            return
        ways = ["type", "type_inside", *([] if name.startswith("item_") else ["type_before", "type_behind"])]
        if not name.startswith("item_") and not (name.endswith("_information") and "odt" in self.by):
            ways += ["type_over_cell", "empty"]  # after an .odt these delete the bookmark, too: such a row has no other to be known by
        way, text, before = self.random.choice(ways), self.words(), self.before(name)
        if way == "type_inside" and before:
            way = "type"
        self.do.append([way, name] if way == "empty" else [way, name, text])
        self.say(name, {"type_before": text + before, "type_behind": before + text, "empty": ""}.get(way, text))

    def write_row(self) -> None:
        name = self.fresh(lambda name: "_new" in name)
        if name:
            key = name.rpartition("_new")[0] + "_new" + name.rpartition("_new")[2][0]
            for _ in range(self.random.randint(1, 4)):
                self.write(lambda other: other.startswith(key))

    def mark(self) -> None:
        name = self.fresh(lambda name: bool(TICKS.fullmatch(name)) and not self.before(name))
        if name and not self.tracks:
            self.do.append(["tick", name])
            self.say(name, "yes")

    def _in_row(self) -> tuple[str, Any, Line] | None:
        name = self.fresh(lambda name: self._line(name) is not None)
        line = self._line(name) if name else None
        return (name, self.copy.row(name), line) if name and line else None

    def new_row(self) -> None:
        found = self._in_row()
        if found:
            name, row, line = found
            verb = self.random.choice(["add_row", "insert_row"])
            columns = [*TABLES[line.kind].heads]
            texts = ["", *(self.words() if self.random.random() < 0.6 else "" for _ in columns[2:]), self.words()]
            self.do.append([verb, name, texts])
            new = w("tr")
            row.addnext(new) if verb == "insert_row" else row.getparent().append(new)
            self.told.lines[new] = Line(line.about, line.kind, "", dict(zip(columns, texts, strict=True)), set())

    def again(self) -> None:
        found = self._in_row()
        if found and found[2].cells.get("statement_signed") != "yes":
            name, row, line = found
            self.do.append(["copy_row", name])
            new = w("tr")
            row.addprevious(new)
            self.told.lines[new] = replace(line, key="", names=set(), cells=dict(line.cells))

    def remove(self) -> None:
        found = self._in_row()
        if found:
            name, row, _ = found
            self.do.append(["delete_row", name])
            row.getparent().remove(row)
            del self.told.lines[row]

    def remark(self) -> None:
        name, text = self.fresh(lambda name: name in self.told.slots and not name.startswith("item_")), self.words(lines=False)
        if name:
            self.do.append(["comment", name, text])
            self.told.comments.append(text)

    def line(self) -> None:
        text = self.words(lines=False)
        self.do.append(["paragraph", self.random.choice(["Strengths: ", "Any other business", "Next meeting"]), text])
        self.told.outside.update([" ".join(text.split())])


@pytest.mark.needs("soffice")
def test_whatever_is_written_with_libreoffice_is_read_exactly_or_listed(tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_bytes(generated())
    jobs, editors = [], []
    for seed in range(BY_LIBREOFFICE):
        random, copy = Random(seed), Copy()
        by = ((), ("docx",), ("odt",))[seed % 4 % 3]
        editor = InLibreOffice(random, copy, told_of(copy), [*_names()], tracks=seed % 3 == 1, by=by)
        for _ in range(random.randint(3, 16)):
            editor.edit()
        do = [["track"], *editor.do] if editor.tracks else editor.do
        jobs.append({"open": str(tmp_path / "minutes.docx"), "save": str(tmp_path / f"{seed}.docx"), "by": by, "do": do})
        editors.append(editor)
    edit_with_libreoffice(jobs)
    for seed, editor in enumerate(editors):
        found = read((tmp_path / f"{seed}.docx").read_bytes(), LEGEND)
        found.comments.sort(key=lambda said: editor.told.comments.index(said.text) if said.text in editor.told.comments else 0)
        must_be(found, editor.told, editor.told.rows(editor.copy.root), seed)
        assert (found.paper, bool(found.tracked)) == (17, editor.tracks), seed
