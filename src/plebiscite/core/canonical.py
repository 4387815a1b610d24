"""One way to write data down as bytes, so that a hash of it means something.

And one to read it: what is read here can be written again.

Canonical JSON: keys sorted, no spaces, UTF-8, no escapes for non-ASCII, no floats
(two programs print the same float differently; a Decimal travels as a string).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, TypeAlias

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


def parsed(text: str | bytes) -> Any:
    r"""Return what a JSON text says.

    An escape may stand for half a character, such as ``\ud800``, which no file and no
    screen takes: it is refused here, rather than wherever it is written first.

    >>> parsed('["\\u00fc"]')
    ['ü']

    Raises:
        ValueError: it is no JSON, or holds half a character.
        RecursionError: it is nested too deeply.

    """
    found = json.loads(text)
    escape: Any = "\\u" if isinstance(text, str) else b"\\u"
    if escape in text:
        json.dumps(found, ensure_ascii=False).encode()
    return found


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
