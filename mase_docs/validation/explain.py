"""The rules as a page for people: docs/checks.md is made from the table of rules, so that it can't say anything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.problems import Severity
from mase_docs.validation.check import MODULES
from mase_docs.validation.rules import CHECKS, Check
from mase_docs.validation.words import panel_words, severity

INTRO = """# What is checked

*Made from the code by `docs/developing/make_docs.py`; do not edit.*

An **error** keeps a form out of the documents until it is put right (`--include-invalid` puts it in, marked). A **warning** is
for the coordinator to decide. A **note** is only worth knowing. A message never repeats an answer; … stands for words taken from
the form's own questions, the code lists or the profile.

A rule is held against a form whose definition names its code in `checks = […]`; those marked “every form” against all of them. A
question that a form does not ask cannot have been left blank. In your `mase.toml`, `[checks] off = ["DA5"]` switches a rule off
and `[checks.severity] EL5 = "note"` takes it more or less seriously. The ages, the category scheme and the names below are those
of the profile that is shipped. Where a rule is numbered (EL2, CA1 …) the number is the project's own.
"""


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule in words."""

    code: str
    severity: Severity
    message: str
    remedy: str
    source: str
    rule: str = ""
    always: bool = True


class Blanks(dict[str, Any]):
    """The words of the profile; … for every other."""

    def __missing__(self, name: str) -> str:
        return "the referrer" if name == "who" else "…"


def explain(home: Home) -> list[Explained]:
    """Every rule with its severity and words in this borough, by group."""
    return [row for module in MODULES for row in _rules_of(module, home)]


def page(home: Home, refusals: Iterable[Explained] = (), recording: Iterable[Explained] = ()) -> str:
    """docs/checks.md: the rules by group, then the reasons for which a whole file is refused, and what only the register can find."""
    groups = [_group(module, home) for module in MODULES]
    files = ["## Files that cannot be taken\n", *_table(refusals)]
    return "\n".join([INTRO, *groups, *files, "\n## What is found when a form is recorded\n", *_table(recording)]) + "\n"


def _rules_of(module: ModuleType, home: Home) -> list[Explained]:
    return [_explained(check, home) for check in CHECKS if check.find.__module__ == module.__name__]


def _explained(check: Check, home: Home) -> Explained:
    words = Blanks(panel_words(home.profile))
    message, remedy = check.message.format_map(words), check.remedy.format_map(words)
    return Explained(check.code, severity(check, home.profile), message, remedy, check.source, check.name, check.always)


def _group(module: ModuleType, home: Home) -> str:
    """A group under its module's own heading, with what the module says about rules left out."""
    title, _, rest = (module.__doc__ or "").strip().partition("\n\n")
    return "\n".join([f"## {' '.join(title.split()).rstrip('.')}\n", *_table(_rules_of(module, home)), f"\n{rest}\n"])


def _table(rows: Iterable[Explained]) -> list[str]:
    head = "| code | severity | message | what to do | the rule, and where it comes from |"
    return [head, "|---|---|---|---|---|", *(_row(row) for row in rows)]


def _row(row: Explained) -> str:
    rule = f"{row.rule[:1].upper()}{row.rule[1:]}. " if row.rule else ""
    every = " Every form." if row.always and row.rule else ""
    return f"| {row.code} | {row.severity} | {row.message} | {row.remedy} | {rule}{row.source}.{every} |"
