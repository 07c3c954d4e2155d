"""Thousands of broken files, the same ones every time: none hangs, falls over, says nothing, or is taken for what it isn't.

A few of each kind in every run; with --long (tests/conftest.py) 2,000 of each kind, in blocks that pytest-xdist spreads. A scan takes
seconds to read, so that there are fewer of them. What became of them is added to the file that MASE_DOCS_COUNTS names (counts.py).
"""

from __future__ import annotations

from datetime import date

import pytest

from mase_docs.intake.arriving import Arrivals, Passwords, watched
from mase_docs.intake.parts import Part
from mase_docs.watch import Watched
from tests.fuzz.counts import Counts
from tests.fuzz.judgement import BAD, File, judged
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import PASSWORDS, SEEDS, Seed

TODAY = date(2026, 11, 23)
WHOLE: dict[Seed, File] = {}
MEGABYTES = 512
ENDED, KILLED = ("time", "memory", "fall"), 0.01
"""Reading may have to be ended, at 10 s of work between two signs of life, for no more than this share of the files."""
OF_EACH, BLOCK, A_FEW = 2000, 250, 12
FEWER = {"pdf_scan": 60}
"""Kinds of which there are not as many, because each takes seconds; none of them in a short run."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every kind with the numbers of its files, in one block or in many."""
    if "block" in metafunc.fixturenames:
        is_long = metafunc.config.getoption("long")
        cases = [pytest.param(kind, block, id=f"{kind} {block.start}") for kind in SEEDS for block in blocks(kind, is_long)]
        metafunc.parametrize(("kind", "block"), cases)


def blocks(kind: str, is_long: bool) -> list[range]:
    many = FEWER.get(kind, OF_EACH) if is_long else 0 if kind in FEWER else A_FEW
    return [range(first, min(first + BLOCK, many)) for first in range(0, many, BLOCK)]


def test_no_broken_file_is_taken_for_what_it_is_not(kind: str, block: range) -> None:
    counts = Counts(kind)
    with Watched() as process:
        for number in block:
            seed = SEEDS[kind][number % len(SEEDS[kind])]
            data = mutated(f"{kind} {number}", seed.data)
            good = whole(process, seed)
            with counts.measured():
                broken = read(process, seed, data)
            counts.add(judged(good, broken), f"{seed.path.name} {number}")
    counts.report()
    assert [named for verdict in BAD for named in counts.named[verdict]] == []
    assert sum(len(counts.named[verdict]) for verdict in ENDED) <= KILLED * len(block)
    assert counts.megabytes <= MEGABYTES


def whole(process: Watched, seed: Seed) -> File:
    """What the good file brings, read once."""
    if seed not in WHOLE:
        WHOLE[seed] = read(process, seed, seed.data)
    return WHOLE[seed]


def read(process: Watched, seed: Seed, data: bytes) -> File:
    forms = Arrivals(watched(process, seed.home, TODAY), Passwords(list(PASSWORDS))).of(Part(seed.path.name, data))
    return File(data, tuple(forms))
