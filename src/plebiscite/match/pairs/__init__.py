"""Lines and voters brought together: which pairs to look at, and how they agree."""
