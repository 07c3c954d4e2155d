"""What a network says in words: every fact for the table beside its picture, and the whole in short for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mase_docs.model.network import SURENESS, Network, Node, Tie

ITSELF = "The two cases themselves"
NAMED = 4
"""So many of the things that join a group are named in short; the table names them all."""


class Fact(NamedTuple):
    """What one line of the picture says.

    thing    what joins cases here: "Marshgate Academy (school)"; ITSELF where two cases are tied without anything between
    words    "MASE-2026-0007 / TS / 15F goes to Marshgate Academy (school)"
    sure     in words
    sources  who says so
    """

    thing: str
    words: str
    sure: str
    sources: str


def facts(network: Network) -> list[Fact]:
    """Every tie once, those of one thing together, the thing with the most ties first and the ties of two cases last."""
    said: dict[Tie, list[str]] = {}
    for tie in sorted(network.ties, key=lambda tie: _order(network, tie)):
        said.setdefault(without_source(tie), []).append(tie.source)
    return [_fact(network, tie, sources) for tie, sources in said.items()]


def _fact(network: Network, tie: Tie, sources: list[str]) -> Fact:
    thing = _thing(network, tie)
    named = "; ".join(dict.fromkeys(filter(None, sources)))
    return Fact(thing.said if thing.kind != "case" else ITSELF, network.fact(tie), SURENESS[tie.sure], named)


def _order(network: Network, tie: Tie) -> tuple[bool, int, str]:
    thing = _thing(network, tie)
    return thing.kind == "case", -len(network.beside[thing.id]), thing.id


def without_source(tie: Tie) -> Tie:
    """What the tie says, whoever says so."""
    return Tie(tie.a, tie.b, tie.how, tie.sure)


def summary(network: Network) -> str:
    """How many groups of linked cases there are, what joins each, and how many cases nothing joins."""
    linked, alone = network.linked(), len(network.alone())
    first = f"{counted(len(linked), 'group')} of linked cases." if linked else "No links between cases."
    groups = [f"Group {number}: {in_short(group)}." for number, group in enumerate(linked, 1)]
    return " ".join([first, *groups, *([f"{counted(alone, 'case')} linked with no other."] if alone else [])])


def heading(number: int, group: Network) -> str:
    """What a group is called: "Group 1: 5 cases"."""
    return f"Group {number}: {counted(len(group.cases), 'case')}"


def in_short(group: Network) -> str:
    """How many cases there are in a group, and what joins them: "5 cases, joined through …"."""
    things = sorted((node for node in group.nodes if node.kind != "case"), key=lambda node: -_cases(group, node))
    through = [f"{node.said}, {counted(_cases(group, node), 'case')}" for node in things[:NAMED]]
    more = [f"{len(things) - NAMED} more"] if len(things) > NAMED else []
    pairs = sum(group.node[tie.a].kind == group.node[tie.b].kind == "case" for tie in group.ties)
    tied = [f"{counted(pairs, 'tie')} between the cases themselves"] if pairs else []
    return f"{counted(len(group.cases), 'case')}, joined through {listed([*through, *more, *tied])}"


def counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def listed(words: Iterable[str]) -> str:
    """One; two and three; semicolons between them, as each may hold a comma."""
    *most, last = words
    return "; ".join(most) + " and " + last if most else last


def _cases(group: Network, node: Node) -> int:
    return sum(group.node[near].kind == "case" for near in group.beside[node.id])


def _thing(network: Network, tie: Tie) -> Node:
    """Of a tie's two ends the one that is no case; of two things the one that more is tied to."""
    ends = [network.node[tie.a], network.node[tie.b]]
    return min(ends, key=lambda node: (node.kind == "case", -len(network.beside[node.id])))
