"""How the Word form looks: its styles, written once, and named by what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from mase_docs.blanks.colours import BLUE, GREY, INK, NAVY, PALE, RED, WHITE
from mase_docs.blanks.word_xml import root
from mase_docs.definition.content_control import SIGNS
from mase_docs.word_xml import Node, w

FONT = "Arial"
LINES = "8FA1AE"
MARGIN = 85
"""What is left free inside a cell, left and right; all measures are twentieths of a point."""

SIDES = ("top", "left", "bottom", "right")

EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
THEME_ORDER = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
THEME = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Form"><a:themeElements>'
    '<a:clrScheme name="Form">{colours}</a:clrScheme>'
    '<a:fontScheme name="Form"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
    '<a:fmtScheme name="Form">{shapes}</a:fmtScheme></a:themeElements></a:theme>'
)


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs (or of characters): size in points, space before and after in twentieths; `level` of a heading, from 0;
    `stays` with what follows it; `hangs` from a tab stop, as the words beside a box do."""

    id: str
    name: str
    size: float = 0
    ink: str = INK
    bold: bool = False
    fill: str = ""
    before: int = 0
    after: int = 0
    stays: bool = False
    level: int | None = None
    centred: bool = False
    hangs: int = 0
    characters: bool = False


STYLES = (
    Style("Title", "Title", 19, NAVY, bold=True, after=100, stays=True),
    Style("Intro", "Intro", 10, after=80),
    Style("Heading1", "heading 1", 12, WHITE, bold=True, fill=BLUE, before=320, after=110, stays=True, level=0),
    Style("Heading2", "heading 2", 11, NAVY, bold=True, before=240, after=60, stays=True, level=1),
    Style("Heading3", "heading 3", 10, NAVY, bold=True, before=160, after=60, stays=True, level=2),
    Style("TheEnd", "The end", 10, GREY, before=200),
    Style("About", "About", 9, GREY, after=80, stays=True),
    Style("Head", "Head", 8.5, NAVY, bold=True, before=20, after=20, stays=True),
    Style("Question", "Question", 10, bold=True, before=40, after=20),
    Style("Row", "Row", 9.5, before=40, after=40),
    Style("Note", "Note", 8.5, GREY, after=40),
    Style("Answer", "Answer", 10, before=50, after=50),
    Style("Group", "Group", 9, NAVY, bold=True, before=80, after=20, stays=True),
    Style("Tick", "Tick", 10, before=15, after=15, hangs=340),
    Style("Header", "header", 9.5, bold=True, centred=True),
    Style("Footer", "footer", 8.5, GREY),
    Style("PlaceholderText", "Placeholder Text", ink=GREY, characters=True),
    Style("Needed", "Needed", ink=RED, bold=True, characters=True),
    Style("NeededIf", "Needed if", ink=RED, characters=True),
    Style("Hint", "Hint", 8.5, GREY, characters=True),
    Style("Marking", "Marking", 9.5, INK, bold=True, characters=True),
)


def styles(language: str) -> bytes:
    """The part word/styles.xml."""
    letters = w("rPr", *_font(), *_size(10), w("lang", val=language, eastAsia=language, bidi="ar-SA"))
    defaults = w("docDefaults", w("rPrDefault", letters), w("pPrDefault", w("pPr", w("spacing", after=0, line=245, lineRule="auto"))))
    return root("styles", defaults, *_base(), *map(_style, STYLES), _table_style())


def _font() -> list[Node]:
    return [w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)]


def _size(points: float) -> list[Node]:
    half_points = round(points * 2)
    return [w("sz", val=half_points), w("szCs", val=half_points)] if points else []


def _base() -> list[Node]:
    """What Word expects to find in every document."""
    none = [w(side, w=margin, type="dxa") for side, margin in zip(SIDES, (0, 108, 0, 108), strict=True)]
    table = w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *none))
    return [
        w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal"),
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        w(
            "style",
            w("name", val="Normal Table"),
            w("uiPriority", val=99),
            w("semiHidden"),
            table,
            type="table",
            default=1,
            styleId="TableNormal",
        ),
    ]


def _style(style: Style) -> Node:
    letters = w("rPr", *([w("b"), w("bCs")] if style.bold else []), w("color", val=style.ink), *_size(style.size))
    kind = {"type": "character" if style.characters else "paragraph", "styleId": style.id}
    based = w("basedOn", val="DefaultParagraphFont" if style.characters else "Normal")
    whole = [letters] if style.characters else [w("pPr", *_setting(style)), letters]
    return w("style", w("name", val=style.name), based, w("qFormat"), *whole, **kind)


def _setting(style: Style) -> list[Node]:
    """How a paragraph stands, in the order of ECMA-376 part 1, 17.3.1.26."""
    parts = [
        style.stays and w("keepNext"),
        style.fill
        and w("pBdr", *(w(side, val="single", sz=4, space=2 if side in ("top", "bottom") else 4, color=style.fill) for side in SIDES)),
        style.fill and w("shd", val="clear", color="auto", fill=style.fill),
        style.hangs and w("tabs", w("tab", val="left", pos=style.hangs)),
        w("spacing", before=style.before, after=style.after),
        style.hangs and w("ind", left=style.hangs, hanging=style.hangs),
        style.fill and w("ind", left=MARGIN, right=MARGIN),
        style.centred and w("jc", val="center"),
        style.level is not None and w("outlineLvl", val=style.level),
    ]
    return [part for part in parts if part is not False and part != "" and part != 0]


def _table_style() -> Node:
    frame = w("tblBorders", *(w(side, val="single", sz=4, space=0, color=LINES) for side in (*SIDES, "insideH", "insideV")))
    margins = w("tblCellMar", *(w(side, w=MARGIN if side in ("left", "right") else 15, type="dxa") for side in SIDES))
    head = w("tblStylePr", w("tcPr", w("shd", val="clear", color="auto", fill=PALE)), type="firstRow")
    about = w("tblPr", w("tblInd", w=0, type="dxa"), frame, margins)
    return w(
        "style", w("name", val="Questions"), w("basedOn", val="TableNormal"), about, head, type="table", customStyle=1, styleId="Questions"
    )


def fonts() -> bytes:
    """The part word/fontTable.xml."""
    return root("fonts", *(w("font", w("pitch", val="variable"), name=name) for name in (FONT, SIGNS)))


def theme() -> bytes:
    """The part word/theme/theme1.xml, which Word wants though nothing here leans on it (20.1.6.9; three of each kind are demanded)."""
    inks = {"dk1": INK, "lt1": WHITE, "dk2": NAVY, "lt2": PALE, "hlink": BLUE, "folHlink": GREY}
    inks |= {f"accent{n}": ink for n, ink in enumerate((BLUE, NAVY, GREY, RED, LINES, PALE), 1)}
    colours = "".join(f'<a:{name}><a:srgbClr val="{inks[name]}"/></a:{name}>' for name in THEME_ORDER)
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    kinds = {"fillStyleLst": fill, "lnStyleLst": f"<a:ln>{fill}</a:ln>", "effectStyleLst": EFFECT, "bgFillStyleLst": fill}
    shapes = "".join(f"<a:{kind}>{each * 3}</a:{kind}>" for kind, each in kinds.items())
    return THEME.format(colours=colours, font=font, shapes=shapes).encode()
