"""Intake: how many lines came, and checking keyed lines before they are filed.

Keyed lines are looked at and destroyed; only counts and sections stay.
"""
