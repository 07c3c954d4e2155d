"""Names of people made comparable, and how far two of them agree, whatever tradition they are of.

A word of a name is in plain small letters: no accents, apostrophes, hyphens or titles.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

Words = tuple[str, ...]

_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e"}
_PLAIN = str.maketrans(_LETTERS | dict.fromkeys("'’‘ʼʻʾʿ`´", ""))
"""Letters that no Unicode decomposition takes apart, and the signs that are written or left out within a word."""
_JOINED_ON = re.compile(r"\b(o|mac|mc) (?=\w\w)")
_MC = re.compile(r"\bmc(?=\w{3})")
_VOWELS = re.compile(r"(?<=.)[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")


class Agreement(NamedTuple):
    """How far two agree, from 0 to 1; in which words; whether two different children of one family might be told so, twins above all."""

    score: float
    words: str
    siblings: bool = False


NOT_KNOWN = Agreement(0.0, "not known")
SAME = Agreement(1.0, "the same")
SMALL_WORD = Agreement(0.98, "the same but for a small word before it")
SPELT = Agreement(0.96, "spelt in another way")
SHORT = Agreement(0.94, "is a short form of the other")
EXCHANGED = Agreement(0.94, "the same with two letters exchanged")
PART = Agreement(0.93, "partly the same: there is more of it on one side")
LETTER = Agreement(0.92, "one letter different", siblings=True)
BOTH_SHORT = Agreement(0.9, "is another short form of the same name", siblings=True)
LETTER_OF_FEW = Agreement(0.88, "one letter different, and short", siblings=True)
LETTERS = Agreement(0.87, "two letters different", siblings=True)
SOUND = Agreement(0.87, "the same but for vowels", siblings=True)
BEGINS = Agreement(0.87, "is the beginning of the other", siblings=True)
INITIAL = Agreement(0.86, "only an initial on one side, and the same", siblings=True)
FURTHER = Agreement(0.86, "the same at first, with other names after it", siblings=True)
LIKE = 0.85
"""From here on two names agree; the scores above are those of feasibility trials on made-up people (benchmarks/README.md)."""


class _Lore(NamedTuple):
    """What is known of given names: each spelling's usual one, each short form's full names, and the words that aren't names."""

    usual: dict[str, str]
    fulls: dict[str, frozenset[str]]
    particles: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]


@cache
def lore() -> _Lore:
    """The shipped table short_forms.toml, read once."""
    table = tomllib.loads(Path(__file__).with_name("short_forms.toml").read_text(encoding="utf-8"))
    usual = {word: group.split()[0] for group in table["spellings"]["groups"] for word in group.split()}
    fulls: dict[str, set[str]] = {}
    for full, shorts in table["short_forms"].items():
        for short in shorts.split():
            fulls.setdefault(usual.get(short, short), set()).add(usual.get(full, full))
    common = frozenset(usual.get(word, word) for word in table["common"]["given"].split())
    particles, titles = (frozenset(table["particles"][kind].split()) for kind in ("words", "titles"))
    return _Lore(usual, {short: frozenset(of) for short, of in fulls.items()}, particles, titles, common)


