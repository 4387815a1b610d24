"""What a law says, for people: in plain words, as a table of coverage, side by side."""
