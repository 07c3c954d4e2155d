"""A page of a scan laid straight over the blank's page and freed of the shadows of the paper, to be asked what stands in a rectangle.

Rectangles are in points of the blank, from its left and its bottom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mase_docs.intake.pdf_glyphs import Rect
from mase_docs.intake.scan_match import Match
from mase_docs.intake.scan_pages import DOTS_AN_INCH, INCH, opencv

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mase_docs.intake.scan_pages import Grey

    Marked = NDArray[np.bool_]

SCALE = DOTS_AN_INCH / INCH
INK = 180
"""A dot darker than this, where the paper is 255, is ink: what shows through from the back is lighter."""
PRINT = 150
"""A dot of the blank darker than this is looked for on the scan."""
FAINT = 200
"""A dot darker than this may be a thin or grey line, blurred by the scanner."""
SPECK = 12
"""Fewer dark dots together than these are dust: a full stop has 16 and more."""
SHADOW, PATCH = 8, 21
"""The paper's own grey is looked for in a copy so many times smaller, in patches of so many dots."""
SLACK = 7
"""By so many dots, the printed lines of a scan may be off the blank's, half to each side."""
AROUND = 10.0
"""So many points around a box its frame and label are looked for."""
MIDDLE = 0.22
"""How much of a tick box is left out at each side: its frame, and what leans over it."""


class Paper:
    """One page laid straight."""

    def __init__(self, picture: Grey, match: Match, blank: Grey) -> None:
        """blank: the blank's page as printed, with as many dots an inch."""
        self.grey = levelled(straight(picture, match))
        self._height = match.known.page.height
        self._print = _Print(self.grey, blank)

    def crop(self, rect: Rect) -> Grey:
        """The dots of a rectangle."""
        left, top, right, bottom = (round(place * SCALE) for place in (rect[0], self._height - rect[3], rect[2], self._height - rect[1]))
        return self.grey[max(top, 0) : bottom, max(left, 0) : right]

    def ink(self, rect: Rect) -> int:
        """How many dots of a rectangle are dark, specks of dust left out."""
        _, _, found, _ = opencv().connectedComponentsWithStats(_dark(self.crop(rect)), connectivity=8)
        sizes = found[1:, 4]
        return int(sizes[sizes >= SPECK].sum())

    def mark(self, rect: Rect, darker_than: int) -> float:
        """The share of a tick box's middle that is darker than something, 0 to 1."""
        across, up = MIDDLE * (rect[2] - rect[0]), MIDDLE * (rect[3] - rect[1])
        middle = self.crop((rect[0] + across, rect[1] + up, rect[2] - across, rect[3] - up))
        return float((middle < darker_than).mean()) if middle.size else 0.0

    def fits(self, rect: Rect | None = None) -> float:
        """The share of what is printed on the blank around a rectangle (or on all of the page) that stands there on the scan, 0 to 1."""
        if rect is None:
            return self._print.share(slice(None), slice(None))
        left, top = max(rect[0] - AROUND, 0), max(self._height - rect[3] - AROUND, 0)
        right, bottom = rect[2] + AROUND, self._height - rect[1] + AROUND
        return self._print.share(*(slice(round(a * SCALE), round(b * SCALE)) for a, b in ((top, bottom), (left, right))))


class _Print:
    """What is printed on the blank, and which of it is there on the scan."""

    def __init__(self, grey: Grey, blank: Grey) -> None:
        import numpy as np

        near = opencv().dilate((grey < FAINT).view(np.uint8), np.ones((SLACK, SLACK), np.uint8)) > 0
        self._wanted: Marked = blank[: grey.shape[0], : grey.shape[1]] < PRINT
        self._there: Marked = self._wanted & near

    def share(self, rows: slice, columns: slice) -> float:
        wanted = int(self._wanted[rows, columns].sum())
        return int(self._there[rows, columns].sum()) / wanted if wanted else 1.0


def straight(picture: Grey, match: Match, rect: Rect | None = None) -> Grey:
    """A picture of a page (or of a rectangle of it) laid straight, as it lay under the scanner."""
    import numpy as np

    left, bottom, right, top = rect or (0, 0, match.known.page.width, match.known.page.height)
    move = np.array([[SCALE, 0, -left * SCALE], [0, SCALE, (top - match.known.page.height) * SCALE], [0, 0, 1]])
    size = round((right - left) * SCALE), round((top - bottom) * SCALE)
    cv2 = opencv()
    laid: Grey = cv2.warpPerspective(picture, move @ match.lay, size, flags=cv2.INTER_CUBIC, borderValue=255)
    return laid


def levelled(grey: Grey) -> Grey:
    """The same with the paper white everywhere, however grey or shadowed it was."""
    import numpy as np

    cv2 = opencv()
    small = cv2.resize(grey, None, fx=1 / SHADOW, fy=1 / SHADOW, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), PATCH)
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    levelled: Grey = cv2.divide(grey, paper, scale=255)
    return levelled


def _dark(grey: Grey) -> Grey:
    import numpy as np

    return (grey < INK).view(np.uint8)
