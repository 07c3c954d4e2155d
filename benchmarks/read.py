"""Processor time to read and check each completed form of the month, beside the plain libraries on the same files."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader

from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.validation.check import check

MONTH = Path(__file__).resolve().parent.parent / "examples" / "month"
HOME, TODAY, TIMES = Home(MONTH), date(2026, 11, 23), 5
PLAIN: dict[str, Callable[[bytes], object]] = {
    ".xlsx": lambda data: load_workbook(BytesIO(data), data_only=True),
    ".pdf": lambda data: PdfReader(BytesIO(data)).get_fields(),
}


def best(work: Callable[[], object]) -> float:
    """The shortest processor time of several runs, in milliseconds."""

    def once() -> float:
        started = time.process_time()
        work()
        return (time.process_time() - started) * 1000

    return min(once() for _ in range(TIMES))


def main() -> None:
    print(f"{'form':<28} {'read':>8} {'plain':>8} {'check':>8}   ms of processor time, best of {TIMES}")
    for path in sorted(p for p in MONTH.iterdir() if p.suffix in PLAIN):
        data = path.read_bytes()
        submission = read_source(path.name, data, HOME, TODAY)
        ours, plain = best(lambda: read_source("form", data, HOME, TODAY)), best(lambda: PLAIN[path.suffix](data))  # noqa: B023
        checked = best(lambda: check(submission, HOME, TODAY))  # noqa: B023
        print(f"{path.name:<28} {ours:8.1f} {plain:8.1f} {checked:8.1f}")


if __name__ == "__main__":
    main()
