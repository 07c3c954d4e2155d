"""Makes what people give back in the three invented months: agencies' forms, filled by real programs, and minutes, typed by LibreOffice.

    python3 start.py test --collect-only -q > /dev/null    # once: installs the programs
    .venv/bin/python examples/make_meetings.py

It goes through the months as the demo does, in a folder that is thrown away, with the script of months.toml; then it writes what each
step must give (expected/) beside what was given back. Read the differences of those files before committing them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from sqlalchemy import select  # noqa: E402

from examples.make_month import radio_groups, words_of  # noqa: E402
from mase_docs.commands.demo_months import Clock, Month, Months, months  # noqa: E402
from mase_docs.definition.home import Home  # noqa: E402
from mase_docs.intake.arriving import read_path  # noqa: E402
from mase_docs.intake.minutes import read  # noqa: E402
from mase_docs.register.records import Action, Agency, Case, Context  # noqa: E402
from mase_docs.register.register import Register  # noqa: E402
from tests.fillers.libreoffice_minutes import edit_with_libreoffice  # noqa: E402
from tests.fillers.openpyxl_fill import fill_with_openpyxl  # noqa: E402
from tests.fillers.pdf_lib_fill import fill_with_pdf_lib  # noqa: E402
from tests.three_months import tell  # noqa: E402

MEETINGS = HERE / "meetings"
HOME = Home(HERE / "month")
FILL = {"xlsx": fill_with_openpyxl, "pdf": fill_with_pdf_lib}
FILES = {"action_return": "actions", "intelligence_return": "information"}
COLUMNS = ("number", "action", "agency", "lead_person", "due")
"""The columns of a table of actions, as a person types into a new row of it."""
Edit = tuple[Any, ...]
"""A verb of what people do in LibreOffice (tests/fillers/libreoffice_minutes.py), and what it is given."""


class Making(Months):
    """The months, with what people do in them done now."""

    def returns(self, month: Month, reminders: Path) -> Path:
        folder = MEETINGS / str(month.held_on) / "returns"
        shutil.rmtree(folder, ignore_errors=True)
        for number, said in enumerate(month.script.get("return", ()), 1):
            [form] = reminders.glob(f"{said['agency']}/*_{FILES[said['form']]}_*.{said['kind']}")
            folder.mkdir(parents=True, exist_ok=True)
            out = folder / f"{number:02}_{said['agency']}_{said['form']}.{said['kind']}"
            FILL[said["kind"]](form, dict(self._answers(form, said, month.returned_on)), out)
        return super().returns(month, reminders)

    def _answers(self, form: Path, said: dict[str, Any], on: date) -> Iterator[tuple[str, Any]]:
        """Slot → what is typed: in the rows of what the form asks about."""
        asked, radios = read_path(form, HOME, on), radio_groups(form) if said["kind"] == "pdf" else set()
        slots = {slot.path: slot for slot in HOME.slots(HOME.form(said["form"]), said["kind"])}
        for path, answer in self._by_path(asked, said, on):
            slot = slots[path]
            yield slot.name, answer if slot.name in radios else words_of(slot, answer)

    def _by_path(self, asked: Any, said: dict[str, Any], on: date) -> Iterator[tuple[str, Any]]:
        yield from (("completed_by", said["completed_by"]), ("completed_on", f"{on:%d/%m/%Y}"))
        if "other_intelligence" in said:
            yield "other_intelligence", said["other_intelligence"]
        for row in asked.rows("cases"):
            told = said.get("cases", {}).get(str(row["case"]).partition(" / ")[0])
            yield f"cases[{row['row']}].{'information' if told else 'nothing_new'}", told or "yes"
        for row in asked.rows("actions"):
            for column, typed in said.get("actions", {}).get(row["number"], {}).items():
                yield f"actions[{row['row']}].{column}", f"{typed:%d/%m/%Y}" if isinstance(typed, date) else typed

    def typed(self, month: Month, minutes: Path) -> bytes:
        made = minutes.read_bytes()
        typed = type_minutes(made, list(Typing(self.register, made, month.script).edits()))
        (MEETINGS / str(month.held_on)).mkdir(parents=True, exist_ok=True)
        (MEETINGS / str(month.held_on) / "minutes_typed.docx").write_bytes(typed)
        return super().typed(month, minutes)


class Typing:
    """What is typed into one meeting's minutes: the script's words, by the names of the places."""

    def __init__(self, register: Register, minutes: bytes, script: dict[str, Any]) -> None:
        self.script, self.edited, self._new = script, read(minutes, {}), Counter[str]()
        with register.reading() as session:
            self.keys = {code: f"agency{number}" for code, number in session.execute(select(Agency.code, Agency.id))}
            self.keys |= {reference: f"case{number}" for reference, number in session.execute(select(Case.reference, Case.id))}
            self.keys |= {name: f"theme{number}" for name, number in session.execute(select(Context.name, Context.id))}
            self.keys |= {number: f"action{row}" for number, row in session.execute(select(Action.number, Action.id))}
        self.keys["other"] = "other"

    def edits(self) -> Iterator[Edit]:
        yield from self._into("meeting", self.script["meeting"])
        if self.script["agreed"]:
            yield "type", "meeting_version", "Agreed"
        for table in ("attendance", "previous", "case", "theme"):
            for name, said in self.script.get(table, {}).items():
                yield from self._into(self.keys[name], said)
        for kind, minutes in self.script.get("item", {}).items():
            yield "type", f"item_{kind}_minutes_spent", minutes
        for number, said in enumerate(self.script.get("observer", ()), 1):
            yield from self._into(f"observer{number}", said)
        yield from map(self._information, self.script.get("information", ()))
        for said in self.script.get("action", ()):
            yield from self._action(said)
        yield from (("paragraph", said["before"], said["type"]) for said in self.script.get("elsewhere", ()))

    def _into(self, key: str, said: dict[str, Any]) -> Iterator[Edit]:
        for name, typed in said.items():
            yield ("tick", f"{key}_{name}") if typed is True else ("type", f"{key}_{name}", typed)

    def _information(self, said: dict[str, str]) -> Edit:
        """A row added by hand below those of the case."""
        about = self.keys[said["about"]]
        row = next(row for row in self.edited.rows if row.about == about and row.table == "information" and row.key)
        return "add_row", f"{row.key}_information", [said["agency"], "", said["information"]]

    def _action(self, said: dict[str, Any]) -> Iterator[Edit]:
        """In a row that is there for it, or in one added by hand."""
        about, told = self.keys[said["about"]], {name: said[name] for name in COLUMNS if name in said}
        if said.get("by_hand"):
            yield "add_row", f"{about}_new1_action", [told.get(name, "") for name in COLUMNS]
        else:
            self._new[about] += 1
            yield from self._into(f"{about}_new{self._new[about]}", told)


def type_minutes(minutes: bytes, edits: list[Edit]) -> bytes:
    """The minutes as LibreOffice saves them once all of that was done in them."""
    with TemporaryDirectory() as folder:
        made, typed = Path(folder) / "made.docx", Path(folder) / "typed.docx"
        made.write_bytes(minutes)
        edit_with_libreoffice([{"open": str(made), "save": str(typed), "do": edits}])
        return typed.read_bytes()


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = str(Path(folder) / "seals")
        clock = Clock()
        with Register.create(str(Path(folder) / "register.sqlite"), HOME.profile.panel.la_code, None, clock.witness()) as register:
            Making(register, HOME, Path(folder) / "months", clock).run()
        for month in months():
            expected = MEETINGS / str(month.held_on) / "expected"
            shutil.rmtree(expected, ignore_errors=True)
            expected.mkdir(parents=True)
            for name, words in tell(Path(folder) / "months" / str(month.held_on)).items():
                (expected / name).write_text(words, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
