"""Everything that the register keeps of a borough, for a hand-over in open formats.

Left out is only what has no meaning outside: what people are looked up by (person_key, which is derived), the last numbers given
(counter), and the chain's note of its newest row, which the history shows itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import LargeBinary, literal, select
from sqlalchemy.orm import Session

from mase_docs.model.tables import Table
from mase_docs.register.records import RECORDS, Base, History, Original

EXPORTED: tuple[type[Base], ...] = (*RECORDS.values(), History)


def tables(session: Session, borough: str) -> list[Table]:
    """Every table with its rows; files by their names alone."""
    return [_table(session, borough, kind) for kind in EXPORTED]


def _table(session: Session, borough: str, kind: type[Base]) -> Table:
    columns = kind.__table__.columns
    shown = [literal(None).label(c.name) if isinstance(c.type, LargeBinary) else c for c in columns]
    found = select(*shown).where(columns.borough == borough).order_by(*(c for c in columns if c.primary_key))
    rows = [tuple(row) if kind is not Original else _with_its_name(row) for row in session.execute(found)]
    about = (kind.__doc__ or "").strip().splitlines()[0]
    return Table(str(kind.__tablename__), about, {c.name: c.comment or "" for c in columns}, rows)


def _with_its_name(row: Any) -> tuple[Any, ...]:
    return tuple({**row._mapping, "data": name_of(row.id, row.kind)}.values())


def originals(session: Session, borough: str) -> Iterator[tuple[str, bytes]]:
    """The completed forms as they arrived: name in the export, bytes."""
    found = select(Original.id, Original.kind, Original.data).where(Original.borough == borough).order_by(Original.id)
    for row in session.execute(found, execution_options={"yield_per": 10}):
        yield name_of(row.id, row.kind), row.data


def name_of(number: int, kind: str) -> str:
    """`originals/0007.xlsx`: its number and what its bytes proved to be; nothing of a person."""
    return f"originals/{number:04}.{re.sub('[^a-z0-9]', '', kind.split('_')[0]) or 'bin'}"
