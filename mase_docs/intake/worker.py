"""The process in which files are opened: it may be killed at any moment, and nothing but that one file is lost.

It is started by watch.py, is sent one Part after another and answers each with an Opened. What passes between the two is pickled,
each message after its length in eight bytes. No library can write into that: standard output is turned away first.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import suppress
from datetime import date
from typing import IO, Any

from mase_docs.definition.home import Home
from mase_docs.intake import limits, signs
from mase_docs.intake.parts import Opened, Part
from mase_docs.intake.reader import opened, refused

LENGTH = struct.Struct(">Q")
DEBUG = "MASE_DOCS_DEBUG"
"""The environment variable under which a defect's traceback is shown: it may hold answers."""


def main() -> None:
    """Opens what it is sent until there is no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    signs.tell = lambda: send(answers, None)
    folder, today = receive(sys.stdin.buffer)
    home = Home(folder)
    home.must_be_right()
    signs.alive()
    with suppress(EOFError, BrokenPipeError):
        while True:
            part, passwords = receive(sys.stdin.buffer)
            send(answers, _opened(part, passwords, home, today))


def _opened(part: Part, passwords: list[str], home: Home, today: date) -> Opened:
    try:
        return opened(part, home, today, passwords)
    except Exception:  # noqa: BLE001 whatever is left is a defect of ours, and costs this file only
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return refused(part, "AR38 defect")


def _limit_memory() -> None:
    """Where the system can hold a process to its memory, an answer comes in place of a killing."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limits.MEMORY, limits.MEMORY))


def send(to: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message)
    to.write(LENGTH.pack(len(data)) + data)
    to.flush()


def receive(source: IO[bytes]) -> Any:
    """The next message. Raises EOFError where there is none."""
    return pickle.loads(source.read(length_of(source)))  # noqa: S301 sent by watch.py, the process that started this one


def length_of(source: IO[bytes]) -> int:
    """The length of the next message. Raises EOFError where there is none."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    length: int = LENGTH.unpack(head)[0]
    return length


if __name__ == "__main__":
    main()
