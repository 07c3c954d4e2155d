"""An empty register on each of the three stores, with a witness that says the same in every run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import select

from mase_docs.register import seals
from mase_docs.register.records import History
from mase_docs.register.register import Register
from mase_docs.register.writing import Witness
from tests.register.postgres_server import the_server

KINDS = ("sqlite", "sqlcipher", "postgresql")
BOROUGH = "204"
KEY = "5e" * 32
"""The key of the encrypted registers: the key itself, not a passphrase, which would take a third of a second a connection."""
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def witness(who: str = "tester") -> Witness:
    """Writes a second later each time, with salts that are counted."""
    seconds, salts = count(), count(1)
    return Witness(who, lambda: START + timedelta(seconds=next(seconds)), lambda: f"{next(salts):032x}")


def key_of(kind: str) -> Callable[[], str] | None:
    return (lambda: KEY) if kind == "sqlcipher" else None


def an_address(kind: str, folder: Path, name: str = "register") -> str:
    """Where a register of that kind may be made."""
    if kind == "postgresql":
        return the_server().address(the_server().database())
    return str(folder / f"{name}.sqlite")


def a_register(kind: str, folder: Path, name: str = "register") -> Register:
    """A new, empty register of a kind; a file's stands in the folder."""
    if kind == "postgresql":
        return _like_the_first()
    return Register.create(an_address(kind, folder, name), BOROUGH, key_of(kind), witness())


def _like_the_first() -> Register:
    """A copy of a database with an empty register, which is quicker than to make one; this computer gets the same seal of it."""
    writer = witness()
    at, _ = writer.now(), writer.salt()
    register = Register.open(the_server().address(the_server().database(like=_first())), BOROUGH, witness=writer)
    with register.reading() as session:
        seals.keep(register.seals, f"{at:%Y-%m-%dT%H:%M:%SZ}", BOROUGH, 1, session.scalars(select(History.hash)).one())
    return register


@cache
def _first() -> str:
    name = the_server().database()
    Register.create(the_server().address(name), BOROUGH, witness=witness()).engine.dispose()
    return name
