"""A completed Excel form → which form it is, and what was found in each of its places."""

from __future__ import annotations

import re
from collections import Counter

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.answers import is_blank
from mase_docs.intake.as_sent import Sent, agreed
from mase_docs.intake.cells import Words, finding
from mase_docs.intake.finding import Finding, Findings, Reading
from mase_docs.intake.layout import read_by_labels, share_found
from mase_docs.intake.locators import recognised, unfound
from mase_docs.intake.own_grid import read_own
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.sheet import At, Book, Sheet
from mase_docs.intake.versions import ENOUGH, best_fit, known_form, stamped_forms
from mase_docs.intake.workbook import Workbook
from mase_docs.problems import Problem

REFERENCE = "FormReference"
"""The custom property in which a form that was sent back carries its reference."""
OURS = ("lists", "_form")
"""The hidden sheets of our own blanks."""
FOOTER_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|.)')
"""Fonts, sizes, colours and parts in a header or footer (ECMA-376 part 1, 18.3.1.46)."""


def read(data: bytes, home: Home) -> Reading:
    """What was found in a workbook.

    Raises InputRefusedError: AR15 unknown form or version, AR27 damaged, AR28 too large, AR31 two definitions fit.
    """
    return read_book(Workbook(data), home)


def read_book(book: Book, home: Home) -> Reading:
    """What was found in a book of sheets, whatever format it came from. Raises InputRefusedError: AR14 copies, AR15, AR31."""
    own = None if _says_which(book) else _own_form(book, home)
    form = own or _ours(book, home)
    findings, problems = (_read_theirs if own else _read_ours)(book, form, home)
    notes = [*problems, *_notes(book, findings, form, home)]
    return Reading(form, findings, notes, book.date1904, reference=book.properties.get(REFERENCE, ""))


def _says_which(book: Book) -> tuple[str, str] | None:
    """Id and version from the hidden sheet, else from the document's properties."""
    if "_form" in book.entries:
        hidden = book.sheet("_form")
        said = {str(hidden.cell((row, 1)).value): str(hidden.cell((row, 2)).value) for row in (1, 2)}
        if "form_id" in said:
            return said["form_id"], said.get("form_version", "")
    if "FormId" in book.properties:
        return book.properties["FormId"], book.properties.get("FormVersion", "")
    return None


def _own_form(book: Book, home: Home) -> Form | None:
    sheets = book.visible()
    return recognised(home, "xlsx", " ".join(Words(sheet).together for sheet in sheets), sheets=[sheet.name for sheet in sheets])


def _ours(book: Book, home: Home) -> Form:
    """Our form that a workbook is: as it says, as its footer is stamped, or as most of its labels are."""
    said = _says_which(book)
    if said:
        return known_form(*said, home)
    printed = " ".join(FOOTER_CODES.sub(" ", sheet.footer) for sheet in book.visible())
    return stamped_forms(printed, home) or _alike(book, home)


def _alike(book: Book, home: Home) -> Form:
    words = [Words(sheet) for sheet in book.visible()]
    shares = [(max((share_found(form, sheet) for sheet in words), default=0.0), form) for form in home.forms if not form.based_on]
    return best_fit(shares)


def _read_theirs(book: Book, form: Form, home: Home) -> tuple[Findings, list[Problem]]:
    """The answers of a borough's own form, and what is missing of it."""
    findings = read_own(book, form, home)
    gone = unfound(form, "xlsx", findings)
    return findings, [warning("AR34", len(gone), field=gone[0] if gone[0] in form.fields else None)] if gone else []


def _read_ours(book: Book, form: Form, home: Home) -> tuple[Findings, list[Problem]]:
    """The answers, and what is missing of the form or stands beside it."""
    sent = Sent(form, home)
    findings = _found(book, sent)
    if all(is_blank(found.raw) and not found.issues for found in findings.values()):
        findings = _the_filled_copy(book, findings, form, home)
    gone = [slot for slot in sent.slots if (slot.path, slot.option) not in findings]
    astray = sent.written_elsewhere(book, findings)
    missing = [warning("AR34", len(gone), field=gone[0].path)] if gone else []
    return findings, [*missing, *([warning("AR36", len(astray), place=astray[0])] if astray else [])]


