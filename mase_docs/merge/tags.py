"""The tags of a template, each with its place in words, and what is wrong with them before anything is merged.

Each rule here is a way in which docxtpl 0.20 would otherwise lose something without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mase_docs.merge.read import Paragraph
from mase_docs.problems import Problem

if TYPE_CHECKING:
    from mase_docs.merge.environment import Merging

TAGS = ("{{", "{%", "{#")
"""What begins a tag."""
TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<block>.*?)%\}|\{#.*?#\}", re.DOTALL)
LEFT_OVER = re.compile(r"\{\{|\{%|\{#|%\}|\}\}|#\}|\{_[{%]|[}%]_\}")
SCOPES = {"p": "paragraph", "tr": "table row", "tc": "table cell", "r": "run of text", "": "line"}
CLOSES = {"endif": "if", "endfor": "for"}
INSIDE = {"else": ("if", "for"), "elif": ("if",)}
WRAP = {"if": "{{% {} %}}{{% endif %}}", "elif": "{{% {} %}}{{% endif %}}", "for": "{{% {} %}}{{% endfor %}}"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its text as written; the scope that docxtpl gives it (p, tr, tc, r or none); its word (if, for, endfor …; none for
    a value); the words inside."""

    text: str
    scope: str
    word: str
    inside: str
    at: Paragraph


def found(paragraphs: list[Paragraph]) -> list[Tag]:
    """Every tag of a template, in reading order."""
    return [tag for p in paragraphs for tag in _in_paragraph(p)]


def _in_paragraph(paragraph: Paragraph) -> Iterator[Tag]:
    for match in TAG.finditer(paragraph.text):
        inside = match["block"] if match["block"] is not None else match["value"]
        scope = re.match(r"(p|tr|tc|r) ", inside) if inside is not None else None
        words = straight((inside or "")[len(scope[0]) if scope else 0 :].strip(" -+"))
        word = words.split(" ", 1)[0] if match["block"] is not None else ""
        yield Tag(match[0], scope[1] if scope else "", word, words, paragraph)


def straight(text: str) -> str:
    """Word's curly quotation marks as a program writes them; docxtpl does the same."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def mistakes(paragraphs: list[Paragraph], environment: Merging) -> list[Problem]:
    """All that is wrong with a template's tags, each with its place."""
    tags = found(paragraphs)
    return [
        *_cut_off(paragraphs),
        *(problem for tag in tags for problem in _beside(tag, paragraphs)),
        *(problem for tag in tags for problem in _language(tag, environment)),
        *_blocks(tags),
    ]


def mistake(code: str, place: str, message: str, remedy: str) -> Problem:
    return Problem("error", code, message, remedy, place=place)


def _cut_off(paragraphs: list[Paragraph]) -> Iterator[Problem]:
    """A tag that isn't whole in its paragraph: opened and not closed, or the other way round."""
    for paragraph in paragraphs:
        if LEFT_OVER.search(TAG.sub("", paragraph.text)) or (TAG.search(paragraph.text) and "{_" in paragraph.text):
            yield mistake(
                "TE2", paragraph.place, "There is half a tag here.", "Write each tag whole, in one paragraph: {{ … }} or {% … %}."
            )


def _beside(tag: Tag, paragraphs: list[Paragraph]) -> Iterator[Problem]:
    """Text beside a tag that stands for its whole paragraph, row or cell: docxtpl would drop it."""
    if not tag.scope:
        return
    if not tag.word:
        yield mistake("TE4", tag.at.place, f"{tag.text} asks for more than a value.", "Write {{ … }} without p, r, tr or tc.")
        return
    room = "".join(p.text for p in _room(tag, paragraphs))
    if tag.scope != "r" and room.strip() != tag.text:
        whole = SCOPES[tag.scope]
        yield mistake("TE3", tag.at.place, f"There is text beside {tag.text}; it would be lost.", f"Give this tag a {whole} of its own.")
    if tag.scope in ("tr", "tc") and not tag.at.cell:
        yield mistake("TE3", tag.at.place, f"{tag.text} stands outside a table.", "Use {%p … %}, or move it into the table.")
    if tag.scope == "r":
        yield mistake("TE3", tag.at.place, f"{tag.text} would drop the text beside it.", "Use {% … %} within a line.")


