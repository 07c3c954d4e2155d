"""mase-docs minutes"""

from mase_docs.commands.merging import meeting_paper

command = meeting_paper(
    "minutes",
    "The minutes to start from: of a meeting in the register or, where forms are named, straight from them. What is known is filled in; "
    "what the meeting adds is typed, and can be read back into the register.",
)
