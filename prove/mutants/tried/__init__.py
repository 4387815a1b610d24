"""Each mutant tried by the tests that call its function, and what became of it."""
