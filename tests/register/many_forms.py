"""As many completed forms as a test wants, each about another young person: one of the month with its names and numbers changed."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from tests.conftest import ROOT

FORM = ROOT / "examples" / "month" / "01_school_group.xlsx"
BORN = date(2011, 7, 3)
SYLLABLES = ("bra", "kel", "mos", "tiv", "dun", "ora", "pel", "zan", "wic", "hol", "gri", "fen", "lux", "ama", "sor", "vey")


def many_forms(folder: Path, count: int, first: int = 0) -> list[Path]:
    """`form_000.xlsx` and so on; the same numbers always make the same forms."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder / f"form_{n:03}.xlsx", a_form(n)) for n in range(first, first + count)]


def a_form(number: int) -> bytes:
    """A form about the young person of that number."""
    random, made = Random(number), BytesIO()
    said = {
        "Quillfeather": _name(random),
        "Zoë “Bee” Łukasz": _name(random),
        "A. Madeup-Parent": f"{_name(random)} {_name(random)}",
        "“Kay”, full name not known": f"{_name(random)} {_name(random)}",
        "1 Invented Row": f"{number} Invented Row",
        "999 000 0018": nhs_number(number),
        "MOS-000001": f"MOS-{number + 5000:06}",
        "3rd July 2011": f"{BORN + timedelta(random.randrange(-500, 1500)):%d %B %Y}",
    }
    with ZipFile(FORM) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for entry in before.namelist():
            after.writestr(
                entry, _said(before.read(entry), said) if entry.endswith(("sharedStrings.xml", "sheet1.xml")) else before.read(entry)
            )
    return made.getvalue()


def _said(part: bytes, said: dict[str, str]) -> bytes:
    text = part.decode()
    for before, after in said.items():
        text = text.replace(before, after)
    return text.encode()


def _name(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=3)).capitalize()


def nhs_number(number: int) -> str:
    """A number of the range that is never issued (999 …), with its check digit; those whose check digit would be 10 are passed over."""
    found = 0
    for stem in range(999_000_001, 999_999_999):
        digits = [int(d) for d in str(stem)]
        check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        found += check != 10
        if found > number + 10:
            return f"{stem}{check % 11}"
    raise ValueError(number)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
