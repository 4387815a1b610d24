"""Matching in plain Python: what the kernel must give, and what runs without it."""
