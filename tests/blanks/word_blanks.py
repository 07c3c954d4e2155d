"""The blank Word forms that are looked at: the shipped ones, and the small one about orchards that has every kind of question."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from mase_docs.blanks import word
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home

HOME = Home(Path(__file__).parent / "home")
FORMS = ("orchard", "referral", "context_referral", "action_return", "intelligence_return")
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}


def full(name: str) -> str:
    """`w:sdt` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def find(element: Any, path: str) -> list[Any]:
    found: list[Any] = element.xpath(path, namespaces=SPACES)
    return found


def value(element: Any, path: str) -> str | None:
    """The w:val of the first element there."""
    found = find(element, f"{path}/@w:val")
    return str(found[0]) if found else None


def words(element: Any) -> str:
    return "".join("\n" if e.tag == full("w:br") else "\t" if e.tag == full("w:tab") else e.text or "" for e in find(element, ".//w:r/*"))


@dataclass(frozen=True)
class WordForm:
    """A Word file, opened: a blank as it was built, or what another program made of it."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def part(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    @cached_property
    def document(self) -> Any:
        return self.part("word/document.xml")

    @property
    def body(self) -> list[Any]:
        return list(find(self.document, "w:body/*"))

    @cached_property
    def controls(self) -> dict[str, Any]:
        """Tag → control."""
        return {tag: control for control in find(self.document, "//w:sdt") if (tag := value(control, "w:sdtPr/w:tag"))}

    @cached_property
    def bookmarked(self) -> dict[str, str]:
        """Bookmark → the words in it."""
        return dict(self._bookmarked())

    def _bookmarked(self) -> Iterator[tuple[str, str]]:
        begun: dict[str, tuple[str, list[str]]] = {}
        for element in self.document.iter():
            number = element.get(full("w:id"))
            if element.tag == full("w:bookmarkStart"):
                begun[number] = (element.get(full("w:name")), [])
            elif element.tag == full("w:bookmarkEnd") and number in begun:
                name, said = begun.pop(number)
                yield name, "".join(said)
            elif element.tag in (full("w:t"), full("w:br")):
                for _, said in begun.values():
                    said.append(element.text or "\n")


@dataclass(frozen=True)
class WordBlank(WordForm):
    form: Form

    @cached_property
    def slots(self) -> list[Slot]:
        return list(HOME.slots(self.form, "docx"))


@cache
def blank(form_id: str) -> WordBlank:
    form = HOME.form(form_id)
    return WordBlank(word.build(form, HOME), form)
