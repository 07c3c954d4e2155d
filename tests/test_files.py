"""Files in and out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mase_docs.errors import OutputExistsError, UsageError
from mase_docs.files import walk, write


def test_a_folder_is_walked_in_order_of_path_whatever_the_order_it_is_named_in(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.pdf", "deeper/c.xlsx"):
        write(tmp_path / name, b"x")
    everything = list(walk([tmp_path]))
    assert [str(p.relative_to(tmp_path)) for p in everything] == ["a.pdf", "b.xlsx", "deeper/c.xlsx"]
    assert list(walk([tmp_path / "b.xlsx", tmp_path / "deeper", tmp_path / "a.pdf", tmp_path])) == everything


def test_hidden_files_and_office_lock_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$form.xlsx", ".git/config", "form.xlsx"):
        write(tmp_path / name, b"x")
    assert [p.name for p in walk([tmp_path])] == ["form.xlsx"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps its rights elsewhere")
def test_what_cannot_be_opened_in_a_folder_is_not_left_out_silently(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "gone.xlsx").symlink_to("nowhere")
    look = os.scandir

    def may_not(place: str) -> Iterator[os.DirEntry[str]]:
        if Path(place).name == "closed":  # the tests may run as one who may look everywhere
            raise PermissionError(13, "Permission denied", place)
        return look(place)

    monkeypatch.setattr(os, "scandir", may_not)
    assert [p.name for p in walk([tmp_path])] == ["closed", "gone.xlsx"]


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file or folder"):
        list(walk([tmp_path / "nothing"]))


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    target = write(tmp_path / "minutes.docx", b"first")
    with pytest.raises(OutputExistsError, match="--force"):
        write(target, b"second")
    assert target.read_bytes() == b"first"
    assert write(target, b"second", force=True).read_bytes() == b"second"


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write(tmp_path / "minutes.docx", "not bytes")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
