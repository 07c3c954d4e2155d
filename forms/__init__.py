"""Form definitions, code lists and the blank forms built from them (data; found through mase_docs.resources)."""
