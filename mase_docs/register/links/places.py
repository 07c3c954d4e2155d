"""Schools, places and groups: the coordinator confirms the names that forms give them, and says which are one (domain rule DU8)."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.links import called, place_names
from mase_docs.register.records import Case, Context, ContextName, History, Link
from mase_docs.register.writing import Writing

PLACES = ("school", "place", "online", "peer_group")
"""The kinds that people name in their own words; the rest are numbers, and addresses of homes."""


@dataclass(frozen=True)
class ContextView:
    """A context as lists show it: with every way of writing its name, those of others that were said to be the same too, and how many
    cases name it."""

    context: Context
    names: tuple[str, ...]
    also: tuple[int, ...]
    cases: int


@dataclass(frozen=True)
class Alike:
    """Two contexts of one kind that may be one: how like from 0 to 1, what speaks for it and what against."""

    one: Context
    other: Context
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def contexts(session: Session, kind: str | None = None, *, unconfirmed_only: bool = False) -> list[ContextView]:
    """The contexts of a kind, else all that people name in their own words; each once, by kind and name."""
    found = select(Context).where(Context.same_as.is_(None), Context.kind.in_([kind] if kind else PLACES))
    shown = found.where(Context.confirmed.is_(False)) if unconfirmed_only else found
    root_of = _roots(session)
    names, also, cases = _names(session, root_of), _members(root_of), _cases(session, root_of)
    ordered = sorted(session.scalars(shown), key=lambda context: (context.kind, context.name.casefold(), context.id))
    return [ContextView(c, tuple(n for n in names[c.id] if n != c.name), tuple(also[c.id]), len(cases[c.id])) for c in ordered]


def context_of(session: Session, number: int) -> Context:
    """The context of a number. Raises RegisterError."""
    found = session.scalars(select(Context).where(Context.id == number)).first()
    if found is None:
        raise RegisterError(f"There is no school or place {number}.", "See them with: mase-docs places list")
    return found


def called_so(session: Session, said: str) -> Context:
    """The context of a number or a name, as the one that stands for it. Raises RegisterError where there is none, or several."""
    if said.strip().isdigit():
        return _root(session, context_of(session, int(said)))
    names = select(ContextName.context_id).where(ContextName.key == called.key_of(said))
    found = session.scalars(select(Context).where(Context.id.in_(names), Context.kind.in_(PLACES))).all()
    roots = {root.id: root for root in (_root(session, context) for context in found)}
    if len(roots) != 1:
        many = "Several schools and places have" if roots else "No school or place has"
        raise RegisterError(f"{many} that name.", "Give the number that it has in: mase-docs places list")
    return roots.popitem()[1]


def confirm(writing: Writing, context: Context, name: str | None = None, urn: str | None = None, postcode: str | None = None) -> bool:
    """Whether anything was otherwise: the name is right, or this one is; what it was called before still finds it."""
    told = {column: value for column, value in {"name": name, "urn": urn, "postcode": postcode}.items() if value}
    if name:
        add_name(writing, context, name)
    return writing.change(context, confirmed=True, **told)


def add_name(writing: Writing, context: Context, name: str) -> ContextName | None:
    """Another way of writing a context's name, by which forms find it; None where they find it by that already."""
    root, key = _root(writing.session, context), called.key_of(name)
    together = [each.id for each in (root, *_joined_to(writing.session, root))]
    there = select(ContextName).where(ContextName.context_id.in_(together), ContextName.key == key)
    if writing.session.scalars(there).first():
        return None
    return writing.add(ContextName(context_id=context.id, name=name, key=key))


def same(writing: Writing, one: Context, other: Context) -> Context:
    """Says that two contexts are one; the one that stands for both. A confirmed one stands for one that isn't, else the one known first.

    Raises RegisterError where they are of different kinds, or one already.
    """
    roots = [_root(writing.session, context) for context in (one, other)]
    if roots[0].id == roots[1].id:
        raise RegisterError(f"{one.id} and {other.id} are one already.", "Nothing has to be done.")
    if one.kind != other.kind and not {one.kind, other.kind} <= {"place", "online"}:
        raise RegisterError(f"{one.id} and {other.id} are not of one kind.", "Only two schools, two places, two groups … can be the same.")
    goes_on, joined = sorted(roots, key=lambda context: (not context.confirmed, context.id))
    for each in (joined, *_joined_to(writing.session, joined)):
        writing.change(each, same_as=goes_on.id)
    return goes_on


def undo_same(writing: Writing, context: Context) -> None:
    """Takes back that a context is another, and of those that came with it, all that it stood for before.

    Raises RegisterError where it stands for itself.
    """
    if context.same_as is None:
        raise RegisterError(f"{context.id} was not said to be another.", "Name the other one of the two.")
    together = _came_with(writing.session, context)
    for each in _joined_to(writing.session, _root(writing.session, context)):
        if each.id in together:
            writing.change(each, same_as=None if each is context else context.id)


