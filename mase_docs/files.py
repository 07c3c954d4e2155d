"""Files in and out: folders walked in order, and nothing overwritten or half-written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mase_docs.errors import OutputExistsError, UsageError

PASSED_OVER = (".expected.json", ".toml", ".md", "references.json", "passwords.txt")
"""Files that stand beside forms in a folder and are not forms."""


def walk(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    """Every file named, and every file in every folder named, each once, in order of path. Raises UsageError for what isn't there."""
    found: set[Path] = set()
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.", "Check the spelling of the path.")
        found.update(_inside(path) if path.is_dir() else [path])
    yield from sorted(found)


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be forms: not hidden ones, not Office's lock files, not what stands beside forms.

    A folder in it that may not be looked into comes as it is: it is no file, and is told to be none.
    """
    closed: list[OSError] = []
    for place, _, names in os.walk(folder, onerror=closed.append):
        yield from (path for path in (Path(place, name) for name in names) if _may_be_a_form(path, folder))
    yield from (path for path in (Path(error.filename) for error in closed) if _may_be_a_form(path, folder))


def _may_be_a_form(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and not path.name.endswith(PASSED_OVER)


def write(path: Path, data: bytes, *, force: bool = False) -> Path:
    """The file written under a temporary name in the same folder and moved into place; its path.

    Raises OutputExistsError where it is there already and force isn't set.
    """
    with in_making(path, force=force) as making:
        making.write_bytes(data)
    return path


@contextmanager
def in_making(path: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty file of another name in the same folder, for its owner alone, which takes the real name when all went well.

    Raises OutputExistsError where a file of that name is there already and force isn't set.
    """
    must_not_exist(path, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    os.close(handle)
    try:
        yield Path(temporary)
        os.chmod(temporary, 0o666 & ~_umask())
        must_not_exist(path, force=force)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


@contextmanager
def folder_in_making(path: Path, ours: str, *, force: bool = False) -> Iterator[Path]:
    """An empty folder beside it, for its owner alone, which takes the real name when all went well.

    With force a folder that is there is replaced, but only one that was written here: the file `ours` is in it.
    Else raises OutputExistsError.
    """
    _must_be_replaceable(path, ours, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=path.parent, prefix=".writing-"))
    try:
        yield making
        before = making.with_name(f"{making.name}-before")
        if path.exists():
            os.replace(path, before)
        os.replace(making, path)
        shutil.rmtree(before, ignore_errors=True)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _must_be_replaceable(path: Path, ours: str, *, force: bool) -> None:
    must_not_exist(path, force=force)
    if path.exists() and not (path / ours).is_file():
        raise OutputExistsError(f"{path} is something else than what would be written there; it was left as it is.", "Choose another name.")


def must_not_exist(path: Path, *, force: bool = False) -> None:
    """Raises OutputExistsError where the file is there already and force isn't set: asked before long work begins."""
    if path.exists() and not force:
        raise OutputExistsError(f"{path} is already there; nothing was written.", "Choose another name, or add --force to replace it.")


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
