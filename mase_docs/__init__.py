"""mase_docs: from completed referral forms to Word minutes."""

__version__ = "0.1.0"
