"""A scan of one of our forms, filled in with a keyboard: pages are laid over the blank's, ticks told by their ink, words by tesseract.

Every box with ink is read twice, in two sizes. Nothing found this way is sure, and where the two disagree, ink gives no words, or the
print around a box isn't where it should be, the answer says so (AR37). A page that cannot be told for certain is not read at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.blank_page import BlankPage, blank_pages, blank_path
from mase_docs.intake.finding import Finding, Key, Reading
from mase_docs.intake.ocr import read_all, tesseract
from mase_docs.intake.pdf_glyphs import Rect
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.scan_boxes import PageOfBoxes
from mase_docs.intake.scan_fit import fitted
from mase_docs.intake.scan_match import Match, known_pages, matches
from mase_docs.intake.scan_pages import Scan, scan
from mase_docs.intake.scan_paper import INK, Paper, levelled, straight
from mase_docs.intake.versions import stamped_forms
from mase_docs.problems import Problem
from mase_docs.signs import alive

if TYPE_CHECKING:
    from mase_docs.intake.scan_pages import Grey

LIES_RIGHT = 0.7
"""The least share of the blank's print that must be there on a page."""
EMPTY, EDGE = 0.0003, 30
"""A page of which less than this is dark is an empty back: a word or two written there are more. The scanner's shadow at the edges, a
thirtieth of the page, isn't looked at."""
STAMP_AROUND, STAMP_WIDE, STAMP_UP = 4.0, 90.0, 12.0
"""How much of a page's foot is read for the stamp, in points from where its code begins."""
DASH = re.compile("[‐‑‒–—−]")


class Sheet(NamedTuple):
    """A page of the scan that isn't empty: which pages of forms it may be, the likest first, and its foot, laid straight."""

    fits: list[Match]
    foot: Grey | None


Laid = dict[int, Match]
"""The pages of the scan, from 0, that are the form's."""


def read(data: bytes, home: Home) -> Reading:
    """What can be recovered of a scanned form: a PDF of pictures, or a picture.

    Raises InputRefusedError: AR5 where none of our forms is there for certain, or the extra or tesseract isn't installed; AR14 a page
    twice; AR15 a version that isn't known; AR27 damaged; AR28 too many pages; AR38 where it takes too long.
    """
    tesseract()
    with scan(data) as pages:
        sheets = _sheets(pages, home)
        form = _form(sheets, home)
        laid = _laid(sheets, form)
        read_pages = dict(_read_pages(pages, laid, form, home))
    if not read_pages:
        raise refuse("AR5")
    findings = {key: finding for page in read_pages.values() for key, finding in page}
    answers = sum(finding.raw is not None for finding in findings.values())
    there = {laid[number].known.page.number for number in read_pages}
    problems = _problems(answers, len(sheets) - len(read_pages), there, blank_pages(form, home))
    return Reading(form, findings, list(problems), kind="pdf_scan")


def _sheets(pages: Scan, home: Home) -> dict[int, Sheet]:
    """The pages, from 0, but for empty backs. Raises AR5 where none shows one of a form."""
    known = known_pages(home)
    found = {}
    for number in range(len(pages)):
        picture = pages[number]
        if not _is_empty(picture):
            fits = matches(picture, known)
            found[number] = Sheet(fits, levelled(straight(picture, fits[0], _foot(fits[0]))) if fits else None)
        alive()
    if not any(sheet.fits for sheet in found.values()):
        raise refuse("AR5")
    return found


def _is_empty(picture: Grey) -> bool:
    down, across = (side // EDGE + 1 for side in picture.shape)
    return bool((levelled(picture[down:-down, across:-across]) < INK).mean() < EMPTY)


def _form(sheets: dict[int, Sheet], home: Home) -> Form:
    """The form whose stamp stands at the foot of most pages. Raises AR5 where none can be read, AR15 for a version that isn't known."""
    feet = [sheet.foot for sheet in sheets.values() if sheet.foot is not None]
    said = Counter(" ".join(word.text for word in words) for words in read_all(feet))
    form = next((form for text, _ in said.most_common() if (form := stamped_forms(DASH.sub("-", text), home))), None)
    if form is None:
        raise refuse("AR5 stamp")
    return form


def _foot(match: Match) -> Rect:
    """Where the stamp stands: the form's code and, behind it, the version."""
    page, code = match.known.page, match.known.form.code.split()
    x, y = next(((word.x, word.y) for word in reversed(page.words) if [word.text] == code[:1]), (0.0, STAMP_UP))
    return x - STAMP_AROUND, y - STAMP_AROUND, x + STAMP_WIDE, y + STAMP_UP


def _laid(sheets: dict[int, Sheet], form: Form) -> Laid:
    """The pages that are the form's. Raises AR5 where none is, AR14 where one is there twice, as in two children's forms."""
    ours = {number: [fit for fit in sheet.fits if fit.known.form is form] for number, sheet in sheets.items()}
    laid = {number: fits[0] for number, fits in ours.items() if fits}
    if not laid:
        raise refuse("AR5")
    if len({match.known.page.number for match in laid.values()}) < len(laid):
        raise refuse("AR14 copies")
    return laid


def _read_pages(pages: Scan, laid: Laid, form: Form, home: Home) -> Iterator[tuple[int, list[tuple[Key, Finding]]]]:
    """What was found on each page that lies as the blank's does."""
    path = blank_path(form, home)
    assert path
    with scan(path.read_bytes()) as blank:
        for number, match in laid.items():
            picture, printed = pages[number], blank[match.known.page.number - 1]
            paper = Paper(picture, fitted(picture, match, printed), printed)
            if paper.fits() >= LIES_RIGHT:
                yield number, list(PageOfBoxes(paper, match.known.page, number + 1).findings())
            alive()


def _problems(answers: int, strange: int, read_pages: set[int], blank: tuple[BlankPage, ...]) -> Iterator[Problem]:
    if answers:
        yield warning("AR5", answers)
    if strange:
        yield warning("AR5 pages", strange)
    gone = [box for page in blank if page.number not in read_pages for box in page.boxes]
    if gone:
        yield warning("AR34", len({box.name for box in gone}), field=gone[0].key[0])
