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
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from mase_docs.errors import RegisterError
from mase_docs.register import seals
from mase_docs.register.records import History, Kept
from mase_docs.register.stores import postgresql, schema
from mase_docs.register.stores.postgresql import is_server
from mase_docs.register.stores.refusals import named, told
from mase_docs.register.stores.sqlite import Key, is_protected
from mase_docs.register.stores.sqlite import engine as file_engine
from mase_docs.register.stores.turn import PATIENCE, turn
from mase_docs.register.writing import Witness, Writing

ONE_STATE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""How a server is read: as it was at the first look. A file is always read so, within a transaction."""


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
        register = cls(address, borough, engine_at(address, key, new=False), witness)
        with told(address), register.engine.connect() as connection:
            schema.must_be_current(connection, address)
            schema.must_have(connection, borough)
        return register

    @classmethod
    def create(cls, address: str, borough: str, key: Key | None = None, witness: Witness | None = None) -> Self:
        """A new, empty register; with a key, one that it protects. On a server several boroughs have theirs in one database.

        Raises RegisterError where there is one already, and where the current user may not make one.
        """
        register = cls(address, borough, engine_at(address, key, new=True), witness)
        with register._all_or_no_file():
            with told(address):
                schema.make(register.engine, address, borough)
            with register.writing("create") as writing:
                if not writing.is_first:
                    raise _already(address)
                writing.note("created", version=schema.CURRENT)
        return register

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @property
    def file(self) -> Path | None:
        """The register's file; None where it is on a server."""
        return None if is_server(self.address) else Path(self.address)

    @property
    def named(self) -> str:
        """The address as it may be shown: without a password in it."""
        return named(self.address)

    @contextmanager
    def writing(self, why: str) -> Iterator[Writing]:
        """One transaction: when it ends well everything in it is kept, else nothing. Raises RegisterError."""
        with self._turn(why), told(self.address), Session(self.engine.execution_options(writing=True)) as session, session.begin():
            self._bounded(session)
            if is_server(self.address):
                postgresql.turn(session, self.borough, self.witness.who, why, self.patience)
            writing = Writing(session, self.borough, self.witness, why)
            yield writing
            seal = writing.close()
        if seal:
            seals.keep(self.seals, f"{writing.at:%Y-%m-%dT%H:%M:%SZ}", self.borough, *seal)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the register and writes nothing. Raises RegisterError."""
        with told(self.address), Session(self._for_reading) as session:
            self._bounded(session)
            yield session

    @cached_property
    def _for_reading(self) -> Engine:
        return self.engine.execution_options(**ONE_STATE) if is_server(self.address) else self.engine

    @cached_property
    def seals(self) -> Path:
        """Where the newest hashes of this history are kept outside the register."""
        begins = (History.seq == 1) | (History.did == "restored")
        found = select(History.hash).where(History.borough == self.borough, begins).order_by(History.seq.desc())
        with self.reading() as session:
            return seals.place(session.scalars(found).first() or "none")

    @contextmanager
    def _all_or_no_file(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.engine.dispose()
            if self.file:
                self.file.unlink(missing_ok=True)
            raise

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


def engine_at(address: str, key: Key | None, *, new: bool) -> Engine:
    """The engine of the register at an address; whether its tables are this version's is not looked at. Raises RegisterError."""
    if is_server(address):
        return postgresql.engine(address)
    path = Path(address)
    if path.exists() == new:
        raise _already(address) if new else _missing(path)
    engine = file_engine(path, key if new or is_protected(path) else None)
    if new:
        _begin(path)
    return engine


def _begin(path: Path) -> None:
    """An empty file, which is nobody else's from its first byte."""
    try:
        path.touch(mode=0o600)
    except OSError as refused:
        message = f"{path.parent} is not there, or cannot be written to ({refused.strerror})."
        raise RegisterError(message, "Make the folder, or name another place with --register.") from None


def _already(address: str) -> RegisterError:
    return RegisterError(f"The register {named(address)} is there already.", "Use it, or name another place for the new one.")


def _missing(path: Path) -> RegisterError:
    return RegisterError(f"There is no register at {path}.", "Make one with mase-docs init, or name the right place with --register.")
