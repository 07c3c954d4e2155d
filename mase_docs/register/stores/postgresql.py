"""A register on a PostgreSQL server: several coordinators at once, each seeing the rows of their own borough.

What keeps the boroughs apart is the server (row-level security, migrations/versions): a borough's rows are for members of the role
`mase_docs_<borough>` alone, whatever program they use.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError

OLDEST = 15
PROVED = ("verify-full", "verify-ca")
"""The ways of TLS that prove who the server is (https://www.postgresql.org/docs/current/libpq-ssl.html)."""
HERE = ("localhost", "127.0.0.1", "::1")
CONNECTING = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A server that is gone is noticed within half a minute; seconds, the last one milliseconds."""
SETTINGS = {"TimeZone": "UTC", "tcp_keepalives_idle": "60", "idle_in_transaction_session_timeout": "10min"}
"""Of every connection: a computer that is switched off while it writes does not keep the others waiting."""
LOCKED = "55P03"


def is_server(address: str) -> bool:
    """Whether an address is one of a server; else it is a file's."""
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def named_server(address: str) -> str:
    """The address without a user's name or a password in it."""
    url = _url(address)
    return f"{url.database} on {url.host or 'this computer'}"


def state(error: DBAPIError) -> str:
    """The SQLSTATE that a server gave; empty where there is none."""
    return getattr(error.orig, "sqlstate", None) or ""


def engine(address: str) -> Engine:
    """The engine of a register on a server. Raises RegisterError where the address is none, or the way to it would not be safe."""
    url = _url(address)
    ours = {name: value for name, value in CONNECTING.items() if name not in url.query}
    arguments = {**ours, **_tls(url), "application_name": _application(getuser())}
    try:
        made = create_engine(url, connect_args=arguments, pool_pre_ping=True, hide_parameters=True)
    except ImportError:
        message = "This register is on a PostgreSQL server, and what speaks to one is not installed."
        raise RegisterError(message, 'Install it with: pip install "mase-docs[postgresql]"') from None
    event.listen(made, "connect", _prepare)
    return made


def _url(address: str) -> URL:
    try:
        return make_url(address.replace("postgresql://", "postgresql+psycopg://", 1))
    except (ArgumentError, ValueError):
        raise RegisterError("The register's address is not one of a PostgreSQL server.", "Write postgresql://USER@HOST/DATABASE") from None


def _tls(url: URL) -> dict[str, str]:
    """To another computer only by TLS that proves that it is the right one; what the address or the system says is kept to."""
    if _is_here(url):
        return {}
    mode = _said(url, "sslmode", "PGSSLMODE") or "verify-full"
    if mode not in PROVED:
        message = f"With sslmode={mode} the way to the register is not safe: anybody could pretend to be the server."
        raise RegisterError(
            message, "Write sslmode=verify-full, with sslrootcert=FILE where the server's certificate is of your own making."
        )
    known = _said(url, "sslrootcert", "PGSSLROOTCERT") or _root_certificates().is_file() or mode != "verify-full"
    return {"sslmode": mode} if known else {"sslmode": mode, "sslrootcert": "system"}


def _is_here(url: URL) -> bool:
    """Whether the server is this computer, wherever its name comes from (https://www.postgresql.org/docs/current/libpq-envars.html)."""
    if _said(url, "service", "PGSERVICE"):
        return False
    hosts = [url.host or _said(url, "host", "PGHOST"), _said(url, "hostaddr", "PGHOSTADDR")]
    return all(host in HERE or host.startswith("/") for host in hosts if host)


def _said(url: URL, name: str, variable: str) -> str:
    """What the address says, else the system; several values by commas, as libpq has them."""
    found = url.query.get(name) or os.environ.get(variable, "")
    return found if isinstance(found, str) else ",".join(found)


def _root_certificates() -> Path:
    """Where libpq looks for the certificates that it trusts when nothing else is said."""
    return Path(os.environ["APPDATA"], "postgresql", "root.crt") if os.name == "nt" else Path.home() / ".postgresql" / "root.crt"


def _application(who: str, doing: str = "") -> str:
    """How the server's list of connections names this one: at most 63 letters (https://www.postgresql.org/docs/15/runtime-config-logging.html)."""
    return f"mase-docs {f'{who}@{socket.gethostname()}'[: 63 - len('mase-docs ') - len(doing)]}{doing}"


def _prepare(connection: Any, _: object) -> None:
    must_be_supported(connection.info.server_version)
    for name, value in SETTINGS.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()


def must_be_supported(version: int) -> None:
    """Raises RegisterError for a server that is too old; version as the server gives it, 150002 for 15.2."""
    if version < OLDEST * 10_000:
        raise RegisterError(f"The server's PostgreSQL is older than {OLDEST}.", f"Ask for one of version {OLDEST} or newer.")


def turn(session: Session, borough: str, who: str, why: str, patience: float) -> None:
    """Waits until nobody else writes for the borough; the transaction is then the only one until it ends.

    Raises RegisterError, which names the holder, where that takes longer than the patience (seconds).
    """
    doing = f" ({why[:12]}, since {datetime.now():%H:%M})"
    settings = {"lock_timeout": f"{patience * 1000:.0f}ms", "application_name": _application(who, doing)}
    for name, value in settings.items():
        session.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})
    try:
        session.execute(text("SELECT FROM chain WHERE borough = :borough FOR UPDATE"), {"borough": borough})
    except OperationalError as error:
        if state(error) != LOCKED:
            raise
        raise RegisterError(
            f"{_holder(session, borough)} is writing to the register.", "Wait until that is done, then do this again."
        ) from None


HOLDER = text("""
    SELECT application_name FROM chain
    JOIN pg_locks ON locktype = 'transactionid' AND transactionid = chain.xmax AND granted
    JOIN pg_stat_activity USING (pid) WHERE borough = :borough""")
"""Whose transaction has locked the row that every writer locks first."""


def _holder(session: Session, borough: str) -> str:
    """`anna@PC-12 (receive, since 10:42)`"""
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    with bind.connect() as connection:
        name = connection.execute(HOLDER, {"borough": borough}).scalar()
    return str(name).removeprefix("mase-docs ") if name else "Somebody"
