"""Opening a PDF as paper, by two programs: pdfplumber, whose text is the truest, and PDFium, which is quick, draws, and reads it again.

The one place where either is opened, and where what they let through ends. Both come with the extra "recover".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from mase_docs.intake import limits
from mase_docs.intake.limits import PDF_STRAY
from mase_docs.intake.pdf_glyphs import Page, Rect, by_pdfium, by_pdfminer
from mase_docs.intake.refusals import refuse
from mase_docs.silence import silence

DOTS = 1754
"""How many dots the longer side of a page is drawn with: 150 an inch on A4."""
DARK = 160
"""A dot darker than this (0 black, 255 white) is ink."""
EDGE = 0.18
"""How much of a box's width and height is left out at each side when ticks are looked for."""


class Paper:
    """A PDF open in both programs. Raises InputRefusedError: AR27 where either cannot open it, AR4 where they are not installed."""

    def __init__(self, pdfium: Any, plumber: Any) -> None:
        self._pdfium, self._plumber = pdfium, plumber

    def __len__(self) -> int:
        return len(self._pdfium)

    def quick(self, number: int) -> Page:
        """The letters of a page (from 0) as PDFium tells them. Raises InputRefusedError AR28 for more than any form has."""
        import pypdfium2.raw as pdfium

        page = self._pdfium[number]
        page.set_rotation(0)
        many = pdfium.FPDFPage_CountObjects(page) > limits.PDF_PAGE_OBJECTS
        if many or page.get_textpage().count_chars() > limits.PDF_PAGE_LETTERS:
            raise refuse("AR28")
        return by_pdfium(page)

    def careful(self, number: int) -> Page:
        """The letters of the same page as pdfplumber tells them: slow, so only for a page that was looked at before."""
        return by_pdfminer(self._plumber.pages[number])

    def ink(self, number: int) -> Ink:
        page = self._pdfium[number]
        page.set_rotation(0)
        return Ink(page)


class Ink:
    """A page drawn in grey, to be asked how much of a rectangle is dark."""

    def __init__(self, page: Any) -> None:
        """page: an open page of pypdfium2, not turned."""
        left, bottom, right, top = page.get_bbox()
        self.scale = DOTS / max(right - left, top - bottom, 1)
        self.left, self.top = left, top
        drawn = page.render(scale=self.scale, grayscale=True)
        self.dots, self.stride, self.width, self.height = bytes(drawn.buffer), drawn.stride, drawn.width, drawn.height

    def share(self, rect: Rect) -> float:
        """The dark share of a rectangle of the page's user space, 0 to 1; 0 outside the page."""
        rows = self._rows(rect)
        dots = sum(map(len, rows))
        return sum(dot < DARK for row in rows for dot in row) / dots if dots else 0.0

    def in_the_middle(self, rect: Rect) -> float:
        """The dark share of a rectangle without its edges, where its frame is drawn."""
        across, up = EDGE * (rect[2] - rect[0]), EDGE * (rect[3] - rect[1])
        return self.share((rect[0] + across, rect[1] + up, rect[2] - across, rect[3] - up))

    def _rows(self, rect: Rect) -> list[bytes]:
        left, right = self._within(self.width, rect[0] - self.left, rect[2] - self.left)
        top, bottom = self._within(self.height, self.top - rect[3], self.top - rect[1])
        return [self.dots[row * self.stride + left : row * self.stride + right] for row in range(top, bottom)]

    def _within(self, most: int, start: float, end: float) -> tuple[int, int]:
        first = min(max(int(start * self.scale), 0), most)
        return first, min(max(round(end * self.scale), first), most)


@contextmanager
def paper(data: bytes) -> Iterator[Paper]:
    """The PDF as paper. Raises InputRefusedError: AR4 where the extra is not installed, AR27 for whatever the programs stumble over."""
    try:
        import pdfplumber
        import pypdfium2
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    except ModuleNotFoundError:
        raise refuse("AR4 recover") from None
    stray = (
        pypdfium2.PdfiumError,
        PSException,
        PdfminerException,
        MalformedPDFException,
        struct.error,
        NotImplementedError,
        LookupError,
        *PDF_STRAY,
    )
    try:
        with silence("pdfminer"), pypdfium2.PdfDocument(data) as quick, pdfplumber.open(BytesIO(data)) as careful:
            yield Paper(quick, careful)
    except stray:
        raise refuse("AR27") from None
