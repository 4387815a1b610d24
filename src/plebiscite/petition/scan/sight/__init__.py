"""One picture of a page: found, laid flat, read, cut."""
