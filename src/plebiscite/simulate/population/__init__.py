"""Invented people: households, names and addresses, drawn from public frequencies."""
