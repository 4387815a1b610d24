"""A copy of the code in which every function stands beside its mutants."""