def _found(book: Book, sent: Sent) -> Findings:
    """By the defined names; where some were lost, the rest by labels; where they have slipped, everything by labels."""
    pointing = [(slot, *place) for slot in sent.slots if (place := book.names.get(slot.name.casefold())) and place[0] in book.entries]
    named = {(slot.path, slot.option): _at_its_name(book.sheet(name), at) for slot, name, at in pointing}
    if sent.stands_in(book):
        return named
    sheets = [Words(sheet) for sheet in book.visible()]
    best = max(sheets, key=lambda sheet: share_found(sent.form, sheet), default=None)
    labelled = read_by_labels(sent.form, best, sent.home) if best else {}
    return sent.without_hints(labelled if _have_slipped(named, labelled) else agreed(named, labelled))


def _at_its_name(sheet: Sheet, at: At) -> Finding:
    """What stands where a name points; what a merged range brings there that begins elsewhere is another's words."""
    found, first = finding(sheet, at, "high"), sheet.first(at)
    return found if first == at or is_blank(found.raw) else Finding(None, sheet.place(at), "low", ("AR37",))


def _the_filled_copy(book: Book, findings: Findings, form: Form, home: Home) -> Findings:
    """What stands on the only filled copy of a form whose first sheet was left blank: people copy a sheet before they write on it."""
    read = {found.place.rpartition("!")[0] for found in findings.values()}
    copies = [Words(sheet) for sheet in book.visible() if sheet.name not in read]
    filled = [copy for copy in copies if _is_filled_copy(copy, form, home)]
    return read_by_labels(form, filled[0], home) if len(filled) == 1 else findings


def _have_slipped(named: Findings, labelled: Findings) -> bool:
    """Whether names point at other questions' answers, as when a program put in rows or columns and left the names where they were."""
    claimed = Counter(found.place for found in labelled.values())
    owner = {found.place: key for key, found in labelled.items() if claimed[found.place] == 1}
    return any(owner.get(found.place, key) != key for key, found in named.items())


def _notes(book: Book, findings: Findings, form: Form, home: Home) -> list[Problem]:
    """What travels with the answers and was not read (domain section 7, row 21).

    Raises InputRefusedError AR14 where that is a second copy of the form, with answers on it.
    """
    read = {found.place.rpartition("!")[0] for found in findings.values()}
    others = [e for e in book.entries.values() if e.name.casefold() not in OURS and e.name not in read]
    hidden = [e for e in others if e.state != "visible"]
    shown = [e for e in others if e.state == "visible" and book.sheet(e.name).cells]
    if any(_is_filled_copy(Words(book.sheet(e.name)), form, home) for e in shown):
        raise refuse("AR14 copies")
    found = {
        f"This workbook has {_count(len(hidden), 'hidden sheet')} that the form doesn't have.": hidden,
        f"This workbook has {_count(len(shown), 'more sheet')} with something on, which was not read.": shown,
        "There are comments in this workbook, which were not read.": book.has_comments,
        "Some rows or columns of the form are hidden; what they hold was read all the same.": any(
            book.sheet(name).hidden_lines for name in read
        ),
        "Words on this form are struck out; they were not read.": any(book.sheet(name).has_struck for name in read),
    }
    return [
        Problem("note", "AR21", message, "Look at the file, and don't pass it on as it is.") for message, there in found.items() if there
    ]


def _is_filled_copy(sheet: Words, form: Form, home: Home) -> bool:
    if form.based_on or share_found(form, sheet) < ENOUGH:
        return False
    return not all(is_blank(found.raw) for found in read_by_labels(form, sheet, home).values())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
