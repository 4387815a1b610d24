"""Recompute the certificate: python3 recompute.py [FOLDER]. Needs Python 3 alone.

From counts.csv and the number required, every figure a clerk would write down: for
California by 2 CCR 20530-20532 (percent to two decimals, value to four, both products
rounded up), for Washington by WAC 434-379-010, decided without rounding. Standard
errors and chances are estimates beside the certificate, and not recomputed. Exits 0 if
every figure agrees, 1 if one does not.
"""
# ruff: noqa: D103, INP001, T201

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from fractions import Fraction as Exact
from math import ceil, floor
from pathlib import Path
from typing import Any


def nearest(number: Exact | int, places: int) -> Exact:
    return Exact(floor(number * 10**places + Exact(1, 2)), 10**places)


def shown(number: Exact | int, places: int) -> str:
    return f"{Decimal(int(nearest(number, places) * 10**places)).scaleb(-places):f}"


def figures(count: dict[str, int], formula: str, mode: str) -> dict[str, Any]:
    """Return one county's figures, undecided lines counted as not valid."""
    filed, n, v, d = (count[name] for name in ("raw", "sampled", "valid", "duplicates"))
    percent = nearest(Exact(100 * v, n) if n else 0, 2)
    value, weight, uncorrected, deducted, literal = Exact(1), Exact(0), v, 0, v
    if mode == "sample" and formula == "california":
        value = nearest(Exact(filed, n) if n else 1, 4)
        weight = value * (value - 1)  # 20531(b)
        uncorrected, deducted = ceil(filed * percent / 100), ceil(weight * d)
        literal = uncorrected - deducted  # 20532
        uncorrected = v if n == filed else uncorrected  # nothing to project
    elif mode == "sample":  # the pair estimator, rounded once
        exact = Exact(filed, n) if n else Exact(1)
        value = nearest(exact, 4)
        weight = Exact(filed * (filed - 1), n * (n - 1)) - exact if n > 1 else Exact(0)
        uncorrected = int(nearest(exact * v, 0))
        literal = int(nearest(exact * v - weight * d, 0))
        deducted = uncorrected - literal
    return {
        **count,
        "percent": shown(percent, 2),
        "value": shown(value, 4),
        "weight": shown(weight, 4),
        "uncorrected": uncorrected,
        "deducted": deducted,
        "projected": uncorrected - deducted,
        "projected_literal": literal,
    }


def accepted(count: dict[str, int], required: int) -> bool:
    """Whether k <= E - 1.65 sqrt(E), the roots squared away."""
    k = count["duplicates"]
    invalid = count["sampled"] - count["valid"] - k
    p = Exact(count["sampled"], count["raw"])
    room = p * (p * (count["raw"] - required) - invalid)  # E, but for the allowance
    spread = (Exact(3, 2) * p) ** 2 * invalid  # the allowance's part of E, squared
    a, b = spread, Exact("1.65") ** 2 / 4 * (Exact("1.65") ** 2 + 4 * k)
    left = room - k - Exact("1.65") ** 2 / 2  # must be at least sqrt(a) + sqrt(b)
    rest = left**2 - a - b
    return left >= 0 and rest >= 0 and rest**2 >= 4 * a * b


def band(rows: list[dict[str, Any]], said: dict[str, Any], every_line: bool) -> str:
    required, projected = said["required"], sum(row["projected"] for row in rows)
    washington = said["projection"] == "washington"
    if not washington and sum(row["raw"] for row in rows) < required:
        return "failed"  # too few lines were filed
    if every_line:
        return "qualified" if projected >= required else "failed"
    if washington:
        return "qualified" if accepted(rows[0], required) else "full_count"
    if 100 * projected < 95 * required:
        return "failed"
    return "qualified" if 100 * projected > 110 * required else "full_count"


def concluded(counts: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    """Return what the certificate must say, from the counts alone."""
    modes = [row["mode"] for row in said["counties"]]
    every = [
        mode == "full_count" or count["sampled"] == count["raw"]
        for count, mode in zip(counts, modes, strict=True)
    ]

    def rows(supposed_valid: bool) -> list[dict[str, Any]]:
        now = [dict(count) for count in counts]
        for count in now if supposed_valid else []:
            count["valid"] += count["undecided"]
        pairs = zip(now, modes, strict=True)
        return [figures(count, said["projection"], mode) for count, mode in pairs]

    found, best = rows(supposed_valid=False), rows(supposed_valid=True)
    ends = [band(each, said, all(every)) for each in (found, best)]
    projected = sum(row["projected"] for row in found)
    is_open = any(count["undecided"] for count in counts)
    weights = [Decimal(row["weight"]) for row in found]
    answer: dict[str, Any] = {
        "counties": found,
        "raw": sum(row["raw"] for row in found),
        "projected": projected,
        "projected_literal": sum(row["projected_literal"] for row in found),
        "percent": shown(Exact(100 * projected, said["required"]), 2),
        "band": ends[0] if ends[0] == ends[1] else None,
        "value_of_one_duplicate": str(max(weights)),
    }
    if all(every) and said["status"] == "final":
        answer["verified"] = sum(row["valid"] for row in found)
    if is_open:
        total = sum(row["projected"] for row in best)
        answer["if_all_valid"] = {"projected": total, "band": ends[1]}
        answer["if_none_valid"] = {"projected": projected, "band": ends[0]}
    return answer


def read(path: Path, said: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        count: dict[str, Any] = {k: int(n) for k, n in row.items() if k != "county"}
        count["county"] = row.get("county", said["counties"][0]["county"])
        if "filed" in count:  # Washington's form
            count["raw"], wrong = count.pop("filed"), count.pop("invalid")
            looked, pairs, still = (
                count[k] for k in ("sampled", "duplicates", "undecided")
            )
            count["valid"] = looked - wrong - pairs - still
        rows.append(count)
    return rows


def main(folder: Path) -> str | None:
    said = json.loads((folder / "certificate.json").read_bytes())
    counts = read(folder / "counts.csv", said)
    names = [row["county"] for row in said["counties"]]
    if [count["county"] for count in counts] != names:
        return "counts.csv and the certificate name different counties"
    ours, wrong = concluded(counts, said), []
    for name, figure in ours.items():
        if name != "counties" and said[name] != figure:
            wrong.append(f"{name} is {figure}, the certificate says {said[name]}")
    for row, county in zip(ours["counties"], said["counties"], strict=True):
        wrong += [
            f"{row['county']}: {name} is {figure}, the certificate says {county[name]}"
            for name, figure in row.items()
            if county[name] != figure
        ]
    if wrong:
        return "recomputed, and it differs:\n  " + "\n  ".join(wrong)
    total = f"{ours['projected']:,} of {said['required']:,}"
    print(f"recomputed, every figure agrees: {total}, {ours['band'] or 'still open'}")
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent)))
