"""Compile the site's catalogues: each ``django.po`` into the ``django.mo`` beside it.

    python tools/messages.py          writes them
    python tools/messages.py --check  exits 1 where one is out of date

The form of both is that of GNU gettext; nothing but Python is needed.
"""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "src" / "plebiscite" / "web" / "locale"
MAGIC = 0x950412DE


def read(text: str) -> dict[str, str]:
    """Return a catalogue's messages; of one with plurals the forms joined by NUL."""
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    place = ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.startswith('"'):
            parts[place] += ast.literal_eval(line)
        elif line.startswith("msg"):
            name, _, value = line.partition(" ")
            if name == "msgid" and parts:
                _keep(parts, found)
                parts = {}
            place, parts[name] = name, ast.literal_eval(value)
    _keep(parts, found)
    return found


def _keep(parts: dict[str, str], found: dict[str, str]) -> None:
    if "msgid_plural" in parts:
        said = [parts[name] for name in ("msgstr[0]", "msgstr[1]")]
        found[f"{parts['msgid']}\0{parts['msgid_plural']}"] = "\0".join(said)
    elif parts.get("msgstr"):
        found[parts["msgid"]] = parts["msgstr"]


def compiled(messages: dict[str, str]) -> bytes:
    """Return messages in the binary form that gettext reads."""
    pairs = sorted((k.encode(), v.encode()) for k, v in messages.items())
    start = 7 * 4
    names, values = b"", b""
    at: list[tuple[int, int, int, int]] = []
    for name, value in pairs:
        at.append((len(name), len(names), len(value), len(values)))
        names += name + b"\0"
        values += value + b"\0"
    texts = start + 16 * len(pairs)
    keys = [n for size, off, _, _ in at for n in (size, texts + off)]
    told = [n for _, _, size, off in at for n in (size, texts + len(names) + off)]
    head = (MAGIC, 0, len(pairs), start, start + 8 * len(pairs), 0, 0)
    numbers = (*head, *keys, *told)
    return struct.pack(f"<{len(numbers)}I", *numbers) + names + values


def main(*, check: bool) -> int:
    """Write every catalogue, or say which are out of date."""
    late = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        made = compiled(read(path.read_text(encoding="utf-8")))
        place = path.with_suffix(".mo")
        if check:
            if not place.exists() or place.read_bytes() != made:
                print(f"{place} is out of date: python tools/messages.py")
                late = 1
        else:
            place.write_bytes(made)
    return late


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
