"""Volunteers: how they come, what they agree to, and how they go.

Nothing here reads what was signed, who carries sheets, or what came back.
"""
