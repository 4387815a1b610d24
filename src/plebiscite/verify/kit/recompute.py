"""Recompute the certificate: python3 recompute.py [FOLDER]. Needs Python 3 alone.

From counts.csv and the number required, every figure a clerk would write down: for
California by 2 CCR 20530-20532, for Washington by WAC 434-379-010, both decided without
floating point. Under another law the figures are worked out by the formula it names;
what follows from them is then for the reader of law/ to say. Standard errors and
chances are estimates beside the certificate, and not recomputed. Exits 0 if every
figure agrees, 1 if one does not.
"""

import csv
import json
import sys
from decimal import Decimal
from fractions import Fraction as Exact
from math import ceil, floor
from pathlib import Path

UNREADABLE = (OSError, LookupError, TypeError, ValueError, AttributeError)
UNREADABLE += (ArithmeticError, RecursionError, csv.Error)
BANDS_KNOWN = ("us/ca/", "us/wa/")  # the laws whose bands stand in `concluded`


def nearest(number, places=0):
    return Exact(floor(number * 10**places + Exact(1, 2)), 10**places)


def shown(number, places):
    return f"{Decimal(int(nearest(number, places) * 10**places)).scaleb(-places):f}"


def figures(count, formula, mode):
    """Return one county's figures; undecided lines count as not valid."""
    filed, n, v, d = (count[name] for name in ("raw", "sampled", "valid", "duplicates"))
    exact, percent = Exact(filed or 1, n or 1), nearest(Exact(100 * v, n or 1), 2)
    value, weight, uncorrected, deducted, literal = Exact(1), Exact(0), v, 0, v
    if mode == "sample" and formula == "california":
        value = nearest(exact, 4)  # 20531(a)
        weight = value * (value - 1)  # 20531(b)
        uncorrected, deducted = ceil(filed * percent / 100), ceil(weight * d)
        literal = uncorrected - deducted  # 20532
        uncorrected = v if n == filed else uncorrected  # nothing to project
    elif mode == "sample" and formula == "proportion":  # the valid share alone
        value, uncorrected = nearest(exact, 4), nearest(exact * v)
        literal = uncorrected
    elif mode == "sample":  # the pair estimator, rounded once
        value = nearest(exact, 4)
        weight = Exact(filed * (filed - 1), n * (n - 1)) - exact if n > 1 else Exact(0)
        uncorrected, literal = nearest(exact * v), nearest(exact * v - weight * d)
        deducted = uncorrected - literal
    return count | {
        "percent": shown(percent, 2),
        "value": shown(value, 4),
        "weight": shown(weight, 4),
        "uncorrected": int(uncorrected),
        "deducted": int(deducted),
        "projected": int(uncorrected - deducted),
        "projected_literal": int(literal),
    }


def accepted(count, required):
    """Tell whether k <= E - 1.65 sqrt(E), the roots squared away."""
    k, p = count["duplicates"], Exact(count["sampled"], count["raw"])
    invalid = count["sampled"] - count["valid"] - k
    a = (Exact(3, 2) * p) ** 2 * invalid
    b = Exact("1.65") ** 2 / 4 * (Exact("1.65") ** 2 + 4 * k)
    expected = p * (p * (count["raw"] - required) - invalid)  # E + sqrt(a)
    room = expected - k - Exact("1.65") ** 2 / 2  # must be at least sqrt(a) + sqrt(b)
    rest = room**2 - a - b
    return room >= 0 and rest >= 0 and rest**2 >= 4 * a * b


def concluded(counts, said):
    """Return what the certificate must say of these counts."""
    required, washington = said["required"], said["projection"] == "washington"
    modes, formula = [c["mode"] for c in said["counties"]], said["projection"]
    rows = [figures(count, formula, mode) for count, mode in zip(counts, modes)]
    raw, total = (sum(row[name] for row in rows) for name in ("raw", "projected"))
    out = said.get("awaited", {})  # counties that have not reported
    if raw < required and not washington and not out:
        band = "failed"  # too few lines were filed
    elif all(
        (r["sampled"] == r["raw"] and not out) or m == "full_count"
        for r, m in zip(rows, modes)
    ):
        band = "qualified" if total >= required else "failed"
    elif washington:
        band = "qualified" if accepted(rows[0], required) else "full_count"
    elif 100 * total < 95 * required:
        band = "failed"
    else:
        band = "qualified" if 100 * total > 110 * required else "full_count"
    return rows, {
        "raw": raw,
        "projected": total,
        "projected_literal": sum(row["projected_literal"] for row in rows),
        "percent": shown(Exact(100 * total, required), 2),
        "value_of_one_duplicate": max((row["weight"] for row in rows), key=Decimal),
        "band": band,
    }


def read(sheet, state):
    """Return the counts by county; one row for all, as Washington's form has it."""
    for cells in csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()):
        county = cells.pop("county", state)
        count = {name: int(cell) for name, cell in cells.items()}
        if "filed" in count:
            count["raw"], wrong = count.pop("filed"), count.pop("invalid")
            others = wrong + count["duplicates"] + count["undecided"]
            count["valid"] = count["sampled"] - others
        yield {"county": county} | count


def main(folder):
    said = json.loads((folder / "certificate.json").read_bytes())
    counts = list(read(folder / "counts.csv", said["counties"][0]["county"]))
    if [row["county"] for row in counts] != [row["county"] for row in said["counties"]]:
        return "counts.csv and the certificate name different counties"
    best = [row | {"valid": row["valid"] + row["undecided"]} for row in counts]
    (rows, state), (_, high) = concluded(counts, said), concluded(best, said)
    low = state["band"]
    state["band"] = low if low == high["band"] else None
    if said.get("awaited"):  # only what is enough by itself is decided
        state["band"] = low if low == "qualified" else None
        state["if_none_valid"] = {"projected": state["projected"], "band": low}
    elif best != counts:
        state["if_none_valid"] = {"projected": state["projected"], "band": low}
        state["if_all_valid"] = {name: high[name] for name in ("projected", "band")}
    decided = f", {state['band'] or 'still open'}"
    if not said["law"].startswith(BANDS_KNOWN):
        decided = f"; what follows from them, {said['law']} says"
        for whole in (state, said):
            for part in (whole, whole.get("if_none_valid"), whole.get("if_all_valid")):
                if part:
                    del part["band"]
    if said["verified"] is not None:
        state["verified"] = sum(row["valid"] for row in rows)
    pairs = [("", state, said)]
    pairs += [(row["county"] + ": ", row, c) for row, c in zip(rows, said["counties"])]
    wrong = [
        f"{whose}{name} is {figure}, the certificate says {theirs[name]}"
        for whose, ours, theirs in pairs
        for name, figure in ours.items()
        if theirs[name] != figure
    ]
    if wrong:
        return "recomputed, and it differs:\n  " + "\n  ".join(wrong)
    total = f"{state['projected']:,} of {said['required']:,}"
    print(f"recomputed, every figure agrees: {total}{decided}")
    return None


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent)))
    except UNREADABLE as wrong:
        sys.exit(f"cannot be recomputed, run check.py: {wrong!r}")
