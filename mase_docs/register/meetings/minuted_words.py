"""What is said of edited minutes when they are read back, written once: severity, what is wrong, what to do."""

from __future__ import annotations

from mase_docs.problems import Problem, Severity

SAID: dict[str, tuple[Severity, str, str]] = {
    "RB1": ("error", "This is none of “{list}”{nearest}.", "Choose one from the list in the minutes, and read them back again."),
    "RB2": (
        "error",
        "This is not a date that can be understood.",
        "Write it as day, month and year, like 3 July 2026, and read the minutes back again.",
    ),
    "RB3": ("error", "This is not a number of minutes.", "Write a number, like 12, and read the minutes back again."),
    "RB4": (
        "error",
        "No agency of the panel is called so{nearest}.",
        "Write it as the list has it, or add it to mase.toml, and read the minutes back again.",
    ),
    "RB5": (
        "warning",
        "The row of {number} is no longer there. The action stays as it is.",
        "Was it taken out on purpose? Then: mase-docs actions set {number} --status superseded",
    ),
    "RB6": (
        "warning",
        "{number} stands in two rows, and they differ. The first was read.",
        "Delete the one that is wrong, and read the minutes back again.",
    ),
    "RB7": (
        "error",
        "There is a row here that says no action.",
        "Say what is to be done, or delete the row, and read the minutes back again.",
    ),
    "RB8": (
        "warning",
        "This action has no {lacks}.",
        "Every action needs a lead agency and a day: add them and read the minutes back again.",
    ),
    "RB9": (
        "warning",
        "Printed words were changed here, from which nothing is read.",
        "Change it in the register: mase-docs actions set, case set or meeting set.",
    ),
    "RB10": (
        "error",
        "There is no action of that number for this case or theme.",
        "Correct the number, or empty its cell for a new action, and read the minutes back again.",
    ),
    "RB11": (
        "error",
        "This may be {number} in other words, or a new action.",
        "Write {number} or “new” into its first column, and read the minutes back again.",
    ),
    "RB12": (
        "warning",
        "The table “{table}” is no longer there. What is recorded stays.",
        "If it was deleted by mistake: make the minutes again, and copy into them.",
    ),
    "RB13": (
        "warning",
        "The place for “{label}” is no longer there. What is recorded stays.",
        "If it was deleted by mistake: make the minutes again, and copy into them.",
    ),
    "RB14": ("error", "{message}", "{remedy}"),
    "RB15": (
        "note",
        "No decision is recorded for {about}: it stays on the list.",
        "Choose one in the minutes and read them back again, or leave it for the next meeting.",
    ),
    "RB16": (
        "error",
        "What stands beside this row's agency is not read, because the agency has a row already.",
        "Put all of it into one row, and read the minutes back again.",
    ),
    "RB17": ("error", "There is a row here without an agency.", "Say whose it is, or delete the row, and read the minutes back again."),
    "CA4": (
        "error",
        "The category or level was typed over. The panel uses the one that a planning meeting set, and never sets one.",
        "Ask for a review in the place for that. One that was set elsewhere is recorded with: mase-docs case assess",
    ),
    "DA7": ("error", "This day is before the meeting.", "Correct it and read the minutes back again."),
    "DA7 far": ("warning", "This day of review is more than {days} days after the meeting.", "Check the year."),
}
"""What is said of edited minutes: severity, what is wrong, what to do. No message repeats what was typed."""


def problem(code: str, place: str, **words: str) -> Problem:
    severity, message, remedy = SAID[code]
    return Problem(severity, code.split()[0], message.format(**words), remedy.format(**words), place=place)
