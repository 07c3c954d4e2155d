"""`receive` killed at any instant: no form is half-recorded, and the same command again finishes the job."""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from mase_docs.register.records import Case, Original, Referral
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.register.many_forms import many_forms
from tests.register.receiving_process import forms_in, started
from tests.register.stores import BOROUGH, an_address

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.needs("initdb", "pg_ctl"))]


@pytest.fixture(scope="module")
def sizes(request: pytest.FixtureRequest) -> tuple[int, int]:
    """How many forms, and how many times it is killed: the whole with --long, else a taste of it."""
    return (200, 100) if request.config.getoption("--long") else (20, 4)


@pytest.fixture(scope="module")
def forms(sizes: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "inbox"
    many_forms(folder, sizes[0])
    return forms_in(folder, short=True)


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_instant_it_loses_and_halves_nothing(kind: str, forms: Path, sizes: tuple[int, int], tmp_path: Path) -> None:
    count, kills = sizes
    whole = _seconds(_new(kind, tmp_path, "whole"), forms)
    instants, seen = Random(4), set()
    for number in range(kills):
        address = _new(kind, tmp_path, f"killed_{number}")
        seen.add(_killed(address, forms, instants.uniform(0, whole)))
        _again(address, forms)
        assert _recorded(address) == (count, count, count)
    assert len(seen) > 1, "it was always killed at the same form: the instants tell nothing"


def _new(kind: str, folder: Path, name: str) -> str:
    with Register.create(an_address(kind, folder, name), BOROUGH) as register:
        return register.address


def _seconds(address: str, forms: Path) -> float:
    """How long it takes when nobody kills it."""
    began = time.monotonic()
    _again(address, forms)
    return time.monotonic() - began


def _killed(address: str, forms: Path, after: float) -> int:
    """How many forms are recorded when the process is killed so many seconds after it began; what is there is whole."""
    process = started(address, forms)
    time.sleep(after)
    process.kill()
    process.communicate()
    referrals, cases, originals = _recorded(address)
    assert referrals == cases == originals
    return referrals


def _again(address: str, forms: Path) -> None:
    process = started(address, forms)
    _, said = process.communicate()
    assert process.returncode == 0, said


def _recorded(address: str) -> tuple[int, int, int]:
    """Referrals, cases and originals of a register that is as mase_docs wrote it."""
    with Register.open(address, BOROUGH) as register, register.reading() as session:
        assert verify(session, BOROUGH, register.seals) == []
        counts = [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Referral, Case, Original)]
    return counts[0], counts[1], counts[2]


def test_the_command_itself_killed_while_it_reads_and_records(tmp_path: Path) -> None:
    import signal
    import subprocess
    import sys

    many_forms(tmp_path / "inbox", 12)
    address = _new("sqlite", tmp_path, "register")
    words = [sys.executable, "-m", "mase_docs", "--home", "examples/month", "--register", address, "receive", str(tmp_path / "inbox")]
    environment = {**os.environ, "MASE_DOCS_HOME": ""}
    for after in (0.5, 1.5, 2.0, 2.5):
        process = subprocess.Popen([*words, "--today", "2026-11-23"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert len(set(_recorded(address))) == 1
    done = subprocess.run([*words, "--today", "2026-11-23"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert _recorded(address) == (12, 12, 12)
