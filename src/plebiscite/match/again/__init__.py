"""The same again: one person on two lines, and one finding on two."""
