"""A form pasted into the text of an e-mail, or saved as a web page: "label: value" lines or a table. Every answer is a guess to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import CHOSEN
from mase_docs.intake.finding import Finding, Key, Reading
from mase_docs.intake.pasted_labels import Labels
from mase_docs.intake.pasted_lines import Line, Piece, lines_of
from mase_docs.intake.pasted_ticks import boxed, chosen
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.versions import best_fit, stamped_forms

FAIR = 0.4
"""The share of the questions which must be answered that a text must have for a form: a mail about a form names fewer."""
TWICE = 5
"""From so many questions answered twice on, there are two forms."""
DEPTHS = 8
"""How many mails deep a form is looked for."""
SIGN_OFF = re.compile(
    r"(kind|warm|best|many|with)?\s*(regards|wishes|thanks)\b.{0,40}|thank you\b.{0,30}|yours (sincerely|faithfully)\b.{0,20}|cheers,?"
    r"|-- ?|_{5,}|={5,}|-{5,}|sent from .{1,40}|get outlook for .{1,20}|this (e-?mail|message) (and|is|may|contains)\b.*"
    r"|(disclaimer|confidentiality notice)\b.*|the (information|contents?) (contained )?(in|of) this (e-?mail|message)\b.*",
    re.IGNORECASE,
)
"""What ends an answer at the foot of a mail: a greeting, a signature, a line, what a mail server adds."""
STORIES = ("long_text", "text_list", "repeat")
"""What may go on over any number of lines; other answers only where a program has broken a long line."""


def read(data: bytes, home: Home) -> Reading:
    """What was found in the newest text that is a form: in a reply or forward, the older ones below it don't count.

    Raises InputRefusedError: AR14 two forms, AR15 another version, AR18 no form in it, AR27 no text, AR28 too long, AR31.
    """
    form, lines = _newest_form(lines_of(data), home)
    typed = _Typed(Labels(form, home))
    for line in _mended(lines, typed.labels):
        typed.take(line)
    if typed.is_two_forms:
        raise refuse("AR14 copies")
    read = warning("AR17", sum(any(times) for times in typed.answers.values()))
    unread = [warning("AR36 lines", len(typed.unread), place=typed.unread[0].place)] if typed.unread else []
    return Reading(form, dict(typed.findings()), [read, *unread])


def _newest_form(lines: list[Line], home: Home) -> tuple[Form, list[Line]]:
    """The form of which the newest lines hold a fair share, those quoted once with them where they alone don't, and so on."""
    forms = [form for form in home.forms if not form.based_on]
    for depth in sorted({line.depth for line in lines})[:DEPTHS]:
        newest = [line for line in lines if line.depth <= depth]
        shares = [(Labels(form, home).share(newest), form) for form in forms]
        if max(share for share, _ in shares) >= FAIR:
            stamped = stamped_forms("\n".join(line.text for line in newest), home)
            return stamped or best_fit([(max(share, share >= FAIR and 0.5 + share / 2), form) for share, form in shares]), newest
    raise refuse("AR18 empty")


def _mended(lines: list[Line], labels: Labels) -> Iterator[Line]:
    """The lines, labels that a program has broken into two put together."""
    held: Line | None = None
    for line in lines:
        if held and (together := _together(held, line)) and labels.named(together.text):
            held, line = None, together
        if held:
            yield held
        held = line if len(line.pieces) == 1 and labels.is_part_of_one(line.text) and not labels.named(line.text) else None
        if not held:
            yield line
    if held:
        yield held


def _together(first: Line, second: Line) -> Line | None:
    if second.apart or len(second.pieces) > 1:
        return None
    return replace(first, pieces=(replace(first.pieces[0], text=f"{first.text} {second.text}"),))


