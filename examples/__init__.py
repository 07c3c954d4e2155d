"""The invented month, for the demo and the tests (data; found through mase_docs.resources)."""
