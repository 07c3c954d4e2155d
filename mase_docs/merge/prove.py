"""The proof that a merged document shows all it was to show: read again by merge.read, which shares nothing with what wrote it."""

from __future__ import annotations

from mase_docs.errors import TemplateError
from mase_docs.merge.read import flat_text

AGAIN = "Nothing was written. Export the shipped template (mase-docs templates export) and put your changes into it again."


def prove(document: bytes, printed: list[list[str]], must_show: list[str]) -> None:
    """Raises TemplateError when a value that was printed, or anything of `must_show`, is not in the document, or a tag is left in it.

    printed   what was printed into each part, in order
    """
    text = flat_text(document)
    lost = sum(_lost(values, text) for values in printed)
    if lost:
        raise TemplateError(f"The merged document has lost {lost} of the values it was to show.", AGAIN)
    everything = "\n".join(text.values())
    missing = [said for said in must_show if said not in everything]
    if missing:
        raise TemplateError(f"The template doesn't show {len(missing)} of {len(must_show)} cases or counts that it must.", AGAIN)
    if _marks(everything) != sum(_marks(value) for values in printed for value in values):
        raise TemplateError("A tag of the template is left in the merged document.", AGAIN)


def _lost(values: list[str], text: dict[str, str]) -> int:
    """How many of the values are not there in their order, in the part that shows most of them."""
    return min((_not_in_order(values, part) for part in text.values()), default=len(values))


def _not_in_order(values: list[str], text: str) -> int:
    at = lost = 0
    for value in values:
        here = text.find(value, at)
        lost += here < 0
        at = at if here < 0 else here + len(value)
    return lost


def _marks(text: str) -> int:
    return sum(text.count(mark) for mark in ("{{", "{%", "{#", "%}", "}}", "#}"))
