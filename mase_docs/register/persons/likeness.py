"""How like two people are, as far as they are known: a score, a word for it, and the reasons, which never repeat an answer.

It only proposes: nobody is ever taken for another without a person who says so (domain DU1, DU2). Nothing here knows a database: `keys`
gives what a register looks people up by, `ranked` puts those it found in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple, TypeVar

from mase_docs.register.persons import births, names
from mase_docs.register.persons.names import Agreement, Words

T = TypeVar("T")
Band = Literal["certain", "probably", "possibly", ""]
PROBABLY, POSSIBLY = 0.90, 0.78
"""Where the bands begin, tried on 100,000 made-up people: benchmarks/README.md."""
DOB, UNSURE_DOB = 0.5, 0.3
"""How much of the score the date of birth makes; less where it is estimated or disputed."""
GIVEN = 0.57
"""How much of the names the given name makes: brothers and sisters share the other."""
CROSSED, BY_ALIAS, POSTCODE, UNLIKE_UNDATED, OTHER_NHS_NUMBER = -0.02, -0.01, 0.07, -0.15, -0.25
"""What is added to the score: for names exchanged, an alias, the same postcode, names unlike and no date of birth, two NHS numbers."""
EXCHANGED, ALIAS = "given and family name exchanged", "one is known by another name that the other has"
TOP = 0.95
"""From here up scores are drawn together below 1, so that of two namesakes born on one day the one with the same postcode comes first."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a person, as answered; "" and None for what isn't.

    known_as    other names, whole ones or given names alone
    dob_status  code of `forms/codes/dob_status.toml`; estimated and age_disputed dates weigh less
    """

    family_name: str
    given_names: str
    known_as: tuple[str, ...] = ()
    dob: date | None = None
    dob_status: str = ""
    nhs_number: str = ""
    upn: str = ""
    social_care_id: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two people are, from 0 to 1, what that is called, what speaks for it and what against, in words without any answer."""

    score: float
    band: Band
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def band_of(score: float) -> Band:
    """What a score is called; "certain" is never a matter of score."""
    return "probably" if score >= PROBABLY else "possibly" if score >= POSSIBLY else ""


def ranked(person: Described, candidates: Iterable[tuple[T, Described]]) -> list[tuple[T, Likeness]]:
    """Those of the candidates who may be the same person, the likest first; equally like ones stay in the order given."""
    compared = ((candidate, likeness(person, described)) for candidate, described in candidates)
    return sorted((pair for pair in compared if pair[1].band), key=lambda pair: (pair[1].band != "certain", -pair[1].score))


# What is compared, made ready once for each person


class _Name(NamedTuple):
    family: Words
    given: Words


class _Known(NamedTuple):
    names: tuple[_Name, ...]
    numbers: dict[str, str]
    postcode: str


@lru_cache(maxsize=1 << 12)
def _known(person: Described) -> _Known:
    """The names a person goes by, the form's first; the numbers that can tell people apart; the postcode of a home."""
    family, given = names.words_of(person.family_name), names.words_of(person.given_names)
    own = _Name(family, given) if family else _parted(given, ())
    others = (_parted(names.words_of(name), own.family) for name in person.known_as)
    postcode = _bare(person.postcode)
    fit = len(postcode) >= 5 and not postcode.startswith("ZZ99")  # the NHS's codes for no fixed abode are nobody's home
    return _Known((own, *(other for other in others if other.given)), _numbers(person), postcode if fit else "")


def _parted(words: Words, family: Words) -> _Name:
    """A name that stands in one place, the family name last; a single word is a given name, and then the family name is the one known."""
    return _Name(words[-1:], words[:-1]) if len(words) > 1 else _Name(family, words)


NUMBERS = {"NHS number": r"(\d)(?!\1{9})\d{9}", "unique pupil number": r"[A-Z]\d{11}[0-9A-Z]", "social-care number": r"(?=.*[1-9]).{4,}"}
"""Each number by which two are the same person (domain DU1), and what one looks like that isn't filled in only to have something."""


def _numbers(person: Described) -> dict[str, str]:
    written = zip(NUMBERS, map(_bare, (person.nhs_number, person.upn, person.social_care_id)), strict=True)
    return {kind: number for kind, number in written if re.fullmatch(NUMBERS[kind], number)}


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()


# Keys


