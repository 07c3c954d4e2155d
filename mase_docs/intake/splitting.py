"""One answer of a borough's own form that holds several, taken apart by the patterns its definition gives (docs/own-form.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import as_text
from mase_docs.definition.words import clean, explicit, is_placeholder
from mase_docs.intake.finding import Finding, Findings, split_key

LONGEST = 5000
"""Longer texts are not taken apart: every * and free part of a pattern multiplies the work."""

_SHAPES = {
    "date": r"\d{1,4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+\.?,?\s+\d{2,4}",
    "integer": r"\d+",
    "yes_no": r"yes|no|y|n|not known|unknown|n/k|n/a",
    "email": r"[^\s<>]+@[^\s<>]+",
    "phone": r"[+(\d][\d\s()+.-]{5,}\d(?:\s*(?:ext?\.?|x)\s*\d+)?",
    "postcode": r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}",
    "nhs_number": r"\d(?:[\s-]?\d){9}",
}
_PARTS = re.compile(r"(\{\w+\}|\*)")


def split_all(form: Form, findings: Findings, home: Home) -> Findings:
    """The findings with every text that holds several answers taken apart, and lists of rows laid out as rows.

    An answer that has a place of its own, and something in it, is never replaced by a part of another.
    """
    found = {key: finding for key, finding in findings.items() if not _is_list_of_rows(form, key[0])}
    for repeat in (f for f in form.fields.values() if f.type == "repeat" and (f.name, None) in findings):
        found.update(_as_rows(repeat, findings[(repeat.name, None)]))
    for number, rule in enumerate(form.split):
        source = found.pop(split_key(number), None)
        for name, part in _taken_apart(rule, source, form, home).items() if source else ():
            own = found.get((name, None))
            if own is None or not clean(as_text(own.raw)):
                found[(name, None)] = part
    return found


def _is_list_of_rows(form: Form, path: str) -> bool:
    return path in form.fields and form.fields[path].type == "repeat"


def _as_rows(repeat: Field, whole: Finding) -> Findings:
    """A list in one place, as rows of which it gives the first column."""
    separators = re.escape(repeat.locate.get("separator", ";"))
    pieces = [piece.strip() for piece in re.split(rf"{separators}|\n", clean(as_text(whole.raw)))]
    first = repeat.column[0].name
    return {(f"{repeat.name}[{n}].{first}", None): replace(whole, raw=piece) for n, piece in enumerate(filter(None, pieces), 1)}


def _taken_apart(rule: dict[str, Any], source: Finding, form: Form, home: Home) -> dict[str, Finding]:
    """The part of each field; the whole text with TY4 for the first of them where no pattern fits (nothing if `optional`)."""
    text = clean(as_text(source.raw))
    if not text or is_placeholder(text):
        return {name: replace(source, raw=None) for name in names_in(rule)}
    parts = _parts(text, patterns_of(rule), form, home)
    if parts is not None:
        sure = rule.get("confidence", source.confidence)
        return {name: replace(source, raw=raw, confidence=sure) for name, raw in {**parts, **rule.get("set", {})}.items()}
    if rule.get("optional"):
        return {}
    issues = () if explicit(text) else ("TY4",)
    return {names_in(rule)[0]: replace(source, issues=(*source.issues, *issues))}


def _parts(text: str, patterns: Iterable[str], form: Form, home: Home) -> dict[str, str] | None:
    if len(text) > LONGEST:
        return None
    fits = (re.fullmatch(_regex(pattern, form, home), text, re.IGNORECASE | re.DOTALL) for pattern in patterns)
    return next((found.groupdict() for found in fits if found), None)


def patterns_of(rule: dict[str, Any]) -> list[str]:
    parts = rule.get("parts", [])
    return [parts] if isinstance(parts, str) else list(parts)


def names_in(rule: dict[str, Any]) -> list[str]:
    """The fields that a split fills, in the order they are named."""
    named = [name for pattern in patterns_of(rule) for name in re.findall(r"\{(\w+)\}", pattern)]
    return list(dict.fromkeys([*named, *rule.get("set", {})]))


def _regex(pattern: str, form: Form, home: Home) -> str:
    """The pattern as a regular expression: {field} takes what its type may hold, * anything, spaces and dashes are lenient."""
    return r"\s*" + "".join(_piece(piece, form, home) for piece in _PARTS.split(pattern)) + r"\s*"


def _piece(piece: str, form: Form, home: Home) -> str:
    if piece == "*":
        return ".*?"
    if piece.startswith("{"):
        return f"(?P<{piece[1:-1]}>{_shape(form.fields[piece[1:-1]], home)})"
    lenient = re.sub(r"[-–—]", "[-–—]", re.sub(r"['’]", "['’]", re.sub(r"(?:\\?\s)+", r"\\s*", _escaped(piece))))
    return lenient


def _escaped(literal: str) -> str:
    return re.sub(r"[\\.^$+?{}\[\]|()]", r"\\\g<0>", literal)


def _shape(field: Field, home: Home) -> str:
    if field.choices and not field.or_other:
        codes = home.codes(field.choices).code
        words = {word for c in codes for word in (c.code, c.label, *c.aliases)} | set(field.locate.get("values", {}))
        return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    return _SHAPES.get(field.type, r"\S.*?")
