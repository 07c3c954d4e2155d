"""Minutes as the real template makes them, and what people do to them: in Word, as it writes it into the XML, and with python-docx.

`Copy` is one copy of the minutes that is edited; places are named as their controls are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from docx.oxml.parser import parse_xml
from docx.table import Table, _Cell
from lxml import etree

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import meeting_paper
from mase_docs.merge.word import render
from mase_docs.model.sitting import ActionSaid, Attended, Discussed, Hearing, Meeting, Shared, Sitting, Theme
from tests.documents.forms import referral
from tests.fillers.word_fill import fill_control, q

LEGEND = {"MASE-2026-0007": "case12", "MASE-2026-0008": "case13", "MASE-2026-0009": "case14", "Eastwick Academy": "theme4"}
NAMES = ("Borough Police", "School Nursing", "Young Hackney", "Children in Need", "Gangs Unit")
SHARED = "Seen twice at the canal.\nNothing new at home,  so far.\n\nMore & <soon>: “safe”"
SIGNED = {"w:id": "900", "w:author": "Somebody", "w:date": "2026-05-07T10:00:00Z"}
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def action(number: int, said: str, **more: Any) -> ActionSaid:
    told = {"about": "All", "code": "borough_police", "agency": "Borough Police", "lead_person": "PC Lowe", "due": date(2026, 5, 20)}
    return ActionSaid(f"action{number}", f"A-2026-{number:04}", action=said, **{**told, **more})


def sitting(cases: int = 2) -> Sitting:
    """A meeting of a few cases, one theme and five agencies; the first case has been minuted before."""
    agencies = tuple(Attended(f"agency{n}", plain, name) for n, (name, plain) in enumerate(((n, n.casefold()) for n in NAMES), 1))
    hearings = [_hearing(n) for n in range(cases)]
    hearings[0] = replace(
        hearings[0],
        shared=(Shared("agency1", "borough police", "Borough Police", SHARED),),
        discussed=Discussed("accept_actions", "It is urgent.\nAll agree.", None, True, "A notice", date(2026, 6, 3), "P. Raman", 12),
        set_here=(action(31, "Visit the family\nand the school", case="case12"),),
    )
    return Sitting(
        Meeting(date(2026, 5, 6), venue="Room 1", chair="Dee Marsh", started="10:00", state="minutes_draft"),
        paper=17,
        agencies=agencies,
        observers=(Attended("observer1", "", "Invented College", name="Ann Other", statement_signed=True),),
        hearings=tuple(hearings),
        themes=(Theme("theme4", "Eastwick Academy", "School", ("MASE-2026-0007 / ZL / 16F",), evidence="Two go there."),),
        outstanding=(action(5, "Write to the landlord"), action(6, "Ask the school", times_carried=2, status="in_progress")),
        general=(action(32, "Send the leaflet"),),
        spent={"disruption": 10},
    )


def _hearing(number: int) -> Hearing:
    reference = f"MASE-2026-{7 + number:04}"
    return Hearing(f"case{12 + number}", referral(number), reference, f"{reference} / ZL / 16F")


@cache
def generated(cases: int = 2) -> bytes:
    """The minutes of that meeting."""
    context = meeting_paper.context("minutes", [], Home(), on=None, today=date(2026, 5, 6), sitting=sitting(cases))
    shown = meeting_paper.must_show(context)
    return render(resources.folder("templates") / "minutes.docx", context, shown, title=context["title"])


@cache
def lean() -> dict[str, bytes]:
    """The parts of the minutes of two cases without the styles of tables, most of which no table has: they are read in half the time."""
    parts = unzipped(generated())
    styles = etree.fromstring(parts["word/styles.xml"])
    for style in [*styles.iterchildren(q("w:style"))]:
        if style.get(q("w:type")) == "table":
            styles.remove(style)
    return {**parts, "word/styles.xml": etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)}


def w(tag: str, *inside: Any, **attributes: str) -> Any:
    made = etree.Element(q(f"w:{tag}"), {q(f"w:{key}"): said for key, said in attributes.items()})
    made.extend(inside)
    return made


def run(text: str, kind: str = "t") -> Any:
    """Words in a run, lines and tabs as Word writes them."""
    made = w("r")
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(w("br"))
        if line or not number:
            words = etree.SubElement(made, q(f"w:{kind}"))
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def inserted(*inside: Any) -> Any:
    return w("ins", *inside, **{key[2:]: said for key, said in SIGNED.items()})


def removed(*inside: Any) -> Any:
    return w("del", *inside, **{key[2:]: said for key, said in SIGNED.items()})


def paragraph(*inside: Any) -> Any:
    return w("p", *inside)


@cache
def _parsed() -> Any:
    return parse_xml(lean()["word/document.xml"])


class Copy:
    """One copy of the minutes."""

    def __init__(self) -> None:
        self.parts = dict(lean())
        self.root = deepcopy(_parsed())
        self.controls = {tag.get(q("w:val")): tag.getparent().getparent() for tag in self.root.iter(q("w:tag"))}
        self.comments: list[Any] = []

    def saved(self) -> bytes:
        if self.comments:
            self.add_part("comments", w("comments", *self.comments))
        parts = {**self.parts, "word/document.xml": etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)}
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
            for name, data in parts.items():
                file.writestr(name, data)
        return out.getvalue()

    def add_part(self, kind: str, root: Any) -> None:
        """A part beside the document, named by its kind: comments, footnotes."""
        self.parts[f"word/{kind}.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        related = f'<Relationship Id="own{kind}" Type="{RELATED}/{kind}" Target="{kind}.xml"/></Relationships>'.encode()
        typed = f'<Override PartName="/word/{kind}.xml" ContentType="{TYPES}.{kind}+xml"/></Types>'.encode()
        self._append("word/_rels/document.xml.rels", b"</Relationships>", related)
        self._append("[Content_Types].xml", b"</Types>", typed)

    def _append(self, part: str, end: bytes, more: bytes) -> None:
        self.parts[part] = self.parts[part].replace(end, more)

    # where ────────────────────────────────────────────────────────────────────────────────────────

    def control(self, name: str) -> Any:
        return self.controls[name]

    def content(self, name: str) -> Any:
        return self.controls[name].find(q("w:sdtContent"))

    def _around(self, name: str, kind: str) -> Any:
        return next(self.controls[name].iterancestors(q(f"w:{kind}")))

    def cell(self, name: str) -> Any:
        return self._around(name, "tc")

    def row(self, name: str) -> Any:
        return self._around(name, "tr")

    def table(self, name: str) -> Any:
        return self._around(name, "tbl")

    def paragraph(self, words: str) -> Any:
        """The first paragraph outside tables with these words in it."""
        found = (p for p in self.root.iter(q("w:p")) if words in "".join(p.itertext(q("w:t"))))
        return next(p for p in found if not any(True for _ in p.iterancestors(q("w:tc"))))

    # typing ───────────────────────────────────────────────────────────────────────────────────────

    def type(self, name: str, text: str | bool) -> None:
        """As Word does: the first words go, what is typed takes their place."""
        fill_control(self.controls[name], text)

    def type_in_runs(self, name: str, pieces: Iterable[str]) -> None:
        """The same, as Word keeps it after many small corrections: run after run, with marks of the spelling checker between."""
        self.type(name, "")
        content = self.content(name)
        for old in list(content):
            content.remove(old)
        for piece in pieces:
            content.extend([w("proofErr", type="spellStart"), run(piece), w("proofErr", type="spellEnd")])

    def type_tracked(self, name: str, text: str) -> None:
        """With changes tracked: what stood there is struck out, what is typed is marked as new."""
        content = self.content(name)
        empty = self.control(name).find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}")
        before = list(content)
        if empty is not None:
            empty.getparent().remove(empty)
        for old in before:
            content.remove(old)
            if empty is None:
                content.append(removed(_struck(old)))
        content.append(inserted(run(text)))

    def type_behind(self, name: str, text: str) -> None:
        """Behind the control, in its paragraph."""
        next(self.controls[name].iterancestors(q("w:p"))).append(run(text))

    def type_below(self, name: str, text: str) -> None:
        """In a paragraph of its own below the control, in its cell."""
        self.cell(name).append(paragraph(run(text)))

    def empty(self, name: str) -> None:
        """Deletes all that stands in the cell, the control with it."""
        self.write_over(self.cell(name), "")

    @staticmethod
    def write_over(cell: Any, text: str) -> None:
        """As python-docx sets the text of a cell: nothing that stood there is left."""
        _Cell(cell, None).text = text  # type: ignore[arg-type]

    # rows ─────────────────────────────────────────────────────────────────────────────────────────

    def add_row(self, name: str, texts: Iterable[str]) -> Any:
        """A row at the end of the table of a place, as python-docx adds one."""
        return self.add_row_to(self.table(name), texts)

    @staticmethod
    def add_row_to(table: Any, texts: Iterable[str]) -> Any:
        row = Table(table, None).add_row()  # type: ignore[arg-type]
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
        return row._tr

    def copy_row(self, name: str) -> Any:
        """A copy of a row right below it as Word makes one: the controls have their tags, the bookmarks stay with the first."""
        row = self.row(name)
        copy = deepcopy(row)
        for mark in [*copy.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        row.addnext(copy)
        return copy

    def delete_row(self, name: str, tracked: bool = False) -> None:
        row = self.row(name)
        if tracked:
            track(row, "del")
        else:
            row.getparent().remove(row)

    def delete_table(self, name: str) -> None:
        table = self.table(name)
        table.getparent().remove(table)

    @staticmethod
    def merge(row: Any, first: int, last: int) -> None:
        """Merges cells of a row as Word does: the paragraphs of all stand in the first, blank ones left out."""
        kept, *gone = cells_of(row)[first : last + 1]
        kept.get_or_add_tcPr().append(w("gridSpan", val=str(len(gone) + 1)))
        for cell in gone:
            for line in cell.findall(q("w:p")):
                if line.find(f".//{q('w:t')}") is not None:
                    kept.append(line)
            row.remove(cell)

    def comment(self, name: str, text: str) -> None:
        number = str(len(self.comments))
        inside = (paragraph(run(line)) for line in text.split("\n"))
        self.comments.append(w("comment", *inside, id=number, author="Somebody", initials="S"))
        next(self.controls[name].iterancestors(q("w:p"))).append(w("r", w("commentReference", id=number)))

    # what is lost ─────────────────────────────────────────────────────────────────────────────────

    def lose_tags(self) -> None:
        """As LibreOffice 7.4 does when it saves, captions of tables with them."""
        for lost in [*self.root.iter(q("w:tag"), q("w:tblCaption"))]:
            lost.getparent().remove(lost)

    def lose_bookmarks(self) -> None:
        for lost in [*self.root.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))]:
            lost.getparent().remove(lost)

    def lose_controls(self) -> None:
        """As Google Docs does: what stood in them is plain text, first words and boxes too."""
        for sdt in [*self.root.iter(q("w:sdt"))]:
            for inside in [*sdt.find(q("w:sdtContent"))]:
                sdt.addprevious(inside)
            sdt.getparent().remove(sdt)


def cells_of(row: Any) -> list[Any]:
    return list(row.iterchildren(q("w:tc")))


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def track(row: Any, kind: str) -> None:
    """Marks a row as put in or taken out, and all that stands in it."""
    row.get_or_add_trPr().append(w(kind, **{key[2:]: said for key, said in SIGNED.items()}))
    for old in [*row.iter(q("w:r"))]:
        mark = inserted() if kind == "ins" else removed()
        old.addprevious(mark)
        mark.append(old if kind == "ins" else _struck(old))
    if kind == "del":
        for old in [*row.iter(q("w:r"))]:
            if old.getparent().tag != q("w:del"):
                old.getparent().remove(old)


def _struck(old: Any) -> Any:
    """A run as it is kept once it was deleted."""
    struck = deepcopy(old)
    for words in struck.iter(q("w:t")):
        words.tag = q("w:delText")
    return struck


def said_in(copy: Copy) -> dict[str, str]:
    """What stands in each control, by its tag; asked of the XML itself."""
    return {name: _said(sdt) for name, sdt in copy.controls.items()}


def _said(sdt: Any) -> str:
    if sdt.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None:
        return ""
    parts = sdt.find(q("w:sdtContent")).iter(q("w:t"), q("w:br"))
    text = "".join("\n" if part.tag == q("w:br") else part.text or "" for part in parts)
    return re.sub("[☐☒]", lambda box: "yes" if box[0] == "☒" else "", text)
