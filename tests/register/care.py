"""A register with a row of many kinds and everything that is hard to carry: for the tests of its copies. All of it is invented."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from mase_docs.packs.open_formats import files_of
from mase_docs.register.care import content
from mase_docs.register.care.proof import Proof, prove
from mase_docs.register.records import Case, Context, Link, Original, Person, Referral
from mase_docs.register.register import Register

FORM = bytes(range(256)) * 8
LONG = "A long story. " * 3000
NAMES = "Zoë “Tess” Şahin-O’Brien 😀"


def filled(register: Register) -> Register:
    """The register, with a young person, a case, a form and what it says; a row changed, one removed, one looked at."""
    with register.writing("test") as writing:
        place = writing.add(Context(kind="place", name="@ the Invented Arcade", confirmed=True))
        child = writing.add(
            Person(family_name="Sample", given_names=NAMES, known_as=["Tess", 'T, "S"'], dob=date(2011, 3, 4), address_sensitive=True)
        )
        case = writing.add(
            Case(reference="MASE-2026-0001", label="MASE-2026-0001 TS", person_id=child.id, status="new", opened_on=date(2026, 11, 2))
        )
        form = writing.add(Original(sha256=sha256(FORM).hexdigest(), kind="xlsx", data=FORM))
        referral = writing.add(_referral(form, case, child))
        writing.add(Link(person_id=child.id, context_id=place.id, case_id=case.id, referral_id=referral.id, role="seen_at", evidence=LONG))
        writing.add(Person(family_name="=1+1"))
    with register.writing("test") as writing:
        child, gone = (writing.session.get_one(Person, (register.borough, number)) for number in (1, 2))
        writing.change(child, gender="not_known", dob=None)
        writing.remove(gone)
        writing.looked(child)
    return register


def _referral(form: Original, case: Case, child: Person) -> Referral:
    return Referral(
        reference=case.reference, form="referral", version=1, original_id=form.id, case_id=case.id, person_id=child.id,
        received_on=date(2026, 11, 2), received_by="tester", source_name="monday.eml › form.xlsx", sha256=form.sha256, kind="xlsx",
        answers='{"dob": "2011-03-04"}', problems="[]",
    )  # fmt: skip


def exported(register: Register, *, without_newest: int = 0) -> dict[str, bytes]:
    """Every file of an export, without the newest rows of the history."""
    with register.reading() as session:
        tables = content.tables(session, register.borough)
        files = dict(content.originals(session, register.borough))
    history = next(table for table in tables if table.name == "history")
    del history.rows[len(history.rows) - without_newest :]
    return files | dict(files_of(tables, register.borough).files)


def proved(register: Register) -> Proof:
    return prove(register)


def names(folder: Path) -> set[str]:
    """What is in a folder, but for the lock that stays beside every register."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock") and path.name != "data-home"}
