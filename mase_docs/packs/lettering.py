"""How wide words are in the shipped font, and where their lines break."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

from mase_docs import resources
from mase_docs.packs.drawing import not_installed

try:
    from PIL import ImageFont
except ModuleNotFoundError as missing:
    raise not_installed() from missing

EM = 1000
LEADING = 1.25
"""From one line to the next, in font sizes."""


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font in a size in pixels. It has the Latin letters with all their accents, and no others."""
    return _font(size, bold)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    path: Path = resources.folder("blanks.fonts") / f"PanelSans-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=10_000)
def width(words: str, size: float, bold: bool = False) -> float:
    """How wide the words are; a letter that the font doesn't have is taken to be as wide as it is high."""
    strange = sum(not has(letter) for letter in words)
    plain = "".join(filter(has, words))
    return font(EM, bold).getlength(plain) * size / EM + strange * size


@cache
def has(letter: str) -> bool:
    """Whether the font has the letter: it isn't drawn as the box that stands for letters it hasn't."""
    drawn = font(40).getmask(letter)
    return letter == " " or bytes(drawn) != bytes(font(40).getmask("\uffff"))


def composed(words: str) -> str:
    """The words with each accented letter as one character, as fonts have them, and on one line."""
    return " ".join(normalize("NFC", words).split())


def lines(words: str, most: float, size: float, bold: bool = False) -> list[str]:
    """The words in lines of a width at most; a word that is longer is broken where it must be."""
    found = [""]
    for word in words.split():
        for number, piece in enumerate(_pieces(word, most, size, bold)):
            longer = f"{found[-1]} {piece}".strip()
            if number or width(longer, size, bold) > most:
                found.append(piece)
            else:
                found[-1] = longer
    return [line for line in found if line]


def _pieces(word: str, most: float, size: float, bold: bool) -> list[str]:
    found = [""]
    for letter in word:
        if found[-1] and width(found[-1] + letter, size, bold) > most:
            found.append("")
        found[-1] += letter
    return found
