"""The shared record model: plain typed classes, no files, no screens."""
