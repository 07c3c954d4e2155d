"""A place in a Word document for people to type, choose or tick in, known again by its name when the document comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "lines", "choice", "date", "tick", "fixed"]


@dataclass(frozen=True, slots=True)
class Control:
    """One content control (ECMA-376 part 1, 17.5.2), with a bookmark of the same name around it.

    name     its tag and bookmark, used once in a document: small letters, digits and _, at most 40 (Word's limit for bookmarks)
    label    what Word shows above it and a screen reader says
    kind     text: one line; lines: several; choice: one of `choices`, by label; date: dd/mm/yyyy; tick; fixed: not to be typed over
    said     what stands in it, "" for nothing yet; of a tick, "yes" or ""
    choices  the labels offered
    """

    name: str
    label: str
    kind: Kind
    said: str = ""
    choices: tuple[str, ...] = ()
