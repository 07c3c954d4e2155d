"""Makes the scan of examples/arrives.

    .venv/bin/python examples/make_arrives_scan.py

Case 10 of cases.toml, filled in on the PDF form by PDFium, printed, and scanned as offices do: 300 dots an inch, in plain black and white,
a little crooked, the second page first and upside down.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from examples.make_month import HOME, answers_of, keystrokes, radio_groups  # noqa: E402
from mase_docs.blanks import pdf  # noqa: E402
from tests.fillers.pdfium_fill import fill_with_pdfium  # noqa: E402
from tests.intake.scanned import as_pdf, faxed, printed, upside_down  # noqa: E402

DPI = 300


def main() -> None:
    out = HERE / "arrives" / "pdf_scanned.pdf"
    with TemporaryDirectory() as folder:
        first, second = printed(filled(Path(folder)), [1, 2], DPI)
    out.write_bytes(as_pdf([upside_down(faxed(second, 2)), faxed(first, 1)], DPI))
    print(out.name, out.stat().st_size)


def filled(folder: Path) -> Path:
    script = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    case = next(case for case in script["case"] if case["file"] == "10_a_place.xlsx")
    form, blank, done = HOME.form(case["form"]), folder / "blank.pdf", folder / "filled.pdf"
    blank.write_bytes(pdf.build(form, HOME))
    fill_with_pdfium(blank, dict(keystrokes(form, "pdf", answers_of(case, script), radio_groups(blank))), done)
    return done


if __name__ == "__main__":
    main()
