"""Motcua Desktop: the reception desk of a commune, without a screen."""

__version__ = "0.1.0"
