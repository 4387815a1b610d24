"""Redraw the sample: python3 redraw.py [FOLDER]. Needs Python 3 and nothing else.

A line's ticket is the SHA-256 of "seed,county,section,row". The lowest are drawn, from
every line the manifest counts; an extension draws from those that are left. Exits 0 if
the published lists come out, 1 if they do not.
"""
# ruff: noqa: D103, INP001, T201

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path

Line = tuple[str, str, int]


def lines(manifest: Path) -> list[Line]:
    found = []
    for sheet in csv.DictReader(manifest.read_text(encoding="utf-8-sig").splitlines()):
        claimed, struck = (
            int(sheet["lines_claimed"]),
            int(sheet.get("lines_struck") or 0),
        )
        out = {int(row) for row in (sheet.get("struck_rows") or "").split(";") if row}
        rows = range(1, 1 + (claimed if out else claimed - struck))
        found += [(sheet["county"], sheet["section"], n) for n in rows if n not in out]
    return found


def main(folder: Path) -> str | None:
    commitment = json.loads((folder / "commitment.json").read_bytes())
    manifest = (folder / "manifest.csv").read_bytes()
    if hashlib.sha256(manifest).hexdigest() != commitment["manifest"]["sha256"]:
        return "manifest.csv is not the manifest that was committed to"
    pool: dict[str, list[Line]] = {unit: [] for unit in commitment["sample_at_least"]}
    for line in lines(folder / "manifest.csv"):
        unit = line[0] if commitment["sample_unit"] == "county" else next(iter(pool))
        pool[unit].append(line)
    taken = dict.fromkeys(pool, 0)
    draws = sorted(folder.glob("drawn*.json"), key=lambda path: (len(path.name), path))
    for record in (json.loads(path.read_bytes()) for path in draws):
        again = [["county", "section", "row", "order"]]
        for unit, size in sorted(record["sizes"].items()):

            def ticket(line: Line, seed: str = record["seed"]) -> tuple[str, str, int]:
                county, section, row = line
                text = f"{seed},{county},{section},{row}"
                return hashlib.sha256(text.encode()).hexdigest(), section, row

            pool[unit].sort(key=ticket)
            for order, (county, section, row) in enumerate(pool[unit][:size], 1):
                again.append([county, section, str(row), str(taken[unit] + order)])
            taken[unit] += size
            del pool[unit][:size]
        published = folder / record["drawn"]["file"]
        if (
            list(csv.reader(published.read_text(encoding="utf-8").splitlines()))
            != again
        ):
            return f"{published.name} is not what seed {record['seed']} draws"
    short = [
        u for u, least in commitment["sample_at_least"].items() if taken[u] < least
    ]
    if draws and short:
        return f"fewer lines were drawn than committed to: {', '.join(short)}"
    if draws:
        print(f"The published lists came out again: {sum(taken.values()):,} lines.")
    else:
        print("Nothing was drawn: every line was looked at.")
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent)))
