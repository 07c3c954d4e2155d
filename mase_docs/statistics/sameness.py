"""When two mentions are of the same child, person, school or place; and which mentions belong together because of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mase_docs.definition.codes import same_name

T = TypeVar("T")


def grouped(things: Sequence[T], keys: Callable[[T], Iterable[Hashable]], same: Callable[[T, T], bool]) -> list[list[T]]:
    """The things in groups of the same, in the order given. Two are compared only if they share a key; what equals one of a group
    belongs to it."""
    group_of = list(range(len(things)))
    for members in _by_key(things, keys).values():
        for n, one in enumerate(members):
            for other in members[:n]:
                if group_of[one] != group_of[other] and same(things[one], things[other]):
                    _join(group_of, one, other)
    groups: dict[int, list[T]] = defaultdict(list)
    for n, thing in enumerate(things):
        groups[group_of[n]].append(thing)
    return list(groups.values())


def _by_key(things: Sequence[T], keys: Callable[[T], Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for n, thing in enumerate(things):
        for key in keys(thing):
            found[key].append(n)
    return found


def _join(group_of: list[int], one: int, other: int) -> None:
    low, high = sorted((group_of[one], group_of[other]))
    group_of[:] = [low if group == high else group for group in group_of]


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named on a form: what it is called, what tells it from others of that name (a postcode, a date of birth), and
    whose form it was on (a number of our own)."""

    name: str
    detail: str
    child: int
    kind: str = ""

    @property
    def key(self) -> str:
        return same_name(self.name)


def things(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions by what they mention: same name, and the same detail where several of that name differ in it."""
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.key:
            named[mention.key].append(mention)
    return [thing for same_name in named.values() for thing in _told_apart(same_name)]


def _told_apart(same_name: list[Mention]) -> list[list[Mention]]:
    if len({m.detail for m in same_name if m.detail}) < 2:
        return [same_name]
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in same_name:
        found[mention.detail].append(mention)
    return list(found.values())


def shared(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The things that more than one child's forms mention."""
    return [thing for thing in things(mentions) if len({m.child for m in thing}) > 1]
