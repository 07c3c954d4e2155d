"""docs/record-model.md is true: it is made from the tables, names every one and every column, and says when it is stale."""

from __future__ import annotations

import runpy

import pytest

from mase_docs.definition.home import Home
from mase_docs.register.records import RECORDS, Base
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "record-model.md").read_text(encoding="utf-8")


def test_the_page_is_what_the_tables_say_today() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "developing" / "make_docs.py"))["PAGES"]["record-model.md"]()
    assert made == PAGE, "docs/record-model.md is stale: run docs/developing/make_docs.py"


@pytest.mark.parametrize("table", list(Base.metadata.tables.values()), ids=lambda table: table.name)
def test_every_column_of_a_table_is_on_the_page_with_what_it_holds(table) -> None:  # type: ignore[no-untyped-def]
    part = PAGE.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
    for column in table.columns:
        assert column.comment
        assert column.name in ("borough", "id") or f"| `{column.name}` | " in part


def test_every_code_list_that_a_column_names_is_there() -> None:
    import re

    for kind in RECORDS.values():
        for column in kind.__table__.columns:
            for names in re.findall(r"\(codes: ([a-z_ or]+)\)", column.comment or ""):
                assert all(Home().has_codes(name) for name in names.split(" or ")), (column, names)
