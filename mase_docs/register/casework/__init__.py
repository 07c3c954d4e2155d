"""The cases as they stand, and what happens to them."""
