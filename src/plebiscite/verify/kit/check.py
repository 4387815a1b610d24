"""Check a bundle: python3 check.py HEAD [FOLDER]. Needs Python 3 and nothing else.

hashes.txt holds the SHA-256 of every file and, for every line of every file, the first
16 digits of a running hash: each line's hash is made from the one before it and the
line. So a changed byte shows at its line. HEAD is the SHA-256 of hashes.txt itself,
published elsewhere; without it (write a dash) the files can only be held to hashes.txt.
Exits 0 if the bundle is whole, 1 if it is not.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

HASHES = "hashes.txt"


def rebuilt(folder: Path) -> str:
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))
    entries = ["plebiscite hashes 1"]
    for name in files:
        hidden = any(part.startswith((".", "__")) for part in name.split("/"))
        if name == HASHES or hidden or not (folder / name).is_file():
            continue
        raw = (folder / name).read_bytes()
        entries.append(f"file {hashlib.sha256(raw).hexdigest()} {name}")
        running = b""
        for number, line in enumerate(raw.splitlines(keepends=True), start=1):
            running = hashlib.sha256(running + line).digest()
            entries.append(f"line {running.hex()[:16]} {number} {name}")
    return "\n".join(entries) + "\n"


def places(stated: str, found: str) -> list[str]:
    """Name the files that differ, each with its first differing line."""
    lists = []
    for text in (stated, found):
        lines: dict[str, list[str]] = {}
        for entry in text.split("\n"):
            match entry.split(" ", 3):
                case ["file", _, *rest]:
                    lines[" ".join(rest)] = []
                case ["line", running, _, name]:
                    lines.setdefault(name, []).append(running)
        lists.append(lines)
    before, now = lists
    answer = [f"{name} is missing" for name in before if name not in now]
    answer += [f"{name} does not belong here" for name in now if name not in before]
    for name in sorted(before.keys() & now.keys()):
        if before[name] != now[name]:
            same = zip(before[name], now[name], strict=False)
            agree = next(
                (n for n, (a, b) in enumerate(same) if a != b),
                min(len(before[name]), len(now[name])),
            )
            answer.append(f"{name}, line {agree + 1}")
    return answer


def main(head: str, folder: Path) -> str | None:
    if head != "-" and not re.fullmatch("[0-9a-f]{64}", head):
        return f"HEAD is 64 hex digits, or a dash for none; {head!r} is neither"
    if not (folder / HASHES).is_file():
        return f"{HASHES} is missing from {folder}: nothing can be held to it"
    stated_raw = (folder / HASHES).read_bytes()
    stated, found = stated_raw.decode(errors="replace"), rebuilt(folder)
    says = hashlib.sha256(stated_raw).hexdigest() == head
    same = stated_raw == found.encode()
    if head != "-" and not says:
        if hashlib.sha256(found.encode()).hexdigest() != head:
            return "changed: this is not the bundle whose head was published"
        pairs = zip([*stated.split("\n"), ""], [*found.split("\n"), ""], strict=False)
        line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
        return f"changed: {HASHES}, line {line}"
    if not same:
        doubt = "" if says else f" (or {HASHES} itself: the head is unverified)"
        return f"changed: {'; '.join(places(stated, found)) or HASHES}{doubt}"
    print("whole: the head is as published" if says else "whole, head unverified")
    return None


if __name__ == "__main__":
    given = [*sys.argv[1:], "-"][0].lower()
    sys.exit(main(given, Path(sys.argv[2] if sys.argv[2:] else Path(__file__).parent)))
