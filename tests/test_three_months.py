"""The demo's three months, by the real command: every step gives what is expected, and month three's agenda shows what became of it all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mase_docs.commands.demo_months import Clock, Month, Months, months
from mase_docs.register.register import Register
from tests.conftest import ROOT
from tests.three_months import tell

EXAMPLES = ROOT / "examples"
MONTHS = {str(month.held_on): month for month in months()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of meetings that the demo makes."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-P", "-m", "mase_docs", "demo", str(folder / "mase-demo")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    return folder / "mase-demo" / "4_meetings"


@pytest.mark.parametrize("held_on", MONTHS)
def test_every_step_of_a_month_gives_what_is_expected(demo: Path, held_on: str) -> None:
    expected = {path.name: path.read_text(encoding="utf-8") for path in (EXAMPLES / "meetings" / held_on / "expected").iterdir()}
    found = tell(demo / held_on)
    assert found.keys() == expected.keys()
    for name, words in expected.items():
        assert found[name].splitlines() == words.splitlines(), name


def test_the_third_agenda_shows_what_was_carried_done_not_possible_and_not_done(demo: Path) -> None:
    agenda = tell(demo / "2027-02-03")["agenda.txt"]
    before = tell(demo / "2027-01-06")["agenda.txt"]
    assert "A-2026-0001" in before  # done by then, told once
    assert "She met her worker at school twice." in before
    outstanding, ended = agenda.partition("4. Outstanding actions")[2].partition("5. New Cases")[0].split("Ended since the last meeting")
    assert all(number in outstanding for number in ("A-2026-0003", "A-2026-0004", "A-2026-0005", "A-2026-0006"))
    assert "carried once" in outstanding
    assert "not done by the agency" in outstanding
    assert "A-2026-0002" in ended
    assert "Not possible: circumstances changed" in ended


def test_what_agencies_sent_back_stands_in_the_agenda_and_minutes_under_their_names(demo: Path) -> None:
    for name in ("agenda.txt", "minutes.txt"):
        assert "Seen once with people from the old area; no offence was found." in tell(demo / "2026-12-02")[name]
        assert (
            "Sexual Health\n27 November 2026\nYoung people call the stairwell by another name, the Perch."
            in tell(demo / "2026-12-02")[name]
        )
        assert "Home is calmer; she has been in every night since Christmas." in tell(demo / "2027-01-06")[name]


class TypedNow(Months):
    """The demo's months with the first one's minutes typed again, by LibreOffice, while the test runs."""

    def typed(self, month: Month, minutes: Path) -> bytes:
        from examples.make_meetings import Typing, type_minutes

        made = minutes.read_bytes()
        return type_minutes(made, list(Typing(self.register, made, month.script).edits()))


@pytest.mark.needs("soffice")
def test_minutes_that_libreoffice_types_now_read_back_as_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mase_docs.definition.home import Home

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "seals"))
    clock, home, first = Clock(), Home(EXAMPLES / "month"), months()[0]
    with Register.create(str(tmp_path / "r.sqlite"), home.profile.panel.la_code, None, clock.witness()) as register:
        now = TypedNow(register, home, tmp_path / "months", clock)
        now.month(first)
    found = tmp_path / "months" / str(first.held_on) / "chair" / "readback.txt"
    expected = EXAMPLES / "meetings" / str(first.held_on) / "expected" / "readback.txt"
    assert found.read_text(encoding="utf-8").splitlines() == expected.read_text(encoding="utf-8").splitlines()


def test_reading_the_same_minutes_back_again_changes_nothing_more(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo.parent / "3_register", tmp_path / "register")
    command = [
        sys.executable,
        "-P",
        "-m",
        "mase_docs",
        "--home",
        str(EXAMPLES / "month"),
        "--register",
        str(tmp_path / "register" / "register.sqlite"),
    ]
    for held_on in MONTHS:
        again = [*command, "readback", str(demo / held_on / "chair" / "minutes_typed.docx"), "--json"]
        done = subprocess.run(again, capture_output=True, encoding="utf-8", timeout=120)
        assert '"change"' not in done.stdout, done.stdout
