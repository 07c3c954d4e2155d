"""The newest hash of the history, kept outside the register: whoever removes the newest rows cannot make this file forget them.

One line a transaction, in the user's own data folder: when, borough, number of the newest row, its hash. The file is called after the
first hash of the history, so that a register that was moved is known again; after a restore, after the hash of the row that says so:
a backup that is put somewhere else for practice is another register from there on, and does not disturb the first.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mase_docs.resources import data_folder

SECONDS = len("2026-11-22T10:42:00")


def place(first: str, folder: Path | None = None) -> Path:
    """Where the seals of a history are, by the hash of the row where it begins."""
    return (folder or data_folder()) / "seals" / f"{first[:16]}.txt"


def keep(path: Path, at: str, borough: str, seq: int, newest: str) -> None:
    """Adds a line. A folder that can't be written to is no reason to lose what was recorded: `verify` says that there is no seal."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{at} {borough} {seq} {newest}\n")
    except OSError:
        return


class Start(NamedTuple):
    """A row where a history begins: the first, or one that says that a backup was restored."""

    seq: int
    at: str
    hash: str


class Seal(NamedTuple):
    """The newest row of the history as this computer saw it: when, its number, its hash."""

    at: str
    seq: int
    hash: str


def kept(path: Path, borough: str) -> list[Seal]:
    """Every seal that this computer has of a history, in the order in which they were made. None replaces another of the same number:
    a register put in another's place and written to again would be hidden by it."""
    if not path.is_file():
        return []
    lines = [line.split() for line in path.read_text("ascii", errors="replace").splitlines()]
    return [Seal(line[0], int(line[2]), line[3]) for line in lines if len(line) == 4 and line[1] == borough and line[2].isdigit()]


def apart(sealed: Path, borough: str, starts: list[Start]) -> tuple[list[Seal], dict[int, list[Seal]]]:
    """The seals that a history must agree with, and those of rows that each restore took away (by the number of its start).

    sealed  the file of the newest start's seals; those of the others stand beside it
    starts  in order of number
    """
    standing: list[Seal] = []
    lost: dict[int, list[Seal]] = {start.seq: [] for start in starts[1:]}
    for start, after in zip(starts, [*starts[1:], None], strict=False):
        for seal in kept(place(start.hash, sealed.parent.parent), borough):
            if after is None or seal.seq < after.seq:
                standing.append(seal)
            elif seal.at[:SECONDS] <= after.at[:SECONDS]:
                lost[after.seq].append(seal)
    return standing, lost
