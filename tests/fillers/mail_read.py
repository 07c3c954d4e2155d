"""postal-mime and ical.js, which read mails and invites for web mail and for Thunderbird's calendar, say what they found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.fillers.node_programs import run


def read_with_postal_mime(file: Path) -> dict[str, Any]:
    """A mail: subject, to, text, headers and what is attached, in base64."""
    return _read("postal_mime_read.mjs", file)


def read_with_ical_js(file: Path) -> dict[str, Any]:
    """An invite: its method and its events."""
    return _read("ical_js_read.mjs", file)


def _read(script: str, file: Path) -> dict[str, Any]:
    out = file.with_suffix(".read.json")
    run(script, {"file": str(file), "out": str(out)})
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found
