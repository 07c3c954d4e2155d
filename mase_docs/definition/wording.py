"""The borough's own words in a form: `{name}`, `{borough}`, `{youth_service}` … stand for settings of the profile's [panel]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from string import Formatter
from typing import Any, TypeVar

from mase_docs.definition.form import Field, Form, Section

Part = Form | Section | Field
T = TypeVar("T", Form, Section, Field)

WORDED = ("title", "intro", "label", "hint")
INSIDE = ("section", "field", "column")


def filled(part: T, words: Mapping[str, str]) -> T:
    """A form, section or question with the profile's words in its title, intro, labels and hints.

    Raises KeyError for a word that isn't there and ValueError for a lone brace; `unknown_words` finds both beforehand.
    """
    changes: dict[str, Any] = {name: getattr(part, name).format_map(words) for name in _worded(part)}
    for name in INSIDE:
        if hasattr(part, name):
            changes[name] = tuple(filled(inner, words) for inner in getattr(part, name))
    return replace(part, **changes)


def unknown_words(part: Part, words: Mapping[str, str]) -> Iterator[str]:
    """What stands in { } in the part's own texts and is none of `words`; "" for a lone brace."""
    for name in _worded(part):
        try:
            yield from (word for _, word, _, _ in Formatter().parse(getattr(part, name)) if word is not None and word not in words)
        except ValueError:
            yield ""


def _worded(part: Part) -> list[str]:
    return [f.name for f in fields(part) if f.name in WORDED]
