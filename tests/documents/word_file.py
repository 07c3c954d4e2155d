"""What every Word file of ours is held against: the checkers of such files, its headings, its tables, and what it says of itself."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from mase_docs import resources
from mase_docs.merge.read import W, paragraphs, unzip


def faults(file: Path) -> list[str]:
    """What openxml-audit and ooxml-integrity find."""
    programs = Path(sys.executable).parent
    found = []
    for words, clean in ((["openxml-audit"], "Errors: 0"), (["ooxml-integrity", "check", "--no-config"], "0 error(s), 0 warning(s)")):
        done = subprocess.run([programs / words[0], *words[1:], file], capture_output=True, encoding="utf-8", timeout=120)
        found += [] if done.returncode == 0 and clean in done.stdout else [done.stdout]
    return found


def wrong_headings(document: bytes) -> list[tuple[int, int]]:
    """Where a level of heading is passed over."""
    levels = [int(p.style[-1]) for p in paragraphs(document) if re.fullmatch(r"Heading\d", p.style)]
    assert levels
    return [(above, below) for above, below in pairwise([0, *levels]) if below > above + 1]


def wrong_tables(document: bytes) -> list[str]:
    """The tables without a name, or a head that is repeated and does not split."""
    body = etree.fromstring(unzip(document)["word/document.xml"])
    found = []
    for table in body.iter(f"{W}tbl"):
        head = next(table.iter(f"{W}tr"))
        wanted = (head.find(f"{W}trPr/{W}tblHeader"), head.find(f"{W}trPr/{W}cantSplit"), table.find(f"{W}tblPr/{W}tblCaption"))
        if any(element is None for element in wanted):
            found.append("".join(table.itertext())[:80])
    return found


def properties(document: bytes) -> str:
    """The words of the file's properties: its title and language, and nothing else."""
    return " ".join(re.sub(r"<[^>]+>", " ", unzip(document)["docProps/core.xml"].decode()).split())


def hidden(document: bytes) -> list[str]:
    """Parts that may hold what nobody sees: comments, people, custom properties; and tracked changes."""
    members = unzip(document)
    names = [name for name in members if re.search("comments|custom|people|thumbnail", name)]
    return names + [tag for tag in ("w:ins ", "w:del ", "rsid") if tag.encode() in members["word/document.xml"]]


def is_as_made(script: str, template: str, folder: Path, patch: pytest.MonkeyPatch) -> bool:
    """Whether a template is what its script in docs/developing makes."""
    patch.syspath_prepend(str(resources.folder("templates").parent / "docs" / "developing"))
    importlib.import_module(script).make(folder)
    return (folder / template).read_bytes() == (resources.folder("templates") / template).read_bytes()


def blanks_between(document: bytes) -> list[str]:
    """Paragraphs outside tables that hold no words."""
    return [p.place for p in paragraphs(document) if not p.text.strip() and not p.cell]
