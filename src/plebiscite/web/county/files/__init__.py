"""Files handed in: what they are, and what became of them."""
