"""The picture of links: nothing overlaps, nothing depends on colour, nothing is in it that the table doesn't say."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from mase_docs.model.network import KINDS, SURENESS, Network, Node, Tie
from mase_docs.model.network_words import facts
from mase_docs.packs.lettering import width
from mase_docs.packs.network_picture import ALONE, ELSEWHERE, NO_LINKS, alt, picture, png, svg
from tests.networks import case, group, month, thing, tied, together

ONE, TWO = case(1), case(2)
SMALL = tied((ONE, thing(1)), (TWO, thing(1)))
SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Links between cases"


@dataclass(frozen=True)
class Frame:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Frame, within: float = 0.5) -> bool:
        along = min(self.right, other.right) - max(self.left, other.left)
        return along > within and min(self.bottom, other.bottom) - max(self.top, other.top) > within

    def holds(self, other: Frame) -> bool:
        return self.left <= other.left and self.top <= other.top and self.right >= other.right and self.bottom >= other.bottom


def drawn(network: Network, marking: str = "") -> Element:
    root: Element = fromstring(svg(network, TITLE, marking))
    return root


def points(shape: Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in shape.get("points", "").split())]


def around(shape: Element) -> Frame:
    xs, ys = zip(*points(shape), strict=True)
    return Frame(min(xs), min(ys), max(xs), max(ys))


def boxes(root: Element) -> list[Frame]:
    """Nodes and what stands on lines: all areas but arrows, inner outlines, and frames of groups."""
    shapes = [shape for shape in root.iter(f"{SVG}polygon") if len(points(shape)) > 3 and shape.get("stroke-width") != "1"]
    return [around(shape) for shape in shapes]


def texts(root: Element) -> list[tuple[str, Frame]]:
    found = []
    for text in root.iter(f"{SVG}text"):
        size, words = float(text.get("font-size", "")), text.text or ""
        x, y, wide = float(text.get("x", "")), float(text.get("y", "")), width(words, size, text.get("font-weight") == "bold")
        left = x - wide / 2 if text.get("text-anchor") == "middle" else x
        found.append((words, Frame(left, y - size * 0.75, left + wide, y + size * 0.2)))
    return found


def words(root: Element) -> list[str]:
    return [said for said, _ in texts(root)]


NETWORKS = {
    "nothing": Network(),
    "one case": Network((ONE,)),
    "no links": Network((ONE, TWO)),
    "two cases": SMALL,
    "twelve": group(1, 12, 14),
    "forty nodes": group(2, 20, 20),
    "hub": tied(*((case(n), thing(1)) for n in range(1, 16))),
    "tied twice": together(tied((ONE, TWO), how="friend of"), tied((TWO, ONE), how="suspected of harming", sure="likely")),
    "a month": month(),
}


@cache
def known(name: str) -> Element:
    return drawn(NETWORKS[name])


@pytest.fixture(scope="module", params=NETWORKS)
def root(request: pytest.FixtureRequest) -> Element:
    return known(request.param)


@pytest.fixture(scope="module")
def twelve() -> Element:
    return known("twelve")


def test_no_two_shapes_or_labels_overlap(root: Element) -> None:
    assert [(one, other) for one, other in combinations(boxes(root), 2) if one.meets(other)] == []


def test_no_two_lines_of_text_overlap(root: Element) -> None:
    assert [(one, other) for (one, a), (other, b) in combinations(texts(root), 2) if a.meets(b)] == []


def test_everything_is_on_the_page(root: Element) -> None:
    page = Frame(0, 0, float(root.get("width", "")), float(root.get("height", "")))
    assert all(page.holds(frame) for frame in [*boxes(root), *(frame for _, frame in texts(root))])


def test_words_stay_within_the_shape_they_are_in(twelve: Element) -> None:
    shapes = boxes(twelve)
    inside = [frame for _, frame in texts(twelve) if any(shape.meets(frame) for shape in shapes)]
    assert len(inside) > 80
    assert all(any(shape.holds(frame) for shape in shapes) for frame in inside)


@pytest.mark.parametrize("seed", range(4))
def test_no_line_runs_under_a_shape_that_it_does_not_join(seed: int) -> None:
    root = drawn(group(seed, 7, 8))
    shapes = boxes(root)
    for line in root.iter(f"{SVG}polyline"):
        (ax, ay), (bx, by) = points(line)
        along = [(ax + (bx - ax) * n / 200, ay + (by - ay) * n / 200) for n in range(201)]
        met = {shape for shape in shapes for x, y in along if shape.left < x < shape.right and shape.top < y < shape.bottom}
        assert len(met) in (0, 2)


def test_every_node_and_tie_is_drawn_with_its_kind_and_how_sure_it_is(twelve: Element) -> None:
    said = " ".join(words(twelve))
    network = NETWORKS["twelve"]
    for node in network.nodes:
        assert all(part in said for part in (KINDS[node.kind], *node.label.split()))
    for sure in SURENESS:
        assert words(twelve).count(f"({SURENESS[sure]})") == sum(tie.sure == sure for tie in network.ties) + 1


def test_what_is_in_the_picture_is_in_the_table() -> None:
    network = group(4, 9, 12)
    told = " ".join(" ".join(fact) for fact in facts(network)) + " ".join(f"{node.label} {node.detail}" for node in network.cases)
    ours = f"{TITLE} What the shapes and lines mean Read each line from its start to its arrow."
    table = set(re.findall(r"\w+", f"{told} {ours} {' '.join(KINDS.values())}".lower()))
    assert set(re.findall(r"\w+", " ".join(words(drawn(network))).lower())) <= table


def test_who_says_so_does_not_draw_a_line_twice() -> None:
    both = together(tied((ONE, TWO), source="police"), tied((ONE, TWO), source="school"))
    assert len(list(drawn(both).iter(f"{SVG}polyline"))) == len(list(drawn(tied((ONE, TWO))).iter(f"{SVG}polyline")))


def test_each_kind_has_an_outline_of_its_own_and_each_sureness_a_pattern() -> None:
    kinds = [kind for kind in KINDS if kind != "case"]
    nodes = [Node(kind, kind, "Same words") for kind in kinds]
    ties = [Tie(end.id, node.id, "known to", sure) for end in (ONE, TWO) for node, sure in zip(nodes, [*SURENESS] * 3, strict=False)]
    root = drawn(Network((ONE, TWO, *nodes), tuple(ties)))
    legend = [around(shape) for shape in root.iter(f"{SVG}polygon")]
    shapes = [shape for shape in root.iter(f"{SVG}polygon") if shape.get("stroke") and around(shape).top > 0.9 * max(f.top for f in legend)]
    corners = {tuple((round(x - around(s).left), round(y - around(s).top)) for x, y in points(s)) for s in shapes}
    assert len(corners) == len(shapes) == len(KINDS) + 1
    assert len({line.get("stroke-dasharray") for line in root.iter(f"{SVG}polyline")}) == len(SURENESS)


def test_the_legend_names_what_is_used_and_nothing_else() -> None:
    said = words(drawn(SMALL))
    after = said[said.index("What the shapes and lines mean") + 1 :]
    assert after == ["Case", "School", "(confirmed)", "Read each line from its start to its arrow."]
    assert "What the shapes and lines mean" not in words(drawn(Network((ONE, TWO))))


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_every_fill_and_is_large_enough(root: Element) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    fills = {"#FFFFFF"} | {shape.get("fill", "") for shape in root.iter(f"{SVG}polygon") if len(points(shape)) > 3}
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("font-size", "")) >= 10
        for fill in fills:
            light, dark = sorted((brightness(fill), brightness(text.get("fill", ""))), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_file_says_what_it_is_to_those_who_do_not_see_it(root: Element) -> None:
    assert root.get("role") == "img"
    assert [element.tag for element in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("aria-labelledby", "").split() == [element.get("id") for element in root][:2]
    assert root[0].text == TITLE


def test_the_description_is_the_alternative_text() -> None:
    assert drawn(SMALL)[1].text == alt(SMALL)
    assert alt(SMALL) == "1 group of linked cases. Group 1: 2 cases, joined through Marshgate Academy (school), 2 cases."


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", "A & B", "\"quoted\" 'too'", "]]>", "bell\x07 and null\x00", "😀 עברית 中文"]
)
def test_a_label_is_text_whatever_is_in_it(label: str) -> None:
    root = drawn(tied((ONE, thing(1, name=label)), (TWO, thing(1, name=label))))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "desc", "rect", "polygon", "polyline", "text"}
    plain = re.sub(r"[\x00-\x08]", "", label)
    assert "".join(plain.split()) in "".join("".join(words(root)).split())


def test_nothing_is_loaded_from_elsewhere(twelve: Element) -> None:
    assert not [name for element in twelve.iter() for name in element.attrib if "href" in name or name.startswith("on") or name == "style"]


def test_a_long_label_wraps_and_a_word_without_an_end_is_broken() -> None:
    long = tied((ONE, thing(1, "username", "x" * 200)), (TWO, thing(1, "username", "x" * 200)))
    assert "".join(said for said in words(drawn(long)) if set(said) == {"x"}) == "x" * 200
    assert float(drawn(long).get("width", "")) < 900


def test_no_links_are_said_in_words() -> None:
    said = words(drawn(Network((ONE, TWO))))
    assert NO_LINKS in said
    assert any(line.startswith(ALONE) and TWO.label in line for line in said)


def test_groups_are_numbered_and_a_single_one_is_not() -> None:
    assert [said for said in words(known("a month")) if said.startswith("Group ")] == [
        f"Group {n}: {cases} cases" for n, cases in enumerate((12, 9, 7, 6, 5, 4, 4, 3, 2), 1)
    ]
    assert not [said for said in words(drawn(SMALL)) if said.startswith("Group ")]


def test_the_marking_stands_at_the_top_and_at_the_bottom() -> None:
    said = words(drawn(SMALL, "OFFICIAL-SENSITIVE"))
    assert said[0] == said[-1] == "OFFICIAL-SENSITIVE"


def test_the_same_facts_give_the_same_bytes_in_any_order_and_in_another_process() -> None:
    network = group(7, 4, 4)
    other = Network(network.nodes[::-1], network.ties[::-1])
    assert svg(network, TITLE) == svg(other, TITLE)
    assert picture(network) == picture(other)
    script = "import sys; from tests.networks import group; from mase_docs.packs.network_picture import svg;"
    script += f" sys.stdout.buffer.write(svg(group(7, 4, 4), {TITLE!r}))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout == svg(network, TITLE)


@pytest.mark.parametrize("scale", [1, 3])
def test_the_png_shows_the_same_page(scale: int) -> None:
    root, shown = drawn(SMALL), Image.open(BytesIO(png(SMALL, TITLE, scale)))
    assert abs(shown.width - float(root.get("width", "")) * scale) <= scale
    assert abs(shown.height - float(root.get("height", "")) * scale) <= scale
    at = texts(root)[0][1]
    dark = shown.convert("L").crop(tuple(int(edge * scale) for edge in (at.left, at.top, at.right, at.bottom)))
    assert dark.getextrema()[0] < 80


def test_a_png_without_colour_tells_ink_from_paper() -> None:
    shades = Image.open(BytesIO(png(SMALL))).convert("L").histogram()
    assert sum(shades[:64]) > 1000
    assert sum(shades[200:]) > sum(shades) / 2


@pytest.mark.parametrize("name", ["Zoë Łącz-Ğürsoy Şahin", "Nguyễn Thị Ngọc", "O’Shea"])
def test_names_in_latin_letters_are_drawn_with_their_accents(name: str) -> None:
    def shown(label: str) -> bytes:
        return png(tied((ONE, thing(1, "person", label)), (TWO, thing(1, "person", label))))

    assert shown(name) != shown(ELSEWHERE)


def test_a_name_that_the_font_cannot_draw_is_left_to_the_table() -> None:
    def shown(label: str) -> bytes:
        return png(tied((ONE, thing(1, "person", label)), (TWO, thing(1, "person", label))))

    assert shown("Тестовая") == shown("测试") == shown(ELSEWHERE)


@pytest.mark.parametrize("name", ["two cases", "tied twice", "hub"])
def test_a_picture_for_word_fits_its_page(name: str) -> None:
    made = picture(NETWORKS[name])
    shown = Image.open(BytesIO(made.data))
    assert 0 < made.width_mm <= 170
    assert made.width_mm * shown.height / shown.width <= 206
    assert made.alt == alt(NETWORKS[name])
