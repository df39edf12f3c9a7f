"""The office's own rules: its list of procedures, its days off, and what is said of its forms."""
