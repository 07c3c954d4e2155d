"""A place in a Word document for people to type, choose or tick in, known again by its name when the document comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "lines", "choice", "pick", "date", "tick", "fixed"]
TYPE, CHOOSE, CHOOSE_OR_TYPE, DATE = "Click to type", "Choose", "Choose or type", "dd/mm/yyyy"
EMPTY, TICKED = "☐", "☒"
FIRST_WORDS: dict[Kind, str] = {
    "text": TYPE, "lines": TYPE, "choice": CHOOSE_OR_TYPE, "pick": CHOOSE, "date": DATE, "tick": EMPTY, "fixed": "",
}  # fmt: skip
"""What stands in a control before it is filled in; `definition.words.is_placeholder` knows the words."""


@dataclass(frozen=True, slots=True)
class Control:
    """One content control (ECMA-376 part 1, 17.5.2), with a bookmark of the same name around it.

    name     its tag and bookmark, used once in a document: small letters, digits and _, at most 40 (Word's limit for bookmarks)
    label    what Word shows above it and a screen reader says
    kind     text: one line; lines: several; choice: one of `choices`, or other words; pick: one of them and nothing else;
             date: dd/mm/yyyy; tick; fixed: not to be typed over
    said     what stands in it, "" for nothing yet; of a tick, "yes" or ""
    choices  the labels offered
    stored   what the document stores for each of them, where that is not its label
    lasting  it can't be deleted, and takes plain text only
    """

    name: str
    label: str
    kind: Kind
    said: str = ""
    choices: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    lasting: bool = False

    @property
    def shown(self) -> str:
        """What a person sees in it."""
        return (TICKED if self.kind == "tick" else self.said) if self.said else FIRST_WORDS[self.kind]


def in_short(label: str) -> str:
    """A label as Word's controls hold it, in 64 characters: what is longer loses its middle."""
    return label if len(label) <= 64 else f"{label[:31]}…{label[-32:]}"
