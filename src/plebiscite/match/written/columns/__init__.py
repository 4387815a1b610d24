"""Whole columns read at once: what the readers of one text would say of each."""
