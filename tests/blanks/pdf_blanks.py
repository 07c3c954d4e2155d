"""The blank PDF forms that are looked at: the shipped ones, and the small one about orchards that has every kind of question."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from mase_docs.blanks import pdf
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home

HOME = Home(Path(__file__).parent / "home")
FORMS = ("orchard", "referral", "context_referral", "action_return", "intelligence_return")
PROSE = (
    "The school wrote that he had been away on three Mondays since the spring, and his aunt says that an older boy waits for him at "
    "the bus stop by the park most evenings. He has a new telephone and will not say who gave it to him. "
) * 60
"""Ordinary English, as long as any box."""


@dataclass(frozen=True)
class PdfBlank:
    """A built blank, and the same opened."""

    form: Form
    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.data))

    @property
    def slots(self) -> list[Slot]:
        return list(HOME.slots(self.form, "pdf"))

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Every field's dictionary by name, as the form lists them."""
        listed = (reference.get_object() for reference in self.reader.trailer["/Root"]["/AcroForm"]["/Fields"])
        return {str(field["/T"]): field for field in listed}

    @property
    def widgets(self) -> list[Any]:
        """The widgets in the order of the pages."""
        return [reference.get_object() for page in self.reader.pages for reference in page["/Annots"]]

    def saved(self, folder: Path) -> Path:
        path = folder / f"{self.form.id}.pdf"
        path.write_bytes(self.data)
        return path

    def told_by(self, folder: Path, *command: str) -> str:
        """What a program says of it."""
        done = subprocess.run([*command, str(self.saved(folder))], capture_output=True, encoding="utf-8", timeout=120, check=True)
        return done.stdout


@cache
def blank(form_id: str) -> PdfBlank:
    form = HOME.form(form_id)
    return PdfBlank(form, pdf.build(form, HOME))
