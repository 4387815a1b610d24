"""Lines made comparable, and then made numbers."""
