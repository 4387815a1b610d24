"""The pages of accounts: signing in, people, keys, and who read what."""
