"""Matching on Spark: what one machine does, done by many."""

from __future__ import annotations


def is_address(place: str) -> bool:
    """Whether a place is in a store that Spark reads (s3a://…), not on this disk."""
    return "://" in place
