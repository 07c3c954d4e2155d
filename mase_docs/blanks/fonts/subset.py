"""How the two fonts here were made: `python subset.py FOLDER`, with Liberation Sans 2.1.5 (Debian's fonts-liberation2) in FOLDER.

Not run by the program. The Open Font Licence keeps the name Liberation for the original, so the subsets have a name of their own.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Panel Sans"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x259, *range(0x1E00, 0x1F00)]
SIGNS = [ord(c) for c in "‐‑–—‘’‚“”„†‡•…‰′″‹›€№™←↑→↓−≈≤≥□◊ˆˇ˘˙˛˜˝"]


def subset(source: Path, style: str, target: Path) -> None:
    """Writes the letters above of one font, without hints and kerning, under our own name and the same licence."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], name_IDs=[0, 13, 14], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "meta", "FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LATIN + SIGNS)
    subsetter.subset(font)
    _rename(font, style)
    font.save(target)


def _rename(font: TTFont, style: str) -> None:
    whole = f"{FAMILY} {style}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for number, text in {1: FAMILY, 2: style, 3: whole, 4: whole, 5: "Version 2.1.5; subset", 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    for style in ("Regular", "Bold"):
        subset(Path(sys.argv[1]) / f"LiberationSans-{style}.ttf", style, Path(__file__).with_name(f"PanelSans-{style}.ttf"))
