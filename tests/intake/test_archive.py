"""A zip archive gives the files in it, whoever packed it and however it is locked; one that is not safe is not unpacked."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper

from mase_docs.errors import InputRefusedError, LockedError
from mase_docs.intake import limits
from mase_docs.intake.archive import parts
from mase_docs.intake.sniff import sniff
from tests.intake.files import overlapping_zip, package
from tests.intake.mails import FORM, PDF_FORM

FILES = {"form.xlsx": FORM, "more/Eastwick form.pdf": PDF_FORM}


def found(data: bytes, *passwords: str) -> dict[str, bytes]:
    return {part.name: part.data for part in parts(data, passwords)}


def refused(data: bytes, *passwords: str) -> InputRefusedError:
    with pytest.raises(InputRefusedError) as refusal:
        parts(data, passwords)
    return refusal.value


def locked(files: dict[str, bytes], password: str, strength: int | None = 256) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setencryption(pyzipper.WZ_AES, nbits=strength)
        archive.setpassword(password.encode())
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_each_file_comes_out_with_its_folder_in_its_name() -> None:
    assert found(package(FILES)) == {"form.xlsx": FORM, "more › Eastwick form.pdf": PDF_FORM}


def test_what_finder_and_explorer_leave_behind_is_left_out() -> None:
    rubbish = {"__MACOSX/._form.xlsx": b"x", ".DS_Store": b"x", "more/.DS_Store": b"x", "more/Thumbs.db": b"x", "more/desktop.ini": b"x"}
    assert found(package({**FILES, **rubbish})) == found(package(FILES))


@pytest.mark.parametrize(
    ("name", "is_called"),
    [
        ("../../etc/form.xlsx", "etc › form.xlsx"),
        ("/form.xlsx", "form.xlsx"),
        ("C:\\Users\\gil\\form.xlsx", "C_ › Users › gil › form.xlsx"),
        ("a/b/c/d/e/form.xlsx", "c › d › e › form.xlsx"),
        ("form\u202exslx.exe", "formxslx.exe"),
        ("Zoë – form.xlsx", "Zoë – form.xlsx"),
        ("..", "file"),
    ],
)
def test_a_name_never_leaves_its_folder(name: str, is_called: str) -> None:
    assert list(found(package({name: FORM}))) == [is_called]


@pytest.mark.parametrize("letters", ["utf-8", "cp437"])
def test_names_in_the_letters_of_an_old_pc_and_in_utf_8_that_does_not_say_so(letters: str) -> None:
    name = "Zoë.xlsx"
    data = package({"Z" + "o" * (len(name.encode(letters)) - 6) + ".xlsx": FORM})
    plain = b"Z" + b"o" * (len(name.encode(letters)) - 6) + b".xlsx"
    assert list(found(data.replace(plain, name.encode(letters)))) == [name]


@pytest.mark.parametrize("strength", [128, 192, 256])
def test_an_archive_locked_by_aes_opens_with_any_of_the_passwords(strength: int) -> None:
    data = locked(FILES, "blue lamp £7", strength)
    assert sniff(data) == "locked_zip"
    assert found(data, "wrong", "blue lamp £7") == found(package(FILES))


def test_a_locked_archive_asks_for_its_password() -> None:
    data = locked(FILES, "blue lamp")
    assert isinstance(refused(data), LockedError)
    assert "zip archive is protected with a password" in refused(data).message
    assert "None of the passwords" in refused(data, "red lamp", "").message


@pytest.mark.needs("zip")
def test_an_archive_by_info_zip_opens_locked_and_plain(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    for options in ([], ["-P", "blue lamp"]):
        subprocess.run(["zip", "-q", "-r", *options, "out.zip", "form.xlsx", "more"], cwd=tmp_path, check=True)
        assert found((tmp_path / "out.zip").read_bytes(), *options[1:]) == found(package(FILES))
        (tmp_path / "out.zip").unlink()


@pytest.mark.needs("7z")
@pytest.mark.parametrize("method", ["AES256", "ZipCrypto"])
def test_an_archive_by_seven_zip_opens(method: str, tmp_path: Path) -> None:
    (tmp_path / "Zoë form.xlsx").write_bytes(FORM)
    command = ["7z", "a", "-tzip", f"-mem={method}", "-pblue lamp", "out.zip", "Zoë form.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert found((tmp_path / "out.zip").read_bytes(), "red lamp", "blue lamp") == {"Zoë form.xlsx": FORM}


def test_files_locked_with_different_passwords_each_open_with_their_own() -> None:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        for name, password in (("a.xlsx", b"one"), ("b.xlsx", b"two")):
            archive.setpassword(password)
            archive.writestr(name, FORM)
    assert found(out.getvalue(), "one", "two") == {"a.xlsx": FORM, "b.xlsx": FORM}


def test_an_archive_that_is_not_safe_is_not_unpacked() -> None:
    assert refused(overlapping_zip()).code == "AR28"
    assert refused(package({"bomb": bytes(3_000_000)})).code == "AR28"
    assert refused(package({str(n): b"" for n in range(limits.ZIP_ENTRIES + 1)})).code == "AR28"
    assert refused(locked({"bomb": bytes(30_000_000)}, "x"), "x").code == "AR28"


def test_a_damaged_archive_is_refused() -> None:
    whole = package(FILES)
    assert refused(whole[:-30]).code == "AR27"
    assert refused(whole[:1000] + b"oops" + whole[1004:]).code == "AR27"
    assert refused(locked(FILES, "x")[:-30], "x").code == "AR27"


def test_an_archive_in_an_archive_comes_as_the_archive_that_it_was() -> None:
    inner = package(FILES)
    assert found(package({"inner.zip": inner})) == {"inner.zip": inner}


def test_empty_folders_are_no_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("forms")
    assert parts(out.getvalue()) == []
