"""Checks before filing: what to put right while the sections are still at hand.

Three things are told apart: what spoils a section until somebody mends it, lines that
will not count as they stand, and what a person should look at. A flag is a question and
never an answer: nothing here rejects a line.
"""
