"""Which page of which of our forms a picture shows, and how it lies there.

Small marks of the print (ORB features) are found again on the blanks; where enough of them agree on one way in which the blank was laid
under the scanner, turned, moved, larger or at a slant (a homography, by RANSAC), that is the page. Of pages of 100 to 300 dots an inch,
blurred, grey or in plain black and white, 113 marks and more agreed; of other pages never more than 29.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.blank_page import BlankPage, blank_pages, blank_path
from mase_docs.intake.scan_pages import DOTS_AN_INCH, INCH, opencv

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mase_docs.intake.scan_pages import Grey

    Matrix = NDArray[np.float64]
    Quad = NDArray[np.float64]

LONG_SIDE = 1170
"""The dots of a page's longer side when marks are looked for: about 100 an inch on A4."""
MARKS = 6000
PART, MARKS_A_PART = 120, 40
"""Of the marks found, so many are kept in each part of the page, so many dots wide and high."""
APART = 0.8
"""A mark counts only if its likeness is this much nearer than the next (Lowe's ratio)."""
NEAR = 1.5
"""How far, in points, a mark may lie from where the others say."""
TRIES = 800
"""So many times four marks are drawn: with a third of them right, one draw in eighty is all right."""
AGREE = 50
"""The fewest marks that must agree."""
SLANT = 0.15
"""How much longer one side of the page may be than the one across from it, or than it should be: a photo may be taken at a slant."""


class Marks(NamedTuple):
    """The marks of a picture: where they are (x, y) and what they look like."""

    places: Any
    looks: Any


class Known(NamedTuple):
    """One page of a blank, and its marks, placed in points from the left and the top."""

    form: Form
    page: BlankPage
    marks: Marks


class Match(NamedTuple):
    """A page that a picture may show: `lay` takes places of the picture to points of the blank, from the left and the top."""

    known: Known
    lay: Matrix
    agree: int


def known_pages(home: Home) -> list[Known]:
    """Every page of every form that has a blank PDF."""
    found = []
    for form in home.forms:
        path = blank_path(form, home)
        marks = _blank_marks(path, path.stat().st_mtime_ns) if path else ()
        found += [Known(form, page, own) for page, own in zip(blank_pages(form, home), marks, strict=False)]
    return found


@lru_cache(maxsize=8)
def _blank_marks(path: Path, changed: int) -> tuple[Marks, ...]:
    import pypdfium2

    scale = DOTS_AN_INCH / INCH / 3
    with pypdfium2.PdfDocument(path) as document:
        drawn = [page.render(scale=scale, grayscale=True).to_numpy() for page in document]
    return tuple(Marks(places / scale, looks) for places, looks in (_marks(page.reshape(page.shape[:2])) for page in drawn))


def _marks(picture: Grey) -> Marks:
    """The marks of a picture, which is looked at in a small copy."""
    import numpy as np

    cv2 = opencv()
    scale = LONG_SIDE / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    orb = cv2.ORB_create(MARKS, fastThreshold=10)
    points, looks = orb.compute(small, _everywhere(orb.detect(small)))
    return Marks(np.array([point.pt for point in points], np.float64).reshape(-1, 2) / scale, looks)


def _everywhere(points: Sequence[Any]) -> list[Any]:
    """The plainest marks of each part of a page: else nearly all would stand where most is printed."""
    parts: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for point in sorted(points, key=lambda point: -point.response):
        parts[int(point.pt[0] // PART), int(point.pt[1] // PART)].append(point)
    return [point for part in parts.values() for point in part[:MARKS_A_PART]]


def matches(picture: Grey, known: list[Known]) -> list[Match]:
    """The pages that a picture may show, the likest first; none where it shows no page of a form."""
    marks = _marks(picture)
    found = [match for page in known if (match := _match(marks, page)) and _is_sound(match, picture)]
    return sorted(found, key=lambda match: -match.agree)


def _match(marks: Marks, known: Known) -> Match | None:
    cv2 = opencv()
    if marks.looks is None or len(marks.places) < AGREE or known.marks.looks is None:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(marks.looks, known.marks.looks, k=2)
    alike = [one for one, other in pairs if one.distance < APART * other.distance]
    if len(alike) < AGREE:
        return None
    here, there = marks.places[[pair.queryIdx for pair in alike]], known.marks.places[[pair.trainIdx for pair in alike]]
    lay, agree = cv2.findHomography(here, there, cv2.RANSAC, NEAR, maxIters=TRIES)
    if lay is None or agree.sum() < AGREE or not _is_spread(there[agree.ravel() > 0], known.page):
        return None
    return Match(known, lay, int(agree.sum()))


def _is_spread(places: Quad, page: BlankPage) -> bool:
    across, down = places.max(axis=0) - places.min(axis=0)
    return bool(across > page.width / 2 and down > page.height / 2)


def _is_sound(match: Match, picture: Grey) -> bool:
    """Whether the page lies as a sheet of paper can: its corners in their order, its opposite sides alike, most of it on the picture."""
    import numpy as np

    cv2, page = opencv(), match.known.page
    if abs(np.linalg.det(match.lay)) < 1e-12:
        return False
    corners = np.array([[(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]], np.float64)
    quad = cv2.perspectiveTransform(corners, np.linalg.inv(match.lay))[0]
    top, right, bottom, left = (float(np.linalg.norm(quad[n] - quad[(n + 1) % 4])) for n in range(4))
    upright = cv2.contourArea(quad.astype(np.float32), oriented=True) > 0
    wide = (top + bottom) * page.height / ((left + right) * page.width)
    return upright and all(abs(ratio - 1) < SLANT for ratio in (top / bottom, left / right, wide))
