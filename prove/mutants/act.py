"""The chapter on mutants: four packages whose code decides, and coverage by floor."""

from __future__ import annotations

import csv
import fnmatch
import time
from collections.abc import Iterator
from pathlib import Path

from prove.frame.figure import Figure, Ground
from prove.mutants.floors import DAY, floors
from prove.mutants.nursery import Brood, breed, brood, drawn, nursery, try_some

PACKAGES = {
    "rules": ("tests/rules", "tests/law"),
    "verify": ("tests/verify",),
    "vote": ("tests/vote",),
    "docket": ("tests/docket",),
}
"""The packages whose code decides, and the tests that must notice."""
JUSTIFIED = Path(__file__).with_name("justified.csv")
SHARE_OF_MINUTES = 0.75
"""The rest goes to coverage."""


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield a figure for each package, then the coverage of each floor."""
    each = ground.minutes * 60 * SHARE_OF_MINUTES / len(PACKAGES)
    for package, tests in PACKAGES.items():
        seconds = DAY if ground.long else each
        ground.say(f"   mutants of {package}")
        yield told(tried(package, tests, ground, seconds), justified())
    left = 1 - SHARE_OF_MINUTES
    yield from floors(ground, DAY if ground.long else ground.minutes * 60 * left)


def tried(
    package: str, tests: tuple[str, ...], ground: Ground, seconds: float
) -> Brood:
    """Try as many mutants of a package as the time lets, drawn from the seed."""
    began = time.monotonic()
    copy = nursery(package, tests, ground.folder)
    names = breed(copy, seconds)
    left = seconds - (time.monotonic() - began)
    chosen = drawn(names, len(names) if ground.long else AT_ONCE, ground.seed)
    if left > 0:
        try_some(copy, chosen, left)
    return brood(copy, package)


AT_ONCE = 400
"""Mutants drawn of a package; those that the time does not reach are not counted."""


def justified(text: str | None = None) -> dict[str, str]:
    """Return the patterns of survivors that were read and left, with the reason.

    Raises:
        ValueError: one has no reason.

    """
    text = JUSTIFIED.read_text(encoding="utf-8") if text is None else text
    known = {row["mutants"]: row["why"] for row in csv.DictReader(text.splitlines())}
    for mutants, why in known.items():
        if not why.strip():
            raise ValueError(f"{mutants} is left without a reason")
    return known


def told(found: Brood, known: dict[str, str]) -> Figure:
    """Return the figure of a package; survivors nobody justified are listed."""
    bare = [
        name
        for name in found.survivors
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in known)
    ]
    left = len(found.survivors) - len(bare)
    real = found.tried - found.wording
    noticed = real - len(found.survivors)
    share = f"{noticed / real:.1%}" if real else "none"
    return Figure(
        what=f"mutants of {found.package}",
        value=f"{noticed} of {real} tried were noticed ({share}); {left} others are "
        f"justified, {len(bare)} are not. {found.wording} changed a sentence only. "
        f"{found.of:,} in all",
        oracle="the tests of the package; prove/mutants/justified.csv",
        held=None if not bare else False,
        note="" if not bare else f"Not noticed: {', '.join(short(n) for n in bare)}.",
    )


def short(name: str) -> str:
    """Return a mutant's name without what every name has."""
    return name.removeprefix("plebiscite.").replace("__mutmut_", " #")
