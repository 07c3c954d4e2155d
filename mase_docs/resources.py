"""Where the shipped data stands: in a checkout, an editable install and a wheel alike."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path


def data_folder() -> Path:
    """The platform's data folder for mase-docs, there or not."""
    base = os.environ.get("APPDATA") or os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "mase-docs"


def folder(kind: str) -> Path:
    """The shipped folder of a kind, "forms", "templates" or "examples".

    Run from a checkout that isn't installed, the package in the working folder hides the installed one, so the
    folder beside it is taken.
    """
    try:
        return Path(import_module(f"mase_docs.{kind}").__path__[0])
    except ModuleNotFoundError:
        return Path(__file__).resolve().parent.parent / kind


def find(kind: str, name: str, home: Path | None = None) -> Path | None:
    """The file of that name: the user's own (`home/kind/name`) before the shipped one; None if neither is there."""
    places = ([home / kind] if home else []) + [folder(kind)]
    return next((place / name for place in places if (place / name).is_file()), None)


def listed(kind: str, pattern: str, home: Path | None = None) -> list[Path]:
    """Every file that fits the pattern, the user's own hiding shipped ones of the same name, in order of name."""
    places = [folder(kind)] + ([home / kind] if home else [])
    found = {path.name: path for place in places for path in place.glob(pattern)}
    return [found[name] for name in sorted(found)]
