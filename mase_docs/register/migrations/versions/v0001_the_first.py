"""The first tables."""

from __future__ import annotations

from alembic import op

from mase_docs.register.records import Base

revision, down_revision = "0001", None


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())
