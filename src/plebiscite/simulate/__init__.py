"""Rolls and petitions whose truth is known."""
