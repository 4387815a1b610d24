"""Killed with -9 at each durable write, and every write there is to be killed at."""
