"""Code lists, each written once in `forms/codes/*.toml`: code, label, order, since/until, aliases."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


def plain(text: str) -> str:
    """Text as it is compared: no accents, case, punctuation or doubled spaces ("Médecins & Co." → "medecins and co")."""
    bare = text if text.isascii() else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", bare.casefold().replace("&", " and ")).split())


def same_name(text: str) -> str:
    """What two ways of writing one name have in common: "Mc Donald's" and "McDonalds" are one place (domain rule DU8)."""
    return plain(text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Code:
    """One choice. `aliases` are other words that mean it; `unknown` marks the list's own "not known"."""

    code: str
    label: str
    hint: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    unknown: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class CodeList:
    """A list of choices in order. `source` says where it comes from."""

    name: str
    label: str
    code: tuple[Code, ...]
    source: str = ""
    scheme: str = ""
    groups: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, Code]:
        return {c.code: c for c in self.code}

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words = [(plain(w), c.code) for c in self.code for w in (*c.aliases, c.code, c.label)]
        return dict(words)

    def label_of(self, code: str) -> str:
        """The label of a code; the text itself where it is not one (an "other" that was kept)."""
        return self.by_code[code].label if code in self.by_code else code

    def match(self, text: str) -> str | None:
        """The code meant by a text that is a code, a label or an alias, whatever its case or punctuation; else None."""
        return self._by_word.get(plain(text))

    def nearest(self, text: str) -> str | None:
        """The label of the choice nearest to a text that is none of them; None when none is near."""
        from rapidfuzz import fuzz, process, utils

        words = {w: c.label for c in self.code for w in (c.label, c.code, *c.aliases)}
        best = process.extractOne(text, words.keys(), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=60)
        return words[best[0]] if best else None
