"""JSON as files hold it, refused where what it says could never be written again."""

from __future__ import annotations

import json
from typing import Any


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
