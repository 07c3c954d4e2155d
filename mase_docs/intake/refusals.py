"""Why a whole file is refused: every reason once, with the sentence that says what the file is and the one to ask the sender."""

from __future__ import annotations

from mase_docs.errors import InputRefusedError, LockedError
from mase_docs.problems import Problem, Severity

ORIGINAL = "Ask the sender to attach the form again, as the file they filled in."
CURRENT = "Ask the sender to fill in the current Excel, PDF or Word form."
MINUTES = "Give the minutes as the Word document (.docx) that was made here and typed in."

REFUSALS: dict[str, tuple[str, str]] = {
    "AR1": (
        "This file is protected with a password, so nothing in it can be read.",
        "Ask the sender for the password by telephone, and give it when asked or with --password-file.",
    ),
    "AR1 wrong": ("None of the passwords given opens this file.", "Ask the sender for the password, by telephone."),
    "AR1 zip": (
        "This zip archive is protected with a password, so nothing in it can be read.",
        "Ask the sender for the password by telephone, and give it when asked or with --password-file.",
    ),
    "AR1 ods": (
        "This OpenDocument spreadsheet is protected with a password, and mase-docs cannot use one on it.",
        "Open it with the password and save it without, or ask the sender for a copy without a password.",
    ),
    "AR1 rights": (
        "This file is protected by a sensitivity label (rights management): only the people it names can open it, and no password helps.",
        "Ask the sender to remove the protection from the label, or to choose another label, and to send the form again.",
    ),
    "AR3": (
        "This is a workbook in the old Excel format (.xls), and what reads those is not installed.",
        'Install it, pip install "mase-docs[spreadsheets]", or ask the sender to save it as an Excel workbook (.xlsx).',
    ),
    "AR4": (
        "This PDF was printed or flattened: its words are there, its answers can no longer be told from its questions.",
        "Ask the sender for the PDF they filled in, saved with Save, not with Print.",
    ),
    "AR4 recover": (
        "This PDF was printed or flattened, and the part of mase-docs that reads such a PDF is not installed.",
        'Install it with: pip install "mase-docs[recover]", or ask the sender for the PDF they filled in, saved with Save.',
    ),
    "AR5": (
        "This PDF is a scan or a picture, and none of our forms was found on its pages, or not clearly enough to read.",
        "Ask the sender for the file that they filled in, or to scan it again: straight, whole pages, 300 dots an inch.",
    ),
    "AR5 stamp": (
        "This PDF is a scan of a form, and the form's number at the foot of its pages cannot be read, so its version is not known.",
        "Ask the sender for the file that they filled in, or to scan it again with the foot of every page on it.",
    ),
    "AR5 scan": (
        "This PDF is a scan or a picture, and what reads scans is not installed here.",
        'Install it with: pip install "mase-docs[scan]", and the program tesseract with its English words; '
        "or ask the sender for the file that they filled in.",
    ),
    "AR6": (
        "This PDF is a LiveCycle (XFA) form, which only some Adobe programs can open.",
        "Ask the sender to fill in our Excel, PDF or Word form instead.",
    ),
    "AR7": (
        "This PDF is protected with a password, so nothing in it can be read.",
        "Ask the sender for the password by telephone, and give it when asked or with --password-file.",
    ),
    "AR7 wrong": ("None of the passwords given opens this PDF.", "Ask the sender for the password, by telephone."),
    "AR14": ("More than one young person seems to be on this form.", "Ask the sender for one form for each young person."),
    "AR14 copies": (
        "There are several copies of the form in this file.",
        "Ask the sender for one file for each young person, with one filled form in it.",
    ),
    "AR15": ("This is not a form that is known here.", "Ask for the current form, or describe this one (docs/own-form.md)."),
    "AR18 empty": (
        "There is no form in this e-mail, neither attached to it nor in its text.",
        "Look at the e-mail; if a form was meant to be in it, ask the sender to attach it.",
    ),
    "AR18 archive": ("There is no form in this archive.", ORIGINAL),
    "AR18 link": (
        "This e-mail holds a link to a secure-mail or file-sharing site in place of the form; mase-docs opens no links.",
        "Open the message there yourself, save the form that is attached to it, and give that.",
    ),
    "AR18 rpmsg": (
        "This e-mail was encrypted by Microsoft's rights management (message.rpmsg), so only Outlook opens what is attached to it.",
        "Open it in Outlook, save the form that is attached to it, and give that.",
    ),
    "AR18 winmail": (
        "Outlook packed what was attached to this e-mail into a file that only Outlook opens (winmail.dat).",
        "Ask the sender to send it again as HTML or plain text, not as Rich Text.",
    ),
    "AR18 smime": (
        "This e-mail was encrypted for its receiver (S/MIME), so nothing in it can be read here.",
        "Open it in the mail program that received it, save the form that is attached to it, and give that.",
    ),
    "AR18 signed": (
        "This e-mail is packed into its own digital signature (S/MIME), from which mase-docs takes nothing out.",
        "Open it in the mail program that received it, save the form that is attached to it, and give that.",
    ),
    "AR18 pgp": (
        "This e-mail or file was encrypted with PGP, so nothing in it can be read here.",
        "Decrypt it with the program that holds your key, save the form that is inside, and give that.",
    ),
    "AR26": ("This file is empty.", ORIGINAL),
    "AR27": ("This file is damaged, or only a part of it has arrived.", ORIGINAL),
    "AR27 zeros": ("There is nothing but zeros in this file: it was damaged on its way.", ORIGINAL),
    "AR28": ("This file is far larger than a completed form can be, or would become so when it is unpacked.", ORIGINAL),
    "AR28 unsafe": ("This file is built in a way that no office program builds one; it was not opened.", CURRENT),
    "AR30": ("This is not a form, nor anything else that is known here.", CURRENT),
    "AR30 doc": ("This is a Word document in the old format (.doc).", "Ask the sender to save it as a Word document (.docx)."),
    "AR30 odt": ("This is an OpenDocument text, not a form that can be read.", CURRENT),
    "AR30 pptx": ("This is a presentation, not a form that can be read.", CURRENT),
    "AR30 zip": ("This is a zip archive, not a form.", "Unpack it, and give the forms inside."),
    "AR30 archive": ("This is a packed archive, not a form.", "Unpack it, and give the forms inside."),
    "AR30 ole": ("This is a file of an old Office program, not a form that can be read.", CURRENT),
    "AR30 html": ("This is a web page, whatever its name says; it may be a link to the form in place of the form.", ORIGINAL),
    "AR30 signature": ("This is the digital signature of an e-mail, not a form.", ORIGINAL),
    "AR30 rtf": ("This is a rich-text document, not a form that can be read.", CURRENT),
    "AR30 picture": ("This is a picture, not a form that can be read.", CURRENT),
    "AR30 text": ("This is plain text, not a form that can be read.", CURRENT),
    "AR31": ("Two descriptions of forms fit this file.", "Make what they are recognised by differ (docs/own-form.md)."),
    "AR32": (
        "This file cannot be opened: it is not there, not a file, or you may not read it.",
        "Check where it is, and your rights to it.",
    ),
    "AR38 fall": (
        "Opening this file made the program that reads it fall over; nothing in it was taken.",
        "Ask the sender to open the form, save it again and send that; if it was made to do harm, tell your IT desk.",
    ),
    "AR38 time": (
        "Reading this file took longer than any form needs, and was stopped.",
        "Ask the sender to open the form, save it again and send that.",
    ),
    "AR38 memory": (
        "Reading this file needed more memory than any form needs, and was stopped.",
        "Ask the sender to open the form, save it again and send that.",
    ),
    "AR38 defect": (
        "mase-docs itself failed on this file, which is a defect of ours and not of the form; nothing in it was taken.",
        "Type this form in by hand, and report it to whoever looks after mase-docs.",
    ),
    "AR40": ("Files are packed inside files here, far deeper or in far greater number than anyone sends forms.", ORIGINAL),
    "AR27 minutes": ("These minutes are damaged, or only a part of the file has arrived.", MINUTES),
    "AR28 minutes": (
        "This file is far larger than minutes can be, or built in a way that no office program builds one; it was not opened.",
        MINUTES,
    ),
    "AR42": ("These are no minutes that mase-docs made: none of the places that such minutes have is in this file.", MINUTES),
    "AR35": ("Nothing is filled in on this form.", "Ask the sender for the form they filled in: this seems to be the blank one."),
}
"""Reason → what it is, what to ask for. A reason is a rule's code, alone or with what makes it special."""

