"""The picture of what joins cases: groups laid out one by one, with a legend, as SVG for the screen and as PNG for Word."""

from __future__ import annotations

from dataclasses import replace

from mase_docs.model.network import KINDS, SURENESS, Network
from mase_docs.model.network_words import heading, summary, without_source
from mase_docs.model.picture import Picture
from mase_docs.packs import drawing_png, drawing_svg
from mase_docs.packs.drawing import GREY, WHITE, Area, Drawing, Mark, Point, Words, rowed, shelved, stacked
from mase_docs.packs.lettering import LEADING, composed, has, lines, width
from mase_docs.packs.network_layout import placed
from mase_docs.packs.network_shapes import SHAPES, SMALL, Box, Row, arrow, line, of_node, of_tie

MARGIN, GAP = 20.0, 18.0
TEXT = 640.0
"""How wide texts and the legend are, where the groups are narrower: as wide as a page of Word."""
PAD = 12.0
KEY = 42.0
"""How high a line of the legend is."""
SCREEN = 1.3
"""Width by height of a group on a screen."""
NOTHING = Drawing(0, 0, ())
READ_ALONG = "Read each line from its start to its arrow."
ALONE = "Linked with no other case:"
NO_LINKS = "No links between cases."
ELSEWHERE = "(name in the table)"
"""What stands in a PNG for words with letters that the shipped font hasn't."""
LARGE = 14
"""From so many nodes on a group takes a whole page of Word, and the shape of one."""
SCALE, WIDEST_MM, HIGHEST_MM = 3, 170.0, 205.0
"""Pixels of a PNG to each of the drawing's, and the room on a page of Word."""


def svg(network: Network, title: str, marking: str = "") -> bytes:
    """The picture as an SVG file: every node and tie that is given, each group in a frame, cases that nothing joins by name.

    network  as `without_loose_ends` leaves it, so that only what joins cases is drawn
    marking  the protective marking, at the top and at the bottom
    """
    return drawing_svg.written(_page(network, title, marking), title, alt(network))


def png(network: Network, title: str = "", scale: int = SCALE) -> bytes:
    """The same picture as a PNG, with scale × scale pixels for each of the SVG's."""
    return drawing_png.written(_page(_legible(network), title), scale)


def picture(network: Network) -> Picture:
    """The picture of one group for a Word document, as wide as the page lets it be and no larger than it is drawn."""
    aspect = WIDEST_MM / HIGHEST_MM if len(network.nodes) > LARGE else SCREEN
    page = _page(_legible(network), aspect=aspect, margin=1)
    inch = 25.4 / drawing_png.DPI
    fit = min(1.0, WIDEST_MM / (page.width * inch), HIGHEST_MM / (page.height * inch))
    return Picture(drawing_png.written(page, SCALE), round(page.width * inch * fit, 1), alt(network))


def alt(network: Network) -> str:
    """What the picture says, in words."""
    return summary(network)


def _page(network: Network, title: str = "", marking: str = "", aspect: float = SCREEN, margin: float = MARGIN) -> Drawing:
    alone, linked = [case.label for case in network.alone()], network.linked()
    drawn = [_laid(group, aspect) for group in linked]
    if len(linked) > 1:
        drawn = [_framed(heading(n, linked[n - 1]), group) for n, group in enumerate(drawn, 1)]
    body = shelved(drawn, GAP) if drawn else _text(NO_LINKS, 14, TEXT)
    across = max(body.width, TEXT)
    named = _text(f"{ALONE} {'; '.join(alone)}.", 12, across) if alone else NOTHING
    parts = [_text(title, 18, across, bold=True), body, named, _legend(network, across)]
    return _bordered(stacked([part for part in parts if part.marks], GAP), composed(marking), margin)


def _laid(group: Network, aspect: float) -> Drawing:
    """One group: lines, over them what stands on the lines, and the nodes."""
    ties = list(dict.fromkeys(map(without_source, group.ties)))
    number = {node.id: n for n, node in enumerate(group.nodes)}
    boxes = [*map(of_node, group.nodes), *map(of_tie, ties)]
    joins = [(number[end], n) for n, tie in enumerate(ties, len(number)) for end in (tie.a, tie.b)]
    at = placed([box.size for box in boxes], joins, aspect)
    marks: list[Mark] = [line(tie.sure, at[number[end]], at[n]) for n, tie in enumerate(ties, len(number)) for end in (tie.a, tie.b)]
    marks += [mark for box, centre in zip(boxes, at, strict=True) for mark in box.marks(centre)]
    ends = [(number[tie.b], n) for n, tie in enumerate(ties, len(number))]
    marks += [arrow(boxes[b].outline(at[b]), at[b], at[n]) for b, n in ends]
    return _trimmed(marks, boxes, at)


