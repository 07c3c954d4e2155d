"""Content controls put where a template printed them: within the paragraph, between the words before and after, and looking like them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from mase_docs.definition.content_control import PLACEHOLDER, content_control
from mase_docs.merge.normalise import as_bytes, root_of, zipped
from mase_docs.merge.read import W, unzip
from mase_docs.model.control import Control
from mase_docs.word_xml import w

STYLES = "word/styles.xml"
MARK = "control"
"""The element that stands in a run where a control belongs, until the document is whole."""
APART = 1_000_000
"""Numbers of controls begin here, so that a template's own bookmarks don't end with theirs."""


def mark(number: int) -> str:
    """Between two texts of a run: here stands the control of that number."""
    return f'</w:t><w:{MARK} w:id="{number}"/><w:t xml:space="preserve">'


def placed(document: bytes, controls: list[Control]) -> bytes:
    """The document with each control, by its place in the list, where its mark is."""
    members = unzip(document)
    for name in [name for name, data in members.items() if f"<w:{MARK} ".encode() in data]:
        root = root_of(members[name])
        for run in list(dict.fromkeys(found.getparent() for found in root.iter(f"{W}{MARK}"))):
            _place(run, controls)
        members[name] = as_bytes(root)
    members |= {STYLES: _with_placeholders(members[STYLES])} if STYLES in members else {}
    return zipped(members)


def _with_placeholders(styles: bytes) -> bytes:
    """The styles, among them the one for the words that stand in an empty control."""
    if f'w:styleId="{PLACEHOLDER}"'.encode() in styles:
        return styles
    root = root_of(styles)
    look = w("rPr", w("color", val="595959"))
    root.append(w("style", w("name", val="Placeholder Text"), w("uiPriority", val=99), look, type="character", styleId=PLACEHOLDER))
    return as_bytes(root)


def _place(run: Any, controls: list[Control]) -> None:
    """A run taken apart: what stands before a mark, the control, what stands behind it."""
    look = run.find(f"{W}rPr")
    pieces: list[Any] = [[]]
    for part in [part for part in run if part is not look]:
        if part.tag == f"{W}{MARK}":
            number = int(part.get(f"{W}id"))
            pieces += [content_control(controls[number], APART + number, look=[] if look is None else list(look)), []]
        elif part.tag != f"{W}t" or part.text:
            pieces[-1].append(part)
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            piece = [_like(run, look, piece)] if piece else []
        for element in piece:
            run.addprevious(element)
    run.getparent().remove(run)


def _like(run: Any, look: Any, parts: list[Any]) -> Any:
    """A run of these parts that looks like another."""
    made = run.makeelement(run.tag, nsmap=run.nsmap)
    made.extend([*([] if look is None else [deepcopy(look)]), *parts])
    return made
