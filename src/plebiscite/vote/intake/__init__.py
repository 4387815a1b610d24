"""Results in: one reader a form, and one door that finds out which it is."""