def _trimmed(marks: list[Mark], boxes: list[Box], at: list[Point]) -> Drawing:
    """The marks with their corner where their boxes begin."""
    edges = [
        (x - box.size[0] / 2, y - box.size[1] / 2, x + box.size[0] / 2, y + box.size[1] / 2) for box, (x, y) in zip(boxes, at, strict=True)
    ]
    left, top = min(edge[0] for edge in edges) - 2, min(edge[1] for edge in edges) - 2
    right, bottom = max(edge[2] for edge in edges) + 2, max(edge[3] for edge in edges) + 2
    return Drawing(right - left, bottom - top, tuple(Drawing(0, 0, tuple(marks)).moved(-left, -top)))


def _framed(heading: str, group: Drawing) -> Drawing:
    """A group under its heading, in a frame."""
    inside = stacked([_text(heading, 14, max(group.width, 150), bold=True), group], 8)
    wide, high = inside.width + 2 * PAD, inside.height + 2 * PAD
    frame = Area(((1, 1), (wide - 1, 1), (wide - 1, high - 1), (1, high - 1)), WHITE, 1, GREY)
    return Drawing(wide, high, (frame, *inside.moved(PAD, PAD)))


def _legend(network: Network, across: float) -> Drawing:
    """What the shapes and lines that are drawn stand for."""
    if not network.ties:
        return NOTHING
    kinds = [kind for kind in KINDS if any(node.kind == kind for node in network.nodes)]
    patterns = [sure for sure in SURENESS if any(tie.sure == sure for tie in network.ties)]
    keys = [*map(_shape_key, kinds), *map(_line_key, patterns)]
    rows = rowed(keys, GAP, 2, across)
    return stacked([_text("What the shapes and lines mean", 12, across, bold=True), rows, _text(READ_ALONG, SMALL, across)], 6)


def _shape_key(kind: str) -> Drawing:
    box = Box((Row(KINDS[kind], SMALL),), SHAPES[kind])
    wide, high = box.size
    return Drawing(wide + 4, KEY, tuple(box.marks((wide / 2 + 2, KEY - high / 2 - 2))))


def _line_key(sure: str) -> Drawing:
    words = f"({SURENESS[sure]})"
    return Drawing(
        width(words, SMALL) + 64, KEY, (line(sure, (0, KEY - 16), (56, KEY - 16)), Words(62, KEY - 12.5, words, SMALL, at="start"))
    )


def _text(words: str, size: int, across: float, bold: bool = False) -> Drawing:
    """A text in lines, from the left; nothing where there is none."""
    broken = lines(composed(words), across, size, bold)
    rows = tuple(Words(0, (n + 0.8) * size * LEADING, row, size, bold, at="start") for n, row in enumerate(broken))
    return Drawing(max((width(row, size, bold) for row in broken), default=0), len(rows) * size * LEADING, rows)


def _bordered(inside: Drawing, marking: str, margin: float) -> Drawing:
    """The page: margins all round, the marking at the top and the bottom."""
    sign = Drawing(inside.width, 16, (Words(inside.width / 2, 13, marking, 13, bold=True),)) if marking else NOTHING
    page = stacked([part for part in (sign, inside, sign) if part.marks], GAP)
    return Drawing(page.width + 2 * margin, page.height + 2 * margin, tuple(page.moved(margin, margin)))


def _legible(network: Network) -> Network:
    """The network with nothing in it that the shipped font can't draw; the table has the words as they are."""
    nodes = tuple(replace(node, label=_drawable(node.label), detail=_drawable(node.detail)) for node in network.nodes)
    return Network(nodes, tuple(replace(tie, how=_drawable(tie.how)) for tie in network.ties))


def _drawable(words: str) -> str:
    return words if all(map(has, composed(words))) else ELSEWHERE
