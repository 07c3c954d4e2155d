"""mase-docs agenda"""

from mase_docs.commands.merging import meeting_paper

command = meeting_paper("agenda", "The agenda, straight from completed forms.")
