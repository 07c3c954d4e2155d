"""A completed Word form → which form it is, and what was found in each of its places. Nothing in the file is run, no link followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mase_docs import resources
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.answers import is_blank
from mase_docs.intake.cells import Words
from mase_docs.intake.finding import Finding, Findings, Reading
from mase_docs.intake.locators import recognised, unfound
from mase_docs.intake.own_word import read_own_word
from mase_docs.intake.refusals import warning
from mase_docs.intake.versions import best_fit, known_form, stamped_forms
from mase_docs.intake.word_document import WordDocument
from mase_docs.intake.word_labels import by_labels, share_found
from mase_docs.intake.word_names import by_bookmarks, by_tags
from mase_docs.problems import Problem

LOOK = "Look at the file, and don't pass it on as it is."
SEEN = {
    "comments": "There are comments in this document, which were not read.",
    "footnotes": "There are footnotes in this document, which were not read.",
    "files": "There are pictures or other files inside this document, which were not read.",
    "hidden": "There is hidden text in this document, which was not read.",
    "struck": "There are words struck out in this document, which were not read.",
}
"""What travels with the answers and is none of them (domain section 7, row 21)."""


class _Found(NamedTuple):
    """What was found; how many places have lost their tags; and the places that were read by what stands around them."""

    findings: Findings
    lost: int = 0
    by_labels: frozenset[str] = frozenset()


def read(data: bytes, home: Home) -> Reading:
    """What was found in a Word document (.docx, .docm, Strict or not).

    Raises InputRefusedError: AR14 two copies, AR15 unknown form or version, AR27 damaged, AR28 too large or not as an office program
    makes it, AR31 two definitions fit.
    """
    document = WordDocument(data)
    own = None if "FormId" in document.package.properties else _own_form(document, home)
    form = own or _ours(document, home)
    found = _Found(read_own_word(document, own, home)) if own else _read_ours(document, form, home)
    problems = [*_missing(found.findings, form, home), *_tell(document, found, form, home)]
    return Reading(form, found.findings, problems, reference=document.package.properties.get("FormReference", ""))


def _own_form(document: WordDocument, home: Home) -> Form | None:
    words = f"{Words(document.sheet).together} {plain(document.furniture)}"
    return recognised(home, "docx", words, names=[span.name for span in document.spans])


def _ours(document: WordDocument, home: Home) -> Form:
    """Our form that a document is: as it says, as it is stamped, or as most of its labels are."""
    if "FormId" in document.package.properties:
        return known_form(document.package.properties["FormId"], document.package.properties.get("FormVersion", ""), home)
    alike = [(share_found(form, document.sheet), form) for form in home.forms if not form.based_on]
    return stamped_forms(document.furniture, home) or best_fit(alike)


def _read_ours(document: WordDocument, form: Form, home: Home) -> _Found:
    """By the tags; what lost its tag by the bookmark around it; what is not there either, or empty there, by labels."""
    tagged = by_tags(document, form, home)
    slots = {(slot.path, slot.option) for slot in home.slots(form, "docx")}
    if slots <= tagged.keys():
        return _Found(tagged)
    marked, labelled = by_bookmarks(document, form, home), by_labels(form, document.sheet, home)
    ticked = {path for path, option in marked.keys() | tagged.keys() if option}
    rest = {key: found for key, found in labelled.items() if key not in tagged and (key[1] or key[0] not in ticked)}
    both = [(key, found, marked[key]) for key, found in rest.items() if key in marked and not key[1]]
    better = {key: _typed(found, held) for key, found, held in both if _is_more(found, held)}
    together = {**rest, **marked, **better, **tagged}
    places = {together[key].place for key in (rest.keys() - marked.keys()) | better.keys()}
    return _Found(together, len((slots - tagged.keys()) & together.keys()), frozenset(places))


def _is_more(found: Finding, held: Finding) -> bool:
    """Whether an answer's cell holds more than its bookmark: in LibreOffice that is left around the first letter where somebody selects
    a whole cell and types, and around nothing of what is typed beside a control."""
    return is_blank(held.raw) or (found.place == held.place and found.raw != held.raw and str(held.raw) in str(found.raw))


def _typed(found: Finding, held: Finding) -> Finding:
    """What was typed beside a control that still shows its first words."""
    if is_blank(found.raw) or held.raw is None or not is_blank(held.raw):
        return found
    first_words = str(held.raw)
    return replace(found, raw=str(found.raw).removeprefix(first_words).removesuffix(first_words).strip())


def _missing(findings: Findings, form: Form, home: Home) -> list[Problem]:
    """A warning where places of the form are gone, as when a table was taken out."""
    if form.based_on:
        lost = unfound(form, "docx", findings)
        return [warning("AR34", len(lost), field=lost[0] if lost[0] in form.fields else None)] if lost else []
    worded = {path for path, option in findings if option is None}
    gone = [slot for slot in home.slots(form, "docx") if (slot.path, slot.option) not in findings and slot.path not in worded]
    return [warning("AR34", len(gone), field=gone[0].path)] if gone else []


def _tell(document: WordDocument, found: _Found, form: Form, home: Home) -> Iterator[Problem]:
    """What is odd about a document, and what stands in it that was not read."""
    if document.noted["tracked"]:
        yield warning("AR19 tracked", document.noted["tracked"])
    if found.lost:
        yield warning("AR19 lost", found.lost)
    astray = _written_elsewhere(document, found, form, home)
    if astray:
        yield warning("AR36 word", len(astray), place=astray[0])
    seen = {**document.noted, "comments": document.has_comments, "files": document.noted["files"] and not form.based_on}
    yield from (Problem("note", "AR21", said, LOOK) for what, said in SEEN.items() if seen.get(what))


def _written_elsewhere(document: WordDocument, found: _Found, form: Form, home: Home) -> list[str]:
    """Where words stand outside the controls that the blank doesn't have: beside one, or below the form. Nothing else would read them."""
    path = resources.find("forms", f"{form.id}_v{form.version}.docx", home.folder)
    if path is None or form.based_on:
        return []
    left = _blank_words(path).copy()
    astray = []
    for place, text in document.outside:
        if place not in found.by_labels:
            left[plain(text)] -= 1
            astray += [place] if left[plain(text)] < 0 else []
    return astray


@cache
def _blank_words(path: Path) -> Counter[str]:
    return Counter(plain(text) for _, text in WordDocument(path.read_bytes()).outside)