WARNINGS: dict[str, tuple[str, str]] = {
    "AR20": ("This workbook has macros; they were not run.", "Ask for a plain .xlsx next time."),
    "AR3 letters": (
        "This workbook is in the format of Excel 95 or older, which cannot hold every letter: in a name one may have become “_” or “?”.",
        "Ask the sender how the names are spelt.",
    ),
    "AR4": (
        "Answers were recovered from a printed or flattened PDF: {count} in all.",
        "Confirm each with the PDF beside it, or ask the sender for the PDF they filled in, saved with Save, not with Print.",
    ),
    "AR5": (
        "Answers were recovered from a scan, {count} in all; none of them counts until it has been confirmed. Handwriting is not read.",
        "Compare every answer and every blank with the scan and then use --include-invalid, or ask the sender for the file they filled in.",
    ),
    "AR5 pages": (
        "Pages of this scan that do not belong to the form, or are too crooked to be recognised: {count}. They were not read.",
        "Look at them and add by hand what matters.",
    ),
    "AR6": (
        "Answers were taken from the data of a LiveCycle (XFA) form, not from its pages: {count} in all.",
        "Compare them with what the form shows in an Adobe program.",
    ),
    "AR17": (
        "This form was read from the text of an e-mail or of a web page, where answers can only be guessed from the words beside them; "
        "{count} places were read.",
        "Confirm every answer with the sender, or ask for the Excel, PDF or Word form.",
    ),
    "AR19 tracked": (
        "Changes are tracked in this Word document ({count} of them): what was put in was read, what was taken out was not.",
        "Ask the sender whether the changes are meant, or for the form with all changes accepted.",
    ),
    "AR19 lost": (
        "This Word form has lost what marks its answers, as happens in Google Docs, Pages or LibreOffice: {count} places were found by "
        "what stands around them.",
        "Compare the answers with the form.",
    ),
    "AR24": (
        "Characters that cannot be seen were taken out of the answers: {count} in all.",
        "Compare the first of these answers with the form: such characters can make a text look other than it is.",
    ),
    "AR33": (
        "Answers in {count} of this PDF's boxes were not read, because the form as it is known here doesn't have them.",
        "Look at the PDF and add by hand what matters.",
    ),
    "AR36": (
        "Outside the answer boxes {count} cells hold something, which was not read.",
        "Look at the form there and add by hand what matters.",
    ),
    "AR36 word": (
        "Outside the answer boxes of this Word form {count} paragraphs hold something, which was not read.",
        "Look at the form there and add by hand what matters.",
    ),
    "AR36 pdf": (
        "Outside the answer boxes {count} pieces of text are written on this PDF, which were not read.",
        "Look at the PDF there and add by hand what matters.",
    ),
    "AR36 lines": (
        "Between the answers {count} lines or cells hold something that could not be told to belong to a question; it was not read.",
        "Look at the e-mail there and add by hand what matters.",
    ),
    "AR34": ("{count} of the form's boxes are not in this file.", "Ask the sender whether a page, row or column was left out."),
}
"""What is odd about a file that was read: code → what it is, what to do."""
SEVERITY: dict[str, Severity] = {"AR5": "error", "AR24": "note"}
"""Those of them that are no mere warnings: what was recovered from a scan is trusted by nobody before a person has looked."""


