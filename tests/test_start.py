"""start.py by itself: the standard library only, and words a person can act on."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

TREE = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))


def test_it_imports_the_standard_library_only() -> None:
    imported = {alias.name for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_any_other_words_are_handed_to_mase_docs_with_its_exit_code() -> None:
    said = subprocess.run([sys.executable, ROOT / "start.py", "--version"], capture_output=True, text=True)
    assert (said.returncode, said.stdout.split()[0]) == (0, "mase-docs,")
    assert subprocess.run([sys.executable, ROOT / "start.py", "no-such-word"], capture_output=True).returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="the way round Debian's missing python3-venv")
def test_without_ensurepip_the_pip_of_this_python_is_aimed_at_the_environment(tmp_path: object) -> None:
    code = (
        "import importlib.util, runpy, sys; real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *a: None if name == 'ensurepip' else real(name, *a)\n"
        f"start = runpy.run_path({str(ROOT / 'start.py')!r}); g = start['_pip'].__globals__\n"
        f"import pathlib; g['VENV'] = pathlib.Path({str(tmp_path)!r}) / 'env'; g['PYTHON'] = g['VENV'] / 'bin' / 'python'\n"
        "import subprocess; sys.exit(subprocess.call([*start['_pip'](), '--version']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--python" not in done.stdout
