"""Cases and what joins them: a plain graph of typed facts, and what it says of each pair of cases (domain 5.6, rule DU5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

KINDS = {
    "case": "Case",
    "person": "Person",
    "school": "School",
    "place": "Place",
    "peer_group": "Peer group",
    "online": "Online space",
    "route": "Route",
    "phone": "Phone",
    "vehicle": "Vehicle",
    "username": "Username",
    "household": "Household",
}
"""What a node can be, and what people call it."""
SURENESS = {"confirmed": "confirmed", "likely": "likely", "unconfirmed": "unconfirmed", "": "not recorded"}
"""How sure a tie is, the surest first, and what people call it."""
LINKED = "linked with"
"""How two nodes are tied where nobody has said more."""


@dataclass(frozen=True, slots=True)
class Node:
    """A case, or what cases may have in common.

    kind    a key of KINDS
    label   what people call it; of a case its case label
    detail  what stands under the label; of a case its status
    """

    id: str
    kind: str
    label: str
    detail: str = ""

    @property
    def said(self) -> str:
        """The node in a text: a case by its label, anything else with its kind and detail."""
        kind = ", ".join(filter(None, (KINDS[self.kind].lower(), self.detail)))
        return self.label if self.kind == "case" else f"{self.label} ({kind})"


@dataclass(frozen=True, slots=True)
class Tie:
    """One fact that ties node a to node b, to be read in that order: "A goes to B".

    how     in people's words: "goes to", "suspected of harming"
    sure    a key of SURENESS
    source  who says so
    """

    a: str
    b: str
    how: str
    sure: str = ""
    source: str = ""

    def other(self, id: str) -> str:
        return self.b if id == self.a else self.a


@dataclass(frozen=True)
class Network:
    """Nodes and ties, each once, in an order that does not depend on how they were given: cases first, then by kind and label.

    Raises ValueError for a kind or sureness that there isn't, and a tie that does not join two of the nodes.
    """

    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()

    def __post_init__(self) -> None:
        kinds, sureness = list(KINDS), list(SURENESS)
        nodes = sorted(set(self.nodes), key=lambda node: (kinds.index(node.kind), node.label, node.id))
        at = {node.id: number for number, node in enumerate(nodes)}
        if len(at) != len(nodes) or any(tie.a == tie.b or not {tie.a, tie.b} <= at.keys() for tie in self.ties):
            raise ValueError("each node has an id of its own, and each tie joins two of them")
        ties = sorted(set(self.ties), key=lambda tie: (at[tie.a], at[tie.b], sureness.index(tie.sure), tie.how, tie.source))
        object.__setattr__(self, "nodes", tuple(nodes))
        object.__setattr__(self, "ties", tuple(ties))

    @cached_property
    def node(self) -> dict[str, Node]:
        """Id → node."""
        return {node.id: node for node in self.nodes}

    @property
    def cases(self) -> list[Node]:
        return [node for node in self.nodes if node.kind == "case"]

    @cached_property
    def beside(self) -> dict[str, dict[str, list[Tie]]]:
        """Id → the ids that it is tied to, each with the ties."""
        found: dict[str, dict[str, list[Tie]]] = {node.id: {} for node in self.nodes}
        for tie in self.ties:
            found[tie.a].setdefault(tie.b, []).append(tie)
            found[tie.b].setdefault(tie.a, []).append(tie)
        return found

    def groups(self) -> list[Network]:
        """What hangs together, with the most cases first; a case that nothing joins is a group of its own."""
        found: list[Network] = []
        left = set(self.node)
        for node in self.nodes:
            if node.id in left:
                reached = self._reached([node.id])
                left -= reached
                found.append(self._of(reached))
        return sorted(found, key=lambda group: (-len(group.cases), -len(group.nodes)))

    def linked(self) -> list[Network]:
        """The groups of two cases or more."""
        return [group for group in self.groups() if len(group.cases) > 1]

    def alone(self) -> list[Node]:
        """The cases that no other is linked with."""
        return [case for group in self.groups() if len(group.cases) == 1 for case in group.cases]

    def without_loose_ends(self) -> Network:
        """All cases, and of the rest only what joins two of them: what lies on a way from one case to another.

        Such a node reaches a case whichever other node is taken away, be it a case (Menger's theorem for two ways).
        """
        return self._of({kept for group in self.linked() for kept in group._joining()} | {case.id for case in self.cases})

    def rows(self) -> list[dict[str, str]]:
        """What joins each pair of cases, in words; a row for each tie between them, each thing they share, each chain of two things,
        and for a pair that only a longer chain joins, the shortest one. Ways that lead through a third case are not told.

        case, other  the labels of the pair
        through      what they share: "Marshgate Academy (school)"; empty where they are tied themselves
        how          the facts: "… goes to Marshgate Academy (school): confirmed; …"
        sure         of the facts the least sure
        """
        return [self._row(way) for one, other in combinations(self.cases, 2) for way in self._ways(one.id, other.id)]

    def fact(self, tie: Tie) -> str:
        """A tie in words: "MASE-2026-0007 / TS / 15F goes to Marshgate Academy (school)"."""
        return f"{self.node[tie.a].said} {tie.how or LINKED} {self.node[tie.b].said}"

    def _row(self, way: tuple[str, ...]) -> dict[str, str]:
        ties = [tie for a, b in pairwise(way) for tie in self.beside[a][b]]
        ranks = list(SURENESS)
        return {
            "case": self.node[way[0]].label,
            "other": self.node[way[-1]].label,
            "through": ", then ".join(self.node[thing].said for thing in way[1:-1]),
            "how": "; ".join(dict.fromkeys(f"{self.fact(tie)}: {SURENESS[tie.sure]}" for tie in ties)),
            "sure": SURENESS[max((tie.sure for tie in ties), key=ranks.index)],
        }

    def _ways(self, one: str, other: str) -> list[tuple[str, ...]]:
        """From one case to another, by two things at most; by more only where nothing shorter is there."""
        firsts, lasts = self._things(one), self._things(other)
        chains = ((first, last) for first in firsts if first not in lasts for last in self._things(first))
        ways: list[tuple[str, ...]] = [(one, other)] if other in self.beside[one] else []
        ways += [(one, thing, other) for thing in firsts if thing in lasts]
        ways += [(one, first, last, other) for first, last in chains if last in lasts and last not in firsts]
        return ways or self._shortest(one, other)

    def _joining(self) -> set[str]:
        """Of a group the cases and what joins two of them."""
        kept, cases = set(self.node), {case.id for case in self.cases}
        for away in self.node:
            kept &= self._reached(cases - {away}, away) | {away}
        return kept | cases

    def _things(self, id: str) -> list[str]:
        """What an id is tied to that is no case, in order."""
        return [near for near in self.beside[id] if self.node[near].kind != "case"]

    def _shortest(self, one: str, other: str) -> list[tuple[str, ...]]:
        """A shortest way that leads through no third case; none, where there is no such way."""
        ways: list[tuple[str, ...]] = [(one,)]
        lasts, seen = self._things(other), {one}
        for way in ways:
            if way[-1] in lasts:
                return [(*way, other)]
            ways += [(*way, near) for near in self._things(way[-1]) if near not in seen]
            seen.update(self._things(way[-1]))
        return []

    def _reached(self, start: Iterable[str], away: str = "") -> set[str]:
        """All that is tied to the start, directly or through others, with one node taken away."""
        reached = set(start)
        edge = list(reached)
        while edge:
            near = self.beside[edge.pop()].keys() - reached - {away}
            reached |= near
            edge += near
        return reached

    def _of(self, ids: set[str]) -> Network:
        return Network(
            tuple(node for node in self.nodes if node.id in ids),
            tuple(tie for tie in self.ties if tie.a in ids and tie.b in ids),
        )
