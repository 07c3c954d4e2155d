"""What is built from the definitions and kept in the repository is what the definitions say now."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pikepdf
import pytest

from mase_docs.definition.home import Home
from mase_docs.pipeline import blanks
from tests.conftest import ROOT

PLACES = {"xlsx": "forms", "pdf": "forms", "docx": "forms", "md": "docs"}


def content(kind: str, data: bytes) -> object:
    """What a file holds, however its parts were compressed: another zlib may make other bytes of the same content."""
    if kind in ("xlsx", "docx"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if kind == "pdf":
        plain = BytesIO()
        with pikepdf.open(BytesIO(data)) as pdf:
            pdf.save(plain, qdf=True, static_id=True)
        return plain.getvalue()
    return data


@pytest.mark.parametrize("form", ["referral", "context_referral", "action_return", "intelligence_return"])
@pytest.mark.parametrize("kind", PLACES)
def test_the_kept_copy_is_not_stale(form: str, kind: str, home: Home) -> None:
    for name, data in blanks(home, form, [kind]).items():
        kept = ROOT / PLACES[kind] / name
        rebuild = f"stale: run  python3 start.py --home /nowhere forms build -o {PLACES[kind]} --format {kind} --force"
        assert kept.is_file(), rebuild
        assert content(kind, kept.read_bytes()) == content(kind, data), rebuild


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "docx"])
def test_a_blank_built_twice_is_the_same_to_the_byte(kind: str, home: Home) -> None:
    assert blanks(home, None, [kind]) == blanks(Home(), None, [kind])
