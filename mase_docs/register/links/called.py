"""What things are called on forms, made ready for the register: the name, what it is found again by, and what else was written with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from mase_docs.definition.codes import plain, same_name
from mase_docs.register.persons.names import lore

PHONE = re.compile(r"(?:\+|\b00)?\(?\d[\d ().\-]{7,}\d")
PLATE = re.compile(r"\b(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{2,3} ?[A-Z]{3})\b", re.IGNORECASE)
"""British number plates since 1983 (https://www.gov.uk/displaying-number-plates); "A3 TDI" is a model and no plate."""
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
APPS = re.compile(
    r"\b(snap ?chat|snap|sc|instagram|insta|ig|tik ?tok|facebook|fb|messenger|whats ?app|telegram|discord|twitter|you ?tube|kik|yubo|wizz|"
    r"roblox|fortnite|minecraft|steam|xbox|psn|play ?station|twitch|signal|wickr|threads|be ?real|reddit|vsco|pinterest|x(?=:))\b",
    re.IGNORECASE,
)
ALSO = re.compile(
    r"\s*(?:\(([^()]*)\)|[“\"]([^”\"]*)[”\"]|,?\s*\b(?:also known as|known as|a\.?k\.?a\.?|alias)(?![\w.])\s*(.+))", re.IGNORECASE
)
UNSAID = re.compile(
    r"\b(?:full |real |last |sur|family |first )?names? (?:is |are |was )?(?:not (?:yet )?known|unknown|n/k)(?!\w)", re.IGNORECASE
)
SEVERAL = re.compile(r"[;/&+,\n]|\band\b|\bor\b", re.IGNORECASE)
AROUND = " \t\n,;:–—-/()[]"
QUOTED = AROUND + "'‘’“”\""
NO_NAMES = frozenset({"uncle", "aunt", "aunty", "auntie", "big", "little", "lil", "unknown", "unnamed", "dj"})
"""Words before a nickname, never a given name."""


class Called(NamedTuple):
    """name: as it was written; key: what it is found again by; rest: what was written with it."""

    name: str
    key: str
    rest: str = ""


def key_of(text: str) -> str:
    """What two ways of writing a name have in common; of one without any Latin letter or digit, itself without spaces."""
    return same_name(text) or "".join(text.casefold().split())


def contexts(kind: str, told: dict[str, Any]) -> list[Called]:
    """The contexts that an answer names; none where it names none. `told` has its name and what else was said of it."""
    return [found for found in CALLED.get(kind, _by_name)(told) if found.key]


def _by_name(told: dict[str, Any]) -> list[Called]:
    name = str(told.get("name") or "")
    return [Called(name, key_of(name))]


def detail_of(kind: str, told: dict[str, Any]) -> str:
    """What tells a context from others of its name: a school's number, a place's postcode; "" where it isn't known."""
    return bare(str(told.get("urn") or "")) if kind == "school" else bare(postcode_of(told)) if kind in ("place", "online") else ""


def postcode_of(told: dict[str, Any]) -> str:
    """The postcode given, or the one that stands in the address; "" where there is no whole one."""
    found = POSTCODE.search(f"{told.get('postcode') or ''} {told.get('address') or ''}")
    return f"{found[1]} {found[2]}".upper() if found else ""


def bare(text: str) -> str:
    """Letters and digits alone, in capitals."""
    return "".join(c for c in text.upper() if c.isalnum())


def _phones(told: dict[str, Any]) -> list[Called]:
    """Every number in the text, in its national form (ITU E.123: +44 7700 900123 is 07700 900123)."""
    text = str(told.get("name") or "")
    found = [(match[0].strip(" .-"), _digits(match[0])) for match in PHONE.finditer(text)]
    rest = _rest(PHONE, text)
    return [Called(number, digits, rest) for number, digits in found if len(digits) > 8] or _by_name(told)


def _rest(found: re.Pattern[str], text: str) -> str:
    """What was written beside what was found."""
    return " ".join(found.sub(" ", text).split()).strip(AROUND)


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return re.sub(r"\A(?:0044|44(?=\d{10}\Z))0?", "0", digits)


def _vehicles(told: dict[str, Any]) -> list[Called]:
    text = str(told.get("name") or "")
    return [Called(plate[0].upper(), key_of(plate[0]), _rest(PLATE, text)) for plate in PLATE.finditer(text)] or _by_name(told)


def _usernames(told: dict[str, Any]) -> list[Called]:
    """The user name without @, capitals and its app; more words than one are kept as they are, an app alone is no user name."""
    text = str(told.get("name") or "")
    marked = re.findall(r"@[\w.\-]+", text)
    words = marked or [word for word in re.split(r"[\s:,;()/]+", APPS.sub(" ", text)) if word.strip(AROUND)]
    if len(words) > 1 and not marked:
        return _by_name(told)
    rest = _rest(re.compile("|".join(map(re.escape, words)) or r"\Z"), text)
    return [Called(word.strip("@."), key_of(word), rest) for word in words]


def _households(told: dict[str, Any]) -> list[Called]:
    """An address with a number: without one ("no fixed address", a hostel's name alone) it is nobody's household in particular."""
    address, postcode = str(told.get("address") or ""), postcode_of(told)
    lines = POSTCODE.sub(" ", address)
    numbers = re.findall(r"\d+[a-z]?\b", lines.casefold())
    if not numbers:
        return []
    name = ", ".join(line.strip(" ,") for line in lines.split("\n") if line.strip(" ,"))
    return [Called(name, bare(postcode).lower() + "".join(f" {n}" for n in numbers) if postcode else same_name(lines))]


CALLED: dict[str, Callable[[dict[str, Any]], list[Called]]] = {
    "phone": _phones, "vehicle": _vehicles, "username": _usernames, "household": _households,
}  # fmt: skip
"""Kind of context → what finds its name in an answer; the others are called by the answer itself."""


def person_called(name: str) -> dict[str, Any]:
    """A linked person's name as family name, given names and other names; only what is plainly a name is split.

    A nickname alone, several people at once and words that are no name stay whole, among the other names.
    """
    known = UNSAID.sub(" ", name)
    also = [part.strip(QUOTED) for match in ALSO.finditer(known) for part in match.groups() if part and part.strip(QUOTED)]
    whole = " ".join(ALSO.sub(" ", known).split()).strip(QUOTED)
    words = [word for word in whole.split() if plain(word) not in lore().titles]
    if len(words) < 2 or SEVERAL.search(whole) or any(map(_no_name, words)):
        return {"known_as": list(dict.fromkeys(filter(None, [whole, *also])))}
    unsure = [whole] if len(words) > 2 or len(words) < len(whole.split()) else []
    first = _family(words)
    other = list(dict.fromkeys([*unsure, *also]))
    return {"family_name": " ".join(words[first:]), "given_names": " ".join(words[:first]), "known_as": other or None}


def _family(words: list[str]) -> int:
    """Where the family name begins: with the last word, or the small words before it ("van der Sample")."""
    first = len(words) - 1
    while first > 1 and plain(words[first - 1]) in lore().particles:
        first -= 1
    return first


def _no_name(word: str) -> bool:
    """Whether a word can be no part of a name: small letters but for "van" or "al", a digit, or "Uncle"."""
    small = word[0].islower() and plain(word) not in lore().particles
    return small or any(c.isdigit() for c in word) or plain(word) in NO_NAMES
