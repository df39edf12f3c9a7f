"""Carrying the ledger: packing it into batches, sending them, settling what the district answered."""
