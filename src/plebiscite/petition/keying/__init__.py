"""Keying: what people read off the sheets, twice where it matters, and never lost.

A person decides what stands on a line; what a reader of print or a roll suggests stands
beside it and decides nothing. Each decision is on the disk before the next is asked.
"""
