"""Committing to the counts, and drawing with the public seed."""
