from __future__ import annotations

import runpy

from mase_docs.definition.home import Home
from mase_docs.validation.explain import explain
from mase_docs.validation.rules import CHECKS
from tests.conftest import ROOT
from tests.validation.invented import borough

MAKE = ROOT / "docs" / "developing" / "make_docs.py"


def test_the_page_of_checks_is_what_the_code_says() -> None:
    made = runpy.run_path(str(MAKE))["checks"]()
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == made, "docs/checks.md is stale: run docs/developing/make_docs.py"


def test_every_rule_is_explained(home: Home) -> None:
    rows = explain(home)
    assert len(rows) == len(CHECKS)
    assert {row.code for row in rows} == {check.code for check in CHECKS}
    assert all(row.message and row.remedy and row.source for row in rows)


def test_a_borough_reads_its_own_words_and_severities() -> None:
    rows = explain(borough({"panel": {"name": "MACE"}, "checks": {"severity": {"EL5": "note"}}}))
    [row] = [row for row in rows if row.code == "EL5"]
    assert row.severity == "note"
    assert "MACE is for these two" in row.message
