"""The list that a coordinator kept before there was a register, brought in by the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

LIST, MAPPING = ROOT / "examples" / "import" / "tracker.xlsx", ROOT / "examples" / "import" / "mapping.toml"


@pytest.fixture
def brought_in(mase_docs: Command, tmp_path: Path) -> str:
    """What was said when the list was brought in; the home is tmp_path/home."""
    assert mase_docs("--home", tmp_path / "home", "init", "--yes").returncode == 0
    done = _import(mase_docs)
    assert done.returncode == 3, done.stderr  # three rows of it are broken on purpose
    return str(done.stdout)


def _import(mase_docs: Command, *more: object):  # type: ignore[no-untyped-def]
    return mase_docs("--home", "home", "register", "import", LIST, "--mapping", MAPPING, "--today", "2026-11-23", *more)


def cases(mase_docs: Command) -> dict[str, dict[str, object]]:
    """Reference → case, open and closed."""
    said = mase_docs("--home", "home", "cases", "--all", "--json", "--today", "2026-11-23").stdout
    return {case["reference"]: case for case in map(json.loads, said.splitlines())}


def test_rows_keep_the_numbers_they_have(brought_in: str, mase_docs: Command) -> None:
    found = cases(mase_docs)
    assert {"MASE-2013-0002", "MASE-2024-0011", "MASE-2025-0008", "MASE-2026-0001", "MASE-2026-0009"} <= set(found)
    assert len(found) == 9


def test_closed_cases_come_in_closed_with_their_outcome(brought_in: str, mase_docs: Command) -> None:
    case = cases(mase_docs)["MASE-2024-0011"]
    assert (case["closed_on"], case["outcome"]) == ("2024-11-25", "moved_out_transferred")
    assert cases(mase_docs)["MASE-2026-0003"]["next_review"] == "2026-12-07"


def test_broken_rows_are_said_with_their_place_and_stay_out(brought_in: str) -> None:
    assert [line.split()[-1] for line in brought_in.splitlines() if "not recorded:" in line] == ["8", "10", "12"]


def test_the_same_list_again_adds_nothing(brought_in: str, mase_docs: Command) -> None:
    before = cases(mase_docs)
    assert "not recorded again" in _import(mase_docs).stdout
    assert cases(mase_docs) == before


def test_a_dry_run_records_nothing_and_needs_no_register(mase_docs: Command) -> None:
    done = _import(mase_docs, "--dry-run")
    assert "9 of 20 rows would be recorded. Nothing was." in done.stderr
    assert not Path("home").exists()


def test_the_register_is_whole_afterwards(brought_in: str, mase_docs: Command) -> None:
    assert mase_docs("--home", "home", "register", "verify").returncode == 0


def test_a_first_mapping_is_suggested(mase_docs: Command) -> None:
    done = mase_docs("register", "import", LIST, "--suggest")
    assert done.returncode == 0, done.stderr
    assert '= "dob"' in done.stdout


def test_without_a_mapping_it_says_how_to_get_one(mase_docs: Command) -> None:
    done = mase_docs("register", "import", LIST)
    assert done.returncode == 2
    assert "--suggest" in done.stderr
