"""The process in which strangers' files are opened: it may be killed at any moment, and nothing but that one file is lost.

It is started by watch.py, is sent one call after another (a function by its name, and what it is given) and answers each. What passes
between the two is pickled, each message after its length in eight bytes. No library can write into that: standard output is turned
away first.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

from mase_docs import signs
from mase_docs.errors import MaseDocsError

LENGTH = struct.Struct(">Q")
DEBUG = "MASE_DOCS_DEBUG"
"""The environment variable under which a defect's traceback is shown: it may hold answers."""


def main() -> None:
    """Answers what it is asked until there is no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signs.tell = lambda: send(answers, None)
    with suppress(EOFError, BrokenPipeError):
        _limit_memory(receive(sys.stdin.buffer))
        while True:
            send(answers, _answer(*receive(sys.stdin.buffer)))


def _answer(module: str, function: str, given: tuple[Any, ...]) -> tuple[str, Any]:
    """("done", what the function gives), ("said", why it refuses) or ("defect", the kind of what it raised)."""
    try:
        return "done", getattr(import_module(module), function)(*given)
    except MaseDocsError as refusal:
        return "said", (refusal.message, refusal.remedy)
    except Exception as defect:  # noqa: BLE001 whatever is left is a defect of ours, and costs this file only
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return "defect", type(defect).__name__


def _limit_memory(most: int) -> None:
    """Where the system can hold a process to its memory, an answer comes in place of a killing."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def send(to: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message)
    to.write(LENGTH.pack(len(data)) + data)
    to.flush()


def receive(source: IO[bytes]) -> Any:
    """The next message. Raises EOFError where there is none."""
    return pickle.loads(packed(source))  # noqa: S301 sent by watch.py, the process that started this one


def packed(source: IO[bytes]) -> bytes:
    """The next message as it was packed. Raises EOFError where there is none."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    return source.read(LENGTH.unpack(head)[0])


if __name__ == "__main__":
    main()
