"""Canvass checks: what is wrong with results, and what is odd, before judging."""
