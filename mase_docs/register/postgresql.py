"""A register on a PostgreSQL server: several coordinators at once, each seeing the rows of their own borough."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine


def engine(address: str) -> Engine:
    """The engine of a register on a server."""
    return create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1), hide_parameters=True)
