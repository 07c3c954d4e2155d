"""Everybody whom a file is not about: before it leaves the house, the words in it are searched for their names (domain 5.7, 6.2).

A name reaches a copy where somebody typed it: into an action, a reason, what an agency shared. It is found whatever its capitals,
accents and order, but not misspelt, and a first name alone is only hinted at: most first names are many people's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.codes import plain
from mase_docs.errors import DisclosureError
from mase_docs.model.passage import Passage
from mase_docs.register.links.called import NO_NAMES, POSTCODE, bare
from mase_docs.register.persons.matching import root_of
from mase_docs.register.persons.names import Words, core, words_of
from mase_docs.register.records import Case, Context, Link, Person, Referral

FAMILY = ("family", "parent_carer", "household", "significant_adult")
"""Roles of those who are spoken of with a young person: an agency that works with the one knows of the other."""
SUSPECTED = ("suspected_exploiter_adult", "young_person_suspected", "facilitator", "of_concern")
"""Never named in an agency's copy, family or not."""
SHORT = 3
"""A nickname of so few letters is also half of the language."""
POSSESSIVE = re.compile(r"['’ʼ`´]s\b", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
STREET = re.compile(r"\d.* (?!flat|room|unit|floor|block)[a-z]{3,}")
"""A number and a name behind it; "flat 3" is in every other house."""
WORD = re.compile(r"[^\W\d_]+")
MEND = (
    "Say it without the name: an action with mase-docs actions set, reasons and information in the minutes, which are then read back again."
)


@dataclass(frozen=True)
class Outsiders:
    """Their names, and what else would tell of them.

    names       whole names, each of two words or more; nicknames: single words
    own         the names of those whom the file is about, the longest first: they may stand in it, whoever else is called so
    references  of the cases of others; homes: postcodes, and the first lines of addresses
    firsts      first names of the young people among them
    """

    names: frozenset[Words]
    nicknames: frozenset[str]
    own: tuple[Words, ...]
    references: frozenset[str]
    homes: frozenset[str]
    firsts: frozenset[str]

    def must_not_be_in(self, passages: Iterable[Passage], finished: Iterable[str] = ()) -> list[str]:
        """The places where a first name stands that may be one of theirs: somebody should look at them.

        finished: every paragraph of the file that was made of the passages.
        Raises DisclosureError, with the places, where one of them is named.
        """
        typed = list(passages)
        named = [passage.place for passage in typed if self._is_told_in(passage)]
        known = [words_of(passage.text) for passage in typed if passage.kind != "typed"]
        if not named and any(self.are_named_in(text, known) for text in finished):
            named = ["a heading or a name that is printed"]
        if named:
            raise DisclosureError(f"Somebody is named who must not be in it, in {_listed(named)}. Nothing was written.", MEND)
        return [passage.place for passage in typed if passage.kind == "typed" and self._may_be_in(passage.text)]

    def _is_told_in(self, passage: Passage) -> bool:
        if passage.kind == "worker" and words_of(passage.text) in self.names:
            return False
        by_nickname = passage.kind == "typed" and not self.nicknames.isdisjoint(self._words(passage.text))
        return by_nickname or self.are_named_in(passage.text)

    def are_named_in(self, text: str, known: Sequence[Words] = ()) -> bool:
        """Whether a whole name of theirs, a reference or a home stands in a text; known: other names that may stand there."""
        codes, said = {bare("".join(code)) for code in POSTCODE.findall(text)}, f" {plain(text)} "
        at_home = not self.homes.isdisjoint(codes) or any(f" {home} " in said for home in self.homes if " " in home)
        return at_home or self._referred.search(text) is not None or self._names_in(self._words(text, known))

    @cached_property
    def _referred(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self.references))) or '(?!)'})(?!\w)", re.IGNORECASE)

    def _names_in(self, words: list[str]) -> bool:
        """Whether a name stands among the words, also with one word in between: a middle name, an initial."""
        return any(
            words[after : after + len(rest)] == list(rest)
            for at, word in enumerate(words)
            for rest in self._by_first.get(word, ())
            for after in ((at + 1, at + 2) if words[at + 1 : at + 2] != [""] else (at + 1,))
        )

    @cached_property
    def _by_first(self) -> dict[str, list[Words]]:
        found: defaultdict[str, list[Words]] = defaultdict(list)
        for first, *rest in self.names:
            found[first].append(tuple(rest))
        return dict(found)

    def _words(self, text: str, known: Sequence[Words] = ()) -> list[str]:
        """The words of a text, with "" in place of the names that may stand there."""
        words = list(words_of(POSSESSIVE.sub("", INVISIBLE.sub("", text))))
        for name in sorted({*self.own, *known}, key=len, reverse=True):
            at = 0
            while name and at <= len(words) - len(name):
                if tuple(words[at : at + len(name)]) == name:
                    words[at : at + len(name)] = [""]
                at += 1
        return words

    def _may_be_in(self, text: str) -> bool:
        capitals = (word for word in WORD.findall(INVISIBLE.sub("", text)) if word[0].isupper())
        return any(not self.firsts.isdisjoint(words_of(word)) for word in capitals)


def _listed(places: list[str]) -> str:
    *before, last = dict.fromkeys(places)
    return f"{', '.join(before)} and {last}" if before else last


