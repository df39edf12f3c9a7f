"""Printed sheets: what a sheet says becomes PDF bytes, the same bytes for the same sheet."""
