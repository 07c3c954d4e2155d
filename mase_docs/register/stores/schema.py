"""Which version of the tables a register has, and how it comes to the newest one (Alembic, in migrations/)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from mase_docs.errors import RegisterError
from mase_docs.register.stores import separation
from mase_docs.register.stores.refusals import named

CURRENT = "0003"
"""The newest version in migrations/versions."""
SCRIPTS = Path(__file__).parent / "migrations"

ALONE = text("SELECT pg_advisory_xact_lock(6271)")
"""On a server two that upgrade at once do it one after the other; the number is ours alone."""


def make(engine: Engine, address: str, borough: str) -> None:
    """The tables of a new register; on a server, where they may be there already, the borough's way to them. Raises RegisterError."""
    with engine.connect() as connection:
        found = version(connection)
        if found:
            must_be_current(connection, address)
            _must_be_free(connection, address, borough)
    if not found:
        upgrade(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            separation.admit(connection, borough)


def _must_be_free(connection: Connection, address: str, borough: str) -> None:
    if _has(connection, borough):
        raise RegisterError(f"The register {named(address)} is there already.", "Use it, or name another place for the new one.")


def _has(connection: Connection, borough: str) -> bool:
    """Whether anything was ever written for a borough, as far as this user may see."""
    return bool(connection.execute(text("SELECT seq FROM chain WHERE borough = :borough AND seq > 0"), {"borough": borough}).first())


def upgrade(engine: Engine, version: str | None = None) -> None:
    """Brings the tables to a version, the newest where none is said, in one transaction."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    with engine.execution_options(writing=True).begin() as connection:
        settings.attributes["connection"] = connection
        if engine.dialect.name == "postgresql":
            connection.execute(ALONE)
        command.upgrade(settings, version or CURRENT)
        for role in separation.admitted(connection) if engine.dialect.name == "postgresql" else ():
            separation.grant(connection, role)


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


def must_have(connection: Connection, borough: str) -> None:
    """Raises RegisterError where the tables hold no register of the borough, or none that this user may see."""
    if not _has(connection, borough):
        message = f"There is no register of borough {borough} there, or this user is not among its users."
        raise RegisterError(message, "See that la_code in mase.toml is right; make a register with mase-docs init.")
