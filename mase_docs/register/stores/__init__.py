"""Where a register is kept: a file, an encrypted file, a server; and the versions of its tables."""
