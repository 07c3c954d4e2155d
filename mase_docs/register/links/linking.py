"""Links between cases: what two of them have in common, why that is said, and how sure it is (domain rules DU2, DU5, DU6, DU7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.model.network import SURENESS, Network, Node, Tie
from mase_docs.register.links.mentions import SUBJECT, Key, Mentions, Part, mentions
from mase_docs.register.records import Case, Match

PEOPLE = {
    SUBJECT: "is the young person of",
    "suspected_exploiter_adult": "is an adult suspected of exploiting",
    "young_person_suspected": "is a young person suspected of harming",
    "facilitator": "is said to help those who harm",
    "child_at_risk": "is also at risk, beside",
    "associate": "is a friend or associate of",
    "family": "is family of",
    "parent_carer": "is a parent or carer of",
    "household": "is in the household of",
    "significant_adult": "is close to",
}
"""A person's part in a case, to be read "person … case"."""
CONTEXTS = {
    SUBJECT: "is about",
    "attends": "goes to",
    "seen_at": "is seen at",
    "member": "belongs to",
    "lives_at": "lives at",
    "stays_at": "stays at",
    "uses": "uses",
    "of_concern": "tells of",
}
"""A context's part in a case, to be read "case … context"."""
NAMED, MAY_BE = "is named by", "may be the same person as"
HARMING = {"suspected_exploiter_adult", "young_person_suspected", "facilitator"}
FAMILY = {"household", "family"}
RULES = {
    "DU6": "suspected of harming in one case, and the young person of another",
    "DU2": "may be about one young person",
    "DU7": "one family or household",
    "DU5": "in common",
}
"""The rule (domain 5.6) that makes a link, the weightiest first, and what it says."""


@dataclass(frozen=True, slots=True)
class CaseLink:
    """One thing that two cases have in common.

    rule        a key of RULES
    cases       the references of both
    kind, what  a person, school, place …, and what it is called
    sure        a key of SURENESS: the weaker of the two sides; unconfirmed where only a proposal says that two people are one
    reason      in words; may_be: whether it rests on such a proposal
    sources     the references of the forms that say so
    restricted  for the coordinator's copy alone: telephones, user names, and where somebody lives or learns who must not be found
    """

    rule: str
    cases: tuple[str, str]
    kind: str
    what: str
    sure: str
    reason: str
    may_be: bool
    sources: tuple[str, ...]
    restricted: bool


def case_links(session: Session, today: date, *, include_closed: bool = False) -> list[CaseLink]:
    """Every link between the cases open on a day, or between all; the weightiest first. A link is not proof: each says how sure it is."""
    found = mentions(session, today, include_closed=include_closed)
    rules = list(RULES)
    links = [*_shared(found), *_proposed(found)]
    return sorted(links, key=lambda link: (rules.index(link.rule), link.cases, link.kind, link.what, link.reason))


def _shared(found: Mentions) -> Iterator[CaseLink]:
    for key, said in found.parts.items():
        for one, other in combinations(sorted(said), 2):
            yield _link(found, (key, one), (key, other))


def _proposed(found: Mentions) -> Iterator[CaseLink]:
    """Through people who may be the same: two cases that name one of them each."""
    for one, other, match in found.maybe:
        for pair in ((a, b) for a in found.parts[one] for b in found.parts[other] if a != b):
            ends = sorted(zip((one, other), pair, strict=True), key=lambda end: end[1])
            yield _link(found, ends[0], ends[1], match)


def _link(found: Mentions, one: tuple[Key, int], other: tuple[Key, int], match: Match | None = None) -> CaseLink:
    ends = [(key, found.cases[case], found.parts[key][case]) for key, case in (one, other)]
    thing, names = found.things[one[0]], dict.fromkeys(found.things[key].name for key, _, _ in ends)
    because = [f"they may be the same person ({match.band}: {', '.join(match.reasons)})"] if match else []
    return CaseLink(
        rule=_rule(thing.kind, ends[0][2], ends[1][2]),
        cases=(ends[0][1].reference, ends[1][1].reference),
        kind=thing.kind,
        what=" / ".join(names),
        sure="unconfirmed" if match else max((part.sure for _, _, part in ends), key=list(SURENESS).index),
        reason="; ".join([*(_said(found, key, case.reference, part) for key, case, part in ends), *because]),
        may_be=match is not None,
        sources=tuple(dict.fromkeys(form for _, _, part in ends for form, _ in part.sources if form)),
        restricted=thing.restricted,
    )


