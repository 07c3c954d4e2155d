"""The last small step in laying a page straight: patch by patch, how far the print still is off the blank's.

Marks that agree may all stand in one half of a page; a little wrong there is much wrong at the far edge. So the page as laid is compared
with the blank all over, and laid again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mase_docs.intake.scan_match import Match
from mase_docs.intake.scan_pages import opencv
from mase_docs.intake.scan_paper import SCALE, levelled, straight

if TYPE_CHECKING:
    from mase_docs.intake.scan_pages import Grey

SMALLER = 2
"""Patches are compared in copies so many times smaller, with 150 dots an inch."""
PATCH, AWAY = 120, 14
"""The side of a patch, and how far off it is looked for: 58 points, 7 points."""
PRINTED = 0.01
"""The least share of a patch that must be print."""
ALIKE = 0.5
"""The least likeness (normalised correlation, 1 for the same) of a patch and what was found for it."""
PATCHES = 16
"""With fewer patches found than these, the page stays as it was laid: its print will tell whether it lies right."""
NEAR = 0.7
"""How far, in points, a patch may be off what the others say."""


def fitted(picture: Grey, match: Match, blank: Grey) -> Match:
    """The match, laid again so that the print lies on the blank's. blank: the blank's page as printed, 300 dots an inch."""
    cv2 = opencv()
    here, there = (
        cv2.resize(grey, None, fx=1 / SMALLER, fy=1 / SMALLER, interpolation=cv2.INTER_AREA)
        for grey in (levelled(straight(picture, match)), blank)
    )
    return _again(match, list(_moved(here, there)))


def _again(match: Match, moved: list[tuple[tuple[float, float], tuple[float, float]]]) -> Match:
    import numpy as np

    if len(moved) < PATCHES:
        return match
    found, wanted = (np.array(places, np.float64) * SMALLER / SCALE for places in zip(*moved, strict=True))
    step, _ = opencv().findHomography(found, wanted, opencv().RANSAC, NEAR)
    return match if step is None else match._replace(lay=step @ match.lay)


def _moved(here: Grey, there: Grey) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """For each patch of the blank's print that was found: where its middle is on the page, and where it should be."""
    height, width = (min(sides) for sides in zip(here.shape, there.shape, strict=True))
    for top in range(AWAY, height - PATCH - AWAY, PATCH):
        for left in range(AWAY, width - PATCH - AWAY, PATCH):
            patch = there[top : top + PATCH, left : left + PATCH]
            around = here[top - AWAY : top + PATCH + AWAY, left - AWAY : left + PATCH + AWAY]
            off = _off(patch, around) if (patch < 128).mean() > PRINTED else None
            if off:
                middle = left + PATCH / 2, top + PATCH / 2
                yield (middle[0] + off[0], middle[1] + off[1]), middle


def _off(patch: Any, around: Any) -> tuple[float, float] | None:
    """How far right and down of its place a patch is found; None where it isn't. Blurred, for its print may be thinner or fatter."""
    cv2 = opencv()
    likeness = cv2.matchTemplate(cv2.GaussianBlur(around, (0, 0), 2), cv2.GaussianBlur(patch, (0, 0), 2), cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    return (x - AWAY, y - AWAY) if best >= ALIKE and 0 < x < 2 * AWAY and 0 < y < 2 * AWAY else None
