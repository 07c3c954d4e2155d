"""What Alembic runs: the scripts of versions/, on the connection that `schema.upgrade` gives."""

from __future__ import annotations

from alembic import context

from mase_docs.register.records import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