@dataclass
class _Typed:
    """What was typed on one form, as its lines come: which answer goes on, which question's ticks or rows may follow.

    answers  what was said for each place, each time that its label stood there: [["3 July"], ["4 July"]]
    now      the answer that the next line may go on with
    asked    the question whose ticks or rows may follow
    waiting  the answers that may stand below their labels, by column
    ticks    the lines below a question that takes several choices
    columns  of a table: what stands in which column
    row      of a table: the row that is being filled
    unread   what belongs to no question
    below    what stands below a greeting or signature: it matters only if the form goes on after it
    broken   whether the line before may have been broken by a program
    in_stories  the questions whose labels stood in the midst of another answer
    """

    labels: Labels
    answers: dict[Key, list[list[Piece]]] = field(default_factory=dict)
    now: Key | None = None
    asked: Field | None = None
    waiting: dict[int, Key] = field(default_factory=dict)
    ticks: dict[str, list[Line]] = field(default_factory=dict)
    columns: dict[int, Field] = field(default_factory=dict)
    row: int | str = 0
    unread: list[Piece] = field(default_factory=list)
    below: list[Piece] | None = None
    broken: bool = False
    in_stories: list[Key] = field(default_factory=list)

    def take(self, line: Line) -> None:
        if SIGN_OFF.fullmatch(line.text):
            self.now, self.asked, self.waiting, self.below = None, None, {}, self.below or []
            return
        if not (self._is_ticks(line) or self._is_in_table(line) or self._is_asked(line) or self._is_below(line) or self._goes_on(line)):
            left = [p for p in line.pieces if self.answers and not self.labels.is_ours(p.text)]
            (self.unread if self.below is None else self.below).extend(left)
            self.now = None
        elif self.below is not None:
            self.unread, self.below = [*self.unread, *self.below], None
        self.broken = line.may_be_broken

    # several choices

    def _is_ticks(self, line: Line) -> bool:
        asked = self.asked
        if asked is None or asked.type != "select_multiple" or self._asks_another(asked, line):
            return False
        if not chosen(asked, [line], self.labels).known:
            return False
        self.ticks.setdefault(asked.name, []).append(line)
        self.now, self.waiting = None, {}
        return True

    def _asks_another(self, asked: Field, line: Line) -> bool:
        """Whether the label of another question stands in a line, and is no choice of the one before."""
        return any(self.labels.named(p.text) and not self.labels.option(asked, p.text) for p in line.pieces)

    # tables

    def _is_in_table(self, line: Line) -> bool:
        repeat = self.asked
        if repeat is None or repeat.type != "repeat":
            return False
        return self._is_header(repeat, line) or self._is_row(repeat, line) or self._is_pair(repeat, line)

    def _is_header(self, repeat: Field, line: Line) -> bool:
        found = {piece.column: column for piece in line.pieces if (column := self.labels.column(repeat, piece.text))}
        if len(found) < 2 or any(rest for _, rest in found.values()):
            return False
        self.columns, self.waiting = {place: column for place, (column, _) in found.items()}, {}
        return True

    def _is_row(self, repeat: Field, line: Line) -> bool:
        """A row of cells below a header, or one that its number or its words begin."""
        first = line.pieces[0]
        named = self.labels.row(repeat, first.text)
        if named:
            self.row, rest = named
            cells = [*([replace(first, text=rest)] if rest else []), *line.pieces[1:]]
            self._say_cells(repeat, cells)
            return True
        if not self.columns or len(line.pieces) < 2 or self.labels.named(first.text):
            return False
        self.row = self._number + 1
        self._say_cells(repeat, line.pieces)
        return True

    @property
    def _number(self) -> int:
        return int(self.row) if str(self.row).isdigit() else 0

    def _say_cells(self, repeat: Field, cells: Iterable[Piece]) -> None:
        """Each cell in its column; without a header the first column takes the words, and a rating what follows it."""
        self.now, self.waiting = None, {}
        for piece in cells:
            column = self.columns.get(piece.column) if self.columns else repeat.column[0]
            if column is None:
                self.unread.append(piece)
            elif self.columns or not (split := self._rated(repeat, piece)):
                self._say_in_row(repeat, column, piece)
            else:
                for part, said in zip(repeat.column, split, strict=False):
                    self._say_in_row(repeat, part, said)

    def _rated(self, repeat: Field, piece: Piece) -> list[Piece]:
        """ "Medium – late for appointments" as the choice of the first column and the words of the second; [] where it isn't so."""
        rating, _, words = re.sub(r"\s+[-–—]+\s+|[;:,.(]\s*", "\0", piece.text, count=1).partition("\0")
        fits = bool(words) and len(repeat.column) > 1 and self.labels.option(repeat.column[0], rating)
        return [replace(piece, text=rating), replace(piece, text=words.rstrip(")"))] if fits else []

    def _is_pair(self, repeat: Field, line: Line) -> bool:
        """ "Name: A. Parent" below the table's own label, one or more to a line; a column that comes again begins the next row."""
        found = [(piece, pair) for piece in line.pieces if (pair := self.labels.column(repeat, piece.text))]
        for piece, (column, rest) in found:
            if not self.row or self._path(repeat, column) in self.answers:
                self.row = self._number + 1
            self._ask((self._path(repeat, column)[0], None))
            values = [replace(piece, text=rest)] if rest else [p for p in line.pieces if p.column == piece.column + 1]
            for value in values:
                self._say((self._path(repeat, column)[0], None), value)
        return bool(found)

    def _path(self, repeat: Field, column: Field) -> Key:
        return f"{repeat.name}[{self.row}].{column.name}", None

    def _say_in_row(self, repeat: Field, column: Field, piece: Piece) -> None:
        key = self._path(repeat, column)
        self._ask(key)
        self._say(key, piece)

    # questions

    def _is_asked(self, line: Line) -> bool:
        """A line with labels in it: the answer stands behind a label, in the next cell, or else below it."""
        current: Key | None = None
        found = False
        if any(self._is_choice(self.waiting.get(piece.column), piece) for piece in line.pieces):
            return False
        for piece in line.pieces:
            named = None if self._is_choice(current, piece) else self.labels.named(piece.text)
            if named and self._is_part_of_story(named.key, piece):
                return True
            if named:
                found, current = True, self._begin(named.key, piece, named.rest)
            elif current and not self.labels.is_ours(piece.text):
                self._say(current, piece)
                current = None
            elif found and not self.labels.is_ours(piece.text):
                self.unread.append(piece)
        return found

    def _is_choice(self, key: Key | None, piece: Piece) -> bool:
        """Whether words are a choice of the question that waits for its answer, though another question may be called the same."""
        return key is not None and not piece.text.endswith("?") and bool(self.labels.option(self.labels.form.at(key[0]), piece.text))

    def _begin(self, key: Key, piece: Piece, rest: str) -> Key | None:
        """A question is asked. What is still wanted: its key, where nothing stood behind the label."""
        self._ask(key)
        path = self.labels.form.fields.get(key[0])
        if path:
            self.asked, self.columns, self.row = path, {}, 0
        self.waiting = {column: one for column, one in self.waiting.items() if not any(self.answers[one][-1])} | {piece.column: key}
        if rest and not self.labels.is_ours(rest):
            self._say(key, replace(piece, text=rest))
            return None
        return key

    def _is_part_of_story(self, key: Key, piece: Piece) -> bool:
        """Whether a label stands in the midst of an answer in words, and has been answered before: then it is only words."""
        if not self.now or not self._is_story(self.now) or len(self.answers[self.now]) > 1 or not any(self.answers.get(key, ())):
            return False
        self.in_stories.append(key)
        self.answers[self.now][-1].append(piece)
        return True

    def _is_story(self, key: Key) -> bool:
        return "[" not in key[0] and self.labels.form.at(key[0]).type == "long_text"

    def _ask(self, key: Key) -> None:
        self.answers.setdefault(key, []).append([])
        self.now = key

    def _say(self, key: Key, piece: Piece) -> None:
        self.answers[key][-1].append(piece)
        self.waiting = {column: one for column, one in self.waiting.items() if one != key}
        self.now = key

    def _is_below(self, line: Line) -> bool:
        """Answers that stand below their labels, each in its label's column."""
        fits = [(self.waiting[piece.column], piece) for piece in line.pieces if piece.column in self.waiting]
        if not fits or self.labels.is_ours(line.pieces[0].text):
            return False
        for key, piece in fits:
            self._say(key, piece)
        return True

    def _goes_on(self, line: Line) -> bool:
        """A further line of the answer before: words go on, anything else only where a long line was broken."""
        if self.now is None or len(line.pieces) > 1 or not any(self.answers[self.now][-1:]):
            return False
        joined = self.broken and not line.apart
        if not joined and self.labels.form.at(self.now[0]).type not in STORIES:
            return False
        piece = line.pieces[0]
        if self.labels.is_ours(piece.text):
            return False
        if joined:
            last = self.answers[self.now][-1].pop()
            piece = replace(last, text=f"{last.text} {piece.text}")
        self.answers[self.now][-1].append(piece)
        return True

    # what came of it

    @property
    def is_two_forms(self) -> bool:
        """Whether so many questions were answered again that a second form stands below the first."""
        again = [key for key, times in self.answers.items() if "[" not in key[0] and len([t for t in times if t]) > 1]
        return len({*again, *self.in_stories}) >= TWICE

    def _texts(self, key: Key) -> list[str]:
        """What was said at a place each time, once where it is the same."""
        told = ("\n".join(piece.text for piece in time) for time in self.answers[key] if time)
        return list({plain(text): text for text in reversed([*told])}.values())[::-1]

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        for key in self.answers:
            yield key, self._finding(key)

    def _finding(self, key: Key) -> Finding:
        """All that was said at one place: two answers that differ stand side by side, so that neither is taken for the right one."""
        places = [piece.place for time in self.answers[key] for piece in time]
        asked = self.labels.form.fields.get(key[0])
        texts = [boxed(text) if self._type(key) in CHOSEN else text for text in self._texts(key)]
        if asked and asked.name in self.ticks:
            ticked = chosen(asked, self.ticks[asked.name], self.labels)
            texts, places = [*texts, *ticked.labels], [*places, *ticked.places]
        return Finding("; ".join(texts) or None, places[0] if places else "", "low")

    def _type(self, key: Key) -> str:
        return self.labels.form.at(key[0]).type
