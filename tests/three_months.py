"""What the demo's three months left in their folders, as text that a person can read and a test can compare."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from pathlib import Path

from mase_docs.merge.read import paragraphs


def tell(month: Path) -> dict[str, str]:
    """Name → words, of each thing that one month made: reminders, agenda, minutes, what was read back, copies, notes."""
    chair = month / "chair"
    words = {f"{name}.txt": in_words(chair / f"{name}.docx") for name in ("agenda", "minutes")}
    words |= {f"copy_{path.parent.name}.txt": in_words(path) for path in sorted(month.glob("copies/*/minutes.docx"))}
    words["readback.txt"] = (chair / "readback.txt").read_text(encoding="utf-8")
    words["reminders.txt"] = "\n".join(map(_reminder, sorted((month / "reminders").iterdir())))
    words["case_notes.txt"] = "\n".join(_note(path) for path in sorted((month / "case_notes").iterdir()))
    return words


def in_words(document: Path) -> str:
    """The paragraphs of a Word file, each table's cells in a line of their own."""
    return "".join(f"{paragraph.text}\n" for paragraph in paragraphs(document.read_bytes()) if paragraph.text.strip())


def _reminder(folder: Path) -> str:
    """An agency's folder: its files, and the draft's head and words."""
    [draft] = folder.glob("*.eml")
    mail = BytesParser(policy=policy.default).parsebytes(draft.read_bytes())
    body = mail.get_body(("plain",))
    words = body.get_content().replace("\r\n", "\n") if body else ""
    return (
        f"── {folder.name}: {', '.join(sorted(p.name for p in folder.iterdir()))}\nTo: {mail['To']}\nSubject: {mail['Subject']}\n\n{words}"
    )


def _note(path: Path) -> str:
    return f"── {path.name}\n{path.read_text(encoding='utf-8-sig')}"
