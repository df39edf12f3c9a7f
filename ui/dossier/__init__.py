"""One dossier in full, and what can be done with it."""
