"""TOML tables → typed classes, with every mistake named: the file, the block, what is wrong and what to write instead."""

from __future__ import annotations

import dataclasses
import tomllib
import types
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from mase_docs.errors import DefinitionError
from mase_docs.problems import Problem

T = TypeVar("T")


@dataclass
class Mistakes:
    """The mistakes found in one TOML file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, block: str, message: str, remedy: str) -> None:
        self.found.append(Problem("error", "DEF", message, remedy, place=f"{self.file} › {block}"))

    def stop_if_any(self) -> None:
        """Raises DefinitionError, with all of them, if there are any."""
        if self.found:
            raise DefinitionError(self.found)


def toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises DefinitionError where it isn't TOML or isn't UTF-8."""
    mistakes = Mistakes(path.name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.add("the whole file", f"This is not TOML: {error}.", "Mend it at that line; a text editor that knows TOML helps.")
        raise DefinitionError(mistakes.found) from None


WRONG = object()
"""In place of a value that cannot be what it should."""


def build(cls: type[T], table: dict[str, Any], block: str, mistakes: Mistakes) -> T | None:
    """The class made from a table. Each mistake is noted and left out; None where it is of what must be there."""
    known = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    needed = [name for name, spec in known.items() if spec.default is MISSING and spec.default_factory is MISSING]
    for key in sorted(table.keys() - known.keys()):
        mistakes.add(block, f'"{key}" is not a setting here.', did_you_mean(key, known))
    for name in needed:
        if name not in table:
            mistakes.add(block, f'"{name}" is missing.', f"Add a line {name} = … to this block.")
    read = {k: _value(_hints(cls)[k], v, f"{block}, {k}", mistakes) for k, v in table.items() if k in known}  # type: ignore[arg-type]
    values = {k: v for k, v in read.items() if v is not WRONG}
    return cls(**values) if values.keys() >= set(needed) else None


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def did_you_mean(word: str, right: Iterable[str]) -> str:
    """A remedy: the right word nearest to a wrong one, or all of them where none is near."""
    right = sorted(right)
    near = get_close_matches(word, right, n=1)
    return f'Did you mean "{near[0]}"?' if near else f"Use one of: {', '.join(right)}."


def _value(hint: Any, value: Any, block: str, mistakes: Mistakes) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (types.UnionType,):
        return _value(next(a for a in args if a is not type(None)), value, block, mistakes)
    if origin is tuple and dataclasses.is_dataclass(args[0]):
        return _blocks(args[0], value, block, mistakes)
    if origin in (tuple, list):
        return _list(origin, args[0], value, block, mistakes)
    if origin is Literal:
        return _one_of(args, value, block, mistakes)
    if dataclasses.is_dataclass(hint):
        return _block(hint, value, block, mistakes)
    expected = origin or hint
    return value if expected is Any or _is(expected, value, block, mistakes) else WRONG


def _block(cls: Any, value: Any, block: str, mistakes: Mistakes) -> Any:
    built = build(cls, value, block, mistakes) if _is(dict, value, block, mistakes) else None
    return WRONG if built is None else built


def _blocks(cls: Any, value: Any, block: str, mistakes: Mistakes) -> Any:
    if not _is(list, value, block, mistakes):
        return WRONG
    built = [_block(cls, table, f"{block} {_name_of(table, n)}", mistakes) for n, table in enumerate(value, 1)]
    return tuple(b for b in built if b is not WRONG)


def _name_of(table: Any, number: int) -> str:
    name = table.get("name", table.get("code")) if isinstance(table, dict) else None
    return f'"{name}"' if name else f"number {number}"


def _list(origin: Any, item: Any, value: Any, block: str, mistakes: Mistakes) -> Any:
    if not _is(list, value, block, mistakes):
        return WRONG
    read = [_value(item, v, block, mistakes) for v in value]
    return WRONG if any(v is WRONG for v in read) else origin(read)


def _one_of(right: tuple[Any, ...], value: Any, block: str, mistakes: Mistakes) -> Any:
    if value in right:
        return value
    mistakes.add(block, "This is not one of the values it may have.", did_you_mean(str(value), map(str, right)))
    return WRONG


NOT_ALSO = {int: bool, date: datetime}
"""What Python takes for a kind of the other, and TOML doesn't."""
WORDS = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list in [ ]", dict: "a table", date: "a date"}


def _is(expected: type, value: Any, block: str, mistakes: Mistakes) -> bool:
    right = isinstance(value, expected) and type(value) is not NOT_ALSO.get(expected)
    if not right:
        mistakes.add(block, f"This should be {WORDS.get(expected, expected.__name__)}.", "Write it so.")
    return right
