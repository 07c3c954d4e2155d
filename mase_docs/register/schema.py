"""Which version of the tables a register has, and how it comes to the newest one (Alembic, in migrations/)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from mase_docs.errors import RegisterError

CURRENT = "0001"
"""The newest version in migrations/versions."""


def make(engine: Engine) -> None:
    """The tables of a new register."""
    upgrade(engine)


def upgrade(engine: Engine, version: str = CURRENT) -> None:
    """Brings the tables to a version, in one transaction."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(writing=True).begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, version)


def version(connection: Connection) -> str | None:
    """The version of a register's tables; None where they are no register's."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def must_be_current(connection: Connection, address: str) -> None:
    """Raises RegisterError, with what to do, for tables of another version."""
    found = version(connection)
    if found is None:
        raise RegisterError("What is there is no register of mase-docs.", "Name the right place with --register.")
    if found < CURRENT:
        raise RegisterError("The register was made by an older mase-docs.", "Run: mase-docs register upgrade (it makes a backup first).")
    if found > CURRENT:
        raise RegisterError("The register was made by a newer mase-docs than this one.", "Install that version here too.")
