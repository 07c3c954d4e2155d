"""How like two names of schools, places or groups are: words that half of them have say little, the others much."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mase_docs.definition.codes import plain

WRITTEN = {
    "acad": "academy", "sch": "school", "schl": "school", "sec": "secondary", "coll": "college", "comp": "comprehensive", "st": "saint",
    "rd": "road", "ave": "avenue", "sq": "square", "pk": "park", "stn": "station", "gdns": "gardens", "ctr": "centre", "center": "centre",
    "c": "church", "pru": "referral", "n": "north", "s": "south", "e": "east", "w": "west", "snr": "senior", "jnr": "junior",
}  # fmt: skip
"""Words as they are cut short → as they are written out."""
SMALL = "the a of and at in on for to by near"
SCHOOLS = "academy school sixth form comprehensive high grammar community trust pupil referral unit campus site"
CHURCH = "church england ce rc catholic saint"
GROUPS = "bus stop shop shops house flat flats block group lads gang crew friends boy girl team"
TELLING_APART = (
    "nursery infant junior primary secondary senior college",
    "girls boys",
    "north south east west",
    "upper lower",
    "road street avenue lane square gardens park estate station centre market court",
)
"""Words of which two different ones make two names: Clapton Park and Clapton Square are two places."""
APART = [frozenset(words.split()) for words in TELLING_APART]
COMMON = frozenset(" ".join((SMALL, SCHOOLS, CHURCH, GROUPS, *TELLING_APART)).split())
"""Words that many names have; they weigh a fifth of another."""
LITTLE = 0.2
LIKE, PARTLY = 0.75, 0.5
"""From here on two names are proposed as one; and those of one postcode."""
LONG, SHORT = 6, 4
"""Letters that a whole name, and a word of it, must have for one slip not to make it another."""


class Found(NamedTuple):
    """How like two names are, from 0 to 1, and why."""

    score: float
    why: str


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, those cut short written out. An s after an apostrophe and a Mc belong to the word beside them."""
    bare = re.sub(r"\b(mc|mac|o) (?=\w)", r"\1", plain(re.sub("['’]", "", name)))
    return tuple(WRITTEN.get(word, word) for word in bare.split())


def blocks(name: str) -> set[str]:
    """Of two like names both have one of these: the beginning or end of a word that tells, or the beginning of the whole."""
    telling = _telling(words_of(name)) or set(words_of(name))
    return {f"^{word[:3]}" for word in (*telling, "".join(words_of(name)))} | {f"{word[-3:]}$" for word in telling}


@cache
def likeness(one: str, other: str) -> Found:
    """How like two names are. Names with other numbers in them (bus 25, bus 55), or of two kinds of place, are never like."""
    a, b = words_of(one), words_of(other)
    if not a or not b or _numbers(a) != _numbers(b) or any(_told_apart(set(a) & words, set(b) & words) for words in APART):
        return Found(0.0, "")
    if sorted(a) == sorted(b):
        return Found(1.0, "the same words")
    if "".join(a) == "".join(b):
        return Found(1.0, "the same letters")
    if min(len("".join(a)), len("".join(b))) >= LONG and _slip("".join(a), "".join(b)):
        return Found(0.95, "one letter different")
    return Found(_in_common(a, b), "the same but for words that many names have" if _telling(a) == _telling(b) else "words in common")


def _numbers(words: tuple[str, ...]) -> list[str]:
    return sorted(word for word in words if any(map(str.isdigit, word)))


def _told_apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _telling(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if word not in COMMON}


def _in_common(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The weight of the words that both have, of the weight of all; nothing where no telling word is among them."""
    left, shared = list(b), list[str]()
    for word in a:
        if match := next((other for other in sorted(left, key=lambda other: other != word) if other == word or _slip(word, other)), None):
            left.remove(match)
            shared += [word, match]
    return sum(map(_weight, shared)) / sum(map(_weight, (*a, *b))) if _telling(tuple(shared)) else 0.0


def _weight(word: str) -> float:
    return LITTLE if word in COMMON else 1.0


def _slip(one: str, other: str) -> bool:
    """Whether a word that tells is another with one letter otherwise."""
    if one in COMMON or other in COMMON or min(len(one), len(other)) < SHORT or (one + other).isdigit():
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
