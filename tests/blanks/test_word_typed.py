"""The Word form filled in by hand in LibreOffice: keys pressed in its window, nothing set by a script.

A script is refused where a person is not (LibreOffice 7.4: plain text in a protected form), so only this tells whether people can type.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mase_docs.intake.reader import read_source
from tests.blanks.word_blanks import HOME, blank

pytestmark = pytest.mark.needs("soffice", "Xvfb", "xdotool")

OFFICE = "/org.openoffice.Office.Common/"
SILENT = ((f"{OFFICE}Misc", "FirstRun"), (f"{OFFICE}Misc", "ShowTipOfTheDay"), (f"{OFFICE}Save/Document", "WarnAlienFormat"))
"""What LibreOffice would ask or show the first time: nothing of that."""
SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>',
    '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>false</value></prop></item>',
)
PACES = (0.3, 0.8, 2.5)
"""Seconds between one thing and the next; a machine that is busy is given another try."""
KEYS = (
    ("Click to type", ["type", "Łukasz O'Brien"]),
    ("dd/mm/yyyy", ["type", "03/07/2011"]),
    ("Choose", ["key", "alt+Down"], ["key", "Down"], ["key", "Return"]),
    ("☐", ["key", "space"]),
    ("Click to type", ["type", "Old as the wall"], ["key", "Return"], ["type", "and leaning on it"]),
)
"""What is looked for, each after the one before, and the keys that are then pressed; what was found is selected, as by a click."""
READ = {
    "keeper": "Łukasz O'Brien",
    "planted": date(2011, 7, 3),
    "walled": True,
    "fruit": ["APPLE"],
    "pear_notes": "Old as the wall\nand leaning on it",
}


@dataclass(frozen=True)
class Hand:
    """A hand on the keys of a display."""

    display: str
    pace: float

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display, "SAL_USE_VCLPLUGIN": "gen"}

    def press(self, *words: str) -> None:
        slowly = ["--delay", "25"] if words[0] == "type" else []
        subprocess.run(["xdotool", words[0], *slowly, *words[1:]], env=self.environment, check=True, capture_output=True, timeout=60)
        time.sleep(self.pace)

    def find(self, text: str) -> None:
        for words in (["key", "ctrl+f"], ["type", text], ["key", "Return"], ["key", "Escape"]):
            self.press(*words)


@contextmanager
def running(command: list[str | Path], **options: object) -> Iterator[subprocess.Popen[str]]:
    """A program with all that it starts, until it is no longer needed."""
    program = subprocess.Popen(command, text=True, start_new_session=True, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        yield program
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def profile(folder: Path) -> str:
    settings = folder / "profile/user/registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS[0].format("".join(SETTINGS[1].format(*each) for each in SILENT)))
    return f"-env:UserInstallation={(folder / 'profile').as_uri()}"


def typed(folder: Path, pace: float) -> bytes:
    """The form about orchards as it is saved once it was filled in by hand; the blank itself where nothing was saved."""
    folder.mkdir()
    file = folder / "orchard.docx"
    file.write_bytes(blank("orchard").data)
    with running(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], stdout=subprocess.PIPE) as screen:
        assert screen.stdout is not None
        hand = Hand(f":{screen.stdout.readline().strip()}", pace)
        office: list[str | Path] = ["soffice", profile(folder), "--norestore", "--nologo", "--writer", file]
        with running(office, env=hand.environment, stdout=subprocess.DEVNULL):
            fill(hand)
            for _ in range(20):
                time.sleep(pace)
                if (saved := file.read_bytes()) != blank("orchard").data:
                    break
    return saved


def fill(hand: Hand) -> None:
    hand.press("search", "--sync", "--onlyvisible", "--name", "orchard.docx", "windowfocus")
    time.sleep(hand.pace * 5)
    for text, *keys in KEYS:
        hand.find(text)
        for words in keys:
            hand.press(*words)
    hand.press("key", "ctrl+s")


def answers(data: bytes) -> dict[str, object]:
    found = read_source("orchard.docx", data, HOME, date(2026, 11, 23)).answers
    given = {path: answer.value for path, answer in found.items() if answer.value not in (None, [])}
    return {path: said.replace("’", "'") if isinstance(said, str) else said for path, said in given.items()}


def test_what_people_type_choose_and_tick_in_libreoffice_is_read(tmp_path: Path) -> None:
    read: dict[str, object] = {}
    for number, pace in enumerate(PACES):
        read = read if read == READ else answers(typed(tmp_path / str(number), pace))
    assert read == READ
