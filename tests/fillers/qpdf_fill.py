"""qpdf writes answers into a blank PDF as a back-office program would: values only, and the wish that the viewer draws them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.fillers.pdf_places import Answers

Objects = dict[str, Any]


def fill_with_qpdf(blank: Path, answers: Answers, out: Path) -> None:
    """Sets each answer and saves the form as `out`. Raises KeyError for a field that isn't there."""
    shown = subprocess.run(["qpdf", "--json=2", "--json-stream-data=none", blank], capture_output=True, check=True)
    head, objects = json.loads(shown.stdout)["qpdf"]
    changed = _form_that_wants_drawing(objects)
    fields = {key: value for key, value in objects.items() if "/T" in _dictionary(value)}
    by_name = {_dictionary(value)["/T"].removeprefix("u:"): key for key, value in fields.items()}
    for name, answer in answers.items():
        changed |= _set(objects, by_name[name], answer)
    _update(blank, head, changed, out)


def _dictionary(entry: Any) -> dict[str, Any]:
    value = entry.get("value") if isinstance(entry, dict) else None
    return value if isinstance(value, dict) else {}


def _form_that_wants_drawing(objects: Objects) -> Objects:
    key = next(key for key, value in objects.items() if "/Fields" in _dictionary(value))
    return {key: {"value": {**objects[key]["value"], "/NeedAppearances": True}}}


def _set(objects: Objects, key: str, answer: str | bool) -> Objects:
    field = objects[key]["value"]
    if field["/FT"] != "/Btn":
        return {key: {"value": {**field, "/V": f"u:{answer}"}}}
    state = "/Yes" if answer is True else f"/{answer}"
    own = {"/AS": state} if "/AS" in field else {}
    return {key: {"value": {**field, "/V": state, **own}}} | dict(_kids(objects, field, state))


def _kids(objects: Objects, field: dict[str, Any], state: str) -> Iterator[tuple[str, Any]]:
    for kid in field.get("/Kids", []):
        widget = objects[f"obj:{kid}"]["value"]
        shown = state if state in widget["/AP"]["/N"] else "/Off"
        yield f"obj:{kid}", {"value": {**widget, "/AS": shown}}


def _update(blank: Path, head: Any, changed: Objects, out: Path) -> None:
    with TemporaryDirectory() as folder:
        update = Path(folder) / "update.json"
        update.write_text(json.dumps({"qpdf": [head, changed]}), encoding="utf-8")
        subprocess.run(["qpdf", blank, f"--update-from-json={update}", out], check=True)