def outsiders(session: Session, cases: Iterable[int]) -> Outsiders:
    """Everybody in the register but the young people of these cases, by number, and their families."""
    theirs = _Theirs(session, frozenset(cases))
    inside = [person for person in theirs.people if theirs.is_inside(person)]
    outside = [person for person in theirs.people if not theirs.is_inside(person)]
    own = {name for person in inside for name in _names(person)} | {(word,) for person in inside for word in _nicknames(person)}
    words = {word for name in own for word in name}
    nicknames = {word for person in outside for word in _nicknames(person, theirs.places)}
    return Outsiders(
        names=frozenset(name for person in outside for name in _names(person) if name not in own),
        nicknames=frozenset(nicknames - words),
        own=tuple(sorted(own, key=lambda name: (-len(name), name))),
        references=theirs.references,
        homes=frozenset(_homes(theirs.unseen)) - frozenset(_homes(theirs.seen)),
        firsts=frozenset(word for person in outside if theirs.has_case(person) for word in _firsts(person)) - words,
    )


class _Theirs:
    """Who is inside and who isn't."""

    def __init__(self, session: Session, cases: frozenset[int]) -> None:
        self.session = session
        self.people = list(session.scalars(select(Person).order_by(Person.id)))
        self._goes_on = {number: into or number for number, into in session.execute(select(Case.id, Case.merged_into))}
        self.cases = {self._goes_on[number] for number in cases}
        self._roots = {person.id: root_of(person) for person in self.people}

    def is_inside(self, person: Person) -> bool:
        return root_of(person) in self._inside

    def has_case(self, person: Person) -> bool:
        return root_of(person) in self._subjects[False] | self._subjects[True]

    @cached_property
    def _inside(self) -> set[int]:
        """The young people, and those of their families who have no other case and are not suspected of anything."""
        here, elsewhere = self._subjects[True], self._subjects[False]
        return here | (self._linked(FAMILY, here=True) - elsewhere - self._linked(SUSPECTED, here=False))

    @cached_property
    def _subjects(self) -> dict[bool, set[int]]:
        """Whether a case is one of these → the young people of such cases."""
        found: dict[bool, set[int]] = {True: set(), False: set()}
        for number, person in self.session.execute(select(Case.id, Case.person_id).where(Case.person_id.is_not(None))):
            found[self._goes_on[number] in self.cases].add(self._roots[person or 0])
        return {True: found[True], False: found[False] - found[True]}

    def _linked(self, roles: Sequence[str], *, here: bool) -> set[int]:
        links = select(Link.case_id, Link.other_id).where(Link.other_id.is_not(None), Link.role.in_(roles))
        found = self.session.execute(links)
        return {self._roots[other or 0] for case, other in found if not here or self._goes_on[case] in self.cases}

    @cached_property
    def references(self) -> frozenset[str]:
        """Those of young people's other cases and of their forms."""
        about = (
            select(Case.reference, Case.id).where(Case.person_id.is_not(None)),
            select(Referral.reference, Referral.case_id).where(Referral.person_id.is_not(None)),
        )
        found = [pair for these in about for pair in self.session.execute(these)]
        own = {reference for reference, case in found if self._goes_on[case] in self.cases}
        return frozenset(reference for reference, _ in found if not reference.isdigit()) - own

    @cached_property
    def places(self) -> frozenset[str]:
        """The words that places, schools and groups are called by: “Marshgate Boys” makes no nickname of Marshgate."""
        called = self.session.scalars(select(Context.name).where(Context.kind.in_(("school", "place", "peer_group", "online"))))
        return frozenset(word for name in called for word in words_of(name))

    @property
    def unseen(self) -> Iterator[Person]:
        """Those whose homes must not be told: outsiders, and those inside whose address is not to be disclosed."""
        return (person for person in self.people if not self.is_inside(person) or root_of(person) in self._hidden)

    @property
    def seen(self) -> Iterator[Person]:
        return (person for person in self.people if self.is_inside(person) and root_of(person) not in self._hidden)

    @cached_property
    def _hidden(self) -> set[int]:
        return {root_of(person) for person in self.people if person.do_not_disclose or person.address_sensitive}


def _names(person: Person) -> Iterator[Words]:
    """The ways of saying a whole name: each given name with the family name or a part of it, in either order, and other whole names."""
    given, family = words_of(person.given_names or ""), words_of(person.family_name or "")
    surnames = {family, core(family), *((word,) for word in core(family))}
    if given and family:
        yield (*given, *family)
        yield from (name for first in given for last in surnames for name in ((first, *last), (*last, first)))
    elif len(given or family) > 1:
        yield given or family
    yield from (words for words in map(words_of, person.known_as or ()) if len(words) > 1)


def _nicknames(person: Person, places: frozenset[str] = frozenset()) -> Iterator[str]:
    """Single words that somebody goes by; of two names together ("Big Smokey"), each that no place is called by."""
    given, family = words_of(person.given_names or ""), words_of(person.family_name or "")
    called = [words_of(name) for name in person.known_as or ()] + ([] if given and family else [given or family])
    single = [word for words in called if len(words) == 1 for word in words]
    of_two = [word for name in filter(_is_two_names, person.known_as or ()) for word in words_of(name) if word not in places]
    yield from (word for word in (*single, *of_two) if len(word) > SHORT and word not in NO_NAMES)


def _is_two_names(called: str) -> bool:
    """Whether it is two names, by each of which somebody may be called: not "white van"."""
    words = called.split()
    return len(words) == 2 and all(word[0].isupper() for word in words)


def _firsts(person: Person) -> Iterator[str]:
    yield from (word for word in words_of(person.given_names or "")[:1] if len(word) >= SHORT)


def _homes(people: Iterable[Person]) -> Iterator[str]:
    """Postcodes by their letters and digits, and of each address the first line with a number and a name."""
    for person in people:
        yield from (bare(code) for code in (person.home_postcode, person.current_postcode) if code)
        for address in filter(None, (person.home_address, person.current_address)):
            lines = [plain(line) for line in re.split("[,\n]", address)]
            yield from [line for line in lines if STREET.search(line)][:1]
