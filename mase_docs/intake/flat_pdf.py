"""A form of ours that was printed to PDF or flattened: its fields are gone, what was in them is drawn on the page.

Each page is laid over the blank's; what then stands in a box is its answer. Two programs read every text, and ink tells ticks.
Nothing found this way is sure: a person must confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import scan
from mase_docs.intake.blank_page import BlankPage, Box, blank_pages
from mase_docs.intake.box_marks import Mark, one_of, tick
from mase_docs.intake.box_text import Run, breaks_words, is_full, line_of, may_end_in_words, text_of, written
from mase_docs.intake.finding import Finding, Findings, Key, Reading
from mase_docs.intake.page_fit import Fit, fit, likest
from mase_docs.intake.pdf_glyphs import Page, words
from mase_docs.intake.pdf_notes import Place, laid_over
from mase_docs.intake.pdf_open import read_notes
from mase_docs.intake.pdf_paper import Paper, paper
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.versions import stamped_forms
from mase_docs.model.labels import COPY_FOR
from mase_docs.problems import Problem

TICKED, CLEAN = 0.06, 0.02
"""Dark shares above the blank's: a tick box with more than the first is ticked, one with less than the second is not; between them
nobody can tell (measured: 0.15 and more for ticks of five programs, 0.000 for empty boxes)."""
SEEN = 0.02
"""The dark share from which a word is there to be seen: hidden and cut-off words are in the file, but on nobody's paper."""
OFF_THE_PAPER, STRANGE_LETTERS = 10.0, 50
"""So many letters so many points beside the blank's page are another page beside it."""
UNREADABLE = ("(cid:", "\ufffd")


@dataclass(frozen=True, slots=True)
class Laid:
    """One page (from 0) and the page of the blank that it is."""

    number: int
    page: Page
    blank: BlankPage
    fit: Fit


def read(data: bytes, home: Home) -> Reading:
    """What can be recovered of a form of ours without fields.

    Raises InputRefusedError: AR4 where it isn't ours, doesn't lie as ours do, or the extra isn't installed; AR14 a page twice;
    AR15 a version that isn't known; AR27 damaged; AR28 more on a page than any form has.
    """
    with paper(data) as sheets:
        pages = [sheets.quick(number) for number in range(len(sheets))]
        form = _form(pages, home)
        blank = blank_pages(form, home)
        laid = _laid(pages, blank)
        found = [_Recovered(sheets, page) for page in laid]
        broken = breaks_words(page.written for page in found)
        drawn = {key: finding for page in found for key, finding in page.findings(broken)}
        strange = sum(page.strange for page in found)
    if _is_unreadable(drawn):
        return _looked_at(data, home)
    findings, elsewhere = laid_over(drawn, read_notes(data), _places(laid))
    return Reading(form, findings, list(_problems(findings, strange + len(elsewhere), laid, blank)), kind="pdf_flat")


def _places(laid: list[Laid]) -> Iterator[Place]:
    """Where the blank's boxes stand in this file."""
    for page in laid:
        for box in page.blank.boxes:
            yield Place(box.key, box.kind, page.number + 1, page.fit.on_page(box.rect), box.state, box.name)


def _form(pages: list[Page], home: Home) -> Form:
    """Raises AR4 for a form that isn't stamped as one of ours."""
    said = " ".join(word.text for page in pages for word in words(page.glyphs))
    form = stamped_forms(said, home)
    if form is None:
        raise refuse("AR4")
    return form


def _laid(pages: list[Page], blank: tuple[BlankPage, ...]) -> list[Laid]:
    """The pages that are the blank's. Raises AR4 where there are none or one cannot be laid over the blank's, AR14 for one twice."""
    likely = [(number, page, likest(page, blank)) for number, page in enumerate(pages)]
    laid = [_over(number, page, known) for number, page, known in likely if known]
    if not laid:
        raise refuse("AR4")
    if len({page.blank.number for page in laid}) < len(laid):
        raise refuse("AR14 copies")
    return laid


def _over(number: int, page: Page, blank: BlankPage) -> Laid:
    found = fit(page, blank)
    if found is None or _beside(page, blank, found) > STRANGE_LETTERS:
        raise refuse("AR4")
    return Laid(number, page, blank, found)


def _beside(page: Page, blank: BlankPage, found: Fit) -> int:
    """How many letters lie beside the blank's page, as when two pages are printed on one sheet."""
    places = (found.on_blank(glyph) for glyph in page.glyphs)
    most_x, most_y = blank.width + OFF_THE_PAPER, blank.height + OFF_THE_PAPER
    return sum(not (-OFF_THE_PAPER < g.x < most_x and -OFF_THE_PAPER < g.y < most_y) for g in places)


