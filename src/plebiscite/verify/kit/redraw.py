"""Redraw the sample: python3 redraw.py [FOLDER]. Needs Python 3 and nothing else.

A line's ticket is the SHA-256 of "seed,county,section,row"; the lowest are drawn. An
extension draws with a fresh seed from the lines that are left. Exits 0 or 1.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

UNREADABLE = (OSError, LookupError, TypeError, ValueError, AttributeError)
UNREADABLE += (RecursionError, csv.Error)


def main(folder):
    """Print that the lists came out again; return what is wrong, or None."""
    commitment = json.loads((folder / "commitment.json").read_bytes())
    manifest = (folder / "manifest.csv").read_bytes()
    if hashlib.sha256(manifest).hexdigest() != commitment["manifest"]["sha256"]:
        return "manifest.csv is not the manifest that was committed to"

    left = {unit: [] for unit in commitment["sample_at_least"]}  # lines not drawn yet
    for sheet in csv.DictReader(manifest.decode("utf-8-sig").splitlines()):
        unit = sheet["county"] if commitment["sample_unit"] == "county" else min(left)
        struck_rows = (sheet.get("struck_rows") or "").split(";")
        struck = {int(row) for row in struck_rows if row}
        last = int(sheet["lines_claimed"])
        if not struck:  # only their number is known: rows count the lines not struck
            last -= int(sheet["lines_struck"] or 0)
        rows = [row for row in range(1, last + 1) if row not in struck]
        left[unit] += [(sheet["county"], sheet["section"], row) for row in rows]

    drawn = dict.fromkeys(left, 0)
    draws = sorted(folder.glob("drawn*.json"), key=lambda path: (len(path.name), path))
    for path in draws:
        record, again = json.loads(path.read_bytes()), []
        seed = record["seed"]
        for unit, size in sorted(record["sizes"].items()):
            tickets = sorted(
                (hashlib.sha256(f"{seed},{c},{s},{r}".encode()).hexdigest(), s, r, c)
                for c, s, r in left[unit]
            )
            for _, section, row, county in tickets[:size]:
                drawn[unit] += 1
                again.append([county, section, str(row), str(drawn[unit])])
            left[unit] = [(c, s, r) for _, s, r, c in tickets[size:]]
        published = (folder / record["drawn"]["file"]).read_text(encoding="utf-8-sig")
        if list(csv.reader(published.splitlines()))[1:] != again:
            return f"{record['drawn']['file']} is not what seed {seed} draws"

    least = commitment["sample_at_least"]
    if sum(drawn.values()) > 0 and (short := [u for u in least if drawn[u] < least[u]]):
        return f"fewer lines were drawn than committed to: {', '.join(short)}"
    total = sum(drawn.values())
    print(
        f"The published lists came out again: {total:,} lines."
        if total
        else "Nothing was drawn: every line was looked at."
    )
    return None


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent)))
    except UNREADABLE as wrong:
        sys.exit(f"cannot be redrawn, run check.py: {wrong!r}")
