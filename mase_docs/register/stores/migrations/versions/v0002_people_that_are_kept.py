"""When a person died, and until when their records are kept, whatever the rules of retention say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    for name, kind in {"died_on": sa.Date, "keep_until": sa.Date, "keep_reason": sa.Text}.items():
        op.add_column("person", sa.Column(name, kind))
