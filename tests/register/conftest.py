"""What every test of the register may use: an empty register, once on each store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mase_docs.register.register import Register
from tests.register.postgres_server import Server, end_the_server, the_server
from tests.register.stores import KINDS, a_register

PARAMS = [pytest.param(kind, marks=pytest.mark.needs("initdb", "pg_ctl") if kind == "postgresql" else ()) for kind in KINDS]


def pytest_sessionfinish() -> None:
    end_the_server()


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this computer's seals go in a test."""
    folder = tmp_path / "data-home"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.delenv("APPDATA", raising=False)
    return folder


@pytest.fixture(params=PARAMS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each of the three stores in turn."""
    return str(request.param)


@pytest.fixture
def register(kind: str, tmp_path: Path) -> Iterator[Register]:
    """An empty register, once on each store."""
    with a_register(kind, tmp_path) as made:
        yield made


@pytest.fixture
def server() -> Server:
    """The PostgreSQL of this test run; a test that uses it says @pytest.mark.needs("initdb")."""
    return the_server()