BESIDE: dict[str, tuple[Severity, str, str]] = {
    "AR18 twice": ("note", "This e-mail was given before, with the same files; it was not taken again.", "Nothing needs to be done."),
    "AR18 beside": ("note", "This came along with a form and is not one; it was not read.", "Look at it: it may belong to the referral."),
    "AR18 unknown": (
        "warning",
        "This came along with a form and is not a form that is known here; it was not read.",
        "Look at it. If it is a form too, ask for the current form, or describe this one (docs/own-form.md).",
    ),
    "AR41": (
        "note",
        "The name of this file says that it is of another kind than it is; it was taken for what it is.",
        "If that surprises you, ask the sender what they sent.",
    ),
    "AR41 hidden": (
        "note",
        "The name of this file held characters that cannot be seen, or hid its ending; it is shown here without them.",
        "If that surprises you, ask the sender what they sent.",
    ),
}
"""What is neither read nor refused: code → how much it matters, what it is, what to do."""

LOCKED = ("AR1", "AR1 wrong", "AR1 zip", "AR7", "AR7 wrong")
"""The reasons that a password would remove."""


def warning(code: str, count: int, field: str | None = None, place: str | None = None) -> Problem:
    """What the table says of a file that was read, for so many boxes, of which field or place is the first."""
    message, remedy = WARNINGS[code]
    return Problem(SEVERITY.get(code, "warning"), code.split()[0], message.format(count=count), remedy, field, place)


def beside(reason: str) -> Problem:
    """What is said of a file that is neither read nor refused."""
    severity, message, remedy = BESIDE[reason]
    return Problem(severity, reason.split()[0], message, remedy)


def refuse(reason: str, message: str = "", remedy: str = "") -> InputRefusedError:
    """The refusal for a reason of the table; message and remedy stand in for the table's where more can be said."""
    said, asked = REFUSALS[reason]
    kind = LockedError if reason in LOCKED else InputRefusedError
    return kind(reason.split()[0], message or said, remedy or asked)


def problem(reason: str) -> Problem:
    return refuse(reason).problem()
