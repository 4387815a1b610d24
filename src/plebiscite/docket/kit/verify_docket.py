"""Verify a docket without trusting plebiscite: python3 verify_docket.py FILE [HEAD].

The hash of an event is SHA-256 over its `prev` (64 hex digits) followed by the JSON of
everything else but `hash`: keys sorted, no spaces, UTF-8. The first `prev` is 64 zeros.
Exits 0 if the docket is whole, 1 if it is not. Needs Python 3 and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys


def written(value: object) -> bytes:
    """Return the canonical JSON of a value."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def main(path: str, head: str | None = None) -> str | None:
    """Print what was found; return what is wrong, or None."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            lines = file.read().split(b"\n")
    except OSError as wrong:
        return f"{path} cannot be read: {wrong.strerror}"
    if lines.pop() != b"":
        return f"changed: line {len(lines) + 1}: the last line is torn"
    prev, hashes = "0" * 64, []
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
            rest = {k: v for k, v in event.items() if k not in ("prev", "hash")}
            right = hashlib.sha256(event["prev"].encode() + written(rest)).hexdigest()
            numbers = (written(event["v"]), written(event["seq"]))
            fits = written(event) == line and numbers == (b"1", b"%d" % number)
            if not fits or event["prev"] != prev or event["hash"] != right:
                return f"changed: line {number}"
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            return f"changed: line {number}: not an event"
        prev = right
        hashes.append(right)
    if head is not None and head not in hashes:
        return f"changed: the lines agree, but {head} is not among their hashes"
    known = "head as published" if head else "head unverified"
    print(f"whole, {known}: {len(lines)} events, the last is {prev}")
    return None


if __name__ == "__main__":
    given = sys.argv[1:]
    if len(given) not in (1, 2):
        sys.exit(__doc__)
    if given[1:] and not re.fullmatch("[0-9a-f]{64}", given[1].lower()):
        sys.exit(f"HEAD is 64 hex digits; {given[1]!r} is not")
    sys.exit(main(given[0], *(head.lower() for head in given[1:])))
