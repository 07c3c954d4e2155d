"""Makes the printed, flattened and LiveCycle PDFs of examples/arrives.

    .venv/bin/python examples/make_arrives_flat.py     (needs gs, pdftk and qpdf)

The first is case 12 of cases.toml as Ghostscript prints it, the second case 10 (filled in on the PDF form by PDFium) flattened by
pdftk and printed at 93 %, the third a LiveCycle form of an invented borough, written here object by object: LiveCycle cannot be had.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from examples.make_month import HOME, answers_of, keystrokes, radio_groups  # noqa: E402
from mase_docs.blanks import pdf  # noqa: E402
from tests.fillers.pdfium_fill import fill_with_pdfium  # noqa: E402
from tests.intake import printed  # noqa: E402
from tests.intake.handmade_pdf import form as handmade  # noqa: E402

OUT = HERE / "arrives"
XFA = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1>
<Page1><Referrer>Ada Invented</Referrer><Surname>Quillon-Marsh</Surname><FirstNames>Zoë</FirstNames><Born>2011-07-03</Born></Page1>
<Page2><CSE>1</CSE><Missing>0</Missing><Worries><body xmlns="http://www.w3.org/1999/xhtml"><p>New friends who are older.</p>
<p>Out late <b>twice</b> this week.</p></body></Worries></Page2></form1></xfa:data></xfa:datasets>"""


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = {"pdf_flattened_gs.pdf": by_ghostscript(folder), "pdf_printed_smaller.pdf": smaller(folder), "pdf_xfa.pdf": livecycle()}
    for file, data in made.items():
        (OUT / file).write_bytes(data)
        print(file, len(data))


def by_ghostscript(folder: Path) -> bytes:
    printed.by_ghostscript(HERE / "month" / "12_impossible_date.pdf", folder / "flat.pdf")
    return packed(folder / "flat.pdf", folder)


def smaller(folder: Path) -> bytes:
    """A PDF form about a place, flattened, then printed "to fit the page"."""
    script = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    case = next(case for case in script["case"] if case["file"] == "10_a_place.xlsx")
    form, blank = HOME.form(case["form"]), folder / "blank.pdf"
    blank.write_bytes(pdf.build(form, HOME))
    typed = dict(keystrokes(form, "pdf", answers_of(case, script), radio_groups(blank)))
    fill_with_pdfium(blank, typed, folder / "filled.pdf")
    printed.by_pdftk(folder / "filled.pdf", folder / "flat.pdf")
    shrunk = printed.with_pages((folder / "flat.pdf").read_bytes(), lambda pages: map(printed.shrunk, pages))
    (folder / "shrunk.pdf").write_bytes(shrunk)
    printed.by_ghostscript(folder / "shrunk.pdf", folder / "printed.pdf")
    return packed(folder / "printed.pdf", folder)


def packed(file: Path, folder: Path) -> bytes:
    subprocess.run(
        ["qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9", file, folder / "packed"], check=True
    )
    return (folder / "packed").read_bytes()


def livecycle() -> bytes:
    stream = f"<</Length {len(XFA.encode())}>>stream\n{XFA}\nendstream".encode()
    return handmade(acroform="/XFA[(datasets)20 0 R]", extra={20: stream})


if __name__ == "__main__":
    main()
