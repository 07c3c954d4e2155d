"""Where boxes that are joined by lines stand on a page: near to what they are joined to, none over another, few lines crossing.

Distances come from networkx; boxes are drawn to them by stress majorization (Gansner, Koren and North, 2004), and pushed apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from mase_docs.packs.drawing import not_installed

try:
    import networkx
    import numpy
except ModuleNotFoundError as missing:
    raise not_installed() from missing

GAP, SLACK = 12.0, 1.0
"""Between two boxes at least, in pixels; less by a slack that nobody sees."""
LINE = 20.0
"""How long a line is at least, so that its pattern is seen."""
ROUNDS, PUSHES, MENDS, BEST, SPREADS = 120, 60, 3, 2, 5
"""How often, at most: points are moved to their distances, boxes pushed before they are spread, moved off lines; how many of the tries
are bettered; how often they are spread for lines that run under boxes."""
# what is tried: turns of a layout, how much smaller it starts, how it is drawn in when it is better, how far one box is moved
TURNS = numpy.linspace(0, numpy.pi, 6, endpoint=False)
DRAWN_IN = ((0.9, 0.9), (1, 0.85), (0.85, 1))
MOST_DRAWN_IN = 8
SQUEEZES = (1.0, 0.75, 0.6, 0.45)
STEPS = tuple(
    (x * reach, y * reach)
    for reach in (25, 60, 110, 180)
    for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))
)

Points = Any  # numpy.ndarray of x, y
Joins = Sequence[tuple[int, int]]


def placed(sizes: Sequence[tuple[float, float]], joins: Joins, aspect: float) -> list[tuple[float, float]]:
    """The centre of each box, the same for the same boxes.

    sizes   width and height of each box, in pixels
    joins   the numbers of the boxes at the two ends of each line; all boxes hang together
    aspect  width by height of the room that there is
    """
    bench = _Bench(numpy.array(sizes) / 2, joins, aspect)
    best = sorted(_tries(bench), key=bench.cost)[:BEST]
    found = min((bench.drawn_in(bench.cleared(points)) for points in best), key=bench.cost)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in found]


def _tries(bench: _Bench) -> Iterator[Points]:
    """Layouts to choose from; in whole pixels, as another processor reckons the last digits otherwise."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(bench.halves)))
    reach = numpy.hypot(*bench.halves.T) * 0.8
    graph.add_edges_from((a, b, {"length": reach[a] + reach[b] + LINE}) for a, b in bench.joins)
    ideal = _distances(graph)
    for start in _starts(graph):
        settled = _settled(numpy.array([start[n] for n in range(len(bench.halves))]) * ideal.max(), ideal)
        for turn in TURNS:
            spun = (settled @ numpy.array([[numpy.cos(turn), -numpy.sin(turn)], [numpy.sin(turn), numpy.cos(turn)]])).round()
            yield from (_apart(spun * squeeze, bench.need) for squeeze in SQUEEZES)


def _starts(graph: networkx.Graph) -> Iterator[dict[int, Any]]:
    yield networkx.circular_layout(graph)
    planar, _ = networkx.check_planarity(graph)
    if planar:
        yield networkx.planar_layout(graph)
    for seed in range(3):
        yield networkx.spring_layout(graph, seed=seed, iterations=30, weight=None)


def _distances(graph: networkx.Graph) -> Points:
    ideal = numpy.ones((len(graph), len(graph)))
    for one, others in networkx.all_pairs_dijkstra_path_length(graph, weight="length"):
        for other, length in others.items():
            ideal[one, other] = length or 1
    return ideal


def _settled(points: Points, ideal: Points) -> Points:
    """The points moved until they are as far from each other as they are to be, near ones first of all."""
    weights = ideal**-2.0
    numpy.fill_diagonal(weights, 0)
    inverse = numpy.linalg.pinv(numpy.diag(weights.sum(axis=1)) - weights)
    for _ in range(ROUNDS):
        gaps = numpy.linalg.norm(points[:, None] - points[None], axis=2)
        pull = weights * ideal / numpy.maximum(gaps, 0.1)
        points = inverse @ ((numpy.diag(pull.sum(axis=1)) - pull) @ points)
    return points


def _apart(points: Points, need: Points) -> Points:
    """The boxes pushed off each other, each pair the shorter way; spread where there is no room to push.

    need   how far apart the middles of each two boxes are to be, along or across
    """
    order = 1e-9 * numpy.sign(numpy.arange(len(points))[:, None] - numpy.arange(len(points))[None])  # parts boxes in the same place
    x, y = points.T
    while True:
        for _ in range(PUSHES):
            aside, above = x[:, None] - x[None], y[:, None] - y[None]
            over_x, over_y = need[0] - abs(aside), need[1] - abs(above)
            hit = (over_x > SLACK) & (over_y > SLACK)
            if not hit.any():
                return numpy.array([x, y]).T.round(1)
            x = x + (hit * (over_x <= over_y) * over_x * numpy.sign(aside + order)).sum(axis=1) / 2
            y = y + (hit * (over_x > over_y) * over_y * numpy.sign(above + order)).sum(axis=1) / 2
        x, y = x * 1.05, y * 1.05


