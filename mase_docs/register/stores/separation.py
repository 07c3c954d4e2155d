"""What keeps the boroughs of one server apart: a role for each, whose members alone see and write its rows.

The server does it (row-level security, made in migrations/versions), whatever program somebody uses. It binds the owner of the tables
too; it binds no superuser (https://www.postgresql.org/docs/15/ddl-rowsecurity.html).
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from mase_docs.errors import RegisterError
from mase_docs.register.records import Base

RIGHTS = {
    "history": "SELECT, INSERT, UPDATE (detail)",
    "chain": "SELECT, INSERT, UPDATE (seq, hash)",
    "counter": "SELECT, INSERT, UPDATE (last)",
    "original": "SELECT, INSERT, DELETE",
    "referral": "SELECT, INSERT, DELETE",
}
"""What mase_docs needs of a table where that is less than all four: the history is never removed, what was received never edited."""
ALL_FOUR = "SELECT, INSERT, UPDATE, DELETE"


def role_of(borough: str) -> str:
    """The role whose members see and write a borough's rows."""
    return f"mase_docs_{borough}"


def admit(connection: Connection, borough: str) -> None:
    """Makes the borough's role where it isn't there, with the current user in it, and gives it its rights on the tables.

    Raises RegisterError, with what an administrator is to do, where the current user may not do that.
    """
    role = role_of(borough)
    if not _holds(connection, "EXISTS (SELECT FROM pg_roles WHERE rolname = :role)", role):
        _must_make_roles(connection, role)
        connection.execute(text(f"CREATE ROLE {role} NOLOGIN"))
    if not _holds(connection, "pg_has_role(:role, 'usage')", role):
        _must_be_free(connection, role, borough)
        _must_make_roles(connection, role)
        connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
    grant(connection, role)


def grant(connection: Connection, role: str) -> None:
    """Gives a borough's role its rights on every table that is there."""
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
    for table in Base.metadata.tables.keys() & inspect(connection).get_table_names():
        connection.execute(text(f'GRANT {RIGHTS.get(table, ALL_FOUR)} ON "{table}" TO {role}'))


def admitted(connection: Connection) -> list[str]:
    """The roles of the boroughs that have a register in this database."""
    found = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'mase_docs_') AND has_table_privilege(oid, 'chain', 'SELECT')"
    return [str(role) for role in connection.scalars(text(found))]


def _holds(connection: Connection, condition: str, role: str) -> bool:
    return bool(connection.scalar(text(f"SELECT {condition}"), {"role": role}))


def _must_be_free(connection: Connection, role: str, borough: str) -> None:
    """Whoever may make roles doesn't come among a borough's users by mistake."""
    if role in admitted(connection):
        message = f"Borough {borough} has its register there already, and this user is not among its users."
        raise RegisterError(message, f"If that should be so, ask the server's administrator for: GRANT {role} TO {_user(connection)};")


def _must_make_roles(connection: Connection, role: str) -> None:
    if not connection.scalar(text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")):
        orders = f"CREATE ROLE {role} NOLOGIN; GRANT {role} TO {_user(connection)};"
        raise RegisterError(
            "This user may not make the borough's role on the server.", f"Ask its administrator for: {orders} Then do this again."
        )


def _user(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT quote_ident(current_user)")))
