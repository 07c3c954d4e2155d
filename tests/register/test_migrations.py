"""The tables are what records.py says, whichever version a register began with; and an upgrade is made whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from mase_docs.errors import RegisterError
from mase_docs.register.records import Base, History, Person
from mase_docs.register.register import Register, engine_at
from mase_docs.register.stores import postgresql, schema
from mase_docs.register.stores.sqlite import engine as file_engine
from tests.register.postgres_server import Server
from tests.register.stores import BOROUGH, a_register, key_of, witness
from tests.register.tampering import faults, tamper

TABLES = ("information", "paper", "agency_return")
"""The tables that came since version 0001, those that are tied to others first."""
COLUMNS = {
    "person": ("died_on", "keep_until", "keep_reason"),
    "meeting": ("started", "finished"),
    "discussion": ("response", "disruption_considered", "reasons", "category_review", "filed_by"),
    "action": ("status_on", "carried_on", "minuted_as"),
}
"""Table → the columns that came since."""
GONE = {"discussion": ("information",)}
"""Table → the columns that have gone since."""
BROKEN = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0099", "{before}"
def upgrade():
    op.create_table("half", sa.Column("x", sa.Text))
    op.add_column("person", sa.Column("half", sa.Text))
    op.execute("INSERT INTO half VALUES ('x')")
    op.execute("INSERT INTO nowhere VALUES ('x')")
"""


def test_the_version_that_is_asked_for_is_the_newest_there_is() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(schema.SCRIPTS))
    assert ScriptDirectory.from_config(settings).get_heads() == [schema.CURRENT]


def test_the_tables_are_those_of_the_record_model(register: Register) -> None:
    with register.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found = compare_metadata(context, Base.metadata)
        keys = {table: inspect(connection).get_pk_constraint(table)["constrained_columns"] for table in Base.metadata.tables}
    assert [difference for difference in found if not _of_words(difference)] == []
    assert keys == {name: [column.name for column in table.primary_key] for name, table in Base.metadata.tables.items()}


def test_a_table_of_an_older_version_would_be_told_from_them(tmp_path: Path) -> None:
    engine = file_engine(tmp_path / "older.sqlite", None)
    schema.upgrade(engine, "0001")
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    columns = {(difference[0], difference[2], difference[3].name) for difference in found if difference[0].endswith("_column")}
    assert {difference[1].name for difference in found if difference[0] == "add_table"} == set(TABLES)
    assert columns == {*_each("add_column", COLUMNS), *_each("remove_column", GONE)}


def _each(what: str, columns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    return ((what, table, column) for table, names in columns.items() for column in names)


def _of_words(difference: object) -> bool:
    """What a column holds is said in docs/record-model.md; a database needn't know."""
    return "modify_comment" in repr(difference)


def test_nothing_is_said_while_the_tables_are_made(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    a_register(kind, tmp_path).engine.dispose()
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def older(register: Register) -> Register:
    """A register as version 0001 left it, with persons in it."""
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Sample", given_names="Testa"))
        writing.change(writing.add(Person(family_name="Sampel")), family_name="Sample")
    tamper(register, *(f"DROP TABLE {table}" for table in TABLES))
    tamper(register, *(f"ALTER TABLE {table} DROP COLUMN {column}" for _, table, column in _each("", COLUMNS)))
    tamper(register, *(f"ALTER TABLE {table} ADD COLUMN {column} TEXT" for _, table, column in _each("", GONE)))
    tamper(register, "UPDATE alembic_version SET version_num = '0001'")
    return register


def test_a_register_of_an_older_version_is_not_opened_and_says_what_to_do(older: Register, kind: str) -> None:
    with pytest.raises(RegisterError, match=r"made by an older mase-docs\. Run: mase-docs register upgrade"):
        Register.open(older.address, BOROUGH, key_of(kind))


def test_after_the_upgrade_all_of_it_is_there_and_proved(older: Register, kind: str) -> None:
    schema.upgrade(engine_at(older.address, key_of(kind), new=False))
    with Register.open(older.address, BOROUGH, key_of(kind), witness()) as register:
        assert faults(register) == []
        with register.writing("keep") as writing:
            people = writing.session.scalars(select(Person).order_by(Person.id)).all()
            assert [(person.family_name, person.given_names, person.keep_reason) for person in people] == [
                ("Sample", "Testa", None),
                ("Sample", None, None),
            ]
            writing.change(people[0], keep_reason="an inquiry")
        assert faults(register) == []
        with register.reading() as session:
            assert session.scalars(select(History.did).order_by(History.seq)).all() == ["created", "added", "added", "changed", "changed"]


def test_a_register_of_a_newer_version_is_not_opened_either(register: Register, kind: str) -> None:
    tamper(register, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RegisterError, match="made by a newer mase-docs"):
        Register.open(register.address, BOROUGH, key_of(kind))


def test_an_upgrade_that_fails_changes_nothing(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(schema.SCRIPTS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "v0099_broken.py").write_text(BROKEN.format(before=schema.CURRENT))
    monkeypatch.setattr(schema, "SCRIPTS", tmp_path / "migrations")
    with pytest.raises(Exception, match="nowhere"):
        schema.upgrade(register.engine, "0099")
    with register.engine.connect() as connection:
        assert schema.version(connection) == schema.CURRENT
        assert not inspect(connection).has_table("half")
        assert "half" not in {column["name"] for column in inspect(connection).get_columns("person")}
    assert faults(register) == []


@pytest.mark.needs("initdb", "pg_ctl")
def test_two_that_make_the_tables_at_once_do_it_one_after_the_other(server: Server) -> None:
    address = server.address(server.database())
    with ThreadPoolExecutor() as both:
        list(both.map(schema.upgrade, (postgresql.engine(address), postgresql.engine(address))))
    with postgresql.engine(address).connect() as connection:
        assert schema.version(connection) == schema.CURRENT


@pytest.mark.needs("initdb", "pg_ctl")
def test_an_upgrade_gives_every_borough_its_rights_again(server: Server, tmp_path: Path) -> None:
    with a_register("postgresql", tmp_path) as register:
        tamper(register, "REVOKE ALL ON person FROM mase_docs_204")
        schema.upgrade(register.engine)
        user = server.user("anna", BOROUGH)
        with (
            Register.open(register.address.replace("panel@", f"{user}@"), BOROUGH, witness=witness()) as hers,
            hers.writing("x") as writing,
        ):
            writing.add(Person(family_name="Sample"))
