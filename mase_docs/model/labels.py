"""The case label: what a case is called wherever no name may stand (domain 6.3). It is never a key: initials collide."""

from __future__ import annotations

import re
import unicodedata

COPY_FOR = "Copy for"
"""How the line begins that says on each page whose copy a paper is."""


def case_label(reference: str, names: list[str], age: int | None, sex: str) -> str:
    """Reference, initials, age and sex: `MASE-2026-0007 / ZL / 15F`; "?" for what isn't known."""
    return " / ".join([reference, initials(names), f"{'?' if age is None else age}{sex[:1]}"])


def initials(names: list[str]) -> str:
    """The first letter of each name; "?" where there is none."""
    return "".join(_first_letter(name) for name in names if name) or "?"


def _first_letter(name: str) -> str:
    return next((letter.upper() for letter in unicodedata.normalize("NFC", name) if letter.isalpha()), "?")


def file_name(*words: str, kind: str) -> str:
    """`MASE_2026-12-02_actions_borough_police.xlsx`: words that tell of no young person, in letters that every system takes in a name."""
    return f"{'_'.join(re.sub('[^A-Za-z0-9.-]+', '_', word).strip('_.') for word in words)}.{kind}"
