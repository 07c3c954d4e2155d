"""A register that a key protects shows no byte of any answer, and opens with its key alone."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.register.records import Case, Original, Person, Referral
from mase_docs.register.register import Register
from mase_docs.register.stores.sqlite import PLAIN, is_protected
from mase_docs.register.verify import verify
from mase_docs.register.writing import Writing
from tests.conftest import ROOT
from tests.register.stores import BOROUGH, KEY, a_register, witness

MONTH = sorted((ROOT / "examples" / "month").glob("*.expected.json"))
SHORTEST = 6
"""Bytes of an answer that is looked for: fewer could stand in anything by chance."""


def _leaves(value: Any) -> Iterator[str]:
    """Every text in JSON, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


def _answers() -> set[bytes]:
    """Every answer of the invented month, in the two encodings in which a database could hold it."""
    texts = {line for path in MONTH for leaf in _leaves(json.loads(path.read_text())["answers"]) for line in leaf.splitlines()}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le") if len(text.encode()) >= SHORTEST}


def _write(writing: Writing) -> None:
    """Every answer, where it is searched for, where it is kept as JSON, and in a file."""
    for number, path in enumerate(MONTH, 1):
        text = path.read_text()
        answers = json.loads(text)["answers"]
        person = writing.add(Person(family_name=answers.get("family_name"), known_as=list(_leaves(answers))))
        original = writing.add(Original(sha256=f"{number:064}", kind="json", data=text.encode()))
        case = writing.add(
            Case(reference=f"M-{number}", label="", person_id=person.id, status="new", opened_on=writing.today, cross_border=[])
        )
        writing.add(
            Referral(
                reference=f"M-{number}", form="referral", version=1, original_id=original.id, case_id=case.id, received_on=writing.today,
                received_by="tester", source_name="form", sha256=original.sha256, kind="xlsx", answers=text, problems="[]",
            )
        )  # fmt: skip


def _found(folder: Path, answers: set[bytes]) -> set[bytes]:
    """The answers that stand in any file of a folder."""
    held = b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {answer for answer in answers if answer in held}


def _written(register: Register, folder: Path) -> tuple[set[bytes], set[bytes]]:
    """What can be read in the folder of a register while all answers are being written, and afterwards."""
    answers = _answers()
    with register.writing("receive") as writing:
        writing.session.connection().exec_driver_sql("PRAGMA cache_size = 5")  # so little that most goes to the disk at once
        _write(writing)
        writing.session.flush()
        assert (folder / "register.sqlite-journal").stat().st_size > 0
        meanwhile = _found(folder, answers)
    with register.writing("receive") as writing:
        writing.remove(writing.session.scalars(select(Referral)).first())  # type: ignore[arg-type]
    return meanwhile, _found(folder, answers)


def test_no_answer_stands_in_any_file_of_an_encrypted_register_at_any_time(tmp_path: Path, data_home: Path) -> None:
    assert len(_answers()) > 500
    with a_register("sqlcipher", tmp_path) as register:
        assert _written(register, tmp_path) == (set(), set())
        assert _header(tmp_path) != PLAIN


def test_in_one_that_is_not_encrypted_they_do(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register:
        meanwhile, afterwards = _written(register, tmp_path)
    assert len(meanwhile) > 100
    assert len(afterwards) > 200


def _header(folder: Path) -> bytes:
    return (folder / "register.sqlite").read_bytes()[: len(PLAIN)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An encrypted register with a person in it."""
    with a_register("sqlcipher", tmp_path) as register, register.writing("receive") as writing:
        writing.add(Person(family_name="Sample"))
    return tmp_path / "register.sqlite"


@pytest.mark.parametrize("key", ["5f" * 32, "a passphrase", KEY[:-1]])
def test_another_key_opens_nothing(path: Path, key: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RegisterError, match="is damaged, is no register, or the key is wrong") as refused:
        Register.open(str(path), BOROUGH, lambda: key)
    assert key not in str(refused.value)
    assert capfd.readouterr() == ("", "")


def test_an_empty_key_is_none(path: Path, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="An empty key protects nothing"):
        Register.open(str(path), BOROUGH, lambda: "")
    with pytest.raises(RegisterError, match="An empty key protects nothing"):
        Register.create(str(tmp_path / "new.sqlite"), BOROUGH, lambda: "")
    assert not (tmp_path / "new.sqlite").exists()


def test_without_a_key_it_is_not_opened(path: Path) -> None:
    with pytest.raises(RegisterError, match="key"):
        Register.open(str(path), BOROUGH)


def test_a_passphrase_is_a_key_with_whatever_letters(tmp_path: Path) -> None:
    phrase = 'four wörds\' and "one" more; --'
    with Register.create(str(tmp_path / "new.sqlite"), BOROUGH, lambda: phrase, witness()) as register:
        assert verify_all(register) == []
    assert is_protected(tmp_path / "new.sqlite")
    Register.open(str(tmp_path / "new.sqlite"), BOROUGH, lambda: phrase).engine.dispose()
    with pytest.raises(RegisterError):
        Register.open(str(tmp_path / "new.sqlite"), BOROUGH, lambda: phrase.upper())


def verify_all(register: Register) -> list[str]:
    with register.reading() as session:
        return [str(fault) for fault in verify(session, BOROUGH, register.seals)]


@pytest.mark.parametrize("place", [40, 4096 + 40, -40], ids=["first page", "second page", "last page"])
def test_one_altered_byte_of_the_file_is_damage(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert not _is_sound(path)


def test_a_file_that_ends_too_soon_is_damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])
    assert not _is_sound(path)


def _is_sound(path: Path) -> bool:
    """Whether a register can be opened, and nothing is found in it."""
    try:
        with Register.open(str(path), BOROUGH, lambda: KEY) as register:
            return not verify_all(register)
    except RegisterError as error:
        return "is damaged" not in error.message


def test_the_damaged_ones_were_sound(path: Path) -> None:
    assert _is_sound(path)


def test_a_register_that_is_not_encrypted_asks_for_no_key(tmp_path: Path) -> None:
    a_register("sqlite", tmp_path).engine.dispose()

    def key() -> str:
        raise AssertionError("asked")

    Register.open(str(tmp_path / "register.sqlite"), BOROUGH, key).engine.dispose()


def test_a_file_that_is_no_register_is_told_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    for path, data in ((other, None), (tmp_path / "empty.sqlite", b""), (tmp_path / "text.sqlite", b"family_name;given_names\n" * 99)):
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(RegisterError, match="is no register"):
            Register.open(str(path), BOROUGH, lambda: KEY)


def test_without_what_encrypts_the_extra_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(RegisterError, match=r'pip install "mase-docs\[encrypted\]"'):
        Register.open(str(path), BOROUGH, lambda: KEY)
