"""Numbers as forms and addresses give them."""

from __future__ import annotations

DIGITS = 9
"""Of a number anybody means; a longer one is a slip, or an attack."""


def whole_number(said: str) -> int | None:
    """Return a whole number from 0 up; None for whatever else was written.

    >>> [whole_number(said) for said in ("12", "-1", "1.5", "\u0663", "9" * 5_000)]
    [12, None, None, None, None]
    """
    plain = said.isascii() and said.isdecimal() and len(said) <= DIGITS
    return int(said) if plain else None