class _Bench:
    """What judges where boxes stand, and betters it box by box."""

    def __init__(self, halves: Points, joins: Joins, aspect: float) -> None:
        self.halves, self.joins, self.aspect = halves, joins, aspect
        self.ends = numpy.array(joins).reshape(-1, 2)
        self.lines = [numpy.nonzero((self.ends == box).any(axis=1))[0] for box in range(len(halves))]
        gaps = numpy.full((len(halves), len(halves)), GAP)
        gaps[self.ends, self.ends[:, ::-1]] = LINE
        self.need = numpy.array([half[:, None] + half[None] + gaps for half in halves.T])
        self.need[:, range(len(halves)), range(len(halves))] = 0

    def cost(self, points: Points) -> float:
        """How bad it looks: lines under boxes worst, then lines that cross, the room it takes, long lines."""
        crossed = self._crossings(points, numpy.arange(len(self.ends)))
        return 20.0 * int(self._all_under(points).sum()) + crossed + self._spread(points)

    def _cost_of(self, points: Points, box: int) -> float:
        """The same, of what changes when this one box is moved."""
        own, others = self.lines[box], numpy.arange(len(self.ends))
        under = self._under(points, own, numpy.arange(len(self.halves))).sum() + self._under(points, others, numpy.array([box])).sum()
        return 20.0 * int(under) + 2 * self._crossings(points, own) + self._spread(points)

    def _spread(self, points: Points) -> float:
        width, height = (points + self.halves).max(axis=0) - (points - self.halves).min(axis=0)
        room = max(width / self.aspect**0.5, height * self.aspect**0.5) / numpy.sqrt((self.halves[:, 0] * self.halves[:, 1]).sum() * 4)
        lengths = numpy.hypot(*(points[self.ends[:, 0]] - points[self.ends[:, 1]]).T)
        return float(10 * room + lengths.mean() / LINE)

    def cleared(self, points: Points) -> Points:
        """The points bettered, and spread until no line runs under a box."""
        points = self.mended(points)
        for _ in range(SPREADS):
            if not self._all_under(points).any():
                break
            points = self.mended(_apart(points * 1.15, self.need))
        return points

    def drawn_in(self, points: Points) -> Points:
        """The points nearer to each other, along, across or both, as long as it looks better."""
        for _ in range(MOST_DRAWN_IN):
            points = self.bettered(points, range(len(points)))
            nearer = min((self.mended(_apart(points * squeeze, self.need)) for squeeze in DRAWN_IN), key=self.cost)
            if self.cost(nearer) >= self.cost(points):
                break
            points = nearer
        return points

    def mended(self, points: Points) -> Points:
        """The points with every box that a line runs under, and what that line joins, moved to where it looks best."""
        for _ in range(MENDS):
            lines, boxes = numpy.nonzero(self._all_under(points))
            before, points = points, self.bettered(points, sorted({*boxes.tolist(), *self.ends[lines].ravel().tolist()}))
            if points is before:
                break
        return points

    def bettered(self, points: Points, boxes: Iterable[int]) -> Points:
        """The points with each of these boxes moved to where it looks best."""
        for box in boxes:
            points = min([points, *self._moves(points, box)], key=partial(self._cost_of, box=box))
        return points

    def _moves(self, points: Points, box: int) -> Iterator[Points]:
        """One box moved a step in each direction where it is on no other box."""
        need = self.need[:, box].T
        for step in STEPS:
            there = points[box] + step
            if not (numpy.abs(points - there) < need).all(axis=1).any():
                moved = points.copy()
                moved[box] = there
                yield moved

    def _all_under(self, points: Points) -> Points:
        return self._under(points, numpy.arange(len(self.ends)), numpy.arange(len(self.halves)))

    def _under(self, points: Points, lines: Points, boxes: Points) -> Points:
        """Which of the lines runs under which of the boxes, but for those that it ends in (clipping of Liang and Barsky)."""
        ends, halves = self.ends[lines], self.halves[boxes] + 3
        starts = points[ends[:, 0]][:, None]
        ways = points[ends[:, 1]][:, None] - starts
        ways = numpy.where(numpy.abs(ways) < 1e-9, 1e-9, ways)
        near, far = (points[boxes] - halves - starts) / ways, (points[boxes] + halves - starts) / ways
        enters, leaves = numpy.minimum(near, far), numpy.maximum(near, far)
        first, last = numpy.maximum(enters[..., 0], enters[..., 1]), numpy.minimum(leaves[..., 0], leaves[..., 1])
        hit = numpy.maximum(first, 0) < numpy.minimum(last, 1)
        return hit & (ends[:, :1] != boxes) & (ends[:, 1:] != boxes)

    def _crossings(self, points: Points, lines: Points) -> int:
        """How often the lines cross any line; those that cross each other count twice."""
        a, b = points[self.ends[lines, 0]][:, None], points[self.ends[lines, 1]][:, None]
        c, d = points[self.ends[:, 0]][None], points[self.ends[:, 1]][None]
        return int(((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)).sum())


def _side(a: Points, b: Points, c: Points) -> Points:
    """On which side of the line from a to b each c is."""
    return numpy.sign((b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0]))
