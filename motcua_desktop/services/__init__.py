"""The verbs of the desk: each is one transaction that appends events, then what follows from it."""
