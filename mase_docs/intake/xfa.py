"""A LiveCycle (XFA) form whose PDF fields are empty: its answers are in the data that the form carries (XFA 3.3, part 1, chapter 4).

Each value becomes a field named by its path, `form1.Page1.Surname`, so that it is known as a field of that name would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import limits
from mase_docs.intake.finding import Finding, Reading, least
from mase_docs.intake.package import local, named, parse_xml
from mase_docs.intake.pdf import read_fields
from mase_docs.intake.pdf_fields import PdfField
from mase_docs.intake.pdf_open import PdfForm, read_xfa
from mase_docs.intake.refusals import refuse, warning

RICH = "{http://www.w3.org/1999/xhtml}"
"""Formatted text stands in a value as a piece of a web page."""


def read(data: bytes, home: Home) -> Reading:
    """The answers in the data of an XFA form, for a form known here by the names in it.

    Raises InputRefusedError: AR6 where there is no data or its names are nobody's, AR28 where it is larger than a form's; AR14, AR31.
    """
    fields = _fields(read_xfa(data))
    try:
        reading = read_fields(PdfForm(tuple(fields), "", True), home)
    except InputRefusedError as refusal:
        raise (refuse("AR6") if refusal.code == "AR15" else refusal) from None
    findings = {key: _unsure(finding) for key, finding in reading.findings.items()}
    answered = sum(finding.raw is not None for finding in findings.values())
    if not answered:
        raise refuse("AR6")
    return replace(reading, findings=findings, problems=[warning("AR6", answered), *reading.problems], kind="pdf_xfa")


def _unsure(finding: Finding) -> Finding:
    return replace(finding, confidence=least(finding.confidence, "medium"))


def _fields(packet: bytes) -> list[PdfField]:
    """Every value of the data as a text field, in order."""
    if len(packet) > limits.XML_PART:
        raise refuse("AR28")
    datasets = next(named(parse_xml(packet), "datasets"), None) if packet.strip() else None
    data = next((part for part in datasets if local(part) == "data"), None) if datasets is not None else None
    found = list(_values(data, (), 0)) if data is not None else []
    if len(found) > limits.PDF_FIELDS:
        raise refuse("AR28")
    return [PdfField(name, "text", text) for name, text in found]


def _values(group: Element, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, str | None]]:
    """The values of a group and of the groups in it, with their paths; a second one of a name is `Row[1]`, as XFA counts them."""
    if depth > limits.XFA_DEPTH:
        raise refuse("AR28")
    times: Counter[str] = Counter()
    for part in group:
        name = local(part)
        here = (*path, f"{name}[{times[name]}]" if times[name] else name)
        times[name] += 1
        if len(part) and not all(str(child.tag).startswith(RICH) for child in part):
            yield from _values(part, here, depth + 1)
        else:
            yield ".".join(here), _text(part)


def _text(value: Element) -> str | None:
    texts = ["".join(e.itertext()) for e in value.iter(f"{RICH}p")] or ["".join(value.itertext())]
    return "\n".join(texts).strip() or None
