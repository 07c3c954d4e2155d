"""The Jinja environment that templates are merged in: sandboxed, escaped, and with a language as small as a document needs.

A template is somebody's document, not a program: it may name values, loop over lists, and ask conditions. Arithmetic that grows,
calls and attributes of Python objects are no part of the language, so that neither time nor memory can run away and nothing
outside the context can be reached (Jinja's own notes on the sandbox leave both to the application).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from mase_docs.definition.types import show_date, show_datetime, show_yes_no
from mase_docs.errors import TemplateError
from mase_docs.merge.tags import TAGS
from mase_docs.model.control import Control
from mase_docs.model.picture import Picture

SPELT: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "capitalize": str.capitalize}
"""Filters that spell a value otherwise. Like whatever puts values together, they take its words, so that None never prints."""
FILTERS = ("length", "count", "first", "last", "join", *SPELT)
OURS = ("steps", "said", "called")
"""Filters that `Merging` puts around parts of a template; templates have no use for them."""
TESTS = ("defined", "undefined", "none", "equalto", "eq", "ne", "gt", "ge", "lt", "le", "in", "odd", "even", "true", "false")
LANGUAGE: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.For, nodes.If,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Concat,
    nodes.Tuple, nodes.List, nodes.Add, nodes.Sub,
)  # fmt: skip
"""What a template may be made of (Jinja's syntax tree)."""

LIMIT_STEPS, LIMIT_LENGTH = 1_000_000, 200_000_000
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) can't hold; a lone carriage return is made a new line before."""
UNESCAPED = ("{_{", "}_}", "{_%", "%_}")
"""What docxtpl would turn into a tag after merging: in an answer it is text and stays so."""


def clean(text: str) -> str:
    """A text as Word can hold it: new lines of one kind, no characters that XML forbids."""
    return ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def unprintable(value: Any) -> int:
    """How many characters in a context can't be put into a Word document, and are left out of it."""
    if isinstance(value, dict):
        return sum(unprintable(v) for v in value.values())
    if isinstance(value, list | tuple):
        return sum(unprintable(v) for v in value)
    return len(ILLEGAL.findall(value.replace("\r", "\n"))) if isinstance(value, str) else 0


def in_words(value: object) -> str:
    """A value as it is printed. Raises TypeError for what is no value: a list, a group, something of Python's."""
    if value is None:
        return "Not recorded"
    if isinstance(value, bool):
        return show_yes_no(value)
    if isinstance(value, datetime):
        return show_datetime(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, str | int | float):
        return clean(str(value))
    raise TypeError


def escaped(text: str) -> Markup:
    """The text as XML, with nothing left in it that docxtpl would take for its own."""
    safe = str(escape(text))
    return Markup(safe.replace("_", "&#95;") if any(mark in safe for mark in UNESCAPED) else safe)  # noqa: S704


def _nothing_drawn(what: Picture | Control) -> Markup:
    raise NotImplementedError


class Unknown(Undefined):
    """A name that the context doesn't have. It is noted wherever it is used, and the merge goes on to find the others."""

    __slots__ = ()

    def note(self) -> None:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        self.note()
        return iter(())

    def __bool__(self) -> bool:
        self.note()
        return False

    def __len__(self) -> int:
        self.note()
        return 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __str__(self) -> str:
        self.note()
        return ""

    def __eq__(self, other: object) -> bool:
        self.note()
        return False

    __hash__ = object.__hash__


