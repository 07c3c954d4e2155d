"""A completed form written into a mail's text, as people and their programs do it: plain lines, tables, replies, signatures."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HOME = Home(EXAMPLES / "month")
SCRIPT = tomllib.loads((EXAMPLES / "cases.toml").read_text(encoding="utf-8"))
Typed = dict[str, Any]

GREETING = "Hi both,\n\nI could not get the attachment to open, so I have put the form in here. Please shout if anything is missing.\n\n"
SIGNATURE = (
    "\n\nKind regards,\n\nPerpetua Invented\nSocial worker | Team Lantern\nTel: 020 7946 0199\n\n"
    "Disclaimer: this e-mail is confidential. If it was not meant for you, delete it.\n"
)


def case(file: str) -> tuple[Form, Typed]:
    """The form and the typed answers of one case of cases.toml; choices by their codes."""
    found = next(c for c in SCRIPT["case"] if c["file"].startswith(file))
    own = found["answers"]
    common = SCRIPT["common"] if "form" not in found else {}
    about_cse = SCRIPT["common_cse"] if common and "cse" in own["concern_types"] else {}
    answers = {path: typed for path, typed in {**common, **about_cse, **own}.items() if typed not in ("", [])}
    return HOME.form(found.get("form", "referral")), answers


def said(field: Field, typed: Any) -> str:
    """What a person writes for an answer: the labels of choices, everything else as it is."""
    if isinstance(typed, list):
        return "; ".join(HOME.codes(field.choices or "").label_of(code) for code in typed)
    if field.type == "yes_no":
        return str(typed).capitalize()
    return HOME.codes(field.choices).label_of(typed) if field.choices else str(typed)


def rows(repeat: Field, answers: Typed) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The rows of a table that were begun: key, the words for it, and column label → words."""
    for key, words in HOME.rows(repeat, "xlsx"):
        cells = {c.label: said(c, answers[path]) for c in repeat.column if (path := f"{repeat.name}[{key}].{c.name}") in answers}
        if cells:
            yield key, words if repeat.keys else key, cells


def asked(form: Form) -> Iterator[Field]:
    return (field for field in form.fields.values() if field.asked)


def plain_lines(form: Form, answers: Typed) -> str:
    """ "Label: value", only what was answered; a choice of several listed; a person of a table one line for each thing known."""
    lines = []
    for field in asked(form):
        if field.type == "repeat":
            lines += [field.label, *_people(field, answers)] if any(rows(field, answers)) else []
        elif field.name in answers:
            lines.append(f"{field.label.rstrip('?')}{'?' if field.label.endswith('?') else ':'} {said(field, answers[field.name])}")
    return GREETING + "\n".join(lines) + SIGNATURE


def _people(repeat: Field, answers: Typed) -> Iterator[str]:
    for _, words, cells in rows(repeat, answers):
        if repeat.keys:
            yield f"{words}: {' – '.join(cells.values())}"
        else:
            yield from (f"  {label}: {value}" for label, value in cells.items())
            yield ""


def folded_lines(form: Form, answers: Typed) -> str:
    """The same, numbered and with long lines broken at 72 characters, as old programs send it."""
    head, _, body = plain_lines(form, answers).partition("missing.\n\n")
    wrapped = "\n".join(textwrap.fill(line, 72, break_long_words=False) if len(line) > 72 else line for line in body.split("\n"))
    return f"{head}missing.\n\n{wrapped}"


def label_over_value(form: Form, answers: Typed) -> str:
    """Every label on a line of its own and its answer below, all the form's boxes shown, tables with tabs: a table made plain text."""
    lines: list[str] = []
    for field in asked(form):
        lines += ["", field.label]
        if field.type == "repeat":
            lines += _tabbed(field, answers)
        elif field.type == "select_multiple":
            marks = answers.get(field.name, [])
            lines += [f"[{'x' if code in marks else ' '}] {label}" for code, label in _choices(field)]
        elif field.name in answers:
            lines += ["", said(field, answers[field.name])]
    return GREETING + "\n".join(lines) + SIGNATURE


def _choices(field: Field) -> list[tuple[str, str]]:
    return [(c.code, c.label) for c in HOME.codes(field.choices or "").code]


