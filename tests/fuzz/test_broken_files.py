"""Thousands of broken files, the same ones every time: none hangs, falls over, says nothing, or is taken for what it isn't.

A few of each kind in every run; with --long 2,000 of each kind, in blocks.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.arriving import Arrivals, Passwords, watched
from mase_docs.intake.parts import Part
from mase_docs.model.submission import Submission
from mase_docs.watch import Watched
from tests.conftest import ROOT
from tests.fuzz.judgement import judged
from tests.fuzz.mutations import mutated

TODAY = date(2026, 11, 23)
HOME = Home()
MONTH, ARRIVES = ROOT / "examples" / "month", ROOT / "examples" / "arrives"
SEEDS = {
    "xlsx": [MONTH / "10_a_place.xlsx", MONTH / "04_placed_elsewhere.xlsx"],
    "pdf": [MONTH / "09_clinic.pdf"],
}
MEGABYTES = 512
OF_EACH, BLOCK = 2000, 250


def arrivals(process: Watched) -> Arrivals:
    return Arrivals(watched(process, HOME, TODAY), Passwords(["a password"]))


@cache
def whole(path: Path) -> tuple[Submission, ...]:
    with Watched() as process:
        return tuple(arrivals(process).at(path))


@pytest.mark.parametrize("kind", SEEDS)
def test_no_broken_file_is_taken_for_what_it_is_not(kind: str, files_of_each: range, capsys: pytest.CaptureFixture[str]) -> None:
    counts, bad = Counter[str](), []
    with Watched() as process:
        for number in files_of_each:
            path = SEEDS[kind][number % len(SEEDS[kind])]
            found = list(arrivals(process).of(Part(path.name, mutated(f"{kind} {number}", path.read_bytes()))))
            verdict = judged(list(whole(path)), found)
            counts[verdict] += 1
            bad += [f"{verdict}: {path.name} {number}"] if verdict in ("wrong", "lost", "defect") else []
    report(kind, counts)
    assert not bad


def report(kind: str, counts: Counter[str]) -> None:
    """Adds the counts to the file that MASE_DOCS_COUNTS names, where it names one."""
    if path := os.environ.get("MASE_DOCS_COUNTS"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{kind} {dict(counts)}\n")