def _rule(kind: str, one: Part, other: Part) -> str:
    roles = {*one.roles, *other.roles}
    if kind == "household":
        return "DU7"
    if kind != "person" or SUBJECT not in roles:
        return "DU5"
    if SUBJECT in one.roles and SUBJECT in other.roles:
        return "DU2"
    return "DU6" if roles & HARMING else "DU7" if roles & FAMILY else "DU5"


def _said(found: Mentions, key: Key, case: str, part: Part) -> str:
    name = found.things[key].name
    first, last = (name, case) if key[0] == "person" else (case, name)
    return f"{first} {_how(key, part)} {last}"


def _how(key: Key, part: Part) -> str:
    words = PEOPLE if key[0] == "person" else CONTEXTS
    return " and ".join(dict.fromkeys(words.get(role, NAMED if key[0] == "person" else "names") for role in part.roles))


# As a network


def network(session: Session, home: Home, today: date, *, include_closed: bool = False) -> Network:
    """The cases open on a day, or all, and what joins two or more of them. Whom a case is about is the case's own node."""
    found = mentions(session, today, include_closed=include_closed)
    joining = _joining(found)
    nodes = [*(_case_node(case, home) for case in found.cases.values()), *(_node(found, key) for key in joining if not _own(found, key))]
    ties = {*(tie for key in joining for tie in _ties(found, key, home)), *_maybe_ties(found, set(joining))}
    return Network(tuple(nodes), tuple(tie for tie in ties if tie.a != tie.b))


def _joining(found: Mentions) -> list[Key]:
    """What two cases mention, or one mentions and another may."""
    proposed = {key for one, other, _ in found.maybe for key in (one, other) if len({*found.parts[one], *found.parts[other]}) > 1}
    return [key for key, said in found.parts.items() if len(said) > 1 or key in proposed]


def _own(found: Mentions, key: Key) -> list[int]:
    """The cases that a person is the young person of."""
    return [case for case, part in found.parts[key].items() if key[0] == "person" and SUBJECT in part.roles]


def _case_node(case: Case, home: Home) -> Node:
    return Node(f"case {case.id}", "case", case.label, "closed" if case.closed_on else home.codes("case_status").label_of(case.status))


def _node(found: Mentions, key: Key) -> Node:
    thing = found.things[key]
    return Node(f"{key[0]} {key[1]}", thing.kind, thing.name)


def _ids(found: Mentions, key: Key) -> list[str]:
    """The nodes that stand for a thing: the cases it is the young person of, else one of its own."""
    return [f"case {case}" for case in _own(found, key)] or [f"{key[0]} {key[1]}"]


def _ties(found: Mentions, key: Key, home: Home) -> Iterator[Tie]:
    own = _own(found, key)
    for one, other in combinations(own, 2):
        yield Tie(f"case {one}", f"case {other}", "is about the same young person as", "confirmed")
    for case, part in found.parts[key].items():
        for thing in _ids(found, key) if case not in own else ():
            ends = (thing, f"case {case}") if key[0] == "person" else (f"case {case}", thing)
            yield Tie(*ends, _how(key, part), part.sure, _source(part, home))


def _maybe_ties(found: Mentions, joining: set[Key]) -> Iterator[Tie]:
    for one, other, match in found.maybe:
        if {one, other} <= joining:
            for a, b in product(_ids(found, one), _ids(found, other)):
                yield Tie(a, b, MAY_BE, "unconfirmed", f"proposed: {', '.join(match.reasons)}")


def _source(part: Part, home: Home) -> str:
    """The forms that say so, and how they know."""
    told = (", ".join(filter(None, (form, home.codes("information_source").label_of(how) if how else ""))) for form, how in part.sources)
    return "; ".join(filter(None, told))