def keys(person: Described) -> set[str]:
    """Short texts, some 20 to 30, of which two people who may be the same share one, whatever single thing was mistyped.

    They are for a table of keys: the candidates for a person are those who have one of the person's keys.
    """
    known = _known(person)
    found = {f"{kind[0]}{number}" for kind, number in known.numbers.items()}
    if person.dob:
        found |= {f"d{day:%y%m%d}" for day in (person.dob, births.swapped(person.dob)) if day}
    for name in known.names:
        found.update(_name_keys(name, f"{person.dob:%y%m}" if person.dob else "", known.postcode))
    return found


def _name_keys(name: _Name, month: str, postcode: str) -> Iterator[str]:
    family, given = "".join(names.core(name.family)), name.given[0] if name.given else ""
    if not family and not given:
        return
    yield from (f"s{''.join(sorted((names.skeleton(part), names.skeleton(given))))}" for part in {family, *names.core(name.family)})
    yield from (f"n{full}{family[:2]}" for word in name.given for full in names.fulls(word))
    if given and family:
        yield from (f"x{left[:10]}{given[:2]}" for left in names.deletions(family))
        yield from (f"x{left[:10]}{family[:2]}" for left in names.deletions(given))
    if month:
        yield f"m{month}{''.join(sorted((given[:1], family[:1])))}"
    if postcode:
        yield from (f"p{postcode}{name[:2]}" for name in (given, family))


# Comparing


class _Names(NamedTuple):
    """How far names agree, in the way in which they agree most: as they stand, exchanged, or by another name one is known by."""

    score: float
    family: Agreement
    given: Agreement
    how: tuple[str, ...] = ()

    @property
    def both_like(self) -> bool:
        return min(self.family.score, self.given.score) >= names.LIKE


@dataclass(frozen=True, slots=True)
class _Compared:
    """What two people have in common and what not: names, dates of birth (None where one isn't known), numbers by kind, postcode; and
    whether their date of birth is one that stands for an unknown day (domain DA5); whether one has but an initial for a given name."""

    called: _Names
    born: Agreement | None
    unsure: bool
    same_numbers: tuple[str, ...]
    other_numbers: tuple[str, ...]
    same_postcode: bool
    dummy_day: bool
    initial: bool

    @property
    def same_day(self) -> bool:
        return self.born is not None and self.born.score >= births.SWAPPED.score

    @property
    def all_a_little(self) -> bool:
        """Whether date of birth and both names are like, and none the same: one by one they may be slips, together they seldom are."""
        scores = (self.born.score if self.born else 0.0, self.called.family.score, self.called.given.score)
        return births.NEAR.score < min(scores) and max(scores) < names.SPELT.score

    @property
    def renamed(self) -> bool:
        """Whether all but the family name says that this is one person: children who move to another family get a new one."""
        return bool(self.same_numbers) and self.same_day and self.called.family.score < names.LIKE <= self.called.given.score


def likeness(one: Described, other: Described) -> Likeness:
    """How like two people are. "certain" is only said of the same number with names and date of birth that don't contradict it.

    What speaks against them holds the band at "possibly", but for remarks.
    """
    found = _compared(one, other)
    reasons, against, remarks = tuple(_reasons(found)), _against(found), tuple(_remarks(found))
    if found.same_numbers and not against:
        return Likeness(1.0, "certain", reasons, remarks)
    score = _drawn(max(0.0, _score(found)), TOP, 1 + POSTCODE, 1.0)
    if found.same_numbers:
        score = max(score, PROBABLY)
    score = round(_held(score) if against else score, 3)
    return Likeness(score, band_of(score), reasons, against + remarks)


def of_one_child(one: Described, other: Described) -> bool:
    """Whether two forms of one number can be about one child: one that was sent back may have been used for a brother, sister or twin."""
    given = _compared(one, other).called.given
    return bool(likeness(one, other).band) and (given == names.NOT_KNOWN or (given.score >= names.LIKE and not given.siblings))


def _compared(one: Described, other: Described) -> _Compared:
    a, b, unsure = _known(one), _known(other), not births.UNSURE.isdisjoint({one.dob_status, other.dob_status})
    both = [kind for kind in NUMBERS if kind in a.numbers and kind in b.numbers]
    return _Compared(
        max((way for pair in product(enumerate(a.names), enumerate(b.names)) for way in _ways(*pair)), key=lambda way: way.score),
        births.birth_agreement(one.dob, other.dob, unsure) if one.dob and other.dob else None,
        unsure,
        tuple(kind for kind in both if a.numbers[kind] == b.numbers[kind]),
        tuple(kind for kind in both if a.numbers[kind] != b.numbers[kind]),
        bool(a.postcode) and a.postcode == b.postcode,
        one.dob is not None and one.dob == other.dob and (one.dob.day, one.dob.month) == (1, 1),
        any(all(len(word) == 1 for word in known.names[0].given) for known in (a, b)),
    )


