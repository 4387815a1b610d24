"""What a text says: its sentences, numbers and days, and what they are about."""
