"""A file to be opened, and what came of opening it: a form, or the files inside an e-mail or an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mase_docs.intake.names import hides, safe_name
from mase_docs.model.submission import Mail, Source, Submission

Role = Literal["attached", "shown", "text"]
INSIDE = " › "
"""Between the name of what carries and of what is carried."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file, by itself or inside another.

    name    what it is called: cleaned, never a path (names.py)
    data    its bytes
    role    attached: a file that was sent; shown: a picture that the mail's text shows (a logo); text: the mail's own text
    mail    the e-mail it came with: the innermost one
    hidden  whether its name as sent held characters that cannot be seen, or pushed its ending out of sight
    locked  whether it lay in something that a password protects
    """

    name: str
    data: bytes
    role: Role = "attached"
    mail: Mail | None = None
    hidden: bool = False
    locked: bool = False


def named(name: str, data: bytes, role: Role = "attached", mail: Mail | None = None) -> Part:
    """The part of that name as it was sent, whatever is in the name."""
    return Part(safe_name(name), data, role, mail, hides(name))


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a file.

    submission  the form that was in it, or why there is none; None for a mail or an archive
    parts       what a mail or an archive carries; None for any other file
    locked      whether a password would open it; protected: whether one did
    """

    source: Source
    submission: Submission | None = None
    parts: tuple[Part, ...] | None = None
    locked: bool = False
    protected: bool = False
