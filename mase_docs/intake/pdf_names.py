"""Which field of a completed PDF is which place of the blank: by name, or by what another program left of the name.

A program that merges, copies or re-saves a form may put something before or after every name (`form1.dob`, `dob_2`,
`topmostSubform[0].Page1[0].dob[0]`) or give new names. Then the tooltip tells, then the box's place on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from mase_docs.definition.codes import plain
from mase_docs.intake.pdf_fields import PdfField
from mase_docs.model.submission import Confidence

K = TypeVar("K")
COPY = re.compile(r"…([ _#.(-]*\d+\)?|[ _-]*copy)?")
"""What programs put after a name that was there already; … is the name."""

NEAR = 4.0
"""How far, in points, a box may have moved on its page and still be the same box."""


@dataclass(frozen=True, slots=True)
class Named:
    """A field known for a place of the blank, and how sure that is."""

    field: PdfField
    confidence: Confidence


def by_name(fields: Iterable[PdfField], names: Iterable[str]) -> dict[str, Named]:
    """The field of each name: the one of that very name, else the only one whose name was made from it."""
    every, wanted = {f.name: f for f in fields}, set(names)
    exact = {name: Named(every[name], "high") for name in wanted & every.keys()}
    missing = wanted - exact.keys()
    if not missing:
        return exact
    stems = [(_stem(name), f) for name, f in every.items() if name not in wanted]
    made = [(affix, name, f) for stem, f in stems for affix, name in _inside(stem, missing)]
    usual = Counter(affix for affix, _, _ in made).most_common(1)
    kept = [(name, f) for affix, name, f in made if affix == usual[0][0] or COPY.fullmatch(affix)]
    return {**exact, **{name: Named(f, "medium") for name, f in _alone(kept).items()}}


def _stem(name: str) -> str:
    """The last part of a name that is not a number: `form1.Page1[0].dob[0]` → `dob`, `dob.0` → `dob`."""
    parts = [re.sub(r"\[\d+\]\Z", "", part) for part in name.casefold().split(".")]
    return next((part for part in reversed(parts) if part and not part.isdigit()), "")


def _inside(stem: str, names: set[str]) -> list[tuple[str, str]]:
    """The longest of the names that stands in a stem, as (what is around it, name); nothing where none does."""
    if stem in names:
        return [("…", stem)]
    found = [name for name in names if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", stem)]
    name = max(found, key=len, default="")
    return [(stem.replace(name, "…", 1), name)] if name else []


def by_blank(fields: Iterable[PdfField], blank: Iterable[PdfField]) -> dict[str, Named]:
    """Fields whose names say nothing, known by the blank's: the same tooltip, else the same boxes on the same page."""
    given, originals = list(fields), list(blank)
    said = _same_tooltip(given, originals)
    taken = {named.field.name for named in said.values()}
    return {**_same_boxes([f for f in given if f.name not in taken], [b for b in originals if b.name not in said]), **said}


def _same_tooltip(fields: list[PdfField], blank: list[PdfField]) -> dict[str, Named]:
    theirs = _alone([(plain(f.tooltip), f) for f in fields if f.tooltip])
    ours = _alone([(plain(b.tooltip), b) for b in blank if b.tooltip])
    return {b.name: Named(theirs[tip], "medium") for tip, b in ours.items() if tip in theirs and theirs[tip].kind == b.kind}


def _same_boxes(fields: list[PdfField], blank: list[PdfField]) -> dict[str, Named]:
    pairs = [(b.name, f) for b in blank for f in fields if f.kind == b.kind and _at_the_same_place(f, b)]
    return {name: Named(f, "low") for name, f in _alone(pairs).items()}


def _at_the_same_place(one: PdfField, other: PdfField) -> bool:
    return len(one.widgets) == len(other.widgets) and all(
        a.page == b.page and a.rect and b.rect and all(abs(x - y) <= NEAR for x, y in zip(a.rect, b.rect, strict=True))
        for a, b in zip(one.widgets, other.widgets, strict=True)
    )


def _alone(pairs: list[tuple[K, PdfField]]) -> dict[K, PdfField]:
    """The pairs whose key no other field shares."""
    found: dict[K, list[PdfField]] = {}
    for key, f in pairs:
        found.setdefault(key, []).append(f)
    return {key: fields[0] for key, fields in found.items() if len(fields) == 1}
