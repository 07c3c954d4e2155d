"""A register on a server: reached safely, written by one at a time, and whole again after the connection was lost."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from mase_docs.errors import RegisterError
from mase_docs.register.records import History, Person
from mase_docs.register.register import Register
from mase_docs.register.stores import postgresql
from mase_docs.register.verify import verify
from tests.register.certificates import authority, certify
from tests.register.postgres_server import Server, as_root
from tests.register.stores import BOROUGH, a_register, witness

pytestmark = pytest.mark.needs("initdb", "pg_ctl")
HOST = "register.southmere.example"
PASSWORD = "open-Sesame-42"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with a_register("postgresql", tmp_path) as made:
        yield made


def _names(register: Register) -> list[str | None]:
    with register.reading() as session:
        return list(session.scalars(select(Person.family_name).order_by(Person.id)))


def test_one_who_waits_too_long_is_told_who_writes_and_since_when(register: Register) -> None:
    with Register.open(register.address, BOROUGH, witness=witness("amir")) as other, register.writing("receive"):
        other.patience = 0.2
        with pytest.raises(RegisterError) as refused, other.writing("receive"):
            pass
    host = socket.gethostname()
    assert str(refused.value).startswith(f"tester@{host}"[:30])
    assert "(receive, since " in refused.value.message
    with other.writing("receive") as writing:
        assert writing.add(Person(family_name="After")).id == 1


def test_writers_of_two_boroughs_do_not_wait_for_each_other(register: Register) -> None:
    with Register.create(register.address, "211", witness=witness()) as theirs, register.writing("receive"):
        theirs.patience = 0.2
        with theirs.writing("receive") as writing:
            writing.add(Person(family_name="Sample"))


def test_the_server_says_who_is_connected(register: Register, server: Server) -> None:
    with register.reading() as session:
        name = session.scalar(text("SHOW application_name"))
    assert name.startswith("mase-docs ")
    assert f"@{socket.gethostname()}"[:20] in name


def test_what_is_read_is_of_one_moment_and_cannot_be_written(register: Register) -> None:
    with Register.open(register.address, BOROUGH, witness=witness()) as other, register.reading() as session:
        assert session.scalars(select(Person)).all() == []
        with other.writing("receive") as writing:
            writing.add(Person(family_name="Sample"))
        assert session.scalars(select(Person)).all() == []
        with pytest.raises(RegisterError, match="may not be written to"), register.reading() as second:
            second.execute(insert(Person).values(borough=BOROUGH, id=9))
    assert _names(register) == ["Sample"]


def _lose(register: Register, server: Server, end: str) -> None:
    """Writes a person, and loses the connection before the end."""
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Lost"))
        writing.session.flush()
        if end == "connection":
            server.sql(f"SELECT pg_terminate_backend({writing.session.scalar(text('SELECT pg_backend_pid()'))}, 5000)")
        else:
            server.stop("immediate")


def test_a_connection_that_is_ended_while_writing_leaves_nothing_behind(register: Register, server: Server) -> None:
    with pytest.raises(RegisterError, match="lost its connection"):
        _lose(register, server, "connection")
    _is_whole_and_works(register)


def test_a_server_that_breaks_down_while_writing_leaves_nothing_behind(register: Register, server: Server) -> None:
    with pytest.raises(RegisterError, match=r"lost its connection|connection was lost"):
        _lose(register, server, "server")
    with pytest.raises(RegisterError, match="cannot be reached"):
        _names(register)
    server.start()
    _is_whole_and_works(register)


def _is_whole_and_works(register: Register) -> None:
    assert _names(register) == []
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Kept"))
    with register.reading() as session:
        assert verify(session, BOROUGH, register.seals) == []
        assert session.scalars(select(History.did)).all() == ["created", "added"]


@pytest.fixture
def guarded(register: Register, server: Server) -> str:
    """The address of a register for a user who needs a password, without it."""
    server.user("guarded", BOROUGH)
    server.sql(f"ALTER ROLE guarded PASSWORD '{PASSWORD}'")
    return register.address.replace("panel@", "guarded@")


def test_a_password_is_taken_from_the_address_and_shown_nowhere(guarded: str) -> None:
    Register.open(guarded.replace("guarded@", f"guarded:{PASSWORD}@"), BOROUGH).engine.dispose()
    for address in (guarded.replace("guarded@", "guarded:not-the-one@"), f"{guarded}?password=not-the-one"):
        with pytest.raises(RegisterError, match="does not take this user name and password") as refused:
            Register.open(address, BOROUGH)
        assert "not-the-one" not in str(refused.value)


def test_a_password_is_taken_from_the_file_that_all_programs_take_it_from(
    guarded: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:{server.port}:*:guarded:{PASSWORD}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    Register.open(guarded, BOROUGH).engine.dispose()


def test_an_address_that_is_none_is_not_repeated() -> None:
    with pytest.raises(RegisterError, match="not one of a PostgreSQL server") as refused:
        Register.open(f"postgresql://anna:{PASSWORD}@host:port/x", BOROUGH)
    assert PASSWORD not in str(refused.value)


@pytest.fixture
def certified(server: Server, tmp_path: Path) -> Iterator[Path]:
    """The server speaks TLS as HOST; a folder with the certificate of its authority, ours.crt, and of another, theirs.crt."""
    certify(tmp_path, HOST, authority(tmp_path, "ours"))
    authority(tmp_path, "theirs")
    for name in ("server.crt", "server.key"):
        shutil.copy(tmp_path / name, server.data / name)
        (server.data / name).chmod(0o600)
        if as_root():
            shutil.chown(server.data / name, "postgres", "postgres")
    server.sql("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
    yield tmp_path
    server.sql("ALTER SYSTEM SET ssl = off", "SELECT pg_reload_conf()")


def _from_afar(register: Register, host: str = HOST, **said: str) -> str:
    """The address of a register as another computer would write it."""
    options = "&".join(f"{name}={value}" for name, value in {"hostaddr": "127.0.0.1", **said}.items())
    return f"{register.address.replace('127.0.0.1', host)}?{options}"


def test_a_server_that_proves_who_it_is_is_spoken_to_by_tls(register: Register, certified: Path) -> None:
    with Register.open(_from_afar(register, sslrootcert=str(certified / "ours.crt")), BOROUGH) as open_one, open_one.reading() as session:
        assert session.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) is True


@pytest.mark.parametrize(
    ("host", "said"),
    [(HOST, {"sslrootcert": "theirs.crt"}), ("another.example", {"sslrootcert": "ours.crt"}), (HOST, {})],
    ids=["another authority's", "another name", "one the system does not know"],
)
def test_a_server_that_cannot_prove_it_is_not_spoken_to(register: Register, certified: Path, host: str, said: dict[str, str]) -> None:
    options = {name: str(certified / file) for name, file in said.items()}
    with pytest.raises(RegisterError, match="could not be reached safely"):
        Register.open(_from_afar(register, host, **options), BOROUGH)


def test_nor_is_one_without_tls(register: Register) -> None:
    with pytest.raises(RegisterError, match="could not be reached safely: the server offers no TLS"):
        Register.open(_from_afar(register), BOROUGH)


@pytest.mark.parametrize("mode", ["disable", "prefer", "require"])
def test_less_than_proof_is_refused_wherever_it_is_said(register: Register, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RegisterError, match=f"With sslmode={mode} the way to the register is not safe"):
        Register.open(_from_afar(register, sslmode=mode), BOROUGH)
    monkeypatch.setenv("PGSSLMODE", mode)
    with pytest.raises(RegisterError, match="not safe"):
        Register.open(_from_afar(register), BOROUGH)


def test_a_host_from_elsewhere_than_the_address_needs_tls_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "prefer")
    for variable, value in (("PGHOST", HOST), ("PGHOSTADDR", "192.0.2.1"), ("PGSERVICE", "panel")):
        monkeypatch.setenv(variable, value)
        with pytest.raises(RegisterError, match="not safe"):
            postgresql.engine("postgresql:///mase")
        monkeypatch.delenv(variable)
    postgresql.engine("postgresql:///mase")


def test_without_what_speaks_to_a_server_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RegisterError, match=r'pip install "mase-docs\[postgresql\]"'):
        Register.open("postgresql://anna@localhost/mase", BOROUGH)


def test_a_server_that_is_too_old_is_refused() -> None:
    postgresql.must_be_supported(150000)
    with pytest.raises(RegisterError, match="older than 15"):
        postgresql.must_be_supported(140018)
