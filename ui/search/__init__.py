"""The one search (F4)."""
