"""Makes the Word forms of examples/arrives: one of ours as Word leaves it, and the same after other programs have saved it.

    .venv/bin/python examples/make_arrives_word.py     (needs soffice and pandoc)

The answers are those of case 01 in cases.toml. Microsoft Word cannot be had here: word_fill.py writes what it writes, element by element.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from examples.make_month import HOME, answers_of, words_of  # noqa: E402
from mase_docs.blanks import word  # noqa: E402
from tests.fillers.word_fill import fill_word  # noqa: E402
from tests.intake.word_files import saved_by_libreoffice, saved_by_pandoc  # noqa: E402

OUT = HERE / "arrives"
CASE = "01_school_group.xlsx"


def main() -> None:
    filled = completed()
    with TemporaryDirectory() as folder:
        made = {
            "word_form.docx": filled,
            "word_libreoffice_odt.docx": saved_by_libreoffice(filled, Path(folder), "odt", "docx"),
            "word_controls_lost.docx": saved_by_pandoc(filled, Path(folder)),
        }
    for name, data in made.items():
        (OUT / name).write_bytes(data)
        print(name, len(data))


def completed() -> bytes:
    """Our referral form with everything typed that case 01 typed."""
    script = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    answers = answers_of(next(case for case in script["case"] if case["file"] == CASE), script)
    form = HOME.form("referral")
    typed: dict[str, str | bool] = {}
    for slot in HOME.slots(form, "docx"):
        said = answers.get(slot.path)
        if said and (not slot.option or slot.option in said):
            typed[slot.name] = True if slot.option else words_of(slot, said)
    return fill_word(word.build(form, HOME), typed)


if __name__ == "__main__":
    main()
