"""How a test knows that a rule spoke: by its code, its severity, its place and its own words."""

from __future__ import annotations

import re

from mase_docs.problems import Problem
from mase_docs.validation.check import MODULES
from mase_docs.validation.rules import CHECKS, Check
from tests.validation.invented import Situation

RULES: dict[str, Check] = {check.name: check for check in CHECKS}
assert MODULES


def said_by(rule: str, problems: list[Problem]) -> list[Problem]:
    """The problems in the words of one rule."""
    check = RULES[rule]
    words = re.compile(re.sub(r"\\\{[^}]*\\\}", ".+", re.escape(check.message)))
    return [p for p in problems if p.code == check.code and p.severity == check.severity and words.fullmatch(p.message)]


def is_broken(situation: Situation) -> None:
    said = said_by(situation.rule, situation.problems())
    assert [problem.field for problem in said] == [situation.at]
    assert not re.search(r"[{}…]", said[0].message + said[0].remedy)


def is_kept(situation: Situation) -> None:
    assert said_by(situation.rule, situation.problems()) == []
