"""Names and addresses as people write them, made comparable."""
