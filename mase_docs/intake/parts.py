"""What is inside a file that carries others: an e-mail, an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mase_docs.model.submission import Mail

Role = Literal["attached", "shown", "text"]


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside another.

    name  what it is called there: cleaned, never a path (see `safe_name`)
    data  its bytes
    role  attached: a file that was sent; shown: a picture that the mail's text shows (a logo); text: the mail's own text
    mail  the e-mail it came with: the innermost one
    """

    name: str
    data: bytes
    role: Role = "attached"
    mail: Mail | None = None
