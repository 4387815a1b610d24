"""The rules from candidates to an outcome: what is known, and what comes of it."""
