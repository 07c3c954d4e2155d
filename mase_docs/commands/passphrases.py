"""The passphrase of a backup: from a file, or from whoever is at the terminal. It is the backup's own, never the register's key."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from mase_docs.commands import options


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
            return _first_line(self.file)
        if not sys.stdin.isatty():
            raise RegisterError(
                "There is nobody to ask for the passphrase of the backup.", "Name a file that holds it, with --passphrase-file."
            )
        asked: str = click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=twice, err=True)
        return asked


def _first_line(file: Path) -> str:
    """However the file was written."""
    data = file.read_bytes()
    return next(iter(data.decode(options.encoding(data), "replace").splitlines()), "").strip()


passphrase_file = click.option(
    "--passphrase-file",
    "passphrase",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    callback=lambda _, __, path: Passphrase(path),
    help="A text file whose first line is the passphrase of the backup; on a terminal you are asked for it.",
)
