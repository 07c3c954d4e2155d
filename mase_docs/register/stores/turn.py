"""One writer at a time on a register that is a file: a lock beside it, and a note of who holds it and since when.

The system lets the lock go when the program that holds it ends, however it ends; the note alone means nothing.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from mase_docs.errors import RegisterError

PATIENCE = 30.0
"""Seconds that a writer waits for its turn: recording one form takes a twentieth of one."""


@contextmanager
def turn(path: Path, who: str, why: str, patience: float = PATIENCE) -> Iterator[None]:
    """The only writer while it lasts. Raises RegisterError, which names the holder, where it doesn't come within the patience."""
    from filelock import FileLock, Timeout

    lock, note = FileLock(f"{path}.lock"), path.with_name(f"{path.name}.held-by")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise RegisterError(f"{_held(note)} is writing to the register.", "Wait until that is done, then do this again.") from None
    except OSError as refused:
        raise RegisterError(f"{path.parent} cannot be written to ({refused.strerror}).", "Ask IT for the right to write there.") from None
    try:
        _note(note, {"who": who, "where": socket.gethostname(), "why": why, "since": f"{datetime.now():%H:%M on %d/%m/%Y}"})
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _note(note: Path, held: dict[str, str]) -> None:
    """A courtesy to others: where there is no room for it, what is to be recorded fails by itself, or goes well without it."""
    with suppress(OSError):
        note.write_text(json.dumps(held), "utf-8")


def _held(note: Path) -> str:
    """`anna on PC-12 (receive, since 10:42 on 22/11/2026)`"""
    try:
        held = json.loads(note.read_text("utf-8"))
        return f"{held['who']} on {held['where']} ({held['why']}, since {held['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "Somebody"
