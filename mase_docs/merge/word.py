"""The one place where a Word template is merged. Nothing else touches docxtpl."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mase_docs.errors import TemplateError
from mase_docs.merge import controls, tags
from mase_docs.merge.normalise import normalise
from mase_docs.merge.prove import AGAIN, prove, prove_pictures
from mase_docs.merge.read import Paragraph, W, paragraphs, unzip, xml
from mase_docs.merge.tags import TAGS
from mase_docs.problems import Problem

if TYPE_CHECKING:
    from markupsafe import Markup

    from mase_docs.merge.environment import Merging
    from mase_docs.model.control import Control
    from mase_docs.model.picture import Picture

MEND = "Mend the template in Word and run the command again; nothing was written."


def render(template: Path, context: dict[str, Any], must_show: list[str], *, title: str = "") -> bytes:
    """A template merged with a context: the .docx as bytes, the same for the same input.

    context    groups (dicts), lists and values; None prints "Not recorded", dates print as 1 May 2026; a Picture is shown with its words
               for those who do not see it, a Control as a place to type in; values are never run as tags
    must_show  what a complete document shows: labels of cases, counts. It is proved to be there, as every printed value is
    title      the document's title, its only property besides the language; it must name no child

    Raises TemplateError, with every mistake and its place, when the template asks for what isn't there or would lose something.
    """
    from mase_docs.merge.environment import Merging, clean

    source = _opened(template)
    environment = Merging()
    written = paragraphs(source)
    _refuse(tags.mistakes(written, environment))
    asked = tags.found(written)
    try:
        merged = _merged(source, context, environment)
    except TypeError as error:
        _refuse(tags.unlike(asked, environment))
        raise TemplateError("The template can't be merged.", AGAIN) from error
    _refuse([*_unknown(environment, asked), *_no_values(environment, asked), *_astray(environment, written)])
    finished = normalise(controls.placed(merged, environment.controls) if environment.controls else merged, title)
    prove(finished, environment.printed, [clean(said) for said in must_show])
    prove_pictures(finished, environment.pictures)
    return finished


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise TemplateError("\n".join(str(problem) for problem in problems), MEND)


def _opened(template: Path) -> bytes:
    """The bytes of a template that is one. Raises TemplateError."""
    try:
        data = template.read_bytes()
    except OSError as error:
        raise TemplateError(f"The template {template.name} can't be read.", "Look for it in the templates folder.") from error
    members = unzip(data)
    if b"wordprocessingml.document.main+xml" not in members.get("[Content_Types].xml", b""):
        raise TemplateError(f"{template.name} is not a Word document.", "Save it in Word as .docx (not .dotx, .docm or .doc).")
    _refuse(list(_hidden(members)))
    return data


def _hidden(members: dict[str, bytes]) -> list[Problem]:
    """What a template must not carry: tracked changes and comments (names would go out with them), and parts from elsewhere."""
    found = []
    for name, data in members.items():
        seen = Counter(element.tag for element in xml(data).iter()) if name.endswith((".xml", ".rels")) else Counter()
        if any(seen[f"{W}{tag}"] for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")):
            found.append(tags.mistake("TE5", name, "The template has tracked changes.", "Accept or reject all of them in Word."))
        if seen[f"{W}comment"]:
            found.append(tags.mistake("TE5", name, "The template has comments.", "Delete all comments in Word."))
        if seen[f"{W}altChunk"] or (name.endswith(".rels") and _from_elsewhere(data)):
            found.append(tags.mistake("TE5", name, "The template brings in another file.", "Put its content into the template itself."))
    return found


def _from_elsewhere(data: bytes) -> bool:
    external = [r for r in xml(data) if r.get("TargetMode") == "External"]
    return any(not (r.get("Type") or "").endswith("/hyperlink") for r in external)


def _merged(source: bytes, context: dict[str, Any], environment: Merging) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError as JinjaError
    from lxml.etree import XMLSyntaxError

    document = DocxTemplate(BytesIO(source))
    environment.part = lambda: str(document.current_rendering_part.partname).lstrip("/")
    environment.drawn = lambda what: _drawn(what, document.current_rendering_part, environment)
    out = BytesIO()
    try:
        document.render(context, jinja_env=environment)
        document.save(out)
    except (JinjaError, XMLSyntaxError, OverflowError, RecursionError, KeyError, ValueError, AttributeError) as error:
        raise TemplateError(f"The template can't be merged ({type(error).__name__}).", AGAIN) from error
    return out.getvalue()


def _drawn(what: Picture | Control, part: Any, environment: Merging) -> Markup:
    from markupsafe import Markup

    from mase_docs.model.picture import Picture

    if isinstance(what, Picture):
        return _pictured(what, part)
    return Markup(controls.mark(len(environment.controls) - 1))  # noqa: S704


def _pictured(picture: Picture, part: Any) -> Markup:
    """The picture put into a part of the document, in a run of its own between the template's text before and after it."""
    from docx.shared import Mm
    from markupsafe import Markup

    from mase_docs.merge.environment import escaped

    inline = part.new_pic_inline(BytesIO(picture.data), Mm(picture.width_mm), None)
    inline.docPr.set("descr", "")
    shown = inline.xml.replace('descr=""', f'descr="{escaped(picture.alt)}"', 1)
    return Markup(f'</w:t></w:r><w:r><w:drawing>{shown}</w:drawing></w:r><w:r><w:t xml:space="preserve">')  # noqa: S704


def _unknown(environment: Merging, found: list[tags.Tag]) -> list[Problem]:
    return [
        tags.mistake("TE1", "; ".join(_places(name, found)), f"The template asks for “{name}”, which there is not.", "Mend its spelling.")
        for name in environment.unknown
    ]


def _no_values(environment: Merging, found: list[tags.Tag]) -> list[Problem]:
    remedy = "Loop over it, or name one of the values in it."
    printed = [
        tags.mistake("TE4", "; ".join(_places(name, found)), f"“{name}” is a list or a group, not a value to print.", remedy)
        for name in dict.fromkeys(environment.wrong)
    ]
    looped = [
        tags.mistake("TE4", "; ".join(_places(name, found)), f"“{name}” is not a list, so nothing can loop over it.", "Print it.")
        for name in dict.fromkeys(environment.unlisted)
    ]
    return printed + looped


def _astray(environment: Merging, written: list[Paragraph]) -> list[Problem]:
    """Tags that docxtpl never handed to Jinja, or found where our reading sees no text: in a field code, an endnote, a property."""
    if environment.tags == sum(p.text.count(mark) for p in written for mark in TAGS):
        return []
    message = "A tag stands where it can't be merged: a field code, a picture's description, an endnote, the document's properties."
    return [tags.mistake("TE3", "the template", message, "Move it into the text.")]


def _places(name: str, found: list[tags.Tag]) -> list[str]:
    """Where the tags stand that use a name."""
    used = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return list(dict.fromkeys(tag.at.place for tag in found if used.search(tag.inside))) or ["somewhere in the template"]
