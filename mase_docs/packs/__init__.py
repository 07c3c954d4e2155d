"""What is sent: forms marked up for their senders, and draft e-mails."""
