"""A drawing as an SVG 1.1 file: text stays text, nothing is loaded from elsewhere, and nothing runs."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from mase_docs.packs.drawing import Drawing, Line, Mark, Words
from mase_docs.packs.lettering import has, width

FONT = "Arial, Helvetica, sans-serif"
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) can't hold."""
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-labelledby="title desc"'
    ' xml:lang="en-GB" font-family="{font}">\n<title id="title">{title}</title>\n<desc id="desc">{desc}</desc>\n'
    '<rect width="{w}" height="{h}" fill="#FFFFFF"/>\n'
)


def written(drawing: Drawing, title: str, told: str) -> bytes:
    """The file. title: what it is; told: what it says, for those who do not see it."""
    wide, high = _number(drawing.width), _number(drawing.height)
    head = HEAD.format(w=wide, h=high, font=FONT, title=_text(title), desc=_text(told))
    return (head + "\n".join(map(_element, drawing.marks)) + "\n</svg>\n").encode()


def _element(mark: Mark) -> str:
    if isinstance(mark, Words):
        return _words(mark)
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
    if isinstance(mark, Line):
        dashes = f' stroke-dasharray="{" ".join(map(_number, mark.dashes))}"' if mark.dashes else ""
        return f'<polyline points="{points}" fill="none" stroke="#1B2733" stroke-width="{_number(mark.width)}"{dashes}/>'
    outline = f' stroke="{mark.colour}" stroke-width="{_number(mark.width)}" stroke-linejoin="round"' if mark.width else ""
    return f'<polygon points="{points}" fill="{mark.fill}"{outline}/>'


def _words(mark: Words) -> str:
    """As wide as it was measured, whatever font the viewer has; letters of other scripts are as wide as they are."""
    bold = ' font-weight="bold"' if mark.bold else ""
    fitted = f' textLength="{_number(width(mark.text, mark.size, mark.bold))}" lengthAdjust="spacingAndGlyphs"'
    place = f'x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{mark.size}" text-anchor="{mark.at}" fill="{mark.colour}"'
    return f"<text {place}{bold}{fitted if all(map(has, mark.text)) else ''}>{_text(mark.text)}</text>"


def _text(words: str) -> str:
    return escape(ILLEGAL.sub("", words))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
