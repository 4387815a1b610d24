"""How versions of crates follow one another: Semantic Versioning 2.0, section 11.

Python's rules (PEP 440) know other words before a release, and none for many of these.
"""

from __future__ import annotations

import re
from typing import TypeAlias

_NUMBER = r"(0|[1-9][0-9]*)"
_WORD = r"(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SHAPE = re.compile(
    rf"{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?"
    rf"(?:-({_WORD}(?:\.{_WORD})*))?(?:\+[0-9A-Za-z.-]+)?",
)
Word: TypeAlias = tuple[bool, int, str]
"""Whether it is letters, which come after numbers; its number; its letters."""
Key: TypeAlias = tuple[tuple[int, ...], bool, tuple[Word, ...]]
"""Three numbers; whether it is a release, which comes last; the words before one."""


def key(version: str) -> Key:
    """Return what a version is compared by; build metadata does not count.

    A number that is left out is 0, as some advisories leave it (`2.0`).

    Raises:
        ValueError: It is not a version by Semantic Versioning.

    >>> key("1.0.0-rc.9") < key("1.0.0-rc.10") < key("1.0.0") == key("1.0.0+linux")
    True
    """
    found = _SHAPE.fullmatch(version)
    if not found:
        raise ValueError(f"{version!r} is no version by Semantic Versioning")
    *numbers, before = found.groups()
    words = before.split(".") if before else []
    return (
        tuple(int(each or 0) for each in numbers),
        not words,
        tuple(_word(each) for each in words),
    )


def _word(text: str) -> Word:
    return (False, int(text), "") if text.isdigit() else (True, 0, text)
