"""Work on strangers' files done in a process that is watched: what takes too long, too much memory or falls over costs one file only.

(python-calamine aborts its whole process on a workbook of 7 KB; others loop or grow without end. None of that can be caught from inside.)
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any, Literal

import psutil

from mase_docs.errors import MaseDocsError
from mase_docs.worker import DEBUG, packed, send

Reason = Literal["time", "memory", "fall", "defect"]
GLANCE = 0.05
"""Seconds between two looks at the worker."""
PACKED_FROM = ("mase_docs.intake.parts", "mase_docs.model.edited", "mase_docs.model.submission", "mase_docs.problems", "datetime")
"""The modules whose classes an answer may be made of. Nothing else is ever loaded from what a worker sends."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Libraries for pictures take memory for every thread they might start."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take between two signs of life (signs.py).

    seconds  of work; waited: on the clock, however little of them a busy machine gave it; memory: bytes, in any one process
    """

    seconds: float = 10
    waited: float = 60
    memory: int = 480_000_000


LIMITS = Limits()


class GoneError(Exception):
    """The call was not answered, for a reason: it took too long or too much memory, the process fell over, or there is a defect in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Watched:
    """Calls functions in a worker, which is started again after it had to be killed."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._worker: _Worker | None = None

    def __enter__(self) -> Watched:
        """Starts the worker: it wakes while the caller still prepares."""
        self._worker = _Worker(self._limits)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._end()

    def call(self, module: str, function: str, *given: Any) -> Any:
        """What the function gives. Raises GoneError, or MaseDocsError with the words of the one that the function raised."""
        try:
            self._worker = self._worker or _Worker(self._limits)
            how, what = self._worker.ask(module, function, given)
        except BaseException:
            self._end()
            raise
        if how == "defect":
            raise GoneError("defect")
        if how == "said":
            raise MaseDocsError(*what)
        return what

    def _end(self) -> None:
        if self._worker:
            self._worker.kill()
        self._worker = None


class _Worker:
    """One process, and the thread that waits for its answers."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        quiet = None if os.environ.get(DEBUG) else subprocess.DEVNULL
        command = [sys.executable, "-P", "-m", "mase_docs.worker"]
        self._process = subprocess.Popen(  # noqa: S603 our own interpreter, our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, env={**os.environ, **ONE_THREAD}
        )
        self._seen = psutil.Process(self._process.pid)
        self._answers: SimpleQueue[Any] = SimpleQueue()
        Thread(target=self._listen, daemon=True).start()
        self._say(limits.memory)

    def ask(self, *call: Any) -> tuple[str, Any]:
        """How the worker answers and what. Raises GoneError where it fell over, took too long or took too much."""
        self._say(call)
        began = None  # most calls are answered before anyone looks at a clock: that means a look at every process there is
        while True:
            try:
                answer = self._answers.get(timeout=GLANCE)
            except Empty:
                began = began or self._clocks()
                self._look(began)
                continue
            if answer is EOFError:
                raise GoneError("fall")
            if answer:
                return answer  # type: ignore[no-any-return]
            began = None

    def _say(self, message: Any) -> None:
        assert self._process.stdin
        try:
            send(self._process.stdin, message)
        except OSError:
            raise GoneError("fall") from None

    def _listen(self) -> None:
        """Hands on each answer as it comes, and EOFError when there will be no more."""
        assert self._process.stdout
        with suppress(Exception):
            while True:
                self._answers.put(_Answers(BytesIO(packed(self._process.stdout))).load())
        self._answers.put(EOFError)

    def _look(self, began: tuple[float, float]) -> None:
        """Raises GoneError where the worker has passed a limit since it gave its last sign of life."""
        with suppress(psutil.NoSuchProcess):
            worked, waited = (now - then for now, then in zip(self._clocks(), began, strict=True))
            if worked > self._limits.seconds or waited > self._limits.waited:
                raise GoneError("time")
            if any(process.memory_info().rss > self._limits.memory for process in self._family()):
                raise GoneError("memory")

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
            self._seen.suspend()  # it starts nothing more while what it started is ended
            for process in reversed(self._family()):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        for pipe in filter(None, (self._process.stdin, self._process.stdout)):
            with suppress(OSError):
                pipe.close()
        self._process.kill()
        self._process.wait()


class _Answers(pickle.Unpickler):
    """Loads an answer, and nothing that an answer isn't made of: a library that was taken over can't send code."""

    def find_class(self, module: str, name: str) -> Any:
        if module not in PACKED_FROM:
            raise pickle.UnpicklingError(f"{module} has no place in an answer")
        return super().find_class(module, name)
