"""The newest hash of the history, kept outside the register: whoever removes the newest rows cannot make this file forget them.

One line a transaction, in the user's own data folder: when, borough, number of the newest row, its hash. The file is called after the
first hash of the history, so that a register that was moved is known again.
"""

from __future__ import annotations

from pathlib import Path

from mase_docs.resources import data_folder


def place(first: str, folder: Path | None = None) -> Path:
    """Where the seals of a history are, by the hash of its first row."""
    return (folder or data_folder()) / "seals" / f"{first[:16]}.txt"


def keep(path: Path, at: str, borough: str, seq: int, newest: str) -> None:
    """Adds a line. A folder that can't be written to is no reason to lose what was recorded: `verify` says that there is no seal."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{at} {borough} {seq} {newest}\n")
    except OSError:
        return


def kept(path: Path, borough: str) -> dict[int, str]:
    """Number of a row → the hash it had when this computer last saw it as the newest."""
    if not path.is_file():
        return {}
    lines = [line.split() for line in path.read_text("ascii", errors="replace").splitlines()]
    return {int(line[2]): line[3] for line in lines if len(line) == 4 and line[1] == borough and line[2].isdigit()}
