"""What is said to a person at a terminal: nothing in it is obeyed by the terminal.

A name in a file may hold bytes that move the cursor, hide what stands before them or
turn the direction of writing. They are shown as what they are: ``\\x1b``.
"""

from __future__ import annotations

import re

import click

OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but for tab and line feed, marks that turn the writing, half characters."""


def visible(text: str) -> str:
    r"""Return `text` with what a terminal obeys written out.

    >>> visible("Ann\x1b[2J Lee"), visible("Peña\n")
    ('Ann\\x1b[2J Lee', 'Peña\n')
    """
    return OBEYED.sub(lambda found: _written(ord(found[0])), text)


def visible_json(text: str) -> str:
    r"""Return JSON that says the same, with what a terminal obeys escaped in it.

    >>> visible_json('["\x9b2J"]')
    '["\\u009b2J"]'
    """
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def many(number: int, one: str, more: str = "") -> str:
    """Return a number and what it counts; `more` where an s does not make it many.

    >>> many(2_000, "line"), many(1, "line"), many(2, "county", "counties")
    ('2,000 lines', '1 line', '2 counties')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _written(number: int) -> str:
    return f"\\x{number:02x}" if number < 1 << 8 else f"\\u{number:04x}"


def tell(text: str, *, err: bool = False) -> None:
    """Print a line, or several, for a person."""
    click.echo(visible(text), err=err)
