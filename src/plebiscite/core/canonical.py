"""One way to write data down as bytes, so that a hash of it means something.

Canonical JSON: keys sorted, no spaces, UTF-8, no escapes for non-ASCII, no floats
(two programs print the same float differently; a Decimal travels as a string).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypeAlias

Json: TypeAlias = (
    "bool | int | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"
)


def canonical(value: Json) -> bytes:
    """Return the canonical JSON of `value`.

    >>> canonical({"b": 1, "a": ["ü", None]}).decode()
    '{"a":["ü",null],"b":1}'

    Raises:
        TypeError: `value` holds a float or anything else JSON data must not hold here.

    """
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, in 64 hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in 64 hex digits, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_floats(value: Json) -> None:
    match value:
        case float():
            raise TypeError(f"a float ({value!r}) has no canonical form; use a string")
        case dict():
            for part in value.values():
                _refuse_floats(part)
        case list() | tuple():
            for part in value:
                _refuse_floats(part)
        case _:
            pass