def _room(tag: Tag, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """What docxtpl replaces by the tag: its paragraph, its cell or its row."""
    depth = {"p": 0, "r": 0, "tc": 3, "tr": 2}[tag.scope]
    if not depth or not tag.at.cell:
        return [tag.at]
    here = (*tag.at.cell[:-1], tag.at.cell[-1][:depth])
    return [p for p in paragraphs if p.part == tag.at.part and _within(p.cell, here)]


def _within(cell: tuple[tuple[int, int, int], ...], here: tuple[tuple[int, ...], ...]) -> bool:
    return len(cell) >= len(here) and (*cell[: len(here) - 1], cell[len(here) - 1][: len(here[-1])]) == here


def _language(tag: Tag, environment: Merging) -> Iterator[Problem]:
    """A tag that Jinja can't read, or that asks for more than documents need."""
    from jinja2 import TemplateSyntaxError

    from mase_docs.merge.environment import outside

    if tag.text[2] in "-+" or tag.text[-3] in "-+":
        yield mistake("TE3", tag.at.place, f"{tag.text} would swallow the text beside it.", "Leave the - or + out of the tag.")
    source = _alone(tag)
    if source is None:
        yield mistake("TE4", tag.at.place, f"{tag.text} is not something a template here can do.", "Use values, if, elif, else and for.")
        return
    try:
        beyond = outside(environment.parse(source))
    except TemplateSyntaxError:
        yield mistake(
            "TE2", tag.at.place, f"{tag.text} can't be understood.", "Compare it with a tag that works; mind brackets and quotes."
        )
        return
    if beyond:
        yield mistake("TE4", tag.at.place, f"{tag.text} uses {beyond}, which templates here may not.", "Print the value as it is.")


def unlike(tags: list[Tag], environment: Merging) -> list[Problem]:
    """The tags that compare, add or count: where a merge stops because two values are not of one kind, it is in one of them."""
    from jinja2 import nodes

    def does(tag: Tag) -> bool:
        tree = environment.parse(_alone(tag) or "")
        counts = any(f.name in ("length", "count", "first", "last", "join") for f in tree.find_all(nodes.Filter))
        compares = any(operand.op not in ("eq", "ne") for operand in tree.find_all(nodes.Operand))
        return counts or compares or any(tree.find_all((nodes.Add, nodes.Sub)))

    remedy = "Compare and add only what is of one kind: words with words, numbers with numbers; count only lists."
    found = (tag for tag in tags if does(tag))
    return [mistake("TE4", tag.at.place, f"This may be what can't be worked out: {tag.text}.", remedy) for tag in found]


def _alone(tag: Tag) -> str | None:
    """The tag as a template of its own; None when it is no tag of ours."""
    if tag.text.startswith("{#") or tag.word in (*CLOSES, "else"):
        return ""
    if not tag.word and tag.text.startswith("{{"):
        return "{{ %s }}" % tag.inside  # noqa: UP031  (braces)
    if tag.word == "elif":
        return WRAP["if"].format(tag.inside[2:])
    return WRAP[tag.word].format(tag.inside) if tag.word in WRAP else None


def _blocks(tags: list[Tag]) -> Iterator[Problem]:
    """Blocks that are not closed, or closed by another kind of tag, or in another place than they were opened."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.word in ("if", "for"):
            opened.append(tag)
        elif tag.word in CLOSES or tag.word in INSIDE:
            yield from _against(tag, opened[-1] if opened else None)
            if tag.word in CLOSES and opened:
                opened.pop()
    for tag in opened:
        yield mistake("TE2", tag.at.place, f"{tag.text} is never closed.", f"Add {_closing(tag)} after what belongs to it.")


def _against(tag: Tag, opened: Tag | None) -> Iterator[Problem]:
    fits = INSIDE.get(tag.word, (CLOSES.get(tag.word, ""),))
    if opened is None or opened.word not in fits:
        yield mistake("TE2", tag.at.place, f"{tag.text} belongs to nothing that was opened.", "Remove it, or add what it belongs to.")
    elif opened.scope != tag.scope:
        message = f"{tag.text} doesn't match {opened.text} ({opened.at.place}); a row or paragraph would be lost."
        yield mistake("TE2", tag.at.place, message, f"Write {_closing(opened) if tag.word in CLOSES else _like(opened, tag)} instead.")
    elif _home(opened) != _home(tag):
        message = f"{tag.text} is not in the same place as {opened.text} ({opened.at.place})."
        yield mistake("TE2", tag.at.place, message, f"Open and close a block in one {_HOMES[tag.scope]}.")


def _closing(opened: Tag) -> str:
    return _as(opened.scope, f"end{opened.word}")


def _like(opened: Tag, tag: Tag) -> str:
    return _as(opened.scope, tag.inside)


def _as(scope: str, words: str) -> str:
    return "{%" + scope + " " + words + " %}"


_HOMES = {"": "paragraph", "r": "paragraph", "p": "cell, or outside all tables", "tr": "table", "tc": "row"}


def _home(tag: Tag) -> tuple[object, ...]:
    """What a block of this scope has to begin and end in."""
    part, cell = tag.at.part, tag.at.cell
    if tag.scope in ("", "r"):
        return (part, id(tag.at))
    depth = {"p": 3, "tr": 1, "tc": 2}[tag.scope]
    return (part, cell[:-1], cell[-1][:depth] if cell else ())
