"""The register: opened by its address, read in sessions, written in transactions.

with Register.open("register.sqlite", "204") as register:
    with register.writing("receive") as writing:      # all of it is kept, or none
        writing.add(Person(family_name="Sample"))
    with register.reading() as session:
        session.scalars(select(Person)).all()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from mase_docs.errors import RegisterError
from mase_docs.register import postgresql, schema, seals
from mase_docs.register.records import History, Kept
from mase_docs.register.sqlite import Key, is_protected
from mase_docs.register.sqlite import engine as file_engine
from mase_docs.register.turn import PATIENCE, turn
from mase_docs.register.writing import Witness, Writing

SERVER = ("postgresql://", "postgresql+psycopg://")


class Register:
    """One borough's rows of a register.

    address  a file, or `postgresql+psycopg://…`
    borough  its three-digit DfE number: rows of others are neither seen nor written
    patience seconds to wait for another writer
    """

    def __init__(self, address: str, borough: str, engine: Engine, witness: Witness | None = None) -> None:
        self.address, self.borough, self.engine = address, borough, engine
        self.witness, self.patience = witness or Witness.of_this_system(), PATIENCE

    @classmethod
    def open(cls, address: str, borough: str, key: Key | None = None, witness: Witness | None = None) -> Self:
        """The register at an address; key is asked only where one protects it.

        Raises RegisterError where there is none, it can't be opened, or it was made by another version of mase_docs.
        """
        register = cls(address, borough, _engine(address, key, new=False), witness)
        with _told(address), register.engine.connect() as connection:
            schema.must_be_current(connection, address)
        return register

    @classmethod
    def create(cls, address: str, borough: str, key: Key | None = None, witness: Witness | None = None) -> Self:
        """A new, empty register; with a key, one that it protects. Raises RegisterError where there is one already."""
        register = cls(address, borough, _engine(address, key, new=True), witness)
        with _told(address):
            schema.make(register.engine)
        with register.writing("create") as writing:
            writing.note("created", version=schema.CURRENT)
        return register

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @property
    def file(self) -> Path | None:
        """The register's file; None where it is on a server."""
        return None if self.address.startswith(SERVER) else Path(self.address)

    @property
    def named(self) -> str:
        """The address as it may be shown: without a password in it."""
        return _named(self.address)

    @contextmanager
    def writing(self, why: str) -> Iterator[Writing]:
        """One transaction: when it ends well everything in it is kept, else nothing. Raises RegisterError."""
        with self._turn(why), _told(self.address), Session(self.engine.execution_options(writing=True)) as session, session.begin():
            self._bounded(session)
            writing = Writing(session, self.borough, self.witness, why)
            yield writing
            seal = writing.close()
        if seal:
            seals.keep(self.seals, f"{writing.at:%Y-%m-%dT%H:%M:%SZ}", self.borough, *seal)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the register and writes nothing. Raises RegisterError."""
        with _told(self.address), Session(self.engine) as session:
            self._bounded(session)
            yield session

    @cached_property
    def seals(self) -> Path:
        """Where the newest hashes of this history are kept outside the register."""
        with self.reading() as session:
            first = session.scalar(select(History.hash).where(History.borough == self.borough, History.seq == 1))
        return seals.place(first or "none")

    def _turn(self, why: str) -> AbstractContextManager[None]:
        return turn(self.file, self.witness.who, why, self.patience) if self.file else nullcontext()

    def _bounded(self, session: Session) -> None:
        """Every select of the session is of this borough's rows alone, whatever it forgets to say."""
        borough = self.borough

        @event.listens_for(session, "do_orm_execute")
        def only_ours(state: ORMExecuteState) -> None:
            if state.is_select:
                ours = with_loader_criteria(Kept, lambda kind: kind.borough == borough, include_aliases=True)
                state.statement = state.statement.options(ours)


def _engine(address: str, key: Key | None, *, new: bool) -> Engine:
    if address.startswith(SERVER):
        return postgresql.engine(address)
    path = Path(address)
    if path.exists() == new:
        raise _already(path) if new else _missing(path)
    return file_engine(path, key if new or is_protected(path) else None)


def _already(path: Path) -> RegisterError:
    return RegisterError(f"There is a register at {path} already.", "Use it, or name another place for the new one.")


def _missing(path: Path) -> RegisterError:
    return RegisterError(f"There is no register at {path}.", "Make one with mase-docs init, or name the right place with --register.")


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Turns what a database says into words; its own could hold an answer."""
    name = _named(address)
    try:
        yield
    except IntegrityError as error:
        raise RegisterError("What was to be written contradicts the register; nothing was.", "Run: mase-docs register verify") from error
    except DBAPIError as error:
        raise RegisterError(f"The register {name} {_reason(error)}.", "What was being written was not kept; then do it again.") from error
    except SQLAlchemyError as error:
        raise RegisterError(f"The register {name} could not be used ({type(error).__name__}).", "Run: mase-docs doctor") from error


def _named(address: str) -> str:
    """An address without a password in it."""
    return address.rpartition("@")[2] if address.startswith(SERVER) else address


REASONS = {
    "disk is full": "has no room left on its disk",
    "disk i/o error": "could not be written to its disk",
    "readonly": "may not be written to",
    "file is not a database": "is damaged, is no register, or the key is wrong",
    "malformed": "is damaged: restore it from a backup with mase-docs register restore",
    "locked": "is being written to by another program",
    "lock timeout": "is being written to by somebody else",
    "password authentication": "does not take this user name and password",
    "connection": "cannot be reached, or the connection was lost",
    "permission denied": "does not let this user do that",
    "row-level security": "does not let this user write for this borough",
}
"""What a database says, in small letters → what that means for a person."""


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).casefold()
    return next((words for sign, words in REASONS.items() if sign in said), f"refused ({type(error.orig).__name__})")
