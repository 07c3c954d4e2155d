"""Files opened in a process that is watched: one that takes too long, too much memory or falls over costs one file, never the batch.

(python-calamine aborts its whole process on a workbook of 7 KB; others loop or grow without end. None of that can be caught from inside.)
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any

import psutil

from mase_docs.intake import limits
from mase_docs.intake.parts import Opened, Part
from mase_docs.intake.reader import refused
from mase_docs.intake.worker import DEBUG, length_of, send

GLANCE = 0.05
"""Seconds between two looks at the worker."""
MAY_ANSWER_WITH = ("mase_docs.intake.parts", "mase_docs.model.submission", "mase_docs.problems", "datetime")
"""The modules whose classes an answer is made of. Nothing else is ever loaded from what a worker sends."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Libraries for pictures take memory for every thread they might start."""


class GoneError(Exception):
    """The worker is no more; `reason` is what its file is refused for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Watched:
    """Opens files in a worker, which is started when it is needed and started again after it had to be killed."""

    def __init__(self, folder: Path | None, today: date) -> None:
        self._setup = folder, today
        self._worker: _Worker | None = None

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._end()

    def open(self, part: Part, passwords: Sequence[str] = ()) -> Opened:
        """What `reader.opened` gives for the part; refused as AR38 where that could not be waited for."""
        try:
            self._worker = self._worker or _Worker(*self._setup)
            return self._worker.ask(part, list(passwords))
        except BaseException as stopped:
            self._end()
            if isinstance(stopped, GoneError):
                return refused(part, stopped.reason)
            raise

    def _end(self) -> None:
        if self._worker:
            self._worker.kill()
        self._worker = None


class _Worker:
    """One process, and the thread that waits for its answers."""

    def __init__(self, folder: Path | None, today: date) -> None:
        quiet = None if os.environ.get(DEBUG) else subprocess.DEVNULL
        command = [sys.executable, "-P", "-m", "mase_docs.intake.worker"]
        self._process = subprocess.Popen(  # noqa: S603 our own interpreter, our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, env={**os.environ, **ONE_THREAD}
        )
        self._seen = psutil.Process(self._process.pid)
        self._answers: SimpleQueue[Opened | type[EOFError] | None] = SimpleQueue()
        Thread(target=self._listen, daemon=True).start()
        self._say((folder, today))

    def ask(self, part: Part, passwords: list[str]) -> Opened:
        """What the worker answers. Raises GoneError where it fell over, took too long or took too much."""
        self._say((part, passwords))
        return self._wait()

    def _say(self, message: Any) -> None:
        assert self._process.stdin
        try:
            send(self._process.stdin, message)
        except OSError:
            raise GoneError("AR38") from None

    def _listen(self) -> None:
        """Hands on each answer as it comes, and EOFError when there will be no more."""
        assert self._process.stdout
        with suppress(Exception):
            while True:
                self._answers.put(_Answers(BytesIO(self._process.stdout.read(length_of(self._process.stdout)))).load())
        self._answers.put(EOFError)

    def _wait(self) -> Opened:
        began = self._clocks()
        while True:
            try:
                answer = self._answers.get(timeout=GLANCE)
            except Empty:
                self._look(began)
                continue
            if answer is EOFError:
                raise GoneError("AR38")
            if isinstance(answer, Opened):
                return answer
            began = self._clocks()

    def _look(self, began: tuple[float, float]) -> None:
        """Raises GoneError where the worker has passed a limit since it gave its last sign of life."""
        with suppress(psutil.NoSuchProcess):
            cpu, wall = (now - then for now, then in zip(self._clocks(), began, strict=True))
            if cpu > limits.SECONDS or wall > limits.SECONDS_WAITED:
                raise GoneError("AR38 time")
            if any(process.memory_info().rss > limits.MEMORY for process in self._family()):
                raise GoneError("AR38 memory")

    def _clocks(self) -> tuple[float, float]:
        """Seconds of work done by the worker and what it started, and seconds on the clock."""
        with suppress(psutil.NoSuchProcess):
            return sum(sum(process.cpu_times()[:4]) for process in self._family()), monotonic()
        return 0.0, monotonic()

    def _family(self) -> list[psutil.Process]:
        """The worker and every program that it runs."""
        return [self._seen, *self._seen.children(recursive=True)]

    def kill(self) -> None:
        """Ends the worker and whatever it started."""
        with suppress(psutil.NoSuchProcess):
            for process in reversed(self._family()):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None
        self._process.wait()


class _Answers(pickle.Unpickler):
    """Loads an answer, and nothing that an answer isn't made of: a library that was taken over can't send code."""

    def find_class(self, module: str, name: str) -> Any:
        if module not in MAY_ANSWER_WITH:
            raise pickle.UnpicklingError(f"{module} has no place in an answer")
        return super().find_class(module, name)
