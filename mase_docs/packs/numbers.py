"""The reference numbers of forms, kept in one small file in the folder of earlier forms until there is a register for them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mase_docs import files
from mase_docs.errors import UsageError

NAME = "references.json"


@dataclass
class Numbers:
    """SHA-256 of a form's file → its reference, `MASE-2026-0007`: the panel's name, the year and a number; nothing of a person.

    Raises UsageError for a file that was changed by hand into something else, and where a number cannot be written down.
    """

    folder: Path
    of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of = self._written()

    def _written(self) -> dict[str, str]:
        path = self.folder / NAME
        try:
            found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
            return {str(fingerprint): str(reference) for fingerprint, reference in found.items()}
        except (ValueError, AttributeError):
            raise UsageError(f"{path} cannot be read.", "Restore it from a copy, or take it away to number forms anew.") from None

    def give(self, fingerprint: str, same_as: str, panel: str, today: date) -> str:
        """The reference of a form: the one it has, else that of the form it corrects, else the next; written down at once."""
        self.of |= self._written()  # somebody else may have numbered forms while these were read
        reference = self.of.get(fingerprint) or same_as or self._next(f"{panel}-{today.year}-", self.of.values())
        if self.of.get(fingerprint) != reference:
            self.of[fingerprint] = reference
            self._write()
        return reference

    def _write(self) -> None:
        try:
            files.write(self.folder / NAME, (json.dumps(self.of, indent=1) + "\n").encode(), force=True)
        except OSError:
            message = f"Nothing can be written into {self.folder}, where the forms' references are kept."
            raise UsageError(message, "Name a folder for them that you may write into, with --earlier.") from None

    @staticmethod
    def _next(beginning: str, given: Iterable[str]) -> str:
        used = [int(end) for number in given if (end := number.removeprefix(beginning)).isdigit()]
        return f"{beginning}{max([0, *used]) + 1:04}"
