"""The typeface: measuring and breaking text, and the places of the field font that other programs type into."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

REGULAR, BOLD = "PanelSans-Regular", "PanelSans-Bold"
ASCENT, DESCENT = 905, -212
"""Of Liberation Sans in thousandths of its size (its hhea table): viewers space the lines of a box by them."""
LEADING = 1.2
MEAN_LETTER = 0.5
"""Width of a letter of English prose, in sizes, with what is lost where a line breaks (measured: 0.42 to 0.5)."""

LETTERS = {
    "Ą": "Aogonek",
    "ą": "aogonek",
    "Ć": "Cacute",
    "ć": "cacute",
    "Ę": "Eogonek",
    "ę": "eogonek",
    "Ł": "Lslash",
    "ł": "lslash",
    "Ń": "Nacute",
    "ń": "nacute",
    "Ś": "Sacute",
    "ś": "sacute",
    "Ź": "Zacute",
    "ź": "zacute",
    "Ż": "Zdotaccent",
    "ż": "zdotaccent",
    "Ğ": "Gbreve",
    "ğ": "gbreve",
    "İ": "Idotaccent",
    "ı": "dotlessi",
    "Ş": "Scedilla",
    "ş": "scedilla",
    "Ă": "Abreve",
    "ă": "abreve",
    "Ș": "Scommaaccent",
    "ș": "scommaaccent",
    "Ț": "uni021A",
    "ț": "uni021B",
    "Č": "Ccaron",
    "č": "ccaron",
    "Ď": "Dcaron",
    "ď": "dcaron",
    "Ě": "Ecaron",
    "ě": "ecaron",
    "Ň": "Ncaron",
    "ň": "ncaron",
    "Ř": "Rcaron",
    "ř": "rcaron",
    "Ť": "Tcaron",
    "ť": "tcaron",
    "Ů": "Uring",
    "ů": "uring",
    "Ė": "Edotaccent",
    "ė": "edotaccent",
    "Į": "Iogonek",
    "į": "iogonek",
    "Ų": "Uogonek",
    "ų": "uogonek",
    "Ū": "Umacron",
    "ū": "umacron",
    "Ő": "Ohungarumlaut",
    "ő": "ohungarumlaut",
    "Ű": "Uhungarumlaut",
    "ű": "uhungarumlaut",
    "Đ": "Dcroat",
    "đ": "dcroat",
    "Ŵ": "Wcircumflex",
    "ŵ": "wcircumflex",
    "Ŷ": "Ycircumflex",
    "ŷ": "ycircumflex",
    "Ẹ": "Edotbelow",
    "ẹ": "edotbelow",
    "Ọ": "Odotbelow",
    "ọ": "odotbelow",
    "Ṣ": "Sdotbelow",
    "ṣ": "sdotbelow",
    "Ā": "Amacron",
    "ā": "amacron",
}
"""What Polish, Turkish, Romanian, Czech, Lithuanian, Hungarian, Croatian, Welsh, Yoruba … names need beyond Windows-1252, by glyph name
(Adobe Glyph List, https://github.com/adobe-type-tools/agl-aglfn)."""

SPARE = bytes.fromhex(
    "81 8d 8f 90 9d 7f ad 83 86 87 88 89 98 99 a4 a6 a8 a9 aa ac ae af b1 b2 b3 b4 b5 b6 b8 b9 ba bc be a2 a5 f7 d0 de f0 fe"
)
PLACES = [*SPARE, *(code for code in range(1, 32) if code not in b"\t\n\r")]
"""Codes that a referral can do without: unused ones, signs such as ‡ or ¤, and last the control codes."""

DIFFERENCES: dict[int, str] = dict(sorted(zip(PLACES, LETTERS, strict=False)))


def encoding() -> dict[int, str]:
    """Code → character of the field font: Windows-1252 with the letters above put in the spare places."""
    usual = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
    return dict(sorted({**{code: sign for code, sign in usual.items() if sign}, **DIFFERENCES}.items()))


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `ink` is a hexadecimal colour."""

    size: float
    font: str = REGULAR
    ink: str = "1B2733"

    @property
    def leading(self) -> float:
        return self.size * LEADING

    def width(self, text: str) -> float:
        """The width of a text in points."""
        register()
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, self.font, self.size))

    def wrap(self, text: str, width: float) -> list[str]:
        """The text in lines no wider than that; a word that is too wide stands alone."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


@cache
def register() -> None:
    """Makes both fonts known to reportlab."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(files(__package__) / "fonts" / f"{name}.ttf")))


@cache
def face() -> Any:
    """The regular font's measures, in thousandths, as reportlab reads them from the file."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    return TTFontFile(str(files(__package__) / "fonts" / f"{REGULAR}.ttf"))


def letters_a_line(width: float, size: float) -> int:
    """How many letters of ordinary prose a line of that width holds."""
    return max(1, int(width / (size * MEAN_LETTER)))
