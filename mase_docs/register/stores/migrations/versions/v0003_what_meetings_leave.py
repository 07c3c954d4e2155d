"""What a meeting leaves: information by agency, decisions with their reasons, papers that went out and forms that came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mase_docs.register.stores.migrations.versions.v0001_the_first import KINDS, made

revision, down_revision = "0003", "0002"

TABLES = {
    "agency_return": """
        meeting_id number, form!, version number!, agency, received_on date!, source_name!, sha256!, kind!, original_id number""",
    "information": """
        meeting_id number!, case_id number, context_id number, agency!, information!, received_on date, return_id number""",
    "paper": "meeting_id number, paper!, audience!, made_on date!, sha256!, known",
}
TIES = {
    "agency_return": {"meeting_id": "meeting", "original_id": "original"},
    "information": {"meeting_id": "meeting", "case_id": "case", "context_id": "context", "return_id": "agency_return"},
    "paper": {"meeting_id": "meeting"},
}
INDEXES = {"agency_return": ("sha256",), "paper": ("sha256",)}
COLUMNS = {
    "meeting": {"started": "text", "finished": "text"},
    "discussion": {
        "response": "text", "disruption_considered": "text", "reasons": "text", "category_review": "yes_no", "filed_by": "text",
    },
    "action": {"status_on": "date", "carried_on": "date", "minuted_as": "text"},
}  # fmt: skip


def upgrade() -> None:
    for table, words in TABLES.items():
        made(table, words, TIES[table], INDEXES.get(table, ()))
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, KINDS[kind]))
    op.drop_column("discussion", "information")  # it was never written; what agencies share has a table of its own
