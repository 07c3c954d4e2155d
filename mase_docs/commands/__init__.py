"""One module a command: what is asked for, and the words in which the answer is given. No decisions."""
