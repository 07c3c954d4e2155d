"""Writes what each file of examples/arrives must give, beside it: .venv/bin/python examples/make_arrives_expected.py

The files themselves are made by the make_arrives_*.py beside this one. Read the difference before you commit it.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mase_docs.definition.home import Home  # noqa: E402
from mase_docs.intake.arriving import Passwords  # noqa: E402
from mase_docs.intake.as_json import as_json  # noqa: E402
from mase_docs.pipeline import read  # noqa: E402

ARRIVES, TODAY = ROOT / "examples" / "arrives", date(2026, 11, 23)
BESIDE = (".json", ".txt")


def main() -> None:
    home, passwords = Home(ARRIVES), Passwords((ARRIVES / "passwords.txt").read_text(encoding="utf-8").splitlines())
    for path in sorted(path for path in ARRIVES.iterdir() if path.is_file() and path.suffix not in BESIDE):
        found = [as_json(form, home) for form in read([path], home, TODAY, passwords)]
        path.with_name(f"{path.name}.expected.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
