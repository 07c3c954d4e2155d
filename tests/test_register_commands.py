"""The care of the register as a person does it: the real command, its words and exit codes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from mase_docs.register.register import Register
from mase_docs.register.writing import Witness
from tests.conftest import Command
from tests.register.care import filled

PASSPHRASE = "four invented words more"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A borough's folder with a register that holds something; the passphrase of its backups in a file."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    (tmp_path / "home").mkdir()
    filled(Register.create(str(tmp_path / "home" / "register.sqlite"), "204", None, Witness("tester"))).engine.dispose()
    (tmp_path / "passphrase.txt").write_text(f"{PASSPHRASE}\n")
    return tmp_path


@pytest.fixture
def care(mase_docs: Command, place: Path) -> Command:
    """`mase-docs register …` for that folder."""
    return lambda *words, **options: mase_docs("--home", place / "home", "register", *words, **options)


def altered(place: Path, statement: str) -> None:
    """Something done to the register behind its back."""
    with sqlite3.connect(place / "home" / "register.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def test_verify_says_in_a_line_that_all_is_well_and_how_much_it_looked_at(care: Command) -> None:
    done = care("verify")
    assert done.returncode == 0
    assert done.stdout.startswith("The register is as mase-docs wrote it: 11 rows of history, 6 rows; seal 11 · ")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_verify_names_what_was_altered_removed_and_put_in_and_no_answer(care: Command, place: Path) -> None:
    altered(place, "UPDATE person SET family_name = 'Other' WHERE id = 1")
    altered(place, "DELETE FROM link")
    altered(place, "INSERT INTO agency (borough, id, code, name, committed) VALUES ('204', 9, 'x', 'Invented', 1)")
    altered(place, "DELETE FROM history WHERE seq = 11")
    done = care("verify")
    assert done.returncode == 4
    lines = (done.stdout + done.stderr).splitlines()
    assert lines[:5] == [
        "agency, row 9: inserted",
        "history, row 11: removed",
        "history, row 11: removed: this computer has its seal",
        "link, row 1: removed",
        "person, row 1: altered (family_name)",
    ]
    assert not {"Other", "Sample", "Invented"} & set(" ".join(lines).replace(",", " ").split())


def test_verify_as_json_has_the_same_faults(care: Command, place: Path) -> None:
    altered(place, "UPDATE person SET family_name = 'Other' WHERE id = 1")
    done = care("verify", "--json")
    (told,) = map(json.loads, done.stdout.splitlines())
    assert told["faults"] == [{"table": "person", "row": 1, "what": "altered (family_name)"}]
    assert (done.returncode, done.stderr, told["history"], told["seal"], told["known"]) == (4, "", 11, 11, True)


def test_a_seal_from_the_minutes_finds_what_this_computer_cannot_know(care: Command, place: Path) -> None:
    seal = care("verify", "--seal").stdout
    number, fingerprint = seal.split()
    assert (number, len(fingerprint)) == ("11", 64)
    assert care("verify", "--minuted", seal).returncode == 0
    assert care("verify", "--minuted", f"11 · {fingerprint[:16]}…").returncode == 0
    done = care("verify", "--minuted", "11 0123456789abcdef")
    assert (done.returncode, "history, row 11: is not the row whose seal is in the minutes" in done.stdout + done.stderr) == (4, True)
    done = care("verify", "--minuted", f"12 {fingerprint}")
    assert (done.returncode, "history, row 12: removed: the minutes have its seal" in done.stdout + done.stderr) == (4, True)
    assert care("verify", "--minuted", "eleven").returncode == 2


def test_a_computer_that_never_saw_the_register_says_so_and_is_a_witness_from_then_on(care: Command, place: Path) -> None:
    for seals in (place / "no-home" / "mase-docs" / "seals").iterdir():
        seals.unlink()
    assert "This computer had no seal of it" in care("verify").stdout
    assert "no seal" not in care("verify").stdout
    altered(place, "DELETE FROM history WHERE seq = 11")
    altered(place, "UPDATE chain SET seq = 10, hash = (SELECT hash FROM history WHERE seq = 10)")
    done = care("verify")
    assert (done.returncode, "history, row 11: removed: this computer has its seal" in done.stdout + done.stderr) == (4, True)


def test_verify_writes_nothing_into_the_register(care: Command, place: Path) -> None:
    before = (place / "home" / "register.sqlite").read_bytes()
    care("verify")
    assert (place / "home" / "register.sqlite").read_bytes() == before


def test_a_backup_is_made_told_and_put_back_at_another_place_under_a_key(care: Command, mase_docs: Command, place: Path) -> None:
    done = care("backup", "--passphrase-file", place / "passphrase.txt")
    assert done.returncode == 0, done.stderr
    name = done.stdout.strip()
    assert name.startswith("register_2")
    assert name.endswith("_12.age")
    assert "6 rows, 12 rows of history, 1 completed form: read again from the disk, and whole." in done.stderr
    (place / "key.txt").write_text("the key of the new place")
    new = ("--home", place / "home", "--register", place / "new.sqlite", "--key-file", place / "key.txt", "register")
    done = mase_docs(*new, "restore", name, "--passphrase-file", place / "passphrase.txt")
    assert (done.returncode, done.stdout.startswith("The register is there: 6 rows, 12 rows of history, as of ")) == (0, True), done.stderr
    assert b"Sample" not in (place / "new.sqlite").read_bytes()
    done = mase_docs(*new, "verify")
    assert (done.returncode, " put a backup of " in done.stdout.splitlines()[0]) == (0, True)
    assert mase_docs(*new, "restore", name, "--passphrase-file", place / "passphrase.txt").returncode == 4


@pytest.mark.parametrize("words", [("backup",), ("restore", "home/register.sqlite")])
def test_without_anybody_to_ask_for_the_passphrase_nothing_is_done(words: tuple[str, ...], care: Command, place: Path) -> None:
    done = care(*words, stdin=-3)
    assert (done.returncode, "--passphrase-file" in done.stderr) == (4, True)
    assert not list(place.glob("*.age"))


def test_an_export_says_where_it_is_and_that_it_is_not_encrypted(care: Command, place: Path) -> None:
    done = care("export", "-o", "out")
    assert (done.returncode, done.stdout) == (0, "out\n")
    assert "not encrypted" in done.stderr
    assert (place / "out" / "README.txt").is_file()
    assert care("export", "-o", "out").returncode == 6
    assert care("export", "-o", "out", "--force").returncode == 0


def test_a_register_of_this_version_needs_no_upgrade(care: Command) -> None:
    done = care("upgrade")
    assert (done.returncode, done.stdout) == (0, "The register is of this version; there is nothing to do.\n")


def test_where_there_is_no_register_that_is_said(mase_docs: Command, tmp_path: Path) -> None:
    for words in (("verify",), ("export", "-o", "out"), ("upgrade",)):
        done = mase_docs("--home", tmp_path / "nowhere", "register", *words)
        assert (done.returncode, "There is no register" in done.stderr) == (4, True)
    assert not (tmp_path / "out").exists()
