"""The form of a petition: what law asks of it, where all stands, and its printing."""
