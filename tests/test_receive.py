"""Completed forms are received by the real command: told apart, said, recorded once."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from mase_docs.register.records import Case, Original, Referral
from mase_docs.register.register import Register
from tests.conftest import ROOT, Command
from tests.register.people import everything
from tests.register.stores import BOROUGH, witness

MONTH, ARRIVES = ROOT / "examples" / "month", ROOT / "examples" / "arrives"
FORM, PLACE, BLANK = MONTH / "01_school_group.xlsx", MONTH / "10_a_place.xlsx", MONTH / "11_left_blank.xlsx"
ANSWERS = ("Quillfeather", "Łukasz", "3 July 2011", "999 000 0018", "9990000018", "Invented Row")


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty register, and a home in which the invented NHS numbers are taken."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    (tmp_path / "home").mkdir()
    shutil.copy(MONTH / "mase.toml", tmp_path / "home")
    made = str(tmp_path / "home" / "register.sqlite")
    Register.create(made, BOROUGH, witness=witness()).engine.dispose()
    return made


@pytest.fixture
def receive(mase_docs: Command, address: str, tmp_path: Path) -> Command:
    return lambda *words, **more: mase_docs("--home", tmp_path / "home", "receive", *words, "--today", "2026-11-23", **more)


def outcomes(done: CompletedProcess[str]) -> list[tuple[str | None, str]]:
    return [(said["reference"], said["outcome"]) for said in map(json.loads, done.stdout.splitlines())]


def kept(address: str, *but: str) -> dict[str, list[dict[str, object]]]:
    with Register.open(address, BOROUGH) as register:
        return everything(register, *but)


def saved_again(form: Path, target: Path, **changed: str) -> Path:
    """The form as another program saves it; some cells, by what stands in them, with something else."""
    book = openpyxl.load_workbook(form)
    for row in book["Referral"].iter_rows():
        for cell in row:
            if str(cell.value) in changed:
                cell.value = changed[str(cell.value)]
    book.save(target)
    return target


def test_a_month_is_received_once_however_often_its_files_come_and_whatever_they_are_called(
    receive: Command, address: str, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for form in (FORM, PLACE, BLANK):
        shutil.copy(form, inbox)
    first = receive(inbox)
    assert first.returncode == 3
    assert sorted(first.stdout.splitlines()) == [
        "MASE-2026-0001   recorded: not known before: 01_school_group.xlsx",
        "MASE-2026-0002   recorded: not known before: 10_a_place.xlsx",
        "–                not recorded: it has errors: 11_left_blank.xlsx",
    ]
    assert "11_left_blank.xlsx: error RQ1" in first.stderr
    assert first.stderr.endswith(
        "2 recorded; 1 not recorded: see above.\nTo record a form in spite of its errors: mase-docs receive FILE --accept REASON\n"
    )
    before = kept(address)
    for number, form in enumerate(sorted(inbox.iterdir(), reverse=True)):
        form.rename(inbox / f"{number} renamed.xlsx")
    again = receive(inbox, "--json")
    assert set(outcomes(again)) == {(None, "errors"), ("MASE-2026-0001", "same_file"), ("MASE-2026-0002", "same_file")}
    assert kept(address) == before
    assert not any(answer in first.stderr + again.stderr for answer in ANSWERS)


def test_a_file_saved_by_another_program_is_known_by_its_answers_and_a_mended_one_corrects_it(
    receive: Command, address: str, tmp_path: Path
) -> None:
    assert receive(FORM).returncode == 0
    assert outcomes(receive(saved_again(FORM, tmp_path / "saved.xlsx"), "--json")) == [("MASE-2026-0001", "same_answers")]
    done = receive(saved_again(FORM, tmp_path / "mended.xlsx", **{"Team Lantern": "Team Candle"}))
    assert done.stdout == "MASE-2026-0001   recorded: corrects a form received before (2 answers differ): mended.xlsx\n"
    assert kept(address)["person"][0]["allocated_team"] == "Team Candle"
    assert [row["reference"] for row in kept(address)["referral"]] == ["MASE-2026-0001"] * 2


def test_a_form_that_query_sent_back_is_known_by_its_reference(receive: Command, mase_docs: Command, address: str, tmp_path: Path) -> None:
    asked = mase_docs("--home", tmp_path / "home", "query", BLANK, "-o", tmp_path / "out", "--today", "2026-11-23")
    assert asked.returncode == 0
    [marked] = (tmp_path / "out").glob("*.xlsx")
    done = receive(marked, "--json", "--accept", "the meeting is tomorrow")
    [(reference, outcome)] = outcomes(done)
    assert (outcome, marked.stem.startswith(str(reference))) == ("new", True)
    with Register.open(address, BOROUGH) as register, register.reading() as session:
        assert session.scalars(select(Referral.accepted_because)).all() == ["the meeting is tomorrow"]
    shown = mase_docs("--home", tmp_path / "home", "show", reference)
    assert "recorded in spite of what was found: the meeting is tomorrow" in shown.stdout


def test_mails_archives_and_standard_input_bring_their_forms(receive: Command, address: str, tmp_path: Path) -> None:
    mail = receive(ARRIVES / "mail_form_and_logo.eml", "--json")
    assert ("MASE-2026-0001", "new") in outcomes(mail)
    assert outcomes(receive(ARRIVES / "mail_form_and_logo.eml", "--json"))[-1] == ("MASE-2026-0001", "same_mail")
    with ZipFile(tmp_path / "forms.zip", "w") as packed:
        packed.write(PLACE, "place.xlsx")
        packed.write(FORM, "form.xlsx")
    assert outcomes(receive(tmp_path / "forms.zip", "--json")) == [("MASE-2026-0002", "new"), ("MASE-2026-0001", "same_file")]
    with FORM.open("rb") as form:
        assert outcomes(receive("-", "--json", stdin=form)) == [("MASE-2026-0002", "same_file")]


def test_a_form_that_a_password_protects_is_recorded_without_its_file_and_that_is_said(
    receive: Command, address: str, tmp_path: Path
) -> None:
    done = receive(ARRIVES / "zip_locked.zip", "--password-file", ARRIVES / "passwords.txt")
    assert done.stdout.startswith("MASE-2026-0001   recorded: not known before: zip_locked.zip")
    assert "a password protects the file, which is not kept" in done.stderr
    with Register.open(address, BOROUGH) as register, register.reading() as session:
        assert not session.scalars(select(Original)).all()
        assert len(session.scalars(select(Case)).all()) == 1


def test_what_is_no_form_known_here_changes_nothing(receive: Command, address: str, tmp_path: Path) -> None:
    book, data = openpyxl.Workbook(), BytesIO()
    book.save(data)
    (tmp_path / "other.xlsx").write_bytes(data.getvalue())
    done = receive(tmp_path / "other.xlsx", "--accept", "please")
    assert (done.returncode, done.stdout) == (3, "–                not recorded: it has errors: other.xlsx\n")
    assert kept(address)["referral"] == []


def test_without_a_register_or_with_that_of_another_borough_nothing_is_received(mase_docs: Command, address: str, tmp_path: Path) -> None:
    none = mase_docs("receive", FORM)
    assert (none.returncode, none.stdout) == (4, "")
    assert "mase-docs init" in none.stderr
    profile = tmp_path / "home" / "mase.toml"
    profile.write_text(f'{profile.read_text(encoding="utf-8")}\n[panel]\nla_code = "301"\n', encoding="utf-8")
    other = mase_docs("--home", tmp_path / "home", "receive", FORM)
    assert (other.returncode, other.stdout) == (4, "")
    assert kept(address)["referral"] == []
