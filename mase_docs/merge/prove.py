"""The proof that a merged document shows all it was to show: read again by merge.read, which shares nothing with what wrote it."""

from __future__ import annotations

from collections import Counter

from mase_docs.errors import TemplateError
from mase_docs.merge.read import DRAWING, flat_text, text_parts, unzip, xml
from mase_docs.merge.tags import LEFT_OVER
from mase_docs.model.picture import Picture

AGAIN = "Nothing was written. Export the shipped template (mase-docs templates export) and put your changes into it again."


def prove(document: bytes, printed: dict[str, list[str]], must_show: list[str]) -> None:
    """Raises TemplateError when a value that was printed, or anything of `must_show`, is not in the document, or a tag is left in it.

    printed   what was printed into each part, in order
    """
    text = flat_text(document)
    told = [_told(printed.get(part, []), text.get(part, "")) for part in {**text, **printed}]
    lost = sum(missed for missed, _ in told)
    if lost:
        raise TemplateError(f"The merged document has lost {lost} of the values it was to show.", AGAIN)
    everything = "\n".join(text.values())
    missing = [said for said in must_show if said not in everything]
    if missing:
        raise TemplateError(f"The template doesn't show {len(missing)} of {len(must_show)} cases or counts that it must.", AGAIN)
    if any(LEFT_OVER.search(rest) for _, rest in told):
        raise TemplateError("A tag of the template is left in the merged document.", AGAIN)


def prove_pictures(document: bytes, pictures: list[Picture]) -> None:
    """Raises TemplateError where a picture, or the words that go with it, is not in the document."""
    members = unzip(document)
    whole = {data for name, data in members.items() if name.startswith("word/media/")}
    told = Counter(element.get("descr", "") for name in text_parts(members) for element in xml(members[name]).iter(DRAWING))
    asked = Counter(picture.alt for picture in pictures)
    if asked - told or not {picture.data for picture in pictures} <= whole:
        raise TemplateError("The merged document has lost a picture that it was to show.", AGAIN)


def _told(values: list[str], text: str) -> tuple[int, str]:
    """How many of the values do not stand in the text, each after the one before it; and the text that is none of them."""
    at, lost, rest = 0, 0, []
    for value in values:
        here = text.find(value, at)
        if here < 0:
            lost += 1
        else:
            rest.append(text[at:here])
            at = here + len(value)
    return lost, "\n".join([*rest, text[at:]])
