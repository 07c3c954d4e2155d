"""Two boroughs in one database: neither can see, write, or guess at a row of the other's, by any SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.register.records import Base, History, Original, Person
from mase_docs.register.register import Register
from tests.register.postgres_server import OWNER, Server
from tests.register.stores import witness

pytestmark = pytest.mark.needs("initdb", "pg_ctl")
TABLES = list(Base.metadata.tables)
OURS, THEIRS = "204", "211"


@pytest.fixture
def database(server: Server) -> str:
    """One database with a register of either borough, each with a person, a file, and a user: anna and amir of ours, benita of theirs."""
    name = server.database()
    for borough in (OURS, THEIRS):
        with Register.create(server.address(name), borough, witness=witness()) as register, register.writing("receive") as writing:
            writing.add(Person(family_name=f"Sample{borough}"))
            writing.add(Original(sha256="0" * 64, kind="xlsx", data=b"form"))
    for user, borough in (("anna", OURS), ("amir", OURS), ("benita", THEIRS)):
        server.user(user, borough)
    return name


@pytest.fixture
def benita(server: Server, database: str) -> Iterator[psycopg.Connection[Any]]:
    """A user of the other borough, with plain SQL."""
    with psycopg.connect(f"host=127.0.0.1 port={server.port} dbname={database} user=benita", autocommit=True) as connection:
        yield connection


def test_of_every_table_its_user_sees_and_writes_one_boroughs_rows_alone(benita: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        assert benita.execute(f'SELECT count(*) FROM "{table}" WHERE borough <> %s', (THEIRS,)).fetchone() == (0,), table
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            benita.execute(_a_row(table, OURS))


def test_nor_can_a_row_of_theirs_be_guessed_from_what_is_refused(benita: psycopg.Connection[Any]) -> None:
    said = set()
    for key in ("1", "999"):  # there is a person 1, and none with the other number
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
            benita.execute(f"INSERT INTO person (borough, id) VALUES ('{OURS}', {key})")
        said.add(str(refused.value))
    assert len(said) == 1


def _a_row(table: str, borough: str) -> str:
    """An order that puts a row for a borough into a table: one with the very key that a row of theirs has, where there is one."""
    columns = Base.metadata.tables[table].columns
    values = {"VARCHAR": "'1'", "TEXT": "'1'", "INTEGER": "1", "DATE": "'2026-11-02'", "BOOLEAN": "true", "BLOB": "'1'"}
    given = [f"'{borough}'" if column.name == "borough" else values[str(column.type)] for column in columns]
    return f'INSERT INTO "{table}" ({", ".join(f"{chr(34)}{column.name}{chr(34)}" for column in columns)}) VALUES ({", ".join(given)})'


def test_a_row_of_theirs_cannot_be_changed_nor_removed_nor_given_away(
    benita: psycopg.Connection[Any], server: Server, database: str
) -> None:
    assert benita.execute("UPDATE person SET family_name = 'X' WHERE borough = '204'").rowcount == 0
    assert benita.execute("DELETE FROM person WHERE borough = '204'").rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        benita.execute("UPDATE person SET borough = '204'")
    names = server.sql("SELECT borough, family_name FROM person ORDER BY borough", database=database)
    assert names == [(OURS, "Sample204"), (THEIRS, "Sample211")]


def test_a_function_of_ones_own_never_gets_to_see_a_row_of_theirs(benita: psycopg.Connection[Any]) -> None:
    seen: list[str] = []
    benita.add_notice_handler(lambda notice: seen.append(notice.message_primary or ""))
    says = "BEGIN RAISE NOTICE '%', $1; RETURN true; END"
    benita.execute(f"CREATE FUNCTION pg_temp.says(text) RETURNS bool COST 0.0001 LANGUAGE plpgsql AS $$ {says} $$")
    benita.execute("SELECT * FROM person WHERE pg_temp.says(family_name)")
    assert seen == ["Sample211"]


def test_what_stays_as_it_is_cannot_be_changed_by_a_user_of_the_borough_either(benita: psycopg.Connection[Any]) -> None:
    for order in ("DELETE FROM history", "UPDATE history SET who = 'x'", "UPDATE original SET data = 'x'", "TRUNCATE history"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            benita.execute(order)


def test_the_owner_of_the_tables_sees_no_row_without_being_a_member(server: Server) -> None:
    name = server.database()
    Register.create(server.address(name), "299", witness=witness()).engine.dispose()
    server.sql(f"REVOKE mase_docs_299 FROM {OWNER}")
    assert server.sql("SELECT count(*) FROM history", database=name, user=OWNER) == [(0,)]


def test_two_coordinators_of_a_borough_share_its_rows(server: Server, database: str) -> None:
    with Register.open(server.address(database, "anna"), OURS, witness=witness("anna")) as hers:
        with hers.writing("receive") as writing:
            writing.add(Person(family_name="Written by Anna"))
        with Register.open(server.address(database, "amir"), OURS, witness=witness("amir")) as his:
            with his.writing("receive") as writing:
                writing.change(writing.session.scalars(select(Person).where(Person.family_name == "Written by Anna")).one(), age="15")
            with hers.reading() as session:
                assert session.scalars(select(History.who).order_by(History.seq.desc())).all()[:2] == ["amir", "anna"]
                assert session.scalars(select(Person.age).where(Person.family_name == "Written by Anna")).one() == "15"


def test_a_user_of_another_borough_is_told_so(server: Server, database: str) -> None:
    with pytest.raises(RegisterError, match="no register of borough 204 there, or this user is not among its users"):
        Register.open(server.address(database, "benita"), OURS)


def test_a_user_of_no_borough_is_told_so(server: Server, database: str) -> None:
    with pytest.raises(RegisterError, match="does not let this user do that"):
        Register.open(server.address(database, server.user("nobody")), OURS)


def test_a_register_is_made_once(server: Server, database: str) -> None:
    for user in (OWNER, "anna"):
        with pytest.raises(RegisterError, match="is there already"):
            Register.create(server.address(database, user), OURS, witness=witness())
    assert server.sql("SELECT count(*) FROM history WHERE did = 'created'", database=database) == [(2,)]


def test_whoever_makes_roles_does_not_come_among_a_boroughs_users_by_mistake(server: Server, database: str) -> None:
    server.sql(f"REVOKE mase_docs_{THEIRS} FROM {OWNER}")
    with pytest.raises(RegisterError, match=f"ask the server's administrator for: GRANT mase_docs_{THEIRS} TO {OWNER};"):
        Register.create(server.address(database), THEIRS, witness=witness())


def test_who_may_not_make_roles_is_given_what_to_ask_for(server: Server) -> None:
    modest = server.user("modest")
    name = server.database()
    server.sql(f"ALTER DATABASE {name} OWNER TO modest")
    with pytest.raises(RegisterError, match="may not make the borough's role") as refused:
        Register.create(server.address(name, modest), "298", witness=witness())
    orders = refused.value.remedy.removeprefix("Ask its administrator for: ").removesuffix(" Then do this again.")
    server.sql(*orders.split("; "))
    with Register.create(server.address(name, modest), "298", witness=witness()) as register, register.reading() as session:
        assert session.scalars(select(History.did)).all() == ["created"]
