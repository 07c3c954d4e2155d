"""What stands in a folder already: each file by its SHA-256 and, where it is a document, by the title that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from mase_docs.packs.titles import may_have_one
from mase_docs.watch import GoneError, Watched

PASSED_OVER = (".", "~$")
"""How the names begin of what no person put there: hidden files, and the lock files of Office and LibreOffice."""
LARGEST = 25_000_000
"""Bytes; no file that is made for somebody comes near it."""


def prints(folder: Path) -> dict[Path, str]:
    """The files of a folder, each with its SHA-256; none where there is no such folder."""
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [path for path in there if path.is_file() and not path.name.startswith(PASSED_OVER)]
    return {path: sha256(path.read_bytes()).hexdigest() for path in files if path.stat().st_size <= LARGEST}


def titles(paths: Iterable[Path]) -> Iterator[str]:
    """The title of each document among the files. They may be anybody's: each is opened in a process that is watched."""
    documents = [data for data in (path.read_bytes() for path in paths) if may_have_one(data)]
    if documents:
        with Watched() as process:
            for data in documents:
                with suppress(GoneError):
                    yield process.call("mase_docs.packs.titles", "title_of", data)
