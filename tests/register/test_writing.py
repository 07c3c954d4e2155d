"""What is written is written whole, in the history, and in the same way on every store."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.register.history import FIRST, digest_of, hash_of
from mase_docs.register.records import Case, Chain, Counter, History, Original, Person, Referral
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.stores import BOROUGH, KINDS, START, a_register, an_address, key_of, witness
from tests.register.tampering import faults


def _history(register: Register) -> list[History]:
    with register.reading() as session:
        return list(session.scalars(select(History).order_by(History.seq)))


def _last(register: Register) -> dict[str, Any]:
    told = _history(register)[-1]
    return {"did": told.did, "table": told.table, "row": told.row, **json.loads(told.detail or "{}")}


def _write(register: Register) -> None:
    """A little of everything."""
    with register.writing("receive") as writing:
        person = writing.add(
            Person(family_name="O’Sämple", dob=date(2010, 2, 28), known_as=["Té", '"T"'], care_leaver=False, police_ref=[])
        )
        writing.add(Original(sha256="0" * 64, kind="xlsx", data=bytes(range(256))))
        writing.change(person, age="15", dob=None, care_leaver=True)
        writing.remove(writing.add(Person(family_name="Gone")))
        writing.looked(person)


def test_every_row_of_the_history_carries_the_hash_of_the_one_before(register: Register) -> None:
    _write(register)
    rows = _history(register)
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.previous for row in rows] == [FIRST, *(row.hash for row in rows[:-1])]
    assert all(hash_of(row) == row.hash and digest_of(row.detail or "") == row.digest for row in rows)
    with register.reading() as session:
        assert session.get_one(Chain, BOROUGH).hash == rows[-1].hash


def test_the_history_says_who_when_and_why(register: Register) -> None:
    _write(register)
    row = _history(register)[1]
    assert (row.who, row.why, row.did, row.table, row.row, row.borough) == ("tester", "receive", "added", "person", 1, BOROUGH)
    assert row.at == f"{START:%Y-%m-%dT%H:%M}:01.000000Z"


def test_a_change_tells_from_what_to_what_and_nothing_else(register: Register) -> None:
    _write(register)
    told = json.loads(_history(register)[3].detail or "")
    told.pop("salt")
    assert told == {"from": {"age": None, "care_leaver": False, "dob": "2010-02-28"}, "to": {"age": "15", "care_leaver": True, "dob": None}}


def test_what_arrived_stands_in_the_history_by_its_fingerprint_alone(register: Register) -> None:
    _write(register)
    assert json.loads(_history(register)[2].detail or "")["row"]["data"] == {"sha256": digest_of_bytes(bytes(range(256)))}


def digest_of_bytes(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def test_the_history_is_the_same_to_the_byte_on_every_store(kind: str, tmp_path: Path) -> None:
    columns = [column.name for column in History.__table__.columns]
    histories = []
    for number, one in enumerate((kind, "sqlite")):
        with a_register(one, tmp_path, f"register{number}") as register:
            _write(register)
            histories.append([[getattr(row, column) for column in columns] for row in _history(register)])
    assert histories[0] == histories[1]


def test_a_change_that_changes_nothing_is_none(register: Register) -> None:
    with register.writing("receive") as writing:
        person = writing.add(Person(family_name="Sample", known_as=["T"], care_leaver=False))
        assert not writing.change(person, family_name="Sample", known_as=["T"], care_leaver=False, dob=None)
    assert _last(register)["did"] == "added"


@pytest.mark.parametrize("what", ["error", "interrupt"])
def test_a_transaction_that_ends_badly_leaves_nothing(register: Register, what: str) -> None:
    wrong = ValueError if what == "error" else KeyboardInterrupt
    with pytest.raises(wrong), register.writing("receive") as writing:
        _half(writing, wrong)
    assert [row.did for row in _history(register)] == ["created"]
    with register.reading() as session:
        assert session.scalars(select(Person)).all() == []
        assert session.scalars(select(Counter)).all() == []


def _half(writing: Writing, wrong: type[BaseException]) -> None:
    writing.add(Person(family_name="Half"))
    writing.session.flush()
    raise wrong


def test_numbers_are_given_once_even_where_the_row_is_gone(register: Register) -> None:
    with register.writing("receive") as writing:
        writing.remove(writing.add(Person(family_name="Gone")))
    with register.writing("receive") as writing:
        assert writing.add(Person(family_name="Next")).id == 2
        assert [writing.number("MASE-2026-"), writing.number("MASE-2026-"), writing.number("MASE-2027-")] == [1, 2, 1]


def test_what_was_received_is_never_edited(register: Register) -> None:
    with register.writing("receive") as writing:
        row = writing.add(Original(sha256="0", kind="pdf", data=b"form"))
        with pytest.raises(TypeError, match="never edited"):
            writing.change(row, kind="xlsx")


def test_a_row_that_names_one_that_is_not_there_is_not_kept(register: Register) -> None:
    with pytest.raises(RegisterError, match="contradicts the register; nothing was"), register.writing("receive") as writing:
        writing.add(Person(family_name="Sample", same_as=77))
    assert [row.did for row in _history(register)] == ["created"]


def test_rows_may_name_each_other_in_whatever_order_they_are_written(register: Register) -> None:
    with register.writing("receive") as writing:
        writing.add(Case(reference="M-1", label="M-1", person_id=1, status="new", opened_on=writing.today))
        writing.add(Person(family_name="Sample"))
    assert faults(register) == []


def test_two_files_with_the_same_bytes_are_not_kept_twice(register: Register) -> None:
    with register.writing("receive") as writing:
        writing.add(Original(sha256="0", kind="pdf", data=b"form"))
    with pytest.raises(RegisterError, match="contradicts"), register.writing("receive") as writing:
        writing.add(Original(sha256="0", kind="pdf", data=b"form"))


def test_an_error_of_the_database_repeats_nothing_of_what_was_to_be_written(register: Register) -> None:
    with pytest.raises(RegisterError) as refused, register.writing("receive") as writing:
        writing.add(Person(family_name="Verysecret", same_as=77))
    assert "Verysecret" not in str(refused.value)
    assert "Verysecret" not in str(refused.value.__cause__)


def test_all_that_was_written_is_read_as_it_was(register: Register) -> None:
    _write(register)
    with register.reading() as session:
        person = session.get_one(Person, (BOROUGH, 1))
        assert (person.family_name, person.known_as, person.police_ref, person.care_leaver) == ("O’Sämple", ["Té", '"T"'], [], True)
        assert session.get_one(Original, (BOROUGH, 1)).data == bytes(range(256))
    assert faults(register) == []


def test_a_long_answer_is_kept_whole(register: Register) -> None:
    answers = json.dumps({"reason": "ä\t\r\n😀'\"\\ " * 100_000}, ensure_ascii=False)
    with register.writing("receive") as writing:
        case = writing.add(Case(reference="M-1", label="M-1", status="new", opened_on=writing.today))
        writing.add(
            Referral(
                reference="M-1", form="referral", version=1, case_id=case.id, received_on=writing.today, received_by="tester",
                source_name="form", sha256="0", kind="xlsx", answers=answers, problems="[]",
            )
        )  # fmt: skip
    with register.reading() as session:
        assert session.get_one(Referral, (BOROUGH, 1)).answers == answers
    assert faults(register) == []


@pytest.mark.parametrize("kinds", [KINDS[:2]])
def test_a_seal_is_kept_on_this_computer_for_each_transaction(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        register = Register.create(an_address(kind, tmp_path, kind), BOROUGH, key_of(kind), witness(kind))
        _write(register)
        rows = _history(register)
        lines = [line.split() for line in register.seals.read_text().splitlines()]
        assert [(line[1], int(line[2]), line[3]) for line in lines] == [(BOROUGH, row.seq, row.hash) for row in (rows[0], rows[-1])]


def test_a_folder_for_seals_that_cannot_be_written_to_is_no_reason_to_lose_anything(register: Register, data_home: Path) -> None:
    (data_home / "mase-docs").rename(data_home / "elsewhere")
    (data_home / "mase-docs").write_text("a file where the folder should be")
    _write(register)
    assert len(_history(register)) == 7


def test_what_no_store_can_keep_stops_nothing(register: Register) -> None:
    with register.writing("receive") as writing:
        person = writing.add(Person(family_name="Sam\0ple", known_as=["T\udce9s"]))
        writing.change(person, given_names="Te\ud800sta")
        writing.note("decided", because="c\udcf3d")
    with register.reading() as session:
        kept = session.scalars(select(Person)).one()
        assert (kept.family_name, kept.known_as, kept.given_names) == ("Sam?ple", ["T?s"], "Te?sta")
    assert faults(register) == []
