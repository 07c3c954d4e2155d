"""What cases have in common: a school, a place, a peer group, a person. Names are compared without accents, case and punctuation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from mase_docs.definition.codes import plain, same_name
from mase_docs.definition.home import Home
from mase_docs.documents.case import Case, Completed, is_person, joined
from mase_docs.model.sitting import Theme
from mase_docs.model.submission import EXPLICIT, Submission

KINDS = {"school": "School", "place": "Place", "peer_group": "Peer group", "person": "Person"}
THEMES = ("place", "school", "peer_group")
SHARED = {"school": "Same school", "place": "Same place", "peer_group": "Same peer group", "person": "Same person"}
WITHHELD = "that this young person goes there must not be disclosed"


@dataclass
class Shared:
    """One school, place, peer group or person that cases name.

    name      as it was first written; cases: those that name it, in the papers' order
    evidence  what each of them says about it
    born      number of a case → the date of birth that it gives a person
    """

    kind: str
    name: str
    cases: list[Case] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    born: dict[int, str] = field(default_factory=dict)

    def others(self, case: Case) -> Iterator[tuple[str, Case]]:
        """The other cases that name the same, each with how it is the same. People of one name and two dates of birth are two people;
        where a date is missing, the name alone is told."""
        mine = self.born.get(case.number)
        for other in self.cases:
            theirs = self.born.get(other.number)
            if other is not case and (mine == theirs or not mine or not theirs):
                yield "Same name" if self.kind == "person" and not (mine and theirs) else SHARED[self.kind], other

    def theme(self, key: str) -> Theme:
        return Theme(
            key,
            self.name,
            KINDS[self.kind],
            labels=tuple(case.label for case in self.cases),
            evidence="\n".join(self.evidence) or "Named in the referrals; nothing is said about it.",
            agencies=self.agencies,
        )

    @property
    def agencies(self) -> str | None:
        return "; ".join(dict.fromkeys(agency for case in self.cases for agency in case.agencies)) or None


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
        return (kind if kind in THEMES else "place", same_name(self.name))

    def theme(self, key: str, cases: Shared) -> Theme:
        """As the documents show it, with what the cases say that name it too."""
        told = (self.said("what_seen"), self.said("times"), f"Tried: {self.said('tried')}" if self.known("tried") else None)
        return replace(
            cases.theme(key),
            kind=f"{KINDS[self.key[0]]}, referred in its own right",
            name=f"{self.name} · {self.unclean}" if self.unclean else self.name,
            open_questions="\n".join(self.open_questions),
            evidence=joined(*told, *cases.evidence, by="\n") or "",
            agencies=joined(self.said("information_holders"), cases.agencies),
            asked=self.said("asked"),
            owner=joined(self.said("owner_name"), self.said("owner_agency"), by=", "),
        )


def places(submissions: Iterable[Submission], home: Home) -> list[Place]:
    """The referrals that are not about one young person, by name."""
    found = [Place(s, home) for s in submissions if s.form and not is_person(s, home)]
    return sorted(found, key=lambda place: (plain(place.name), place.submission.source.sha256))


def named(cases: list[Case]) -> dict[tuple[str, str], Shared]:
    """All that cases name, by kind and name."""
    found: dict[tuple[str, str], Shared] = {}
    for case in cases:
        for kind, name, evidence, born in _named(case):
            if same_name(name):
                _note(found.setdefault((kind, same_name(name)), Shared(kind, name)), case, evidence, born)
    return found


def shared(cases: list[Case]) -> list[Shared]:
    """What two cases or more have in common, the most shared first."""
    several = [common for common in named(cases).values() if len(common.cases) > 1]
    return sorted(several, key=lambda common: (-len(common.cases), common.kind, plain(common.name)))


def themes(cases: list[Case], places: list[Place]) -> tuple[Theme, ...]:
    """What was referred in its own right, then the places, schools and peer groups of two or more cases, each once."""
    known, referred, key = named(cases), {place.key for place in places}, (f"theme{n}" for n in count(1))
    own = [place.theme(next(key), known.get(place.key, Shared(place.key[0], place.name))) for place in places]
    common = [c for c in shared(cases) if c.kind in THEMES and (c.kind, same_name(c.name)) not in referred]
    return (*own, *(one.theme(next(key)) for one in common))


def linked(cases: list[Case]) -> dict[int, str]:
    """Number of a case → the other cases that it is linked with, a line for each reason."""
    found: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for common in shared(cases):
        for case in common.cases:
            for how, other in common.others(case):
                found[case.number][f"{how}, {common.name}"].append(other.ref)
    return {number: "\n".join(f"{why}: {', '.join(refs)}" for why, refs in reasons.items()) for number, reasons in found.items()}


def _note(common: Shared, case: Case, evidence: str | None, born: str | None) -> None:
    if born:
        common.born.setdefault(case.number, born)
    if case not in common.cases:
        common.cases.append(case)
    if evidence:
        common.evidence.append(f"{case.ref}: {evidence}")


def _named(case: Case) -> Iterator[tuple[str, str, str | None, str | None]]:
    """What a case names: kind, name, what it says about it, a person's date of birth. The young person is one of the persons."""
    yield "school", str(case.known("school_name") or ""), WITHHELD if case.withheld else None, None
    yield "person", case.name if case.known("family_name") else "", None, case.known_words("dob")
    yield from _in_rows(case, "locations", "place", ("type", "times", "what_happens"))
    yield from _in_rows(case, "peer_groups", "peer_group", ("nature", "members"))
    yield from _in_rows(case, "linked_people", "person", ())


def _in_rows(case: Case, repeat: str, kind: str, says: tuple[str, ...]) -> Iterator[tuple[str, str, str | None, str | None]]:
    for row in case.rows(repeat):
        if row["name"] and row["name"] not in EXPLICIT.values():
            born = row.get("dob")
            yield kind, row["name"], joined(*map(row.get, says), by=", "), None if born in EXPLICIT.values() else born
