"""The meetings of the panel: when they are, who comes, what is heard, what is agreed and who is to do it."""
