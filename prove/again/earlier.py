"""What an earlier version left behind, read by this one.

`tests/prove/earlier` holds a petition's commitment, draw, certificate and docket as the
first version with all its acts wrote them. Every reader of today must read them, the
docket must go on from where it ended, and today's kit must come to the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from plebiscite import docket, verify
from plebiscite.docket.chain import Soundness, check
from plebiscite.docket.store import Happening, append
from plebiscite.petition.manifest import read_manifest
from plebiscite.verify.draw.commitment import read_commitment
from plebiscite.verify.draw.drawn import list_text, read_record
from plebiscite.verify.draw.sample import rows_of
from prove.again.case import run
from prove.again.trees import ROOT
from prove.frame.figure import Figure

KEPT = ROOT / "tests" / "prove" / "earlier"
OF = "commit 3c6fb19 of 2026-11-22"
KIT = Path(verify.__file__).parent / "kit"
DOCKET_KIT = Path(docket.__file__).parent / "kit" / "verify_docket.py"


def head() -> str:
    """Return the head that was published of the earlier docket."""
    return (KEPT / "head.txt").read_text(encoding="utf-8").strip()


def docket_is_whole() -> bool:
    """Tell whether the docket is whole up to its head, here and by the kit."""
    raw = (KEPT / "docket.jsonl").read_bytes()
    found = check(raw, head=head())
    by_kit = _kit(DOCKET_KIT, str(KEPT / "docket.jsonl"), head())
    return found.soundness is Soundness.WHOLE and by_kit


def docket_goes_on(folder: Path) -> bool:
    """Tell whether an event can be added, and the old head still be among the rest."""
    at = folder / "going on"
    shutil.copytree(KEPT, at)
    noted = Happening(day=date(2017, 9, 2), kind="noted", by="a", authority="b")
    append(at, [noted], recorded_at=datetime(2026, 11, 23, tzinfo=UTC))
    raw = (at / "docket.jsonl").read_bytes()
    before = (KEPT / "docket.jsonl").read_bytes()
    found = check(raw, head=head())
    return found.soundness is Soundness.WHOLE and raw.startswith(before)


def draw_comes_out_again() -> bool:
    """Tell whether today's draw, and today's kit, give the list of then."""
    commitment = read_commitment(KEPT / "commitment.json")
    manifest = read_manifest(KEPT / "manifest.csv")
    record = read_record(KEPT / "drawn.csv")
    taken: dict[str, set[tuple[str, str, int]]] = {
        unit: set() for unit in commitment.at_least
    }
    rows = rows_of(commitment, manifest, record.draw.seed, record.draw.sizes, taken)
    same = list_text(rows) == (KEPT / "drawn.csv").read_text(encoding="utf-8")
    return same and _kit(KIT / "redraw.py", str(KEPT))


def certificate_is_recomputed(folder: Path) -> bool:
    """Tell whether today's rollup takes the certificate, and the kit recomputes it."""
    run(
        *("petition", "rollup", str(KEPT / "certificate.json"), "--json"),
        saves=folder / "rolled.json",
    )
    said = (folder / "rolled.json").read_text(encoding="utf-8")
    return '"projected": 44' in said and _kit(KIT / "recompute.py", str(KEPT))


def _kit(program: Path, *words: str) -> bool:
    done = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-I", str(program), *words], capture_output=True, check=False
    )
    return done.returncode == 0


def figures(folder: Path) -> Iterator[Figure]:
    """Yield whether each record of an earlier version is read as it was meant."""
    asked: dict[str, Callable[[], bool]] = {
        "a docket is whole up to its published head, here and by the kit": (
            docket_is_whole
        ),
        "it goes on, and the old head stays good": lambda: docket_goes_on(folder),
        "its commitment and seed draw the same lines, here and by the kit": (
            draw_comes_out_again
        ),
        "its certificate is recomputed, here and by the kit": (
            lambda: certificate_is_recomputed(folder)
        ),
    }
    for what, holds in asked.items():
        held = holds()
        yield Figure(
            what=f"an earlier version's records: {what}",
            value="yes" if held else "no",
            oracle=f"what the program of {OF} wrote",
            held=held,
            note="" if held else "a record of then is not read as it was",
        )