def likely_same(session: Session) -> list[Alike]:
    """Pairs of contexts of one kind that may be one, the likest first. Two that are both confirmed are two, unless a school's number says
    otherwise; nothing is joined but by a person."""
    found = select(Context).where(Context.same_as.is_(None), Context.kind.in_(PLACES)).order_by(Context.id)
    rows = list(session.scalars(found))
    names = _names(session, _roots(session))
    alike = (_alike(one, other, names) for one, other in _pairs(rows, names))
    return sorted((pair for pair in alike if pair), key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def _pairs(rows: list[Context], names: dict[int, list[str]]) -> list[tuple[Context, Context]]:
    """Those worth comparing, each pair once."""
    blocks: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for context in rows:
        for block in {f"urn {context.urn or -context.id}", *(block for name in names[context.id] for block in place_names.blocks(name))}:
            blocks[context.kind, block].add(context.id)
    by_id = {context.id: context for context in rows}
    pairs = {pair for together in blocks.values() for pair in combinations(sorted(together), 2)}
    return [(by_id[one], by_id[other]) for one, other in sorted(pairs)]


def _alike(one: Context, other: Context, names: dict[int, list[str]]) -> Alike | None:
    """What speaks for two contexts being one; None where too little does, or where they were told apart before."""
    same_number = bool(one.urn) and one.urn == other.urn
    postcodes = [called.bare(called.postcode_of({"postcode": c.postcode, "address": c.address})) for c in (one, other)]
    elsewhere = all(postcodes) and postcodes[0] != postcodes[1]
    if not same_number and ((one.confirmed and other.confirmed) or (one.urn and other.urn) or (elsewhere and one.kind != "school")):
        return None
    best = max(place_names.likeness(a, b) for a in names[one.id] for b in names[other.id])
    together = all(postcodes) and not elsewhere
    like = best.score >= (place_names.PARTLY if together else place_names.LIKE)
    if not (like or same_number):
        return None
    said = {"same number of the school": same_number, best.why: like, "same postcode": together}
    against = {"the postcodes differ": elsewhere, "the names differ": not like}
    score = 1.0 if same_number else round(best.score, 3)
    return Alike(one, other, score, *(tuple(words for words, true in told.items() if true) for told in (said, against)))


def _roots(session: Session) -> dict[int, int]:
    """The number of each context → that of the one that stands for it."""
    return {number: same_as or number for number, same_as in session.execute(select(Context.id, Context.same_as))}


def _root(session: Session, context: Context) -> Context:
    return context if context.same_as is None else context_of(session, context.same_as)


def _joined_to(session: Session, root: Context) -> list[Context]:
    return list(session.scalars(select(Context).where(Context.same_as == root.id).order_by(Context.id)))


def _members(root_of: dict[int, int]) -> defaultdict[int, list[int]]:
    """Root → those that it stands for besides itself."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, root in sorted(root_of.items()):
        if number != root:
            found[root].append(number)
    return found


def _names(session: Session, root_of: dict[int, int]) -> defaultdict[int, list[str]]:
    """Root → every way of writing its name, its own first."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for number, name in session.execute(select(Context.id, Context.name).order_by(Context.same_as.is_not(None), Context.id)):
        found[root_of[number]][name] = None
    for number, name in session.execute(select(ContextName.context_id, ContextName.name).order_by(ContextName.id)):
        found[root_of[number]][name] = None
    return defaultdict(list, {root: list(names) for root, names in found.items()})


def _cases(session: Session, root_of: dict[int, int]) -> defaultdict[int, set[int]]:
    """Root → the open cases that name it, or are about it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    goes_on = func.coalesce(Case.merged_into, Case.id)
    of_case = select(Link.context_id, goes_on).join(Case, (Case.borough == Link.borough) & (Case.id == Link.case_id))
    linked = of_case.where(Link.context_id.is_not(None), Link.ended_on.is_(None))
    about = select(Case.context_id, goes_on).where(Case.context_id.is_not(None))
    still_open = set(session.scalars(select(Case.id).where(Case.closed_on.is_(None))))
    for context, case in (*session.execute(linked), *session.execute(about)):
        if case in still_open:
            found[root_of[context]].add(case)
    return found


def _came_with(session: Session, context: Context) -> set[int]:
    """The context, and those that it stood for when it was said to be another: the history of that step tells them."""
    told = select(History.row, History.detail).where(
        History.borough == context.borough, History.table == "context", History.did == "changed"
    )
    found = {context.id}
    for row, detail in session.execute(told.where(History.detail.is_not(None)).order_by(History.seq)):
        before = json.loads(str(detail))["from"].get("same_as", False)
        if row == context.id and before is None:
            found = {context.id}
        elif row and before == context.id:
            found.add(row)
    return found
