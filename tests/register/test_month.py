"""The invented month is received into each kind of store, and all of them tell it alike, to the byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.pipeline import Occasion, check, export, read, receive
from mase_docs.register.records import Case, Context
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.conftest import ROOT
from tests.register.sat import a_meeting, a_return, heard
from tests.register.stores import BOROUGH, KINDS, TODAY, a_register, key_of

MONTH = ROOT / "examples" / "month"
LEFT = ("meeting", "attendance", "discussion", "information", "action", "paper", "agency_return")
"""The tables that a meeting leaves rows in."""


@pytest.mark.needs("initdb", "pg_ctl")
def test_the_months_exports_from_three_stores_are_equal_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported = {}
    for kind in KINDS:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / kind / "seals"))  # histories that are alike would share their seals
        exported[kind] = _exported(kind, tmp_path / kind)
    assert exported["sqlite"] == exported["sqlcipher"] == exported["postgresql"]
    assert {"referral.csv", "referral.json", "person.csv", "history.json"} <= {Path(name).name for name in exported["sqlite"]}
    left = [data.decode() for name, data in exported["sqlite"].items() if Path(name).stem in LEFT and name.endswith(".csv")]
    assert [len(table.splitlines()) > 1 for table in left] == [True] * len(LEFT)
    assert any(name.endswith(".xlsx") and "originals" not in name for name in exported["sqlite"])


def _exported(kind: str, folder: Path) -> dict[str, bytes]:
    """Name → bytes of every file of the export."""
    folder.mkdir()
    with a_register(kind, folder) as register:
        _received(register)
        _met(register)
        with register.reading() as session:
            assert verify(session, BOROUGH, register.seals) == []
        export(register, folder / "export")
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "export").rglob("*")) if path.is_file()}


def _received(register: Register) -> None:
    originals: dict[str, bytes] = {}
    home = Home(MONTH)
    forms = check(read([MONTH], home, TODAY, keep=originals), home, TODAY)
    recorded = [one.reference for one in receive(forms, originals, register, Occasion(home, TODAY)) if one.recorded]
    assert len(recorded) == 10


def _met(register: Register) -> None:
    """The month's meeting, with what it left of a case and a place, and what an agency sent back for it."""
    with register.writing("meeting") as writing:
        meeting = a_meeting(writing, date(2026, 12, 2))
        heard(writing, meeting, writing.session.get_one(Case, (BOROUGH, 1)), "“Zoë”: ", a_return(writing, meeting, "Zoë"))
        heard(writing, meeting, writing.session.get_one(Context, (BOROUGH, 1)), "=1+1\n")


def test_every_answer_of_the_month_is_in_the_register_as_it_was_read(register: Register) -> None:
    from mase_docs.register.casework.shown import earlier_forms

    _received(register)
    home = Home(MONTH)
    read_again = {form.source.sha256: form for form in read([MONTH], home, TODAY)}
    for form in earlier_forms(register):
        assert form.answers == read_again[form.source.sha256].answers


def test_no_answer_of_the_month_can_be_read_in_an_encrypted_register(tmp_path: Path) -> None:
    from mase_docs.register.casework.shown import earlier_forms

    with a_register("sqlcipher", tmp_path) as register:
        _received(register)
        answers = {str(answer.raw) for form in earlier_forms(register) for answer in form.answers.values() if answer.raw}
    telling = {answer for answer in answers if len(answer) > 5}
    assert len(telling) > 200
    files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    for answer in telling:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert not any(answer.encode(encoding) in data for data in files)
    with Register.open(str(tmp_path / "register.sqlite"), BOROUGH, key_of("sqlcipher")) as register:
        assert len(earlier_forms(register)) == 10
