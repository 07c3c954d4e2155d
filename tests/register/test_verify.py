"""Whatever is altered, removed or put in behind mase_docs' back is found and named, on every store; what mase_docs did is no fault."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.register.history import FIRST, digest_of, hash_of
from mase_docs.register.records import Case, History, Original, Person
from mase_docs.register.register import Register
from tests.register.stores import BOROUGH, a_register
from tests.register.tampering import faults, named, seen, tamper

COLUMNS = [column.name for column in History.__table__.columns]


@pytest.fixture
def register(register: Register) -> Register:
    """One with two persons, a file and a case; one of the persons changed, a third removed; somebody looked."""
    with register.writing("receive") as writing:
        first = writing.add(Person(family_name="Sample", dob=date(2010, 1, 31), known_as=["T"], care_leaver=True))
        writing.add(Person(family_name="Gone"))
        writing.add(Person(family_name="Other"))
        writing.add(Original(sha256="0" * 64, kind="xlsx", data=b"form"))
        writing.add(Case(reference="M-1", label="M-1", person_id=first.id, status="new", opened_on=writing.today))
    with register.writing("show") as writing:
        writing.change(_person(writing, 3), age="15", family_name="Same")
        writing.remove(_person(writing, 2))
        writing.looked(_person(writing, 1))
    return register


def _person(writing: Any, number: int) -> Person:
    return writing.session.get_one(Person, (BOROUGH, number))  # type: ignore[no-any-return]


def test_a_register_that_mase_docs_wrote_has_no_fault(register: Register) -> None:
    assert faults(register) == []


def _otherwise(value: Any) -> Any:
    """The same with one byte altered."""
    if isinstance(value, int):
        return value ^ 64
    return "x" if value is None else value[:-1] + chr(ord(value[-1]) ^ 1)


def test_one_altered_byte_in_any_column_of_the_history_is_found_and_named(register: Register) -> None:
    rows = [seq for (seq,) in seen(register, "SELECT seq FROM history ORDER BY seq")]
    for seq in (rows[0], rows[-1]):
        for column in COLUMNS:
            ((value,),) = seen(register, f'SELECT "{column}" FROM history WHERE seq = :seq', seq=seq)
            other = 64 if column == "row" and value is None else _otherwise(value)
            now = other if column == "seq" else seq
            tamper(register, f'UPDATE history SET "{column}" = :other WHERE seq = :seq', other=other, seq=seq)
            assert ("history", seq) in named(register), (seq, column)
            tamper(register, f'UPDATE history SET "{column}" = :value WHERE seq = :now', value=value, now=now)
    assert faults(register) == []


def test_any_removed_row_of_the_history_is_found_and_named_the_newest_too(register: Register) -> None:
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    for row in seen(register, f"SELECT {names} FROM history ORDER BY seq"):
        values = dict(zip(COLUMNS, row, strict=True))
        tamper(register, "DELETE FROM history WHERE seq = :seq", seq=values["seq"])
        assert ("history", values["seq"]) in named(register)
        tamper(register, f"INSERT INTO history ({names}) VALUES ({', '.join(f':{column}' for column in COLUMNS)})", **values)
    assert faults(register) == []


def test_many_removed_rows_are_one_fault(register: Register) -> None:
    tamper(register, "DELETE FROM history WHERE seq BETWEEN 2 AND 4")
    assert "history, row 2: removed, with all up to row 4" in map(str, faults(register))


def test_the_newest_rows_removed_with_the_chains_own_note_of_them_are_missed_by_the_seal(register: Register) -> None:
    ((seq, newest),) = seen(register, "SELECT seq, hash FROM history WHERE seq = 6")
    tamper(register, "DELETE FROM history WHERE seq > 6", "UPDATE chain SET seq = :seq, hash = :newest", seq=seq, newest=newest)
    assert any(fault.table == "history" and "seal" in fault.what for fault in faults(register))


def test_a_chain_without_its_end_is_found(register: Register) -> None:
    tamper(register, "DELETE FROM chain")
    assert [str(fault) for fault in faults(register)] == ["chain: removed"]


@pytest.mark.parametrize("order", ["UPDATE chain SET hash = 'x'", "UPDATE chain SET seq = 5", "UPDATE chain SET seq = 500"])
def test_an_altered_end_of_the_chain_is_found(register: Register, order: str) -> None:
    tamper(register, order)
    assert {table for table, _ in named(register)} == {"history"}


def _put_in(register: Register, after: int) -> History:
    """A row put into the history after another one, with hashes as they should be."""
    with register.reading() as session:
        before = session.get_one(History, (BOROUGH, after))
        row = History(
            borough=BOROUGH, seq=after + 1, at=before.at, who="x", did="looked", table=None, row=None, why="x",
            detail="{}", digest=digest_of("{}"), previous=before.hash,
        )  # fmt: skip
    row.hash = hash_of(row)
    return row


def test_a_row_put_in_at_the_end_of_the_history_is_found(register: Register) -> None:
    ((seq,),) = seen(register, "SELECT max(seq) FROM history")
    row = _put_in(register, seq)
    values = {column: getattr(row, column) for column in COLUMNS}
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    tamper(register, f"INSERT INTO history ({names}) VALUES ({', '.join(f':{column}' for column in COLUMNS)})", **values)
    assert named(register) == {("history", seq + 1)}


def test_a_row_put_in_the_place_of_another_is_found(register: Register) -> None:
    row = _put_in(register, 3)
    tamper(register, "UPDATE history SET did = 'looked', who = 'x' WHERE seq = 4")
    tamper(register, "UPDATE history SET hash = :hash WHERE seq = 4", hash=row.hash)
    assert ("history", 4) in named(register)


def test_a_history_written_anew_with_all_its_hashes_is_found_by_the_seal(register: Register) -> None:
    with register.reading() as session:
        rows = list(session.scalars(select(History).order_by(History.seq)))
        session.expunge_all()
    before = FIRST
    for row in rows:
        row.who, row.previous = ("somebody else" if row.seq == 3 else row.who), before if row.seq > 3 else row.previous
        before = hash_of(row)
        values = {"who": row.who, "previous": row.previous, "hash": before, "seq": row.seq}
        tamper(register, "UPDATE history SET who = :who, previous = :previous, hash = :hash WHERE seq = :seq", **values)
    tamper(register, "UPDATE chain SET hash = :hash", hash=before)
    found = faults(register)
    assert found
    assert {fault.what for fault in found} == {"is not the row that this computer sealed"}


def test_every_altered_column_of_a_row_is_named(register: Register) -> None:
    with register.reading() as session:
        held = {column: getattr(session.get_one(Person, (BOROUGH, 1)), column.name) for column in Person.__table__.columns}
    columns = [column for column in held if column.name not in ("borough", "id")]
    others = {"TEXT": "'[\"x\"]'", "DATE": "'2011-02-28'", "INTEGER": "3"}
    given = [f"{column.name} = {others.get(str(column.type)) or (held[column] is not True)}" for column in columns]
    tamper(register, f"UPDATE person SET {', '.join(given)} WHERE id = 1")
    names = ", ".join(sorted(column.name for column in columns))
    assert [str(fault) for fault in faults(register)] == [f"person, row 1: altered ({names})"]


def test_a_file_that_arrived_is_found_to_be_another(register: Register) -> None:
    tamper(register, "UPDATE original SET data = :data", data=b"fork")
    assert [str(fault) for fault in faults(register)] == ["original, row 1: altered (data)"]


def test_a_removed_row_is_found_and_one_put_in(register: Register) -> None:
    tamper(register, "DELETE FROM person WHERE id = 3", "INSERT INTO person (borough, id, family_name) VALUES ('204', 9, 'x')")
    assert [str(fault) for fault in faults(register)] == ["person, row 3: removed", "person, row 9: inserted"]


def test_a_row_put_where_one_was_removed_is_found(register: Register) -> None:
    tamper(register, "INSERT INTO person (borough, id, family_name) VALUES ('204', 2, 'Gone')")
    assert named(register) == {("person", 2)}


@pytest.mark.parametrize("order", ["UPDATE counter SET last = 1 WHERE name = 'person'", "DELETE FROM counter WHERE name = 'person'"])
def test_a_counter_that_would_give_a_number_again_is_found(register: Register, order: str) -> None:
    tamper(register, order)
    assert [str(fault) for fault in faults(register)] == [
        "person, row 3: its number could be given again: the counter was lowered or removed"
    ]


def test_a_counter_that_would_pass_numbers_over_is_found(register: Register) -> None:
    tamper(register, f"UPDATE counter SET last = {2**31 - 1} WHERE name = 'person'")
    assert [str(fault) for fault in faults(register)] == ["person, row 3: the next number is not the one after it: the counter was raised"]


def test_a_detail_emptied_by_a_disposal_is_no_fault(register: Register) -> None:
    with register.writing("dispose") as writing:
        writing.remove(_person(writing, 3))
        emptied = writing.empty([("person", 3)])
        writing.note("disposed", emptied=emptied)
    assert len(emptied) == 3
    assert faults(register) == []


def test_a_detail_emptied_otherwise_is_a_fault_whatever_else_says_so(register: Register) -> None:
    with register.writing("show") as writing:
        writing.note("looked", emptied=[2])
    tamper(register, "UPDATE history SET detail = NULL WHERE seq = 2")
    assert ("history", 2) in named(register)


@pytest.mark.parametrize("kind", ["sqlite", "sqlcipher"])
def test_an_older_copy_of_the_file_put_in_its_place_is_found(tmp_path: Path, kind: str) -> None:
    register = a_register(kind, tmp_path)
    shutil.copy(tmp_path / "register.sqlite", tmp_path / "older")
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Sample"))
    register.engine.dispose()
    shutil.copy(tmp_path / "older", tmp_path / "register.sqlite")
    assert [str(fault) for fault in faults(register)] == ["history, row 2: removed: this computer has its seal"]


NONSENSE = {
    "a date that is none": "UPDATE person SET dob = '2010-13-45' WHERE id = 1",
    "a list that is none": "UPDATE person SET known_as = '[' WHERE id = 1",
    "letters that are none": "UPDATE person SET family_name = CAST(x'53ff' AS TEXT) WHERE id = 1",
    "bytes for words": "UPDATE person SET family_name = x'53' WHERE id = 1",
    "words for bytes": "UPDATE original SET data = 'fork'",
    "a number for bytes": "UPDATE original SET data = 7",
    "a number that is none": "UPDATE person SET id = 'three' WHERE id = 1",
}


@pytest.mark.parametrize("order", NONSENSE.values(), ids=NONSENSE)
def test_what_cannot_even_be_read_is_found(tmp_path: Path, order: str) -> None:
    register = _some(tmp_path)
    tamper(register, order)
    table = order.split()[1]
    assert (table, 1) in named(register)
    assert not [fault for fault in faults(register) if (fault.table, fault.row) in ((table, 2), (table, 3))], "the others are as they were"


def _some(tmp_path: Path) -> Register:
    register = a_register("sqlite", tmp_path)
    with register.writing("receive") as writing:
        for name in "abc":
            writing.add(Person(family_name=name))
        writing.add(Original(sha256="0" * 64, kind="xlsx", data=b"form"))
    return register


@pytest.mark.parametrize("value", ["x'ff'", "CAST(x'ff' AS TEXT)", "'{'", "-5", "'[1]'"])
def test_nonsense_in_the_history_is_found_and_does_not_hide_the_rest(tmp_path: Path, value: str) -> None:
    register = _some(tmp_path)
    tamper(register, "DELETE FROM person WHERE id = 3")
    (tmp_path / "before").write_bytes((tmp_path / "register.sqlite").read_bytes())
    for column in COLUMNS:
        tamper(register, f'UPDATE history SET "{column}" = {value} WHERE seq = 3')
        found = named(register)
        assert ("person", 3) in found, column
        assert ("history", 3) in found, column
        register.engine.dispose()
        shutil.copy(tmp_path / "before", tmp_path / "register.sqlite")
    assert named(register) == {("person", 3)}
