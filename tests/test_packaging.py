"""The wheel and the source archive carry everything, and the installed command works from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

LEFT_BEHIND = shutil.ignore_patterns(".venv", ".git", "build", "dist", "*.egg-info", "__pycache__", ".*_cache", "node_modules", "mase-demo")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built from a copy of this folder."""
    source, out = tmp_path_factory.mktemp("source") / "mase_docs", tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT, source, ignore=LEFT_BEHIND)
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, source], check=True, capture_output=True)
    return out


def shipped() -> set[str]:
    """The data files that a user needs, as they are named inside the package."""
    folders = {
        "forms": ("*.toml", "*.xlsx", "*.pdf", "*.docx", "codes/*.toml"),
        "templates": ("*.docx",),
        "examples": ("months.toml", "month*/**/*", "meetings/**/*"),
    }
    found = {
        str(p.relative_to(ROOT))
        for folder, patterns in folders.items()
        for pattern in patterns
        for p in (ROOT / folder).glob(pattern)
        if p.is_file()
    }
    return {f"mase_docs/{name}" for name in found if "__pycache__" not in name}


def test_the_wheel_carries_forms_templates_and_examples(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert shipped() <= set(wheel.namelist())


def test_the_source_archive_carries_them_too(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {name.removeprefix("mase_docs/") for name in shipped()} <= names


def test_installed_from_the_wheel_the_whole_job_runs_from_another_folder(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", f"{next(built.glob('*.whl'))}[all]"], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run([programs / "mase-docs", "demo", "month"], cwd=elsewhere, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "month" / "4_meetings" / "2027-02-03" / "chair" / "minutes.docx").is_file()
