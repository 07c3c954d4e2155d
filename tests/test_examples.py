"""The invented month and the borough's own forms read exactly as the JSON beside them says, and are wrong only as their stories say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

EXAMPLES = ROOT / "examples"
EXPECTED = sorted(EXAMPLES.glob("*/*.expected.json"))
WRONG = {  # form → the codes of its errors; every other form of the month has none
    "11_left_blank.xlsx": {"RQ1"},
    "12_impossible_date.pdf": {"TY1"},
    "13_bad_nhs_number.pdf": {"ID-NHS"},
    "14_two_children.xlsx": {"AR14"},
    "15_typed_over_choices.xlsx": {"CO12"},
    "16_old_version.xlsx": {"AR15"},
}


def completed(expected: Path) -> Path:
    return expected.with_name(expected.name.removesuffix(".expected.json"))


def test_every_completed_form_has_its_expected_json_beside_it() -> None:
    forms = {path for folder in ("month", "boroughs") for path in (EXAMPLES / folder).iterdir() if path.suffix in (".xlsx", ".pdf")}
    assert {completed(path) for path in EXPECTED} == forms
    assert len(forms) >= 14


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: completed(path).name)
def test_read_gives_the_json_beside_the_form(expected: Path, mase_docs: Command) -> None:
    done = mase_docs("--home", expected.parent, "read", "--json", completed(expected))
    assert json.loads(done.stdout) == json.loads(expected.read_text(encoding="utf-8")), done.stderr


def test_the_month_is_wrong_only_where_its_stories_say(mase_docs: Command) -> None:
    month = EXAMPLES / "month"
    done = mase_docs("--home", month, "check", "--json", month, "--today", "2026-11-23", "--meeting", "2026-12-02")
    seen = {
        form["source"]: {p["code"] for p in form["problems"] if p["severity"] == "error"}
        for form in map(json.loads, done.stdout.splitlines())
    }
    assert {name: codes for name, codes in seen.items() if codes} == WRONG
    assert done.returncode == 3


def test_the_order_in_which_files_are_named_changes_nothing(mase_docs: Command) -> None:
    names = sorted(p for p in (EXAMPLES / "month").iterdir() if p.suffix in (".xlsx", ".pdf"))[:4]
    assert mase_docs("read", "--json", *names).stdout == mase_docs("read", "--json", *reversed(names)).stdout


def test_the_demo_writes_everything_and_says_where_to_look(mase_docs: Command, tmp_path: Path) -> None:
    done = mase_docs("demo", "month")
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "month") in done.stdout
    for name in ("agenda", "minutes", "board_report"):
        assert (tmp_path / "month" / "3_documents" / f"{name}.docx").is_file()
    for name in WRONG:
        assert name in done.stdout
    assert mase_docs("demo", "month").returncode == 6
