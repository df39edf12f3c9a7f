"""Handing out results (F3): who came for what, what hinders, one key to close it."""
