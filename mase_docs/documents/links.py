"""What cases have in common: a school, a place, a peer group, a person. Names are compared without accents, case and punctuation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mase_docs.definition.codes import plain
from mase_docs.definition.home import Home
from mase_docs.documents.case import Case, Completed, counted, is_person
from mase_docs.model.submission import EXPLICIT, Submission

KINDS = {"school": "School", "place": "Place", "peer_group": "Peer group", "person": "Person"}
THEMES = ("place", "school", "peer_group")
SHARED = {"school": "Same school", "place": "Same place", "peer_group": "Same peer group", "person": "Same person"}


@dataclass
class Shared:
    """One school, place, peer group or person that cases name.

    name      as it was first written; cases: those that name it, in the papers' order
    evidence  what each of them says about it
    """

    kind: str
    name: str
    cases: list[Case] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)

    def theme(self) -> dict[str, Any]:
        labels = [case.label for case in self.cases]
        agencies = dict.fromkeys(agency for case in self.cases for agency in case.agencies)
        return {
            "kind": KINDS[self.kind],
            "name": self.name,
            "linked": f"{counted(len(labels), 'case')}: {'; '.join(labels)}" if labels else "No case names it",
            "evidence": "\n".join(self.evidence) or "Named in the referrals; nothing is said about it.",
            "agencies": "; ".join(agencies) or None,
            "asked": None,
            "owner": None,
        }


class Place(Completed):
    """A place, school, peer group or online space that was referred in its own right."""

    @property
    def name(self) -> str:
        return str(self.known("context_name") or "Name not recorded")

    @property
    def label(self) -> str:
        """It has no case label: it is called by its name."""
        return self.name

    @property
    def key(self) -> tuple[str, str]:
        """What it is compared with cases by: an online space is a place to them."""
        kind = str(self.value("context_kind"))
        return (kind if kind in THEMES else "place", plain(self.name))

    def theme(self, cases: Shared) -> dict[str, Any]:
        """As the documents show it, with what the cases say that name it too."""
        told = (self.said("what_seen"), self.said("times"), self.said("tried") and f"Tried: {self.said('tried')}")
        marked = f" · NOT CLEAN: {counted(self.open_questions, 'question')} open" if self.open_questions else ""
        return {
            **cases.theme(),
            "kind": f"{KINDS[self.key[0]]}, referred in its own right",
            "name": self.name + marked,
            "evidence": "\n".join([line for line in told if line] + cases.evidence) or None,
            "agencies": "; ".join(filter(None, (self.said("information_holders"), cases.theme()["agencies"]))) or None,
            "asked": self.said("asked"),
            "owner": ", ".join(filter(None, (self.said("owner_name"), self.said("owner_agency")))) or None,
        }


def places(submissions: Iterable[Submission], home: Home) -> list[Place]:
    """The referrals that are not about one young person, by name."""
    found = [Place(s, home) for s in submissions if s.form and not is_person(s)]
    return sorted(found, key=lambda place: (plain(place.name), place.submission.source.sha256))


def named(cases: list[Case]) -> dict[tuple[str, str], Shared]:
    """All that cases name, by kind and name."""
    found: dict[tuple[str, str], Shared] = {}
    for case in cases:
        for kind, name, evidence in _named(case):
            if plain(name):
                _note(found.setdefault((kind, plain(name)), Shared(kind, name)), case, evidence)
    return found


def shared(cases: list[Case]) -> list[Shared]:
    """What two cases or more have in common, the most shared first."""
    several = [common for common in named(cases).values() if len(common.cases) > 1]
    return sorted(several, key=lambda common: (-len(common.cases), common.kind, plain(common.name)))


def themes(cases: list[Case], places: list[Place]) -> list[dict[str, Any]]:
    """What was referred in its own right, then the places, schools and peer groups of two or more cases, each once."""
    known, referred = named(cases), {place.key for place in places}
    own = [place.theme(known.get(place.key, Shared(place.key[0], place.name))) for place in places]
    return own + [c.theme() for c in shared(cases) if c.kind in THEMES and (c.kind, plain(c.name)) not in referred]


def linked(cases: list[Case]) -> dict[int, str]:
    """Number of a case → the other cases that it is linked with, a line for each reason."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for common in shared(cases):
        for case in common.cases:
            others = ", ".join(other.ref for other in common.cases if other is not case)
            found[case.number].append(f"{SHARED[common.kind]}, {common.name}: {others}")
    return {number: "\n".join(reasons) for number, reasons in found.items()}


def _note(common: Shared, case: Case, evidence: str | None) -> None:
    if case not in common.cases:
        common.cases.append(case)
    if evidence:
        common.evidence.append(f"{case.ref}: {evidence}")


def _named(case: Case) -> Iterator[tuple[str, str, str | None]]:
    """What a case names: kind, name, what it says about it. The young person is one of the persons."""
    yield "school", str(case.known("school_name") or ""), None
    yield "person", case.name if case.known("family_name") else "", None
    yield from _in_rows(case, "locations", "place", ("type", "times", "what_happens"))
    yield from _in_rows(case, "peer_groups", "peer_group", ("nature", "members"))
    yield from _in_rows(case, "linked_people", "person", ())


def _in_rows(case: Case, repeat: str, kind: str, says: tuple[str, ...]) -> Iterator[tuple[str, str, str | None]]:
    for row in case.rows(repeat):
        if row["name"] and row["name"] not in EXPLICIT.values():
            yield kind, row["name"], ", ".join(str(row[column]) for column in says if row[column]) or None
