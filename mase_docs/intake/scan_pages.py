"""The pages of a scan as grey pictures, one at a time: of a PDF as PDFium draws it, of a picture file as OpenCV decodes it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from mase_docs.intake import limits
from mase_docs.intake.refusals import refuse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """A picture, row by row from the top: 0 black, 255 white."""

INCH = 72.0
"""In points."""
DOTS_AN_INCH = 300
"""What pages are drawn and read with: the fewest dots with which tesseract reads small letters well."""
COVERED = 0.5
"""The share of a page that a picture of it covers at least."""
DECODED = "OPENCV_IO_MAX_IMAGE_PIXELS"
"""The environment variable by which OpenCV is told what to refuse before it decodes it; it is read when cv2 is first imported."""


class Scan(Protocol):
    """The pages of a scan, drawn when they are asked for. Raises InputRefusedError AR27 for one that cannot be drawn."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int) -> Grey: ...


def opencv() -> ModuleType:
    """OpenCV, on one processor. Raises InputRefusedError AR5 where it is not installed."""
    os.environ.setdefault(DECODED, str(limits.PICTURE_DOTS))
    try:
        import cv2
    except ModuleNotFoundError:
        raise refuse("AR5 scan") from None
    cv2.setNumThreads(1)
    return cv2


def is_scan(data: bytes) -> bool:
    """Whether pictures cover most pages of a PDF, whatever words a scanner put behind them. False where nothing here can tell."""
    try:
        import pypdfium2
        import pypdfium2.raw as pdfium
    except ModuleNotFoundError:
        return False
    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(data) as document:
        covered = [_is_covered(page, pdfium.FPDF_PAGEOBJ_IMAGE) for page in islice(document, limits.PDF_PAGES)]
        return sum(covered) * 2 > len(covered)
    return False


def _is_covered(page: Any, picture: int) -> bool:
    width, height = page.get_size()
    boxes = [found.get_bounds() for found in islice(page.get_objects([picture], max_depth=3), limits.PDF_PAGES)]
    return any((right - left) * (top - bottom) > COVERED * width * height for left, bottom, right, top in boxes)


@contextmanager
def scan(data: bytes) -> Iterator[Scan]:
    """The pages of a PDF, or of a png, jpeg or tiff.

    Raises InputRefusedError: AR5 where the extra is not installed, AR27 where the file cannot be opened, AR28 for too many pages.
    """
    cv2 = opencv()
    try:
        import pypdfium2
    except ModuleNotFoundError:
        raise refuse("AR5 scan") from None
    try:
        if b"%PDF-" not in data[:1024]:
            yield _Pictures(data, cv2)
            return
        with pypdfium2.PdfDocument(data) as document:
            yield _Drawn(document)
    except (pypdfium2.PdfiumError, cv2.error):
        raise refuse("AR27") from None


class _Drawn:
    def __init__(self, document: Any) -> None:
        self._document = document
        _must_be_few(len(document))

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, number: int) -> Grey:
        page = self._document[number]
        width, height = page.get_size()
        scale = min(DOTS_AN_INCH / INCH, (limits.PAGE_DOTS / max(width * height, 1)) ** 0.5)
        drawn: Grey = page.render(scale=scale, grayscale=True).to_numpy()
        return drawn.reshape(drawn.shape[:2])


class _Pictures:
    def __init__(self, data: bytes, cv2: Any) -> None:
        import numpy as np

        self._data, self._cv2 = np.frombuffer(data, np.uint8), cv2
        self._count = next((n for n in range(limits.PDF_PAGES + 1) if not self._decoded(n)), limits.PDF_PAGES + 1)
        _must_be_few(self._count)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Grey:
        (picture,) = self._decoded(number)
        scale = min(1.0, (limits.PAGE_DOTS / picture.size) ** 0.5)
        smaller: Grey = self._cv2.resize(picture, None, fx=scale, fy=scale, interpolation=self._cv2.INTER_AREA)
        return smaller

    def _decoded(self, number: int) -> tuple[Any, ...]:
        """The picture of a page; nothing where there is none."""
        _, found = self._cv2.imdecodemulti(self._data, self._cv2.IMREAD_GRAYSCALE, range=(number, number + 1))
        return tuple(found)


def _must_be_few(pages: int) -> None:
    if pages > limits.PDF_PAGES:
        raise refuse("AR28")
    if not pages:
        raise refuse("AR27")
