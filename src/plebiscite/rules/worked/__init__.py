"""Holding law files to their worked cases, and showing what they say."""
