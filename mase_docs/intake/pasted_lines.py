"""The text of an e-mail or of a saved web page, line by line: plain text, or HTML with its tables laid out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from mase_docs.intake import limits
from mase_docs.intake.refusals import refuse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LINES = 10_000
"""A longer text than this is no form."""
SPAN = 200
"""The most columns and rows that a cell of a table may reach over (a form's own table has ten columns)."""
WRAPPED = 60
"""From this length on, a line of plain text may have been broken by the program that sent it (RFC 3676, 4.1: 66 to 78)."""

HTML = re.compile(r"\s*+(<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(!doctype\s+html|/?[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
OUTERMOST = re.compile(r"\A\s*<\?xml[^>]*>|</?(?:html|body|head)\b[^<>]{0,2000}>", re.IGNORECASE)
"""Tags that a page doesn't need; what stands behind the last of them, a browser shows and libxml2 would drop."""
QUOTED = re.compile(r"\A(?:[ \t]*>)+ ?")
QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
OLDER = re.compile(
    r"-{2,}\s*(original message|forwarded message|forwarded by .*)\s*-*|begin forwarded message:|_{20,}\s*from:.*", re.IGNORECASE
)
WROTE = re.compile(r"(on|am|le) .{6,200}(wrote|schrieb|écrit)\s*:", re.IGNORECASE | re.DOTALL)
HEAD_LINE = re.compile(r"(from|sent|date|to|cc|subject)\s*:", re.IGNORECASE)
"""Where an older mail begins below a newer one: Outlook, Gmail and Apple Mail each in their way."""

SKIPPED = {"style", "script", "head", "title", "noscript", "template", "object", "svg", "math", "s", "strike", "del"}
"""What is no text to read, and text that is struck out."""
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|text-decoration[^;]*line-through", re.IGNORECASE)
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "hr", "blockquote", "dl"}
BLOCKS |= {"dt", "dd", "body", "section", "article", "fieldset", "form", "pre", "address", "caption", "center"}
BOXES = {True: "☑ ", False: "☐ "}


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of a table, one stretch between tabs, or a whole line: its words, its column from 1, and its place in words."""

    text: str
    column: int
    place: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one row of a table. depth: how often it was quoted, 0 in the newest text; apart: after an empty line."""

    pieces: tuple[Piece, ...]
    depth: int = 0
    apart: bool = False

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def may_be_broken(self) -> bool:
        return len(self.pieces) == 1 and len(self.pieces[0].text) >= WRAPPED


def lines_of(data: bytes) -> list[Line]:
    """Every line that holds words. Raises InputRefusedError: AR27 where it is no text, AR28 where it is far too long."""
    if len(data) > limits.XML_PART:
        raise refuse("AR28")
    text = decoded(data)
    lines = list(with_older_apart(list(html_lines(text) if HTML.match(text) else text_lines(text))))
    if len(lines) > LINES:
        raise refuse("AR28")
    return lines


def decoded(data: bytes) -> str:
    """The text of some bytes: by their byte order mark, as UTF-8, as a page says itself, else as Windows-1252."""
    for mark, coding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    told = CHARSET.search(data[:2000])
    for coding in ("utf-8", told[1].decode("ascii") if told else "cp1252"):
        try:
            return data.decode(coding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def text_lines(text: str) -> Iterator[Line]:
    """The lines of a plain text, cells between tabs, "> " taken off and counted."""
    apart = False
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        quoted = QUOTED.match(line)
        body = line[quoted.end() :] if quoted else line
        parts = [(part.strip(), column) for column, part in enumerate(body.split("\t"), 1)]
        pieces = tuple(Piece(part, column, f"line {number}") for part, column in parts if part)
        if pieces:
            yield Line(pieces, quoted[0].count(">") if quoted else 0, apart)
        apart = not pieces


def with_older_apart(lines: list[Line]) -> Iterator[Line]:
    """The lines of older mails below the newest one made deeper than it, where only their heads tell them apart."""
    older = 0
    for number, line in enumerate(lines):
        begins = line.depth == 0 and _begins_older(lines[number : number + 5])
        older += begins
        yield replace(line, depth=line.depth + older)


def _begins_older(lines: list[Line]) -> bool:
    """Whether an older mail begins here. Below "… wrote:" its lines may be quoted one by one; then they tell it themselves."""
    first = lines[0].text
    if OLDER.fullmatch(first):
        return True
    if first.casefold().startswith("from:"):
        return sum(bool(HEAD_LINE.match(line.text)) for line in lines) > 2
    last = 1 if WROTE.fullmatch(first) else 2 if len(lines) > 1 and WROTE.fullmatch(f"{first} {lines[1].text}") else 0
    return bool(last) and not any(line.depth for line in lines[last : last + 1])


def html_lines(text: str) -> Iterator[Line]:
    """The lines and the rows of tables of a web page; nothing is fetched, no script is run.

    Raises InputRefusedError AR27 where there is no page in it.
    """
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(OUTERMOST.sub("", text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise refuse("AR27") from None
    yield from _Page(root).lines()


@dataclass
class _Page:
    """One walk through a page, or through one cell of it."""

    root: HtmlElement
    words: list[str] = field(default_factory=list)
    depth: int = 0
    tables: dict[Any, _Table] = field(default_factory=dict)
    number: Iterator[int] = field(default_factory=lambda: count(1))

    def lines(self) -> Iterator[Line]:
        from lxml import etree

        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                yield from self._leave(element)
            elif self._is_hidden(element):
                walk.skip_subtree()
            elif element.tag == "tr" and _is_row(element):
                yield from self._broken()
                yield from self._row(element)
                walk.skip_subtree()
            else:
                yield from self._enter(element)
        yield from self._broken()

    @staticmethod
    def _is_hidden(element: HtmlElement) -> bool:
        return element.tag in SKIPPED or bool(HIDDEN.search(element.get("style") or ""))

    def _enter(self, element: HtmlElement) -> Iterator[Line]:
        if element.tag in BLOCKS or element.tag == "br":
            yield from self._broken()
        self.depth += _is_quoted(element)
        if element.tag == "pre":
            self.words.append(element.text or "")
        else:
            self.words.append(_control(element) if element.tag in ("input", "option") else _flat(element.text))

    def _leave(self, element: HtmlElement) -> Iterator[Line]:
        if element.tag in BLOCKS:
            yield from self._broken()
        self.depth -= _is_quoted(element) and not self._is_hidden(element)
        if element is not self.root:
            self.words.append(_flat(element.tail))

    def _broken(self) -> Iterator[Line]:
        """The line that has come together so far; several, where the page was written as plain text."""
        together, self.words = "".join(self.words), []
        for line in together.split("\n"):
            if said := " ".join(line.split()):
                yield Line((Piece(said, 1, f"line {next(self.number)}"),), self.depth)

    def _row(self, element: HtmlElement) -> Iterator[Line]:
        home = next((e for e in element.iterancestors("table")), None)
        table = self.tables.setdefault(home, _Table(len(self.tables) + 1))
        pieces = tuple(table.pieces(element))
        if pieces:
            yield Line(pieces, self.depth)


@dataclass
class _Table:
    """One table, row by row, with the cells that reach down into rows to come: column → how many more rows."""

    number: int
    row: int = 0
    reaching: dict[int, int] = field(default_factory=dict)

    def pieces(self, row: HtmlElement) -> Iterator[Piece]:
        self.row += 1
        taken = {column for column, rows in self.reaching.items() if rows > 0}
        self.reaching = {column: rows - 1 for column, rows in self.reaching.items() if rows > 1}
        column = 1
        for cell in _cells(row):
            while column in taken:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            text = "\n".join(line.text for line in _Page(cell).lines())
            if text:
                yield Piece(text, column, f"table {self.number}, row {self.row}, column {column}")
            self.reaching |= dict.fromkeys(range(column, column + wide), high - 1)
            column += wide


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_row(row: HtmlElement) -> bool:
    """Whether a row holds answers: one that holds a whole table, or a single cell, is only there for the looks."""
    return len(_cells(row)) > 1 and next(row.iter("table"), None) is None


def _span(cell: HtmlElement, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), SPAN) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _is_quoted(element: HtmlElement) -> bool:
    return element.tag == "blockquote" or any(name in (element.get("class") or "").split() for name in QUOTE_CLASSES)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _control(element: HtmlElement) -> str:
    """What a box of a web form holds (HTML Living Standard, 4.10): a tick, the words typed, the option chosen."""
    if element.tag == "option":
        return _flat(element.text) if element.get("selected") is not None else ""
    kind = (element.get("type") or "text").casefold()
    if kind in ("checkbox", "radio"):
        return BOXES[element.get("checked") is not None]
    return _flat(element.get("value")) if kind in ("text", "date", "email", "tel", "number", "search", "url", "datetime-local") else ""
