"""A reproducible random order from a public seed.

Every line gets a *ticket*: the SHA-256 of the seed and the line's own place. Lines are
drawn in the order of their tickets, lowest first. Nobody can foresee a ticket before
the seed is known, everybody can compute it afterwards, and each line's ticket stands
alone, so any set of lines is as likely as any other of its size: a simple random sample
without replacement.

The recipe, for a second implementation: the ticket of a line is the SHA-256 of the
UTF-8 text ``seed,county,section,row`` (row in plain digits, no spaces added), read as a
hexadecimal number. Equal tickets, which nobody will ever see, go by (section, row).

Source: after R. L. Rivest, "Consistent Sampling with Replacement" (2018), and the
ticket numbers of Stark's audit tools.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from plebiscite.errors import InputError

SEED = re.compile(r"[0-9]{6,200}")
Place = tuple[str, int]


def checked_seed(digits: str) -> str:
    """Return `digits` if they can be a public seed: 6 to 200 decimal digits.

    Raises:
        InputError: anything but digits, or too few of them to be unforeseeable.

    """
    if not SEED.fullmatch(digits):
        raise InputError(
            f"a seed is 6 to 200 decimal digits, as rolled with dice in public; "
            f"{digits!r} is not"
        )
    return digits


def ticket(seed: str, county: str, section: str, row: int) -> str:
    """Return a line's ticket, in 64 hex digits.

    >>> ticket("12345678", "Alpine", "0001", 1)[:16]
    '7fbd3ac5d8011092'
    """
    text = f"{seed},{county},{section},{row}"
    return hashlib.sha256(text.encode()).hexdigest()


def draw(seed: str, county: str, places: Iterable[Place], size: int) -> list[Place]:
    """Return the first `size` places of one county, in drawn order.

    `places` are (section, row) pairs, in any order; the answer does not depend on it.

    Raises:
        InputError: more lines are asked for than there are.

    """
    order = sorted(
        (ticket(seed, county, section, row), section, row) for section, row in places
    )
    if size > len(order):
        raise InputError(
            f"{county}: cannot draw {size:,} lines, only {len(order):,} are left"
        )
    return [(section, row) for _, section, row in order[:size]]
