"""The roll index: a roll made ready for matching, as arrays mapped from disk."""
