"""Changes to a register behind mase_docs' back, by somebody who may do anything to its store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, text

from mase_docs.register.register import Register
from mase_docs.register.verify import Fault, verify


@contextmanager
def _almighty(register: Register) -> Iterator[Connection]:
    """A connection that no foreign key, right or row-level security stops."""
    if register.file:
        with register.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            yield connection
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
        return
    engine = create_engine(register.address.replace("panel@", "postgres@"))
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        yield connection
    engine.dispose()


def tamper(register: Register, *orders: str, **values: Any) -> None:
    with _almighty(register) as connection:
        for order in orders:
            connection.execute(text(order), values)
        connection.commit()


def seen(register: Register, order: str, **values: Any) -> list[Any]:
    """What a query gives, of whichever borough."""
    with _almighty(register) as connection:
        return [tuple(row) for row in connection.execute(text(order), values)]


def faults(register: Register) -> list[Fault]:
    with register.reading() as session:
        return verify(session, register.borough, register.seals)


def named(register: Register) -> set[tuple[str, int]]:
    """The tables and rows in which something is found."""
    return {(fault.table, fault.row) for fault in faults(register)}
