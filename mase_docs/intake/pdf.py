"""A completed PDF form → which form it is, and what was found in each of its places."""

from __future__ import annotations

from collections.abc import Iterable

from mase_docs import resources
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.finding import Finding, Key, Reading
from mase_docs.intake.locators import pdf_names, recognised
from mase_docs.intake.pdf_fields import PdfField
from mase_docs.intake.pdf_names import Named, by_blank, by_name
from mase_docs.intake.pdf_open import PdfForm, read_pdf
from mase_docs.intake.refusals import refuse
from mase_docs.intake.versions import known_form, stamped_forms
from mase_docs.model.submission import Confidence
from mase_docs.problems import Problem

HIDDEN = ("form_id", "form_version")
ENOUGH = 0.5
"""The share of a form's names that a PDF must have to be taken for that form when nothing else tells."""


def read(data: bytes, home: Home) -> Reading:
    """What was found in a PDF.

    Raises InputRefusedError: AR4 flattened, AR5 a picture, AR6 XFA, AR7 password, AR15 unknown form or version,
    AR27 damaged, AR28 too large, AR31 two definitions fit.
    """
    found = read_pdf(data)
    _must_have_fields(found)
    form = _which(found, home)
    keys = _keys(form, home)
    named = _named(found, form, {*keys.values(), *HIDDEN}, home)
    findings = {key: finding(named[name].field, named[name].confidence) for key, name in keys.items() if name in named}
    return Reading(form, findings, [*_left_over(found, named), *_missing(keys, named, form)])


def _must_have_fields(found: PdfForm) -> None:
    if found.xfa and not any(f.value for f in found.fields):
        raise refuse("AR6")
    if not any(f.page for f in found.fields):
        raise refuse("AR4" if found.words.strip() else "AR5")


def _which(found: PdfForm, home: Home) -> Form:
    """The form that a PDF is: by its hidden fields, else a borough's own by what it is recognised by, else the stamp, else the names."""
    hidden = {name: named.field.value or "" for name, named in by_name(found.fields, HIDDEN).items()}
    if hidden.get("form_id"):
        return known_form(hidden["form_id"], hidden.get("form_version", ""), home)
    names = [f.name for f in found.fields]
    return recognised(home, "pdf", found.words, names) or stamped_forms(found.words, home) or _alike(found, home)


def _alike(found: PdfForm, home: Home) -> Form:
    """The form that shares most names with the PDF. Raises InputRefusedError AR15 where none shares enough."""
    designed_here = [form for form in home.forms if not form.based_on and not form.recognise]
    shares = {_share(found.fields, set(_keys(form, home).values())): form for form in designed_here}
    best = max(shares, default=0.0)
    if best < ENOUGH:
        raise refuse("AR15")
    return shares[best]


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


def finding(field: PdfField, confidence: Confidence) -> Finding:
    """What was found in a field: text as typed, "Yes" for a tick, the state of a radio, what a drop-down displays."""
    ticked = field.kind == "tick" and len({s for w in field.widgets for s in w.states}) < 2
    raw = "Yes" if ticked and field.value else field.value
    return Finding(raw, field.place, *(("low", ("TI1",)) if field.doubtful else (confidence, ())))


def _left_over(found: PdfForm, named: dict[str, Named]) -> list[Problem]:
    """A warning where something was answered in fields that the form doesn't have, such as a second copy's."""
    taken = {n.field.name for n in named.values()}
    more = [f for f in found.fields if f.value and f.page and f.name not in taken]
    if not more:
        return []
    message = f"Answers in {len(more)} of this PDF's boxes were not read, because the form as it is known here doesn't have them."
    return [Problem("warning", "AR33", message, "Look at the PDF and add by hand what matters.", place=more[0].place)]


def _missing(keys: dict[Key, str], named: dict[str, Named], form: Form) -> list[Problem]:
    """A warning where boxes of the form are gone, as when a page was taken out."""
    gone = [path for (path, _), name in keys.items() if name not in named]
    if not gone:
        return []
    known = gone[0] if gone[0].split("[")[0] in form.fields else None
    first = f", the first for: {form.label_at(known)}" if known else ""
    message = f"{len(gone)} of the form's boxes are not in this PDF{first}."
    return [Problem("warning", "AR34", message, "Ask the sender whether a page was left out.", field=known)]
