"""What Alembic runs: the scripts of versions/, on the connection that `schema.upgrade` gives, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
