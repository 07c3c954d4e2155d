"""Help is quick: it loads click and the standard library, nothing heavy."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "cerberus", "openpyxl", "pypdf", "docxtpl", "docx", "jinja2", "lxml", "reportlab", "rapidfuzz", "numpy", "PIL",
    "defusedxml", "cryptography", "importlib.metadata", "email", "tomllib", "zipfile", "xml.etree.ElementTree", "sqlite3", "logging",
    "sqlalchemy", "alembic", "networkx",
}  # fmt: skip
OURS = {
    "mase_docs",
    "mase_docs.cli",
    "mase_docs.commands",
    "mase_docs.commands.settings",
    "mase_docs.__main__",
    "mase_docs.errors",
    "mase_docs.problems",
    "mase_docs.resources",
}


def loaded_by(code: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"], capture_output=True, text=True, check=True
    )
    return set(said.stdout.split("\n"))


def test_help_loads_none_of_the_heavy_libraries() -> None:
    extra = loaded_by("from mase_docs.cli import run; run(['--help'])") - loaded_by("import click")
    assert not extra & HEAVY


def test_help_loads_only_the_command_line_of_our_own_modules() -> None:
    loaded = loaded_by("from mase_docs.cli import run; run(['--help'])")
    assert {name for name in loaded if name.split(".")[0] == "mase_docs"} <= OURS
