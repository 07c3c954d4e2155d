"""The first tables, and what keeps the boroughs apart on a server."""

from __future__ import annotations

from alembic import op

from mase_docs.register.records import Base

revision, down_revision = "0001", None
OURS = "ARRAY(SELECT substr(rolname, 11) FROM pg_roles WHERE starts_with(rolname, 'mase_docs_') AND pg_has_role(oid, 'usage'))"
"""The boroughs of whoever asks: those whose roles `mase_docs_<borough>` they are members of. Worked out once a statement."""


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table in Base.metadata.tables:
            op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            op.execute(f'CREATE POLICY boroughs ON "{table}" USING (borough = ANY ({OURS})) WITH CHECK (borough = ANY ({OURS}))')
