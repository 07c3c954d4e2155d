"""The Word templates (data; found through mase_docs.resources)."""
