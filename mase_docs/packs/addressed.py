"""A problem's words turned to the sender: the checks tell the coordinator whom to ask, a note on the form asks them.

A remedy that begins in none of these ways is for the panel to settle, and isn't sent.
"""

from __future__ import annotations

import re

from mase_docs.problems import Problem

OPENINGS: tuple[tuple[str, str], ...] = (
    (r"Ask the (?:referrer|sender) (whether|which|when|what|who|on what|at which)\b", r"Please say \1"),
    (r"Ask the (?:referrer|sender) for\b", "Please give"),
    (r"Ask the (?:referrer|sender) to attach\b", "Please send"),
    (r"Ask the (?:referrer|sender) to\b", "Please"),
    (r"Ask the (?:referrer|sender) about\b", "Please tell us about"),
    (r"Ask the (?:referrer|sender) today\.", "Please tell us today."),
    (r"Ask the (?:referrer|sender);", "Please answer it;"),
    (r"Ask the referrer and (the [a-z ]+?) what\b", r"Please find out from \1 what"),
    (r"Ask for\b", "Please give"),
    (r"Ask (?!the chair whether)", "Please ask "),
    (r"Check (.+?) with the (?:referrer|sender)\b", r"Please check \1"),
    (r"Check (.+? with the (?:social worker|police representative))\b", r"Please check \1"),
    (r"Read to its end .+ for the whole text\b", "Please look whether something was cut off, and give the whole text"),
    (r"Check (the date of birth, whether)\b", r"Please check \1"),
)
"""How a remedy that needs the sender begins → how it begins to the sender. The first that fits counts."""

INSTEAD: dict[tuple[str, str], str] = {
    ("TY3", "warning"): "Please say plainly which choices are meant.",
    ("TY4", "warning"): "Please answer this question by itself.",
    ("TY6", "error"): "Please answer it again.",
    ("LE1", "warning"): "Please check that nothing was cut off, and shorten it if you can.",
    ("AR16", "warning"): "Please give the answer itself.",
    ("AR37", "error"): "Please answer it again.",
    ("AR22", "warning"): "Please list what you attach, and send it with the form.",
    ("TI1", "warning"): "Please look at it again and leave only what is meant.",
    ("DA6", "warning"): "Please write it as day, month and year, like 3 July 2011.",
    ("EL4", "error"): "Please check the date of birth; if it is right, speak to us before you send the form again.",
    ("ID-NHS", "error"): "Please copy it from a letter or record; leave it blank rather than guess.",
    ("ID-EMAIL", "warning"): "Please give a secure address, or ask us for another safe way.",
}
"""Rule and severity → what is said where the remedy is a coordinator's, but the sender can help."""

THE_PANELS = re.compile(
    r"(?:, or (?:list|have|describe|install)\b|; if (?:neither|not|it is right), (?:return|suggest)\b|; if it was made to do harm\b"
    r"|, before the case is\b|,? and give it when asked\b).*?(?=\.$)"
)
"""What a remedy says to do in the office."""
THEY = re.compile(r"\bthey(?= fill)")
LATER = re.compile(r"(, (?:and|or)) (?:to|for)(?= say| the likely)")
"""What else of a remedy spoke of the sender or hung on its beginning."""

BLANK, CHOICE = "It is blank.", "The answer is not one of the choices, or more than one."
DATE, OTHER = "This date does not fit with another one, or cannot be.", "It does not fit with other answers, or says too little."
SHORT = {"RQ": BLANK, "CA1": BLANK, "CA8": BLANK, "CO12": CHOICE, "DA": DATE, "CA": OTHER, "CO": OTHER, "EL": OTHER}
"""Beginning of a rule's code → what an e-mail says is wrong. Other rules speak of how an answer is written, never of what the form
says, and keep their own words."""


def to_the_sender(problem: Problem) -> str:
    """What the sender is asked to do; "" where there is nothing for them."""
    instead = INSTEAD.get((problem.code, problem.severity))
    return instead or LATER.sub(r"\1", THEY.sub("you", THE_PANELS.sub("", _opened(problem.remedy))))


def _opened(remedy: str) -> str:
    turned = ((re.match(opening, remedy), to) for opening, to in OPENINGS)
    return next((found.expand(to) + remedy[found.end() :] for found, to in turned if found), "")


def in_short(problem: Problem) -> str:
    """What is wrong, in words from which nobody could tell anything that the form says."""
    short = sorted((code for code in SHORT if problem.code.startswith(code)), key=len)
    return SHORT[short[-1]] if short else problem.message
