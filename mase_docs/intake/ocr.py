"""The words in small pictures, as the program tesseract reads them: pictures go in and words come out by pipes, nothing to a disk.

The pictures of one run are the pages of one tiff (TIFF 6.0); tesseract answers with a table of words (its config "tsv").
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mase_docs.intake.refusals import refuse
from mase_docs.intake.scan_pages import opencv
from mase_docs.signs import alive

if TYPE_CHECKING:
    from mase_docs.intake.scan_pages import Grey

USUAL_FOLDER = r"C:\Program Files\Tesseract-OCR"
"""Where tesseract's installer for Windows puts it, which is not on the PATH."""
RUN_DOTS = 1_500_000
"""So many dots, or one picture, are read in one run, which so takes a second or two at most."""
SECONDS = 40
"""On the clock, after which a run is given up: this machine is too busy, or tesseract is lost."""
BLOCK = "6"
"""tesseract's page segmentation mode for "a single uniform block of text": one line or several."""
WORD = "5"
"""The level of a row of the table that is a word."""


class Look(NamedTuple):
    """How pictures are prepared: so many times larger, then so many dots blurred (the standard deviation; 0 not at all)."""

    scale: float
    blur: float = 0.0


FIRST, SECOND = Look(1.25, 1.2), Look(0.8)
"""Of nine looks the one that made the fewest mistakes, and one whose mistakes are others."""
MARGIN = 20
"""White dots around a picture: letters at the very edge are not found."""


class Read(NamedTuple):
    """A word: its text, how sure tesseract is of it (0 to 100), on which line it stands, and its place in dots of its picture."""

    text: str
    sure: float
    line: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int


def tesseract() -> str:
    """Where the program is. Raises InputRefusedError AR5 where it isn't."""
    found = shutil.which("tesseract") or shutil.which("tesseract", path=USUAL_FOLDER)
    if found is None:
        raise refuse("AR5 scan")
    return found


def read_all(pictures: Sequence[Grey], look: Look = FIRST) -> list[list[Read]]:
    """The words of each picture, in places of the picture as it was given.

    Raises InputRefusedError: AR5 where tesseract or its English words are missing, AR38 where it takes too long.
    """
    return [words for run in _runs(pictures) for words in _read(run, look)]


def _runs(pictures: Sequence[Grey]) -> Iterator[list[Grey]]:
    run: list[Grey] = []
    for picture in pictures:
        if run and sum(p.size for p in run) + picture.size > RUN_DOTS:
            yield run
            run = []
        run.append(picture)
    if run:
        yield run


def _read(pictures: list[Grey], look: Look) -> list[list[Read]]:
    _, tiff = opencv().imencodemulti(".tiff", [_prepared(picture, look) for picture in pictures])
    found = dict(_words(_run(tiff.tobytes(), look.scale), look.scale))
    alive()
    return [found.get(number, []) for number in range(len(pictures))]


def _prepared(picture: Grey, look: Look) -> Grey:
    cv2 = opencv()
    framed = cv2.copyMakeBorder(picture, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
    drawn: Grey = cv2.resize(framed, None, fx=look.scale, fy=look.scale, interpolation=cv2.INTER_CUBIC)
    return cv2.GaussianBlur(drawn, (0, 0), look.blur) if look.blur else drawn


def _run(tiff: bytes, scale: float) -> str:
    """The table of words of one run. tesseract is quicker on one thread than on several."""
    command = [tesseract(), "stdin", "stdout", "-l", "eng", "--oem", "1", "--psm", BLOCK, "--dpi", str(round(300 * scale)), "tsv"]
    try:
        done = subprocess.run(command, input=tiff, capture_output=True, timeout=SECONDS, env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # noqa: S603
    except subprocess.TimeoutExpired:
        raise refuse("AR38 time") from None
    except OSError:
        raise refuse("AR5 scan") from None
    if done.returncode:
        raise refuse("AR5 scan")
    return done.stdout.decode("utf-8", "replace")


def _words(table: str, scale: float) -> Iterator[tuple[int, list[Read]]]:
    """The words by the number of their picture, from 0. The table's columns are named in its first line."""
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=False)) for line in table.splitlines()]
    words = [row for row in rows if row.get("level") == WORD and row.get("text", "").strip()]
    for page, group in groupby(words, key=lambda row: row["page_num"]):
        yield int(page) - 1, [_word(row, scale) for row in group]


COLUMNS = ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text")


def _word(row: dict[str, str], scale: float) -> Read:
    line = tuple(row[part] for part in ("block_num", "par_num", "line_num"))
    left, top, width, height = (round(int(row[part]) / scale) for part in ("left", "top", "width", "height"))
    return Read(row["text"], float(row["conf"]), line, left - MARGIN, top - MARGIN, width, height)
