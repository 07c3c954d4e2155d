"""Which page of a blank a page is, and where the blank's places lie on it: printing moves and shrinks pages, never bends them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from mase_docs.intake.blank_page import BlankPage
from mase_docs.intake.pdf_glyphs import Glyph, Page, Rect, Word, turned, words

ALIKE = 0.6
"""The share of a blank page's words that a page must have to be taken for it."""
ANCHORS = 12
"""The fewest words from which a fit is made."""
NEAR = 1.5
"""How far off its place, in points of the blank, a word may be."""
SAME_LINE = 4.0
"""Points: words that stand no further apart in height than about so much are on one line."""
FIT = 0.8
"""The share of those words that must be as near as that."""


class Line(NamedTuple):
    """Blank's place → page's place along one direction: scale times place, and so much more."""

    scale: float
    offset: float

    def there(self, place: float) -> float:
        return self.scale * place + self.offset

    def back(self, place: float) -> float:
        return (place - self.offset) / self.scale


class Fit(NamedTuple):
    """Where the blank's places lie on a page that is turned by so many quarters."""

    across: Line
    up: Line
    turn: int

    def on_blank(self, glyph: Glyph) -> Glyph:
        """A letter of the (upright) page, in the places of the blank."""
        x, end = self.across.back(glyph.x), self.across.back(glyph.end)
        return Glyph(glyph.text, x, self.up.back(glyph.y), end, glyph.size / self.up.scale)

    def on_page(self, rect: Rect) -> Rect:
        """A rectangle of the blank, in the page's own user space, where it isn't turned upright."""
        corners = [turned(self.across.there(x), self.up.there(y), self.turn) for x, y in (rect[:2], rect[2:])]
        (left, right), (bottom, top) = (sorted(both) for both in zip(*corners, strict=True))
        return left, bottom, right, top


def likest(page: Page, blank: Iterable[BlankPage]) -> BlankPage | None:
    """The page of the blank of whose words a page has most; None where it has enough of none."""
    said = Counter(word.text for word in words(page.glyphs))
    shares = [(_share(said, candidate), candidate) for candidate in blank]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= ALIKE else None


def _share(said: Counter[str], blank: BlankPage) -> float:
    printed = Counter(word.text for word in blank.words)
    return (said & printed).total() / max(printed.total(), 1)


def fit(page: Page, blank: BlankPage) -> Fit | None:
    """How the blank lies on a page, from the words that each has once; None where they don't lie as on the blank."""
    pairs = _anchors(words(page.glyphs), blank.words)
    across, up = _line([(b.x, p.x) for b, p in pairs]), _line([(b.y, p.y) for b, p in pairs])
    if across is None or up is None:
        return None
    near = sum(abs(across.back(p.x) - b.x) <= NEAR and abs(up.back(p.y) - b.y) <= NEAR for b, p in pairs)
    return Fit(across, up, page.turn) if near >= FIT * len(pairs) else None


def _anchors(found: Iterable[Word], printed: Iterable[Word]) -> list[tuple[Word, Word]]:
    """The words that stand once on the blank's page and once on the page, each with its other. Where a page says nearly everything more
    than once, as a form does whose rows are alike: those that stand as often on both, in their order."""
    ours, theirs = _placed(printed), _placed(found)
    alike = [(ours[text], theirs[text]) for text in ours if len(ours[text]) == len(theirs.get(text, ()))]
    alone = [(one[0], other[0]) for one, other in alike if len(one) == 1]
    return alone if len(alone) >= ANCHORS else [pair for pairs in alike for pair in zip(*pairs, strict=True)]


def _placed(every: Iterable[Word]) -> dict[str, list[Word]]:
    """Each word with all its places, down the page and then across."""
    found: dict[str, list[Word]] = defaultdict(list)
    for word in sorted(every, key=lambda word: (-round(word.y / SAME_LINE), word.x)):
        found[word.text].append(word)
    return found


def _line(pairs: list[tuple[float, float]]) -> Line | None:
    """The line through most of the points: the middle of the slopes between points far apart (after Theil and Sen)."""
    points, half = sorted(pairs), len(pairs) // 2
    if len(pairs) < ANCHORS:
        return None
    apart = [(a, b) for a, b in zip(points, points[half:], strict=False) if b[0] - a[0] > 1]
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in apart) if apart else 0
    return Line(slope, median(there - slope * here for here, there in points)) if slope > 0 else None