@lru_cache(maxsize=1 << 16)
def words_of(name: str) -> Words:
    """The words of a name. O' and Mac belong to the word that follows, and Mc is Mac; titles are left out."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    kept = "".join(c if c.isalpha() else " " for c in plain if not unicodedata.combining(c))
    joined = _MC.sub("mac", _JOINED_ON.sub(r"\1", " ".join(kept.split())))
    words = tuple(joined.split())
    return tuple(word for word in words if word not in lore().titles) or words


def usual(word: str) -> str:
    """The spelling that stands for all spellings of a given name."""
    return lore().usual.get(word, word)


def fulls(word: str) -> frozenset[str]:
    """The name itself in its usual spelling, and the full names that it is a short form of."""
    return lore().fulls.get(usual(word), frozenset()) | {usual(word)}


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The first letter and the consonants after it, none twice in a row: `mohammed` → `mmd`."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))


def deletions(word: str) -> set[str]:
    """The word, and the word with each one of its letters left out where enough are left. Two with a slip between them share one.

    After Garbe's symmetric delete: https://github.com/wolfgarbe/SymSpell
    """
    return {word} | ({word[:n] + word[n + 1 :] for n in range(len(word))} if len(word) > 3 else set())


@lru_cache(maxsize=1 << 17)
def alike(one: str, other: str) -> Agreement:
    """How far two words of names agree."""
    if one == other:
        return SAME
    return _known_as_one(one, other) or _slip(one, other) or _resembling(one, other)


def _known_as_one(one: str, other: str) -> Agreement | None:
    """Spellings and short forms. Two full names with a short form in common (Alexander, Alexandra) aren't one name."""
    if usual(one) == usual(other):
        return SPELT
    if usual(one) in fulls(other) or usual(other) in fulls(one):
        return SHORT
    return BOTH_SHORT if fulls(one) & fulls(other) else None


def _slip(one: str, other: str) -> Agreement | None:
    """What one slip of the hand makes of a word, or two of a long one."""
    fewest = min(len(one), len(other))
    edits = OSA.distance(one, other, score_cutoff=2)
    if edits > 2 or max(len(one), len(other)) < 3:
        return None
    if edits == 1:
        return EXCHANGED if sorted(one) == sorted(other) else LETTER if fewest > 3 else LETTER_OF_FEW
    return LETTERS if fewest > 6 else None


def _resembling(one: str, other: str) -> Agreement:
    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))  # so that who is asked about makes no difference
    if longer.startswith(shorter) and len(shorter) != 2:
        return INITIAL if len(shorter) == 1 else BEGINS
    if len(skeleton(one)) > 2 and skeleton(one) == skeleton(other):
        return SOUND
    return Agreement(max(0.0, JaroWinkler.similarity(shorter, longer) - 0.5), "differs")


@lru_cache(maxsize=1 << 16)
def given_agreement(one: Words, other: Words) -> Agreement:
    """How far the given names of two people agree: the first, or the one they go by, and the further ones where both have some."""
    if not one or not other:
        return NOT_KNOWN
    first = alike(one[0], other[0])
    if len(one) == len(other) == 1:
        return first
    whole = alike("".join(one), "".join(other))
    if whole.score >= EXCHANGED.score:
        return whole
    return _first_and_further(first, one, other)


def _first_and_further(first: Agreement, one: Words, other: Words) -> Agreement:
    """A second name in common says nothing, being what families share; but a person may go by it, or have it written first."""
    fewer, more = sorted((one, other), key=len)
    inside = all(_any_like((word,), more, SHORT.score) for word in fewer)
    if first.score < LIKE:
        return PART if inside else first
    if len(fewer) > 1 and not inside and not _any_like(one[1:], other[1:], LIKE):
        return min(first, FURTHER)
    return min(first, PART) if len(fewer) == 1 and usual(fewer[0]) in lore().common else first


def _any_like(one: Words, other: Words, least: float) -> bool:
    return any(alike(a, b).score >= least for a in one for b in other)


@lru_cache(maxsize=1 << 16)
def family_agreement(one: Words, other: Words) -> Agreement:
    """How far two family names agree: as a whole, without the small words before them, or in one part of a double-barrelled name."""
    if not one or not other:
        return NOT_KNOWN
    if "".join(one) == "".join(other):
        return SAME
    bare, other_bare = core(one), core(other)
    if bare == other_bare:
        return SMALL_WORD
    if set(bare) & set(other_bare):
        return PART
    return max(alike("".join(bare), "".join(other_bare)), *(min(alike(a, b), LETTERS) for a in bare for b in other_bare))


def core(words: Words) -> Words:
    """The words of a family name without the small ones (al, van, de)."""
    return tuple(word for word in words if word not in lore().particles) or words
