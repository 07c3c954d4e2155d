"""A real PostgreSQL of the tests' own: made in a folder of its own, on this computer only, on a free port, and ended with them."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

OWNER = "panel"
"""Whom the tests' databases belong to: no superuser, whom row-level security would not bind, but one who may make roles."""
WHO_MAY_COME = """
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""
QUICK = "fsync = off\nfull_page_writes = off\nmax_connections = 60\nunix_socket_directories = ''\n"


def put_on_path() -> None:
    """Debian keeps the server's programs out of the way: the newest of them are found all the same."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if folders and not shutil.which("initdb"):
        os.environ["PATH"] += f"{os.pathsep}{folders[-1]}"


put_on_path()


class Server:
    """One server; a superuser called postgres, and OWNER."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mase_docs_postgresql_"))
        self.data, self.port, self._numbers = self.folder / "data", _free_port(), count(1)
        if as_root():
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (self.data / "pg_hba.conf").write_text(WHO_MAY_COME)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(QUICK)
        self.start()
        self.sql(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1"
        self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", options)

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "-w", "-D", self.data, "-m", mode)

    def end(self) -> None:
        """Stopped, and nothing of it left."""
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self, like: str = "template1") -> str:
        """The name of a new database of OWNER's: empty, or like another one to which nobody is connected."""
        name = f"register_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {like} OWNER {OWNER}")
        return name

    def user(self, name: str, *boroughs: str) -> str:
        """A role that may log in, and is a member of the boroughs' roles; its name."""
        if not self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            self.sql(f"CREATE ROLE {name} LOGIN")
        self.sql(*(f"GRANT mase_docs_{borough} TO {name}" for borough in boroughs))
        return name

    def address(self, database: str, user: str = OWNER) -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, *statements: str, database: str = "postgres", user: str = "postgres") -> list[Any]:
        """Runs plain SQL, each statement for itself; what the last one gave."""
        import psycopg

        where = f"host=127.0.0.1 port={self.port} dbname={database} user={user}"
        with psycopg.connect(where, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if statements and cursor.description else []

    def _run(self, *words: object) -> None:
        """A server refuses to run as root: there it runs as the user that Debian's package makes."""
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if as_root() else {}
        output = self.folder / "output"
        with output.open("ab") as file:
            done = subprocess.run([*map(str, words)], stdout=file, stderr=file, cwd=self.folder, timeout=60, **user)  # type: ignore[call-overload]
        assert done.returncode == 0, output.read_text(errors="replace")


def as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@cache
def the_server() -> Server:
    """The one of this test run (of this worker of it), made when it is first wanted."""
    server = Server()
    atexit.register(server.end)
    return server


def end_the_server() -> None:
    if the_server.cache_info().currsize:
        the_server().end()
