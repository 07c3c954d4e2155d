"""What is built from the definitions and kept in the repository is what the definitions say now."""

from __future__ import annotations

import pytest

from mase_docs.definition.home import Home
from mase_docs.pipeline import blanks
from tests.conftest import ROOT

PLACES = {"xlsx": "forms", "pdf": "forms", "md": "docs"}


@pytest.mark.parametrize("form", ["referral", "context_referral"])
@pytest.mark.parametrize("format", PLACES)
def test_the_kept_copy_is_not_stale(form: str, format: str, home: Home) -> None:
    for name, data in blanks(home, form, [format]).items():
        kept = ROOT / PLACES[format] / name
        rebuild = f"stale: run  python3 start.py forms build -o {PLACES[format]} --format {format} --force"
        assert kept.is_file(), rebuild
        assert kept.read_bytes() == data, rebuild