def _ways(one: tuple[int, _Name], other: tuple[int, _Name]) -> Iterator[_Names]:
    """One name against another, the first of a person being the one on the form; and exchanged, where they aren't alike as they stand."""
    (nth, a), (other_nth, b) = one, other
    alias = (ALIAS,) if nth or other_nth else ()
    straight = _weighed(names.family_agreement(a.family, b.family), names.given_agreement(a.given, b.given), alias)
    yield straight
    if straight.score < names.LIKE:
        crossed = names.family_agreement(a.family, b.given), names.family_agreement(a.given, b.family)
        yield _weighed(max(crossed), min(crossed), (EXCHANGED, *alias))  # which of the two is the given name isn't known


def _weighed(family: Agreement, given: Agreement, how: tuple[str, ...]) -> _Names:
    lowered = CROSSED * (EXCHANGED in how) + BY_ALIAS * (ALIAS in how)
    return _Names((1 - GIVEN) * family.score + GIVEN * given.score + lowered, family, given, how)


def _score(found: _Compared) -> float:
    """The score before what speaks against is heeded: names and date of birth, each by its weight, and what is added."""
    extra = POSTCODE * found.same_postcode + OTHER_NHS_NUMBER * ("NHS number" in found.other_numbers)
    if found.born is None and found.initial:
        return 0.0  # “A. Sample” without a date of birth is anybody of that family
    if found.born is None:
        return found.called.score + extra + UNLIKE_UNDATED * (not found.called.both_like)
    dob = UNSURE_DOB if found.unsure else DOB
    return dob * found.born.score + (1 - dob) * found.called.score + extra


def _held(score: float) -> float:
    """The score brought below "probably", in the same order as before."""
    return _drawn(score, POSSIBLY, 1.0, PROBABLY - 0.01)


def _drawn(score: float, above: float, most: float, top: float) -> float:
    """The score with what is above a mark drawn together, so that the most there can be comes out as the top."""
    return score if score < above else above + (score - above) * (top - above) / (most - above)


def _reasons(found: _Compared) -> Iterator[str]:
    yield from (f"same {kind}" for kind in found.same_numbers)
    if found.born and found.born.score:
        yield found.born.words
    yield from found.called.how
    for kind, agreed in (("family", found.called.family), ("given", found.called.given)):
        if agreed.score >= names.LIKE:
            yield f"{kind} name {agreed.words}"
    if found.same_postcode:
        yield "same postcode"


def _against(found: _Compared) -> tuple[str, ...]:
    """What keeps two from being probably the same, or from being certainly so in spite of the same number."""
    called, born, numbered = found.called, found.born, bool(found.same_numbers)
    said = {
        "the date of birth is not known of both": born is None and not numbered,
        "the dates of birth differ": born is not None and born.score <= births.NEAR.score,
        f"the given names {_apart(called.given)}": called.given.score < names.LIKE,
        f"the family names {_apart(called.family)}": called.family.score < names.LIKE and not found.renamed,
        "the given names differ a little, as those of brothers, sisters and twins may": called.given.siblings,
        "the date of birth and both names differ a little": found.all_a_little and not numbered,
        "the NHS numbers differ": "NHS number" in found.other_numbers,
    }
    return tuple(words for words, true in said.items() if true)


def _apart(agreed: Agreement) -> str:
    return "are not known of both" if agreed == names.NOT_KNOWN else "differ"


def _remarks(found: _Compared) -> Iterator[str]:
    """What is worth a look, and can well be so of one person."""
    yield from (f"the {kind}s differ" for kind in found.other_numbers if kind != "NHS number")
    if found.renamed:
        yield f"the family names {_apart(found.called.family)}"
    if found.same_day and found.called.given == names.SPELT and found.called.family == names.SAME:
        yield "the given names are spelt in two ways: twins seldom share a name, but ask if there are any"
    if found.dummy_day:
        yield "the date of birth is 1 January, which is often written where the day is not known"
