"""Counts and registers read from the store."""
