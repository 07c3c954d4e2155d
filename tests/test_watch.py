"""Work that is watched: what hangs, grows or falls over is ended, and the next call goes through."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import psutil
import pytest

from mase_docs.errors import MaseDocsError
from mase_docs.watch import GoneError, Limits, Watched

posix = pytest.mark.skipif(os.name == "nt", reason="ends a process the POSIX way")


@pytest.fixture
def watched() -> Iterator[Watched]:
    with Watched(Limits(seconds=0.5, waited=2, memory=200_000_000)) as process:
        yield process


def works(process: Watched) -> bool:
    return bool(process.call("os.path", "basename", "folder/form.xlsx") == "form.xlsx")


def reason(process: Watched, *call: object) -> str:
    with pytest.raises(GoneError) as gone:
        process.call(*call)  # type: ignore[arg-type]
    return gone.value.reason


def test_work_without_end_is_ended_after_its_seconds(watched: Watched) -> None:
    assert reason(watched, "math", "factorial", 3_000_000) == "time"
    assert works(watched)


def test_waiting_without_end_is_ended_too(watched: Watched) -> None:
    assert reason(watched, "time", "sleep", 60) == "time"
    assert works(watched)


def test_work_that_needs_too_much_memory_is_ended(watched: Watched) -> None:
    assert reason(watched, "builtins", "bytearray", 2_000_000_000) in ("memory", "defect")
    assert works(watched)


@posix
def test_a_process_that_falls_over_costs_one_call(watched: Watched) -> None:
    assert reason(watched, "os", "abort") == "fall"
    assert reason(watched, "os", "_exit", 3) == "fall"
    assert works(watched)


@posix
def test_a_worker_killed_from_outside_is_started_again(watched: Watched) -> None:
    assert works(watched)
    [worker] = psutil.Process().children()
    Timer(0.2, lambda: worker.send_signal(signal.SIGKILL)).start()
    assert reason(watched, "time", "sleep", 60) == "fall"
    assert works(watched)


def test_a_program_that_the_worker_started_is_ended_with_it(watched: Watched) -> None:
    code = "import time; time.sleep(60)"
    assert reason(watched, "subprocess", "call", [sys.executable, "-c", code]) == "time"
    assert not [p for p in psutil.Process().children(recursive=True) if code in " ".join(p.cmdline())]


def test_signs_of_life_give_more_time() -> None:
    code = "import time\nfrom mase_docs.signs import alive\nfor _ in range(6):\n time.sleep(.4)\n alive()"
    with Watched(Limits(seconds=5, waited=1.2)) as process:
        process.call("builtins", "exec", code)
        assert reason(process, "builtins", "exec", code.replace("alive()", "pass")) == "time"


def test_a_refusal_comes_across_with_its_words(watched: Watched) -> None:
    with pytest.raises(MaseDocsError, match=r"There is no file or folder"):
        watched.call("builtins", "exec", "from mase_docs.files import walk; list(walk(['/there/is/none']))")


def test_a_defect_is_told_and_its_words_are_not(watched: Watched, capfd: pytest.CaptureFixture[str]) -> None:
    assert reason(watched, "builtins", "int", "an answer") == "defect"
    assert capfd.readouterr() == ("", "")


def test_no_code_is_taken_from_what_a_worker_sends(watched: Watched, tmp_path: Path) -> None:
    """A library that was taken over could answer with a pickle that runs something; it is not loaded."""
    mark = tmp_path / "was here"
    attack = f"""
import mase_docs.worker as w, pickle
class Attack:
    def __reduce__(self):
        return (exec, ("open({str(mark)!r}, 'w')",))
"""
    code = attack + "\nw._answer.__globals__['attack'] = Attack()"
    watched.call("builtins", "exec", code)
    assert reason(watched, "builtins", "eval", "__import__('mase_docs.worker').worker.attack") == "fall"
    assert not mark.exists()


def test_what_is_printed_in_a_worker_goes_nowhere(watched: Watched, capfd: pytest.CaptureFixture[str]) -> None:
    watched.call("builtins", "print", "an answer")
    watched.call("os", "system", "echo an answer")
    assert capfd.readouterr().out == ""
    assert works(watched)


def test_no_worker_is_left_behind() -> None:
    with Watched() as process:
        assert works(process)
    assert not [p for p in psutil.Process().children() if "mase_docs.worker" in " ".join(p.cmdline())]
