"""The desk's one file: the ledger, and everything that is derived from it."""
