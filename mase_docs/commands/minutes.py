"""mase-docs minutes"""

from mase_docs.commands.merging import meeting_paper

command = meeting_paper(
    "minutes", "The minutes, started from completed forms: what they say is filled in, what the meeting adds is left to be typed."
)