def _tabbed(repeat: Field, answers: Typed) -> Iterator[str]:
    labels = [column.label for column in repeat.column]
    yield "\t".join(["", *labels])
    for _, words, cells in rows(repeat, answers):
        yield "\t".join([words, *(cells.get(label, "").replace("\n", " ") for label in labels)])


def outlook_table(form: Form, answers: Typed) -> str:
    """A table copied out of Word into Outlook: its own tags and remarks, spaces that don't break, boxes as signs, a table in a cell."""
    body = "".join(_word_row(field, answers) for field in asked(form))
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style>p.MsoNormal {{margin:0cm}} .x:before {{content:"Family name: No"}}</style></head>
<body lang=EN-GB><div class=WordSection1><p class=MsoNormal>Hello,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1>{body}</table><p class=MsoNormal>Kind regards,<o:p></o:p></p><p>Perpetua</p></div></body></html>"""


def _word_row(field: Field, answers: Typed) -> str:
    if field.type == "repeat":
        return f"<tr><td colspan=2>{_p(f'<b>{escape(field.label)}</b>')}{_word_table(field, answers)}</td></tr>"
    if field.type == "select_multiple":
        marks = answers.get(field.name, [])
        inside = "".join(_p(f"{'☒' if code in marks else '☐'}&nbsp;{escape(label)}") for code, label in _choices(field))
    else:
        inside = _p("<br>".join(escape(said(field, answers.get(field.name, ""))).split("\n")))
    return f"<tr><td width=200>{_p(f'<b>{escape(field.label)}</b>')}</td><td><![if !supportMisalignedColumns]>{inside}<![endif]></td></tr>"


def _word_table(repeat: Field, answers: Typed) -> str:
    labels = [column.label for column in repeat.column]
    lines = [["", *labels], *([words, *(cells.get(label, "") for label in labels)] for _, words, cells in rows(repeat, answers))]
    return "<table>" + "".join(f"<tr>{''.join(map(_td, line))}</tr>" for line in lines) + "</table>"


def _td(text: str) -> str:
    return f"<td>{_p(escape(text))}</td>"


def _p(inside: str) -> str:
    return f"<p class=MsoNormal><span style='font-size:11.0pt'>{inside}<o:p>&nbsp;</o:p></span></p>"


def gmail_reply(form: Form, answers: Typed) -> str:
    """Bold labels in a reply written in Gmail, above an older copy of the same form whose answers were all others."""
    older = {path: "Old words" for path in answers if "[" not in path and isinstance(answers[path], str)}
    return (
        f'<div dir="ltr"><div>Here it is again, corrected.</div>{_bold(form, answers)}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">On Mon, 9 Nov 2026 at 10:00, Someone wrote:<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0px">{_bold(form, older)}</blockquote></div>'
    )


def _bold(form: Form, answers: Typed) -> str:
    lines = []
    for line in plain_lines(form, answers).removeprefix(GREETING).removesuffix(SIGNATURE).split("\n"):
        label, separator, value = line.partition("? " if "? " in line else ": ")
        lines.append(f"<div><b>{escape(label)}{separator.strip()}</b>&nbsp;{escape(value)}</div>")
    return "".join(lines)


def forwarded(form: Form, answers: Typed) -> str:
    """A forward that says nothing of its own: the form is in the quoted text."""
    quoted = "\n".join(f"> {line}".rstrip() for line in plain_lines(form, answers).split("\n"))
    return f"FYI, for the next meeting.\n\nOn 9 Nov 2026, at 10:00, Perpetua Invented <p@hackney.gov.uk> wrote:\n\n{quoted}\n"


def outlook_forward(form: Form, answers: Typed) -> str:
    """The same from Outlook, which quotes by a head alone."""
    head = "From: Invented, Perpetua\nSent: 09 November 2026 10:00\nTo: MASE\nSubject: Referral\n\n"
    return f"Please see below.\n\nThanks\n\n________________________________\n{head}{plain_lines(form, answers)}"


WRITTEN: dict[str, Callable[[Form, Typed], str]] = {
    "plain lines": plain_lines,
    "lines broken at 72": folded_lines,
    "labels over answers": label_over_value,
    "a table from Word in Outlook": outlook_table,
    "a reply in Gmail": gmail_reply,
    "a forward with >": forwarded,
    "a forward from Outlook": outlook_forward,
}
