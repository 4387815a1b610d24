"""Draws as cases: manifests and seeds, extensions, and the ballots of an audit.

Struck rows are named, only numbered, or none; sections may be empty; units are drawn
whole, by one line, or not at all; an extension takes everything that is left.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from plebiscite.petition.manifest import Manifest, SectionLines
from plebiscite.verify.draw.commitment import Commitment
from plebiscite.verify.draw.sample import rows_of
from plebiscite.vote.audit import piles
from prove.second.asked import Case

COUNTIES = ("Alpine", "Los Angeles", "San Benito", "Peñasco", "Ørsted", "1")
PLACE = "state"


def cases(rng: Random, many: int) -> list[Case]:
    """Return `many` cases; one in four draws ballots."""
    return [_audit(rng) if n % 4 == 3 else _petition(rng) for n in range(many)]


def ours(case: Case) -> Any:
    """Return what the house draws."""
    if "batches" in case:
        found = piles.drawn(
            piles.Manifest(batches=dict(case["batches"])),
            case["seed"],
            replaced=case["replaced"],
            draws=case["draws"],
        )
        return [str(ballot) for ballot in found]
    manifest = _manifest(case["sections"])
    commitment = commitment_to(manifest, case["unit"])
    taken: dict[str, set[tuple[str, str, int]]] = {
        unit: set() for unit in commitment.at_least
    }
    said = []
    for draw in case["draws"]:
        rows = rows_of(commitment, manifest, draw["seed"], draw["sizes"], taken)
        said.append([",".join(map(str, row)) for row in rows])
        for county, section, row, _ in rows:
            taken[county if case["unit"] == "county" else PLACE].add(
                (county, section, row)
            )
    return said


def _manifest(sections: list[list[Any]]) -> Manifest:
    return Manifest(
        sections=tuple(
            SectionLines(
                county=county,
                section=section,
                claimed=claimed,
                struck=struck,
                struck_rows=None if rows is None else tuple(rows),
            )
            for county, section, claimed, struck, rows in sections
        )
    )


def commitment_to(manifest: Manifest, unit: str) -> Commitment:
    """Return a commitment to a manifest, all of whose lines may be drawn."""
    raw = manifest.raw_by_county()
    return Commitment(
        law="us/ca/constitutional_initiative",
        law_version="of a test",
        governed_by={"day": date(2017, 7, 25)},
        measure=None,
        manifest="manifest.csv",
        manifest_at="manifest.csv",
        manifest_sha256="",
        sample_unit=unit,
        raw=raw,
        at_least=dict.fromkeys(raw, 0) if unit == "county" else {PLACE: 0},
    )


def _petition(rng: Random) -> Case:
    sections = []
    for county in rng.sample(COUNTIES, rng.randint(1, 4)):
        for number in range(rng.randint(1, 5)):
            claimed = rng.randint(0, 12)
            struck = rng.randint(0, claimed) if rng.random() < 0.5 else 0
            rows: list[int] | None = None
            if rng.random() < 0.7:
                rows = sorted(rng.sample(range(1, claimed + 1), struck))
            sections.append([county, f"{number:04d}", claimed, struck, rows])
    manifest = _manifest(sections)
    unit = rng.choice(["county", "state"])
    raw = manifest.raw_by_county()
    left = dict(raw) if unit == "county" else {PLACE: sum(raw.values())}
    draws = []
    for _ in range(rng.randint(1, 3)):
        sizes = {
            each: rng.choice([0, 1, n, rng.randint(0, n)]) for each, n in left.items()
        }
        sizes = {each: min(size, left[each]) for each, size in sizes.items()}
        for each, size in sizes.items():
            left[each] -= size
        draws.append(
            {"seed": _seed(rng), "sizes": {u: s for u, s in sizes.items() if s}}
        )
    return {
        "sections": sections,
        "manifest": manifest.written(),
        "unit": unit,
        "place": PLACE,
        "draws": draws,
    }


def _audit(rng: Random) -> Case:
    batches = [(f"Batch {n}", rng.randint(0, 30)) for n in range(rng.randint(1, 5))]
    batches.append(("Last", rng.randint(1, 30)))
    replaced = rng.random() < 0.5
    ballots = sum(many for _, many in batches)
    draws = rng.randint(1, 40) if replaced else rng.randint(1, ballots)
    return {
        "batches": batches,
        "seed": _seed(rng),
        "replaced": replaced,
        "draws": draws,
    }


def _seed(rng: Random) -> str:
    return "".join(rng.choices("0123456789", k=rng.choice([6, 12, 20, 200])))
