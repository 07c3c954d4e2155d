"""The passphrase of a backup: from a file, or from whoever is at the terminal. It is the backup's own, never the register's key."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True)
class Passphrase:
    """Where it comes from: the file, or the terminal."""

    file: Path | None

    def new(self) -> str:
        """For a backup to be made: asked for twice. Raises RegisterError where there is nobody to ask."""
        return self._given(twice=True)

    def known(self) -> str:
        """Of a backup that is there. Raises RegisterError where there is nobody to ask."""
        return self._given(twice=False)

    def _given(self, *, twice: bool) -> str:
        from mase_docs.errors import RegisterError

        if self.file:
            return next(iter(self.file.read_text("utf-8-sig").splitlines()), "").strip()
        if not sys.stdin.isatty():
            raise RegisterError(
                "There is nobody to ask for the passphrase of the backup.", "Name a file that holds it, with --passphrase-file."
            )
        asked: str = click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=twice, err=True)
        return asked


passphrase_file = click.option(
    "--passphrase-file",
    "passphrase",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    callback=lambda _, __, path: Passphrase(path),
    help="A text file whose first line is the passphrase of the backup; on a terminal you are asked for it.",
)
