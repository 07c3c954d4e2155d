"""A process that receives forms which were read already: python -m tests.register.receiving_process ADDRESS FORMS

It says "ready" before the first is recorded, so that whoever kills it knows when to begin.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from mase_docs.definition.home import Home
from mase_docs.model.submission import Submission
from mase_docs.pipeline import Occasion, check, read, receive
from mase_docs.register.register import Register
from tests.conftest import ROOT
from tests.register.stores import BOROUGH, TODAY

MONTH = ROOT / "examples" / "month"


SHORT = (
    "family_name",
    "given_names",
    "dob",
    "nhs_number",
    "referral_date",
    "referrer_agency",
    "school_name",
    "cse_category",
    "category_date",
)


def forms_in(folder: Path, *, short: bool = False) -> Path:
    """The forms of a folder, read and checked, in a file that this process takes; short: nine of ten with their main answers alone,
    which are recorded in a third of the time."""
    originals: dict[str, bytes] = {}
    home = Home(MONTH)
    forms = check(read([folder], home, TODAY, keep=originals), home, TODAY)
    for form in (form for n, form in enumerate(forms) if short and n % 10):
        form.answers = {path: answer for path, answer in form.answers.items() if path in SHORT}
    path = folder.with_suffix(".forms")
    path.write_bytes(pickle.dumps((forms, originals)))
    return path


def started(address: str, forms: Path) -> subprocess.Popen[str]:
    """The process, at work."""
    words = [sys.executable, "-m", "tests.register.receiving_process", address, str(forms)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline().strip() == "ready", process.stderr and process.stderr.read()
    return process


def main(address: str, path: str) -> None:
    forms, originals = _loaded(path)
    with Register.open(address, BOROUGH) as register:
        print("ready", flush=True)  # noqa: T201
        for _ in receive(forms, originals, register, Occasion(Home(MONTH), TODAY)):
            pass


def _loaded(path: str) -> tuple[list[Submission], dict[str, bytes]]:
    return pickle.loads(Path(path).read_bytes())  # type: ignore[no-any-return]


if __name__ == "__main__":
    main(*sys.argv[1:])
