"""A completed PDF form → which form it is, and what was found in each of its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module

from mase_docs import resources
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.finding import Finding, Key, Reading
from mase_docs.intake.locators import pdf_names, recognised
from mase_docs.intake.pdf_fields import MARKED, PdfField
from mase_docs.intake.pdf_names import Named, by_blank, by_name
from mase_docs.intake.pdf_notes import Place, beside_boxes, laid_over
from mase_docs.intake.pdf_open import PdfForm, must_be_drawable, read_pdf
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.scan_pages import is_scan
from mase_docs.intake.versions import best_fit, known_form, stamped_forms
from mase_docs.problems import Problem

HIDDEN = ("form_id", "form_version")


def read(data: bytes, home: Home) -> Reading:
    """What was found in a PDF.

    Raises InputRefusedError: AR4 flattened, AR5 a picture, AR6 XFA, AR7 password, AR14 two copies, AR15 unknown form or version,
    AR27 damaged, AR28 too large, AR31 two definitions fit.
    """
    found = read_pdf(data)
    without_fields = _without_fields(found, data)
    if without_fields:
        must_be_drawable(data)
        reading: Reading = import_module(f"mase_docs.intake.{without_fields}").read(data, home)
        return replace(reading, reference=found.reference)
    reading = read_fields(found, home)
    return reading if is_answered(reading) or reading.form.recognise else _drawn(data, home) or reading


def is_answered(reading: Reading) -> bool:
    return any(str(finding.raw or "").strip() or finding.issues for finding in reading.findings.values())


def _drawn(data: bytes, home: Home) -> Reading | None:
    """What was drawn on the pages of a form whose fields are all empty, by a program that knows nothing of fields; None if nothing."""
    try:
        must_be_drawable(data)
        reading: Reading = import_module("mase_docs.intake.flat_pdf").read(data, home)
    except InputRefusedError:
        return None
    return reading if is_answered(reading) else None


def read_fields(found: PdfForm, home: Home) -> Reading:
    """What was found in the fields of a PDF. Raises InputRefusedError: AR14 two copies, AR15 unknown, AR31 two definitions fit."""
    _must_be_one(found, home)
    form = _which(found, home)
    keys = _keys(form, home)
    named = _named(found, form, {*keys.values(), *HIDDEN}, home)
    findings = {key: _finding(named[name], _asked(form, key), home) for key, name in keys.items() if name in named}
    findings, elsewhere = laid_over(findings, found.notes, _places(keys, named))
    problems = [*_left_over(found, named), *_missing(keys, named, form), *beside_boxes(elsewhere)]
    return Reading(form, findings, problems, reference=found.reference)


def _places(keys: dict[Key, str], named: dict[str, Named]) -> Iterator[Place]:
    """Where the form's boxes stand in this file."""
    for key, field in ((key, named[name].field) for key, name in keys.items() if name in named):
        for widget in field.widgets:
            if widget.page and widget.rect:
                state = next(iter(widget.states), "") if field.kind == "radio" else ""
                yield Place(key, field.kind, widget.page, widget.rect, state, field.name)


def _without_fields(found: PdfForm, data: bytes) -> str:
    """The module beside this one that reads a PDF whose answers are not in fields; "" where they are."""
    if found.xfa and not any(f.value for f in found.fields):
        return "xfa"
    if any(f.page for f in found.fields):
        return ""
    return "flat_pdf" if found.words.strip() and not is_scan(data) else "scan"


def _must_be_one(found: PdfForm, home: Home) -> None:
    """Raises AR14 where a form's hidden name stands on several pages: two children's forms in one file share names and so answers."""
    ids = {form.id for form in home.forms}
    pages = {w.page for f in found.fields if HIDDEN[0] in f.name and f.value in ids for w in f.widgets if w.page}
    if len(pages) > 1:
        raise refuse("AR14 copies")


