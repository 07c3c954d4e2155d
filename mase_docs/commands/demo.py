"""mase-docs demo"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.demo_months import Clock
    from mase_docs.model.submission import Submission
    from mase_docs.pipeline import Occasion
    from mase_docs.register.register import Register

TODAY = date(2026, 11, 20)
"""The first invented month is read on the last day for forms, whatever day the demo is run on."""
REGISTER = "register.sqlite"
STEPS = {
    "1_blank_forms_to_send": "what agencies are sent",
    "2_completed_forms": "what came of the first month, as it came",
    "3_register": "what is kept from month to month",
    "4_meetings": "a folder a meeting: reminders, returns, agenda, minutes as made and as typed, what was read back, copies, case notes",
    "5_documents": "the board report, and what joins the cases, with pictures",
}


@click.command("demo")
@click.argument("folder", default="mase-demo", type=click.Path(path_type=Path, file_okay=False))
@options.force
def command(folder: Path, force: bool) -> int:
    """Three invented months, end to end, into FOLDER: blank forms, completed forms checked and recorded, reminders to agencies and what
    they sent back, agenda, minutes typed in LibreOffice and read back, each agency's copy, board report, links.

    Example: mase-docs demo mase-demo
    """
    from mase_docs.commands.demo_months import Clock, Months
    from mase_docs.definition.home import Home
    from mase_docs.files import must_not_exist
    from mase_docs.pipeline import Occasion
    from mase_docs.resources import folder as shipped

    must_not_exist(folder, force=force)
    month, clock = shipped("examples") / "month", Clock()
    occasion = Occasion(Home(month), TODAY, period_from=TODAY.replace(day=1), period_to=TODAY)
    to_send, inbox, kept, meetings, documents = (folder / step for step in STEPS)
    build_blanks(occasion, to_send)
    arrive(month, inbox)
    forms = look(inbox, occasion)
    with new_register(kept, occasion, clock) as register:
        talk.result("\n3. Three months, each with its meeting; what is recorded lasts from one to the next")
        Months(register, occasion.home, meetings, clock).run()
        draw_links(register, occasion, documents)
    report(forms, occasion, documents)
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


def look(inbox: Path, occasion: Occasion) -> list[Submission]:
    """Each form's verdict and, for those that can't be taken as they are, every reason; the forms."""
    from mase_docs.pipeline import check, read

    forms = check(read([inbox], occasion.home, occasion.today), occasion.home, occasion.today)
    talk.result(f"\n2. {len(forms)} completed forms read and checked")
    for form in forms:
        talk.result(f"   {talk.verdict(form):<24} {form.source.name}")
        for found in form.problems:
            if found.severity == "error":
                place = f" {found.place}" if found.place else ""
                talk.result(f"      {found.code}{place}: {found.message}\n         → {found.remedy}")
    return forms


def new_register(kept: Path, occasion: Occasion, clock: Clock) -> Register:
    """An empty register in a folder; one of an earlier demo is put away for good."""
    from mase_docs.register.register import Register

    kept.mkdir(parents=True, exist_ok=True)
    (kept / REGISTER).unlink(missing_ok=True)
    return Register.create(str(kept / REGISTER), occasion.home.profile.panel.la_code, None, clock.witness())


def draw_links(register: Register, occasion: Occasion, documents: Path) -> None:
    from mase_docs.files import write
    from mase_docs.pipeline import links_paper, links_picture
    from mase_docs.register.links.linking import network

    with register.reading() as session:
        joined = network(session, occasion.home, occasion.today)
    for name, made in {"links.docx": links_paper, "links.svg": links_picture}.items():
        write(documents / name, made(joined, occasion), force=True)


def report(forms: list[Submission], occasion: Occasion, documents: Path) -> None:
    from mase_docs.files import write
    from mase_docs.pipeline import merge

    write(documents / "board_report.docx", merge("board_report", forms, occasion).data, force=True)


def where_to_look(folder: Path) -> None:
    talk.result(f"\n4. Look in {folder.resolve()}:")
    for step, purpose in STEPS.items():
        talk.result(f"   {step + os.sep:<24} {purpose}")
    talk.result(f"Look into the register: mase-docs --register {folder / '3_register' / REGISTER} cases")
    talk.result("Open the documents in Word or LibreOffice. What else there is: mase-docs --help")
