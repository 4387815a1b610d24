"""Readers, and the machine that feeds them."""
