"""The deadline board (F6)."""
