"""The invented months and the borough's own forms read exactly as the JSON beside them says, and are wrong only as their stories say."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mase_docs.definition.home import Home
from tests.conftest import ROOT, Command

EXAMPLES = ROOT / "examples"
MONTHS = ("month", "month_2", "month_3")
FOLDERS = (*MONTHS, "boroughs")
EXPECTED = sorted(path for folder in FOLDERS for path in (EXAMPLES / folder).glob("*.expected.json"))
"""Those of examples/arrives are held in test_arrives.py."""
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
    files = (path for folder in FOLDERS for path in (EXAMPLES / folder).iterdir())
    forms = {path for path in files if path.suffix in (".xlsx", ".pdf", ".docx")}
    assert {completed(path) for path in EXPECTED} == forms
    assert len(forms) >= 19


def home_of(folder: Path) -> Path:
    """The later months are of the first one's panel."""
    return EXAMPLES / "month" if folder.name in MONTHS else folder


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: completed(path).name)
def test_read_gives_the_json_beside_the_form(expected: Path, mase_docs: Command) -> None:
    done = mase_docs("--home", home_of(expected.parent), "read", "--json", completed(expected))
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


def test_the_panel_of_the_months_has_the_shipped_agencies_and_invented_people_who_speak_for_some() -> None:
    ours, shipped = Home(EXAMPLES / "month").profile, Home().profile
    assert [replace(agency, spoc="", deputy="", email="") for agency in ours.agency] == list(shipped.agency)
    addresses = [agency.email for agency in ours.agency if agency.spoc]
    assert all(address.endswith(".example") and ours.is_secure(address) for address in addresses)
    assert 5 < len(addresses) < len(ours.agency)


@pytest.mark.parametrize(
    ("folder", "today", "meeting", "forms"), [("month_2", "2026-12-22", "2027-01-06", 3), ("month_3", "2027-01-22", "2027-02-03", 2)]
)
def test_the_forms_of_the_later_months_are_in_order(folder: str, today: str, meeting: str, forms: int, mase_docs: Command) -> None:
    done = mase_docs("--home", EXAMPLES / "month", "check", "--json", EXAMPLES / folder, "--today", today, "--meeting", meeting)
    assert [form["problems"] for form in map(json.loads, done.stdout.splitlines())] == [[]] * forms
    assert done.returncode == 0


def test_the_order_in_which_files_are_named_changes_nothing(mase_docs: Command) -> None:
    names = sorted(p for p in (EXAMPLES / "month").iterdir() if p.suffix in (".xlsx", ".pdf"))[:4]
    assert mase_docs("read", "--json", *names).stdout == mase_docs("read", "--json", *reversed(names)).stdout


def test_the_demo_writes_everything_and_says_where_to_look(mase_docs: Command, tmp_path: Path) -> None:
    done = mase_docs("demo", "month")
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "month") in done.stdout
    for name in ("4_meetings/2027-02-03/chair/agenda", "4_meetings/2027-02-03/chair/minutes", "5_documents/board_report"):
        assert (tmp_path / "month" / f"{name}.docx").is_file()
    for name in WRONG:
        assert name in done.stdout
    assert mase_docs("demo", "month").returncode == 6


SCRIPTS = {"month": "cases.toml", "month_2": "cases_2.toml", "month_3": "cases_3.toml"}
TYPED = [(month, case) for month, name in SCRIPTS.items() for case in tomllib.loads((EXAMPLES / name).read_text(encoding="utf-8"))["case"]]
DATES = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%drd %B %Y", "%d/%m/%Y %H:%M")


def as_date(typed: str) -> datetime | None:
    """What the standard library makes of a date as it was typed; None where it is none."""
    for pattern in DATES:
        try:
            return datetime.strptime(typed, pattern)
        except ValueError:
            continue
    return None


def means(typed: Any, read: Any) -> bool:
    """Whether an answer that was read is the one that was typed, told without any of our own reading."""
    when = as_date(typed) if isinstance(typed, str) else None
    if isinstance(read, bool):
        return typed == ("yes" if read else "no")
    if isinstance(read, list):
        return {*typed} == {*read} if isinstance(typed, list) else [part.strip() for part in typed.split(";")] == read
    if isinstance(read, str) and when and read[:4].isdigit():
        return datetime.fromisoformat(read) == when
    return re.sub(r"\W", "", str(read)).casefold() == re.sub(r"\W", "", str(typed)).casefold()


@pytest.mark.parametrize(("month", "case"), [pytest.param(m, c, id=c["file"]) for m, c in TYPED if c["file"] not in WRONG])
def test_what_was_typed_into_a_form_is_what_its_json_says(month: str, case: dict[str, Any]) -> None:
    answers = json.loads((EXAMPLES / month / f"{case['file']}.expected.json").read_text(encoding="utf-8"))["answers"]
    named = {"Newham": "316", "Waltham Forest": "320", "Thurrock": "Thurrock", "n/k": "not_known", "Not known": "not_known"}
    for path, typed in case["answers"].items():
        repeat, _, rest = path.partition("[")
        row, _, column = rest.partition("].")
        rows = [r for r in answers[repeat] or [] if r["row"] == row] if rest else []
        read = rows[0].get(column) if rows else answers.get(path)
        if typed and path not in ("cross_border",) and not (read is None and case["file"].endswith(".pdf")):
            assert means(named.get(typed, typed) if isinstance(typed, str) else typed, read), (path, typed, read)
