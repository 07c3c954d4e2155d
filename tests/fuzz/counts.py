"""What became of the broken files of one kind, and the most time and memory that one of them took."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PEAK = re.compile(r"VmHWM:\s*(\d+) kB")
REPORT = "MASE_DOCS_COUNTS"
"""The environment variable that names the file to which counts are added."""
TOLD = ("lost", "wrong", "defect", "time", "memory", "fall", "emptied", "content")
"""The verdicts whose files are named in the report."""


class Counts:
    """seconds: of work, the most for one file; megabytes: the most that a worker ever held."""

    def __init__(self, kind: str) -> None:
        self.kind, self.seconds, self.megabytes = kind, 0.0, 0.0
        self.workers: list[psutil.Process] = []
        self.named: dict[str, list[str]] = defaultdict(list)

    def add(self, verdict: str, name: str) -> None:
        self.named[verdict].append(f"{verdict}: {name}")

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around the reading of one file. What a worker that was killed had taken is not known: the verdict tells."""
        self.workers = workers(self.workers)
        before = {worker.pid: _seconds(worker) for worker in self.workers}
        yield
        self.workers = workers(self.workers)
        for worker in self.workers:
            with suppress(psutil.NoSuchProcess, OSError):
                self.seconds = max(self.seconds, _seconds(worker) - before.get(worker.pid, 0.0))
                self.megabytes = max(self.megabytes, _peak(worker))

    def report(self) -> None:
        """Adds the counts to the file that MASE_DOCS_COUNTS names, where it names one."""
        if path := os.environ.get(REPORT):
            counted = {verdict: len(named) for verdict, named in sorted(self.named.items())}
            special = [name for verdict in TOLD for name in self.named.get(verdict, ())]
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{self.kind} {counted} {self.seconds:.1f} s {self.megabytes:.0f} MB {special}\n")


def workers(known: list[psutil.Process]) -> list[psutil.Process]:
    """The worker that this process watches, looked for only where the one known is gone; none right after it was killed."""
    if known and known[0].is_running():
        return known
    return [child for child in psutil.Process().children() if "mase_docs.worker" in _command(child)]


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()
    return []


def _seconds(worker: psutil.Process) -> float:
    return sum(worker.cpu_times()[:2])


def _peak(worker: psutil.Process) -> float:
    """In megabytes: as Linux and Windows keep it, elsewhere what is held now."""
    status = Path(f"/proc/{worker.pid}/status")
    if status.exists() and (told := PEAK.search(status.read_text())):
        return int(told[1]) * 1024 / 1e6
    now = worker.memory_info()
    return float(getattr(now, "peak_wset", now.rss)) / 1e6
