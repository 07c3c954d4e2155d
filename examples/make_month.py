"""Makes the invented months: fills the blank forms from their scripts with real programs, and writes what each must give beside it.

    python3 start.py test --collect-only -q > /dev/null    # once: installs the programs
    .venv/bin/python examples/make_month.py [month …] [--expected-only]

Without a name all of them are made.
Read the differences of the .expected.json files before committing them: they are what the tests hold the reading to.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from mase_docs.blanks import excel, pdf  # noqa: E402
from mase_docs.definition.form import MEDIA, Form, Medium, Slot  # noqa: E402
from mase_docs.definition.home import Home  # noqa: E402
from mase_docs.intake.arriving import read_path  # noqa: E402
from mase_docs.intake.as_json import as_json  # noqa: E402
from tests.fillers.libreoffice_fill import fill_with_libreoffice  # noqa: E402
from tests.fillers.openpyxl_fill import fill_with_openpyxl  # noqa: E402
from tests.fillers.pdf_lib_fill import fill_with_pdf_lib  # noqa: E402
from tests.fillers.pdfium_fill import fill_with_pdfium  # noqa: E402
from tests.fillers.qpdf_fill import fill_with_qpdf  # noqa: E402

MONTHS = {  # folder → what was typed, and the day it is read on
    "month": ("cases.toml", date(2026, 11, 23)),
    "month_2": ("cases_2.toml", date(2026, 12, 22)),
    "month_3": ("cases_3.toml", date(2027, 1, 22)),
}
HOME = Home(HERE / "month")
"""The panel of every month."""
FILL = {
    "libreoffice": fill_with_libreoffice,
    "openpyxl": fill_with_openpyxl,
    "pdf-lib": fill_with_pdf_lib,
    "pdfium": fill_with_pdfium,
    "qpdf": fill_with_qpdf,
}


def main() -> None:
    """Of each month every form, then every expected JSON."""
    words = sys.argv[1:]
    for name in [word for word in words if word in MONTHS] or MONTHS:
        if "--expected-only" not in words:
            for case, answers in typed(name):
                make(case, answers, HERE / name / case["file"])
        tell(HERE / name, MONTHS[name][1])


def tell(month: Path, today: date) -> None:
    """What each form of a month gives, beside it."""
    for path in sorted(p for p in month.iterdir() if p.suffix in (".xlsx", ".pdf")):
        expected = json.dumps(as_json(read_path(path, HOME, today), HOME), ensure_ascii=False, indent=1)
        path.with_name(path.name + ".expected.json").write_text(expected + "\n", encoding="utf-8")
        print(f"{month.name}/{path.name}")


def typed(month: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each case of a month, with all that was typed on its form."""
    first, own = (tomllib.loads((HERE / name).read_text(encoding="utf-8")) for name in ("cases.toml", MONTHS[month][0]))
    script = {**own, **{part: {**first[part], **own[part]} for part in ("common", "common_cse")}}
    before = {case["file"]: answers_of(case, first) for case in first["case"]}
    return [(case, before[case["again"]] | case["answers"] if "again" in case else answers_of(case, script)) for case in own["case"]]


def answers_of(case: dict[str, Any], script: dict[str, Any]) -> dict[str, Any]:
    """What was typed: the common answers under the case's own; "" takes a common answer away."""
    own = case["answers"]
    common = script["common"] if case.get("form", "referral") == "referral" else {}
    about_cse = script["common_cse"] if common and "cse" in own["concern_types"] else {}
    return {path: typed for path, typed in {**common, **about_cse, **own}.items() if typed not in ("", [])}


def make(case: dict[str, Any], answers: dict[str, Any], out: Path) -> None:
    """One completed form: built, filled by its program, and spoiled as its story says."""
    form = HOME.form(case.get("form", "referral"))
    out.parent.mkdir(exist_ok=True)
    medium: Medium = "pdf" if out.suffix == ".pdf" else "xlsx"
    with TemporaryDirectory() as folder:
        blank = Path(folder) / f"blank{out.suffix}"
        blank.write_bytes((pdf if medium == "pdf" else excel).build(form, HOME))
        radios = radio_groups(blank) if medium == "pdf" else set()
        FILL[case["filled_by"]](blank, dict(keystrokes(form, medium, answers, radios)), out)
    if "spoil" in case:
        SPOIL[case["spoil"]](out)


def keystrokes(form: Form, medium: Medium, answers: dict[str, Any], radios: set[str]) -> Iterator[tuple[str, Any]]:
    """(slot name, what is typed or ticked there) for every answer that this blank asks for; the PDF asks less than the Excel form."""
    slots = list(HOME.slots(form, medium))
    unknown = answers.keys() - {slot.path for kind in MEDIA for slot in HOME.slots(form, kind)}
    if unknown:
        raise KeyError(*unknown)
    for slot in slots:
        typed = answers.get(slot.path)
        if slot.option and typed and slot.option in typed:
            yield slot.name, True if medium == "pdf" else "X"
        elif typed and not slot.option:
            yield slot.name, typed if slot.name in radios else words_of(slot, typed)


def words_of(slot: Slot, typed: str) -> str:
    """A choice is typed by its label, as a drop-down offers it; everything else as it stands."""
    if slot.field.type == "yes_no":
        return typed.capitalize()
    return HOME.codes(slot.field.choices).label_of(typed) if slot.field.choices else typed


def radio_groups(blank: Path) -> set[str]:
    """The names of the PDF fields in which a button is chosen, not a word."""
    from pypdf import PdfReader

    fields = PdfReader(blank).get_fields() or {}
    return {name for name, field in fields.items() if field.get("/FT") == "/Btn"}


def lose_names(path: Path) -> None:
    """No defined names, no hidden sheets, and everything two rows down and one column across, as some programs leave it."""
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    sheet = workbook["Referral"]
    workbook.defined_names.clear()
    for hidden in [s.title for s in workbook if s.title != "Referral"]:
        del workbook[hidden]
    sheet.data_validations.dataValidation.clear()
    merged = list(sheet.merged_cells.ranges)
    sheet.move_range(sheet.dimensions, rows=2, cols=1)
    for block in merged:  # openpyxl moves the cells and leaves their merging behind
        block.shift(row_shift=2, col_shift=1)
    save(workbook, path)


def make_old(path: Path) -> None:
    """The same form as its version 0 would say it is."""
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    workbook["_form"]["B2"] = 0
    for name in list(workbook.custom_doc_props.names):
        del workbook.custom_doc_props[name]
    footer = workbook["Referral"].oddFooter
    for part in (footer.left, footer.center, footer.right):
        part.text = (part.text or "").replace("MASE-REF 1", "MASE-REF 0") or None
    save(workbook, path)


def save(workbook: Any, path: Path) -> None:
    buffer = BytesIO()
    workbook.save(buffer)
    path.write_bytes(buffer.getvalue())


SPOIL = {"lost_names": lose_names, "old_version": make_old}

if __name__ == "__main__":
    main()
