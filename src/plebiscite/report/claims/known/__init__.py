"""What is known: facts of the record and the law, and the context around them."""