def _which(found: PdfForm, home: Home) -> Form:
    """The form that a PDF is: by its hidden fields, else a borough's own by what it is recognised by, else the stamp, else the names."""
    hidden = {name: named.field.value or "" for name, named in by_name(found.fields, HIDDEN).items()}
    if hidden.get("form_id") in {form.id for form in home.forms}:
        return known_form(hidden["form_id"], hidden.get("form_version", ""), home)
    names = [f.name for f in found.fields]
    return recognised(home, "pdf", found.words, names) or stamped_forms(found.words, home) or _alike(found, home)


def _alike(found: PdfForm, home: Home) -> Form:
    designed_here = [form for form in home.forms if not form.based_on and not form.recognise]
    return best_fit([(_share(found.fields, set(_keys(form, home).values())), form) for form in designed_here])


def _share(fields: Iterable[PdfField], names: set[str]) -> float:
    return len(by_name(fields, names)) / len(names) if names else 0.0


def _keys(form: Form, home: Home) -> dict[Key, str]:
    """The name of the PDF field for each answer and tick: a borough's own, or the slot's on our blank."""
    if form.recognise:
        return dict(pdf_names(form, home))
    return {(slot.path, slot.option): slot.name for slot in home.slots(form, "pdf")}


def _named(found: PdfForm, form: Form, names: set[str], home: Home) -> dict[str, Named]:
    """The field of each name, as far as it can be told."""
    named = by_name(found.fields, names)
    taken = {n.field.name for n in named.values()}
    strange = [f for f in found.fields if f.name not in taken]
    if not strange or len(named) == len(names):
        return named
    lost = [f for f in _blank(form, home) if f.name in names - named.keys()]
    return {**by_blank(strange, lost), **named}


def _blank(form: Form, home: Home) -> tuple[PdfField, ...]:
    """The fields of the form's own blank, which say what a tooltip and a place on a page stand for; none if there is no blank."""
    path = resources.find("forms", f"{form.id}_v{form.version}.pdf", home.folder)
    return read_pdf(path.read_bytes()).fields if path else ()


def _asked(form: Form, key: Key) -> Field | None:
    """The question that a key answers; None for a text that is still to be split."""
    return form.at(key[0]) if key[0].split("[")[0] in form.fields else None


def _finding(named: Named, asked: Field | None, home: Home) -> Finding:
    field = named.field
    if field.doubtful and not field.value and field.kind not in MARKED:
        return Finding(None, field.place, "low", ("AR37",))
    if field.doubtful:
        return Finding(_raw(field, asked, home), field.place, "low", ("TI1",))
    return Finding(_raw(field, asked, home), field.place, named.confidence)


def _raw(field: PdfField, asked: Field | None, home: Home) -> str | None:
    """What was typed; "Yes" for a tick, the state of a radio; of a drop-down what it displays, unless only what is stored is a choice."""
    if field.kind == "tick" and len({s for w in field.widgets for s in w.states}) < 2:
        return "Yes" if field.value else None
    if field.kind == "choice" and field.export and asked and not _is_choice(field.value, asked, home):
        return field.export if _is_choice(field.export, asked, home) else field.value
    return field.value


def _is_choice(text: str | None, asked: Field, home: Home) -> bool:
    theirs = {plain(word) for word in asked.locate.get("values", {})}
    return bool(text and (plain(text) in theirs or (asked.choices and home.codes(asked.choices).match(text))))


def _left_over(found: PdfForm, named: dict[str, Named]) -> list[Problem]:
    """A warning where something was answered in fields that the form doesn't have, such as a second copy's."""
    taken = {n.field.name for n in named.values()}
    more = [f for f in found.fields if f.value and (f.page or not f.widgets) and f.name not in taken]
    return [warning("AR33", len(more), place=more[0].place)] if more else []


def _missing(keys: dict[Key, str], named: dict[str, Named], form: Form) -> list[Problem]:
    """A warning where boxes of the form are gone, as when a page was taken out."""
    gone = [key for key, name in keys.items() if name not in named]
    return [warning("AR34", len(gone), field=gone[0][0] if _asked(form, gone[0]) else None)] if gone else []