def _is_unreadable(findings: Findings) -> bool:
    """Whether most texts are in letters that have lost their names, as Ghostscript leaves those of some fonts."""
    written = [finding for finding in findings.values() if finding.raw not in (None, "Yes") or finding.issues]
    return sum(finding.raw is None for finding in written) * 2 > len(written)


def _looked_at(data: bytes, home: Home) -> Reading:
    """The same pages read as those of a scan. Raises AR4 where that can't be done here."""
    try:
        return scan.read(data, home)
    except InputRefusedError:
        raise refuse("AR4") from None


class _Recovered:
    """What stands in the boxes of one page, read twice, and its ink.

    Issues of an answer: AR37 the programs don't read the same, a part cannot be seen, or its lines may end within words; AR4 it
    fills its box, so that something may have been cut off; TY3 a mark that is not plainly a tick.
    """

    def __init__(self, sheets: Paper, laid: Laid) -> None:
        self._laid, self._ink = laid, sheets.ink(laid.number)
        careful = sheets.careful(laid.number)
        its_fit = fit(careful, laid.blank)
        if its_fit is None:
            raise refuse("AR4")
        self.written = written(map(its_fit.on_blank, careful.glyphs), laid.blank)
        self._again = written(map(laid.fit.on_blank, laid.page.glyphs), laid.blank)

    @property
    def strange(self) -> int:
        """How many pieces of text that can be seen stand outside the boxes, but for our own line that says whose copy this is."""
        return sum(self._is_seen(run) for run in self.written.outside if not line_of(run).startswith(COPY_FOR))

    def findings(self, broken: bool) -> Iterator[tuple[Key, Finding]]:
        """Every box's answer; the circles of a question together."""
        circles: dict[Key, list[Box]] = {}
        for box in self._laid.blank.boxes:
            if box.kind == "radio":
                circles.setdefault(box.key, []).append(box)
            else:
                yield box.key, tick(self._mark(box), self._place(box)) if box.kind == "tick" else self._text(box, broken)
        for key, boxes in circles.items():
            yield key, one_of({box.state: self._mark(box) for box in boxes}, self._place(boxes[0]))

    def _place(self, box: Box) -> str:
        return f"page {self._laid.number + 1}, {box.name}"

    def _mark(self, box: Box) -> Mark:
        more = self._ink.in_the_middle(self._laid.fit.on_page(box.rect)) - box.ink
        return True if more >= TICKED else False if more < CLEAN else None

    def _text(self, box: Box, broken: bool) -> Finding:
        """A text box's answer: what can be seen; nothing where the letters have no names."""
        seen = [run for run in self.written.inside.get(box, []) if self._is_seen(run)]
        text = text_of(seen, box.rect, broken)
        again = text_of(self._again.inside.get(box, []), box.rect, broken)
        if any(odd in text for odd in UNREADABLE):
            return Finding(None, self._place(box), "low", ("AR37",))
        sure = _letters(text) == _letters(again) and all(map(self._is_whole, seen)) and not (broken and may_end_in_words(seen, box.rect))
        issues = ("AR37",) * (not sure) + ("AR4",) * (box.kind == "text" and is_full(seen, box.rect))
        return Finding(text or None, self._place(box), "low", issues)

    def _is_seen(self, run: Run) -> bool:
        return any(self._looks(run))

    def _is_whole(self, run: Run) -> bool:
        return all(self._looks(run))

    def _looks(self, run: Run) -> Iterator[bool]:
        """Of each word of a run, whether it is there to be seen."""
        for word in words(run):
            rect = (word.x, word.y - 0.2 * word.size, word.end, word.y + 0.7 * word.size)
            yield self._ink.share(self._laid.fit.on_page(rect)) > SEEN


def _letters(text: str) -> str:
    """A text without what programs tell apart by taste: spaces, ligatures, kinds of line end."""
    return " ".join(normalize("NFKC", text).split())


def _problems(findings: Findings, strange: int, laid: list[Laid], blank: tuple[BlankPage, ...]) -> Iterator[Problem]:
    answered = sum(finding.raw is not None for finding in findings.values())
    if answered:
        yield warning("AR4", answered)
    if strange:
        yield warning("AR36 pdf", strange)
    here = {page.blank.number for page in laid}
    gone = [box for page in blank if page.number not in here for box in page.boxes]
    if gone:
        yield warning("AR34", len({box.name for box in gone}), field=gone[0].key[0])
