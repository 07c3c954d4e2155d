"""What every test may use: the real command, the borough's home as shipped, and real programs or a word about their absence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mase_docs.definition.home import Home

ROOT = Path(__file__).resolve().parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="break 2,000 files of each kind in place of a few (tests/fuzz)")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that drives a program says so with @pytest.mark.needs("soffice"); CI requires them all."""
    wanted = [program for mark in item.iter_markers("needs") for program in mark.args]
    missing = [program for program in wanted if not shutil.which(program)]
    if missing and os.environ.get("MASE_DOCS_REQUIRE_ALL"):
        pytest.fail(f"{', '.join(missing)} must be installed here: start.py lists the packages")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


@pytest.fixture(scope="session")
def home() -> Home:
    """Everything as shipped."""
    return Home()


@pytest.fixture
def mase_docs(tmp_path: Path) -> Command:
    """Runs the real command in a process of its own, in an empty folder and with no home but the one named."""

    def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "no-home"), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-P", "-m", "mase_docs", *map(str, words)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment, timeout=120, **options)  # type: ignore[call-overload,no-any-return]

    return run
