"""How much of the code the tests reach, and what no mutant is made of."""
