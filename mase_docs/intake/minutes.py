"""Minutes as people gave them back, edited in Word or LibreOffice → what stands in each place, in each row, and everywhere else.

Read by the names of controls and bookmarks, else by table and heading, and never guessed: what belongs to no place is listed with where it
stands. Nothing in the file is run, no link followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from xml.etree.ElementTree import Element

from mase_docs.definition.boxes import EMPTY
from mase_docs.errors import InputRefusedError
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import PAPER
from mase_docs.intake.minutes_places import Places
from mase_docs.intake.minutes_rows import Rows
from mase_docs.intake.minutes_subjects import Subjects, about
from mase_docs.intake.minutes_text import Text, typed
from mase_docs.intake.minutes_walk import MinutesDocument, MinutesWalk
from mase_docs.intake.package import named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.word_marks import value
from mase_docs.model.edited import Edited, Typed

OTHER = {"Other actions": "other"}
"""The heading that the template has over the actions that belong to no case or theme."""
RUNNING = {"header": "page header", "footer": "page footer"}
NOTES = ("footnote", "endnote")


def read(data: bytes, legend: dict[str, str]) -> Edited:
    """What edited minutes (.docx) say.

    legend  what a heading may hold → what stands beneath it is about: {"MASE-2026-0007": "case12", "Eastwick Academy": "theme4"}

    Raises InputRefusedError: AR27 damaged, AR28 too large or not as an office program makes it, AR42 no minutes.
    """
    try:
        found = Minutes(MinutesDocument(data), Headings({**OTHER, **legend})).edited()
    except (MemoryError, RecursionError):
        raise refuse("AR28 minutes") from None
    except InputRefusedError as refusal:
        raise refuse(f"{refusal.code} minutes") from None
    if found.paper is None and not found.slots and not found.tables:
        raise refuse("AR42")
    return found


@dataclass(frozen=True)
class Minutes:
    """One file's minutes."""

    document: MinutesDocument
    headings: Headings

    def edited(self) -> Edited:
        """All of it. Each step takes its words from the text; the last lists those that nobody took."""
        found = Edited(self._paper, dict(self._places.by_name()))
        rows = Rows(self._text, self.headings)
        for table, parts, key in Subjects(self._places, self.headings).all():
            for part in parts:
                of = about(part, key)
                found.tables.update([(of, part.kind)] if of else [])
                found.rows.extend(rows.of(part, of) if of else ())
            listed = {id(row) for part in parts for row in part.rows}
            facts = [row for row in table.rows if id(row) not in listed]
            found.slots.update([*self._places.by_label(facts, key, found.slots)])
        found.outside.extend([*self._outside(self._body, self._text), *self._running(), *self._notes()])
        found.comments.extend(self._comments())
        return replace(found, tracked=sum(walk.noted["tracked"] for walk in self._walks))

    @property
    def _body(self) -> MinutesWalk:
        return self.document.walk

    @cached_property
    def _text(self) -> Text:
        return Text(self._body)

    @cached_property
    def _places(self) -> Places:
        return Places(self._body, self._text, self.headings)

    @cached_property
    def _walks(self) -> list[MinutesWalk]:
        """All that was gone through."""
        return [self._body]

    @property
    def _paper(self) -> int | None:
        said = (PAPER.fullmatch(span.name) for span in self._body.spans)
        return next((int(paper[1]) for paper in said if paper), None)

    def _outside(self, walk: MinutesWalk, text: Text, place: str = "") -> Iterator[Typed]:
        """Every paragraph of which something is left that is more than what controls say while they are empty."""
        for line in walk.lines:
            said = " ".join(typed(text.left(line)).split())
            if said.strip(EMPTY):
                yield Typed(said, place or self.headings.place(line.place, line.under))

    def _gone_through(self, root: Element) -> MinutesWalk:
        walk = self.document.part(root)
        self._walks.append(walk)
        return walk

    def _running(self) -> Iterator[Typed]:
        """What stands above and below the pages, each once however many sections repeat it."""
        for kind, place in RUNNING.items():
            parts = map(self._gone_through, self.document.package.related(f"/{kind}"))
            yield from dict.fromkeys(said for walk in parts for said in self._outside(walk, Text(walk), place))

    def _notes(self) -> Iterator[Typed]:
        for kind in NOTES:
            for note in self._numbered(kind):
                walk = self._gone_through(note)
                yield from self._outside(walk, Text(walk), f"{kind} at {self._where(kind, note)}")

    def _numbered(self, kind: str) -> Iterator[Element]:
        """The notes or comments; the lines that part notes from the text are written as such too (17.11.17)."""
        for part in self.document.package.related(f"/{kind}s"):
            yield from (note for note in named(part, kind) if value(note, "type") in (None, "normal"))

    def _where(self, kind: str, note: Element) -> str:
        hangs = self._body.hangs.get((kind, value(note, "id") or ""))
        return self.headings.place(hangs.place, hangs.under) if hangs else "no place any more"

    def _comments(self) -> Iterator[Typed]:
        for comment in self._numbered("comment"):
            walk = self._gone_through(comment)
            said = "\n".join(map(walk.text, walk.lines)).strip()
            if said:
                yield Typed(said, self._where("comment", comment))
