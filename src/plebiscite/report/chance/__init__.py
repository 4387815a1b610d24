"""A measure's chance as pictures and as a page a citizen can read."""
