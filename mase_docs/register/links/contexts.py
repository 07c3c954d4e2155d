"""The contexts that a form names, found again among those that are there by what they are called; a new one is added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mase_docs.register.links.called import Called, contexts, detail_of, postcode_of
from mase_docs.register.records import Context, ContextName
from mase_docs.register.writing import Writing

ALIKE = {"online": ("online", "place"), "place": ("place", "online")}
"""Kinds that are looked for among each other: an online space is a place to the young people who are harmed there."""


def named(writing: Writing, kind: str, told: dict[str, Any]) -> list[tuple[Context, Called]]:
    """The contexts that one answer names, each with how it does; told: its name, address, postcode, urn … as far as they are said."""
    return [(_found(writing, kind, called, told) or _added(writing, kind, called, told), called) for called in contexts(kind, told)]


def _found(writing: Writing, kind: str, called: Called, told: dict[str, Any]) -> Context | None:
    """The one known by that name; of several, or of one known to be elsewhere, the one that the postcode or number tells."""
    if any(isinstance(row, ContextName) for row in writing.session.new):
        writing.session.flush()
    written = select(Context, ContextName.name).join(
        ContextName, (ContextName.context_id == Context.id) & (ContextName.borough == Context.borough)
    )
    there = written.where(ContextName.key == called.key, Context.kind.in_(ALIKE.get(kind, (kind,)))).order_by(Context.id)
    rows = writing.session.execute(there).all()
    known = {context.id: context for context, _ in rows}
    context = _told_apart(list(known.values()), detail_of(kind, told))
    if context is None:
        return None
    _completed(writing, context, told)
    if called.name not in {name for found, name in rows if found is context}:
        _name(writing, context, called)
    return context


def _told_apart(there: list[Context], detail: str) -> Context | None:
    details = [_detail(context) for context in there]
    if detail in details:
        return there[details.index(detail)]
    return there[0] if len(there) == 1 and not (detail and details[0]) else None


def _detail(context: Context) -> str:
    return detail_of(context.kind, {"urn": context.urn, "postcode": context.postcode, "address": context.address})


def _completed(writing: Writing, context: Context, told: dict[str, Any]) -> None:
    """What was not known of it and now is."""
    blank = {column: value for column, value in _columns(told).items() if getattr(context, column) is None}
    writing.change(context, **blank)


def _added(writing: Writing, kind: str, called: Called, told: dict[str, Any]) -> Context:
    context = writing.add(Context(kind=kind, name=called.name, confirmed=False, **_columns(told)))
    _name(writing, context, called)
    return context


def _columns(told: dict[str, Any]) -> dict[str, Any]:
    found = {column: told.get(column) for column in ("location_type", "address", "urn")}
    return {**found, "postcode": told.get("postcode") or postcode_of(told) or None}


def _name(writing: Writing, context: Context, called: Called) -> None:
    writing.add(ContextName(context_id=context.id, name=called.name, key=called.key))
