"""mase-docs agenda"""

from mase_docs.commands.merging import meeting_paper

command = meeting_paper("agenda", "The agenda: of a meeting in the register or, where forms are named, straight from them.")
