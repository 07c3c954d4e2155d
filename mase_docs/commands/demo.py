"""mase-docs demo"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.model.received import Received
    from mase_docs.model.submission import Submission
    from mase_docs.pipeline import Document, Occasion
    from mase_docs.register.register import Register

TODAY, MEETING = date(2026, 11, 23), date(2026, 12, 2)
"""The invented month is that of one meeting, whatever day the demo is run on."""
DOCUMENTS: dict[Document, str] = {
    "agenda": "what the panel will hear",
    "minutes": "started, for the coordinator to type into",
    "board_report": "figures, small numbers hidden",
}


LINKS = {"links.docx": "what joins the cases, with pictures", "links.svg": "the same as a picture alone"}
REGISTER = "register.sqlite"
STEPS = ("1_blank_forms_to_send", "2_completed_forms", "3_register", "4_documents")


@click.command("demo")
@click.argument("folder", default="mase-demo", type=click.Path(path_type=Path, file_okay=False))
@options.force
def command(folder: Path, force: bool) -> int:
    """An invented month, end to end, into FOLDER: blanks, completed forms checked and recorded, agenda, minutes, board report, links.

    Example: mase-docs demo mase-demo
    """
    from mase_docs.definition.home import Home
    from mase_docs.files import must_not_exist
    from mase_docs.pipeline import Occasion
    from mase_docs.resources import folder as shipped

    must_not_exist(folder, force=force)
    month = shipped("examples") / "month"
    occasion = Occasion(Home(month), TODAY, MEETING, period_from=TODAY.replace(day=1), period_to=TODAY)
    to_send, inbox, kept, documents = (folder / step for step in STEPS)
    build_blanks(occasion, to_send)
    arrive(month, inbox)
    forms, originals = look(inbox, occasion)
    with new_register(kept, occasion) as register:
        show_recorded(record(register, forms, originals, occasion))
        draw_links(register, occasion, documents)
    for name in DOCUMENTS:
        make(name, forms, occasion, documents)
    where_to_look(folder)
    return 0


def build_blanks(occasion: Occasion, to_send: Path) -> None:
    from mase_docs.files import write
    from mase_docs.pipeline import TO_SEND, blanks

    talk.result("1. Blank forms for the agencies")
    for name, data in blanks(occasion.home, None, TO_SEND).items():
        talk.result(f"   {write(to_send / name, data, force=True).name}")


def arrive(month: Path, inbox: Path) -> None:
    """The completed forms, as their senders' programs saved them."""
    from mase_docs.files import walk, write

    for path in walk([month]):
        write(inbox / path.name, path.read_bytes(), force=True)


def look(inbox: Path, occasion: Occasion) -> tuple[list[Submission], dict[str, bytes]]:
    """Each form's verdict and, for those that can't be taken as they are, every reason; the forms, and their files by SHA-256."""
    from mase_docs.pipeline import check, read

    originals: dict[str, bytes] = {}
    forms = check(read([inbox], occasion.home, occasion.today, keep=originals), occasion.home, occasion.today, occasion.meeting)
    talk.result(f"\n2. {len(forms)} completed forms read and checked")
    for form in forms:
        talk.result(f"   {talk.verdict(form):<24} {form.source.name}")
        for found in form.problems:
            if found.severity == "error":
                place = f" {found.place}" if found.place else ""
                talk.result(f"      {found.code}{place}: {found.message}\n         → {found.remedy}")
    return forms, originals


def new_register(kept: Path, occasion: Occasion) -> Register:
    """An empty register in a folder; one of an earlier demo is put away for good."""
    from mase_docs.register.register import Register

    kept.mkdir(parents=True, exist_ok=True)
    (kept / REGISTER).unlink(missing_ok=True)
    return Register.create(str(kept / REGISTER), occasion.home.profile.panel.la_code)


def record(register: Register, forms: list[Submission], originals: dict[str, bytes], occasion: Occasion) -> list[Received]:
    """The forms that are in order, recorded."""
    from mase_docs.pipeline import receive

    return list(receive(forms, originals, register, occasion))


def show_recorded(found: list[Received]) -> None:
    from mase_docs.commands.receive import summary
    from mase_docs.model.received import OUTCOMES

    talk.result("\n3. Recorded in the register, which lasts from month to month")
    for one in found:
        if one.recorded:
            talk.result(f"   {one.reference}  {OUTCOMES[one.outcome]}: {one.form.source.name}")
    talk.result(f"   {summary(found)}")


def draw_links(register: Register, occasion: Occasion, documents: Path) -> None:
    from mase_docs.files import write
    from mase_docs.pipeline import links_paper, links_picture
    from mase_docs.register.links.linking import network

    with register.reading() as session:
        joined = network(session, occasion.home, occasion.today)
    for name, made in {"links.docx": links_paper, "links.svg": links_picture}.items():
        write(documents / name, made(joined, occasion), force=True)


def make(name: Document, forms: list[Submission], occasion: Occasion, documents: Path) -> None:
    from mase_docs.files import write
    from mase_docs.pipeline import merge

    merged = merge(name, forms, occasion)
    write(documents / f"{name}.docx", merged.data, force=True)


def where_to_look(folder: Path) -> None:
    talk.result(f"\n4. Documents made; forms with errors are left out of them. Look in {folder.resolve()}:")
    for step in STEPS[:3]:
        talk.result(f"   {step}{os.sep}")
    for name, purpose in {**{f"{name}.docx": purpose for name, purpose in DOCUMENTS.items()}, **LINKS}.items():
        talk.result(f"   {STEPS[3]}{os.sep}{name}  {purpose}")
    talk.result(f"Look into the register: mase-docs --register {folder / STEPS[2] / REGISTER} cases")
    talk.result("Open the documents in Word or LibreOffice. What else there is: mase-docs --help")