class Merging(SandboxedEnvironment):
    """The environment of one merge.

    part      says the name of the part that is being merged
    drawn     puts a picture or a control into that part, and gives the XML that shows it there
    printed   what the template printed into each part, in order
    pictures  the pictures that it shows; controls: the places to type in
    tags      how many tags reached Jinja: those that docxtpl lost on the way are not among them
    unknown   the names that were asked for and aren't there
    wrong     the names of what was to be printed and is no value, but a list or a group of values
    unlisted  the names of what was to be looped over and is no list
    """

    def __init__(self) -> None:
        self.part: Callable[[], str] = str
        self.drawn: Callable[[Picture | Control], Markup] = _nothing_drawn
        self.printed: dict[str, list[str]] = {}
        self.pictures: list[Picture] = []
        self.controls: list[Control] = []
        self.tags = 0
        self.unknown: list[str] = []
        self.wrong: list[str] = []
        self.unlisted: list[str] = []
        self._steps = 0
        self._asked = ""
        super().__init__(undefined=self._noting(), autoescape=True, finalize=self._print)
        self.filters = {name: self.filters[name] for name in FILTERS} | {name: self._spelt(how) for name, how in SPELT.items()}
        self.filters |= {"join": self._join, "steps": self._count, "said": self._said, "called": self._called}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {}

    def _noting(self) -> type[Unknown]:
        unknown = self.unknown

        class Noted(Unknown):
            __slots__ = ()

            def note(self) -> None:
                if self._undefined_name not in unknown:
                    unknown.append(self._undefined_name or "the other half of a condition")

        return Noted

    @pass_context
    def _print(self, context: Context, value: object) -> Markup:
        if isinstance(value, Picture):
            self.pictures.append(replace(value, alt=" ".join(clean(value.alt).split())))
            return self.drawn(self.pictures[-1])
        if isinstance(value, Control):
            return self._controlled(value)
        text = self._said(value)
        self._printing.append(text)
        return escaped(text)

    def _controlled(self, control: Control) -> Markup:
        """What is seen in it is printed like any other value, and proved like one."""
        self.controls.append(replace(control, said=clean(control.said), label=clean(control.label)))
        self._printing.append(self.controls[-1].shown)
        return self.drawn(self.controls[-1])

    def _said(self, value: object) -> str:
        """A value in words; nothing, and a note of it, where it is no value."""
        if isinstance(value, Unknown):
            value.note()
            return ""
        try:
            return in_words(value)
        except TypeError:
            self.wrong.append(self._asked)
            return ""

    def _spelt(self, how: Callable[[str], str]) -> Callable[[object], str]:
        return lambda value: how(self._said(value))

    def _join(self, values: Iterable[object], between: str = "") -> str:
        return between.join(map(self._said, values))

    def _called(self, value: object, name: str) -> object:
        """The value, once it is noted what the template calls it."""
        self._asked = name
        return value

    def _count(self, items: Any) -> Iterator[Any]:
        if not isinstance(items, list | tuple | Unknown):
            self.unlisted.append(self._asked)
            return
        for item in items:
            self._steps += 1
            if self._steps > LIMIT_STEPS:
                raise TemplateError("The template's loops run too long.", "Look for a loop inside a loop over the same list.")
            yield item

    def concat(self, pieces: Iterable[str]) -> str:
        """Jinja joins its output by this."""
        found, length = [], 0
        for piece in pieces:
            length += len(piece)
            if length > LIMIT_LENGTH:
                raise TemplateError("The merged document is larger than Word could open.", "Merge fewer forms, or mend the loops.")
            found.append(piece)
        return "".join(found)

    def from_string(self, source: Any, *rest: Any, **more: Any) -> Any:
        """docxtpl hands over one part after another by this."""
        self._printing = self.printed.setdefault(self.part(), [])
        self.tags += sum(source.count(mark) for mark in TAGS)
        return super().from_string(source, *rest, **more)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in list(tree.find_all((nodes.For, nodes.Output, nodes.Concat, nodes.Filter))):
            if isinstance(node, nodes.For):
                node.iter = _through("steps", _called(node.iter))
            elif isinstance(node, nodes.Filter):
                node.node = _called(node.node)
            elif isinstance(node, nodes.Concat):
                node.nodes = [_through("said", _called(part)) for part in node.nodes]
            elif isinstance(node, nodes.Output):
                node.nodes = [_called(part) for part in node.nodes]
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b` is the entry b of the group a, and never something of Python's."""
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        if isinstance(obj, Unknown):
            return obj
        self._asked = attribute
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, list | tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(name=f"[{argument}]")
        return self.getattr(obj, str(argument))


def _through(name: str, node: Any, *given: str) -> nodes.Filter:
    """A part of a template with one of our filters around it."""
    return nodes.Filter(node, name, [nodes.Const(one) for one in given], [], None, None, lineno=node.lineno)


def _called(node: Any) -> Any:
    """A name that stands alone, so that its value is known by it; anything else as it is."""
    return _through("called", node, node.name) if isinstance(node, nodes.Name) else node


def outside(tree: nodes.Template) -> str | None:
    """What in a tag is no part of the language, in words; None when all of it is."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter) and node.name not in (*FILTERS, *OURS):
            return f"the filter “{node.name}”"
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            return f"the test “{node.name}”"
        if isinstance(node, nodes.For) and node.recursive:
            return "a loop that calls itself"
        if not isinstance(node, LANGUAGE):
            return f"“{type(node).__name__.lower()}”"
    return None
