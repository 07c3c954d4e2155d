"""Which reader should be first for the workbooks of other programs: what each sees of the same file, and how long it takes.

    .venv/bin/python benchmarks/other_programs.py

needs LibreOffice, Gnumeric and node (for SheetJS). What it found is in benchmarks/README.md.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from mase_docs.errors import InputRefusedError  # noqa: E402
from mase_docs.intake.workbook import Workbook  # noqa: E402
from tests.fillers.gnumeric_resave import resave_with_gnumeric  # noqa: E402
from tests.fillers.libreoffice_resave import resave_with_libreoffice  # noqa: E402
from tests.fillers.sheet_libraries_resave import resave_with_sheetjs  # noqa: E402
from tests.intake.odd_workbook import HELD, NAMES, odd_workbook, opened  # noqa: E402

FORM = HERE.parent / "examples" / "month" / "01_school_group.xlsx"
TIMES = 5
WANTED = {what: cell for what, (_, _, cell) in HELD.items()}
CALAMINE = """
import sys
from io import BytesIO
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
print(len([cell for row in book.get_sheet_by_index(0).to_python() for cell in row if cell != ""]))
"""


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        print(f"{'file':<16} {'reader':<9} {'values':>6} {'names':>6} {'merged':>6} {'hidden':>6} {'formula':>7} {'ms':>7}")
        for odd in sorted(folder.glob("*_odd.*")):
            form = odd.with_name(odd.name.replace("_odd", "_form"))
            for reader, sees in READERS.items():
                if found := seen(sees, odd):
                    print(f"{odd.name:<16} {reader:<9} {found} {milliseconds(sees, form):>7.0f}")
    damaged()


def make(folder: Path) -> None:
    (folder / "odd.xlsx").write_bytes(odd_workbook())
    (folder / "form.xlsx").write_bytes(FORM.read_bytes())
    (folder / "lo").mkdir()
    resave_with_libreoffice([folder / "odd.xlsx", folder / "form.xlsx"], folder / "lo", ["xlsx", "xls", "ods"])
    for kind in ("xlsx", "xls", "ods"):
        for what in ("odd", "form"):
            (folder / "lo" / f"{what}.{kind}").rename(folder / f"lo_{what}.{kind}")
            resave_with_gnumeric(folder / f"{what}.xlsx", folder / f"gn_{what}.{kind}", kind)
    for what in ("odd", "form"):
        resave_with_sheetjs(folder / f"{what}.xlsx", {kind: folder / f"js_{what}.{kind}" for kind in ("xlsb", "xls", "ods")})


def seen(sees: Callable[[Path], tuple[int, ...] | None], path: Path) -> str:
    found = sees(path)
    return f"{found[0]:>3}/{len(HELD)} {found[1]:>6} {found[2]:>6} {found[3]:>6} {found[4]:>7}" if found else ""


def ours(path: Path) -> tuple[int, ...]:
    book = opened(path)
    sheet = book.sheet(next(iter(book.entries)))
    lines = [(sheet.cell((row, 1)).value, sheet.cell((row, 2))) for row in range(1, len(HELD) + 1)]
    right = sum(WANTED[str(what)].value == cell.value for what, cell in lines if what in WANTED)
    told = sum(what == "a formula" and cell.formula for what, cell in lines)
    return right, len(NAMES.keys() & book.names.keys()), len(sheet.merged), sum(e.state != "visible" for e in book.entries.values()), told


def calamine(path: Path) -> tuple[int, ...] | None:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_index(0)
    except CalamineError:
        return 0, 0, 0, 0, 0
    lines = dict(row[:2] for row in sheet.to_python(skip_empty_area=False) if len(row) > 1)
    right = sum(WANTED[what].value == value for what, value in lines.items() if what in WANTED)
    hidden = sum(str(each.visible) != "SheetVisibleEnum.Visible" for each in book.sheets_metadata)
    return right, 0, len(sheet.merged_cell_ranges or ()), hidden, 0


def xlrd(path: Path) -> tuple[int, ...] | None:
    if path.suffix != ".xls":
        return None
    import xlrd as library

    book = library.open_workbook(path, formatting_info=True, logfile=io.StringIO())
    sheet = book.sheet_by_index(0)
    lines = {sheet.cell(row, 0).value: sheet.cell(row, 1) for row in range(sheet.nrows)}
    right = sum(WANTED[what].value == _moment(book, cell) for what, cell in lines.items() if what in WANTED)
    names = sum(name.name.casefold() in NAMES for name in book.name_obj_list)
    return right, names, len(sheet.merged_cells), sum(s.visibility != 0 for s in book.sheets()), 0


def _moment(book: object, cell: object) -> object:
    import xlrd as library

    return library.xldate_as_datetime(cell.value, book.datemode) if cell.ctype == 3 else cell.value  # type: ignore[attr-defined]


READERS: dict[str, Callable[[Path], tuple[int, ...] | None]] = {"ours": ours, "calamine": calamine, "xlrd": xlrd}


def milliseconds(sees: Callable[[Path], object], path: Path) -> float:
    def once() -> float:
        started = time.process_time()
        sees(path)
        return (time.process_time() - started) * 1000

    return min(once() for _ in range(TIMES))


# ── damaged workbooks ───────────────────────────────────────────────────────────────────────────────────────────────────


def damaged() -> None:
    """Of files that ours calls damaged, how many calamine reads, and how many of their cells."""
    whole, found = len(Workbook(FORM.read_bytes()).sheet("Referral").cells), Counter[str]()
    for kind, data in spoiled(FORM.read_bytes()):
        refused = is_refused(data)
        done = subprocess.run([sys.executable, "-c", CALAMINE], input=data, capture_output=True, timeout=60, check=False)
        cells = int(done.stdout or 0)
        what = "all cells" if cells >= whole else "some cells" if cells else "nothing"
        found[f"{kind}: {'refused by ours' if refused else 'read by ours'}, calamine reads {what}"] += 1
    print("\n".join(f"{count:>4}  {what}" for what, count in sorted(found.items())))


def is_refused(data: bytes) -> bool:
    try:
        return not Workbook(data).sheet("Referral").cells
    except (InputRefusedError, KeyError):
        return True


def spoiled(form: bytes) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(7)
    for share in (0.5, 0.8, 0.95, 0.99, 0.999):
        yield "cut short", form[: int(len(form) * share)]
    for _ in range(100):
        at = chance.randrange(len(form))
        yield "one byte changed", form[:at] + bytes([form[at] ^ 1 << chance.randrange(8)]) + form[at + 1 :]
    yield "bytes before it", b"\r\n" * 20 + form
    yield "bytes behind it", form + b"\r\n" * 20
    for part in ("xl/styles.xml", "xl/sharedStrings.xml", "docProps/app.xml", "_rels/.rels", "[Content_Types].xml"):
        yield f"without {part}", repacked(form, {part: None})
    yield "a control character in a text", repacked(form, {"xl/sharedStrings.xml": lambda data: data.replace(b"<t ", b"<t>\x01</t><t ", 1)})
    yield "an & that is not escaped", repacked(form, {"xl/sharedStrings.xml": lambda data: data.replace(b"Referral", b"Referral & ", 1)})


def repacked(form: bytes, change: dict[str, Callable[[bytes], bytes] | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if changed := change.get(name, bytes):
                new.writestr(name, changed(old.read(name)))
    return out.getvalue()


if __name__ == "__main__":
    main()
