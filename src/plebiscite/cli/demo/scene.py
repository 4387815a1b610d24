"""The scene of the demonstration: a roll, a petition and a measure, all invented.

Everything is made at one part in `scale` of the real petition's size, from fixed seeds:
the same scale gives the same scene.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress
from plebiscite.petition.measure import Measure, read_measure
from plebiscite.roll.build import build_roll
from plebiscite.roll.store import Roll, open_roll
from plebiscite.simulate.mix import Mix
from plebiscite.simulate.petition import Truth, write_petition
from plebiscite.simulate.roll import write_roll

REAL = "us/ca/16-0011"
REAL_VOTERS = 19_400_000
REAL_LINES = 800_000
ROLL_SEED, PETITION_SEED = 20_170_126, 20_170_725
ROLL_AS_OF = date(2017, 7, 25)

DRIVE = Mix(
    kinds={
        "moved": 0.065,
        "unregistered_relative": 0.03,
        "unregistered": 0.08,
        "wrong_county": 0.03,
        "late": 0.008,
        "cancelled": 0.012,
        "duplicate": 0.02,
    },
    noise={
        "surname_typo": 0.04,
        "first_typo": 0.02,
        "nickname": 0.05,
        "house_typo": 0.02,
        "zip_typo": 0.03,
        "first_initial": 0.03,
        "swapped_names": 0.01,
        "part_of_double_surname": 0.01,
        "maiden_name": 0.003,
        "former_address": 0.005,
        "unit_missing": 0.05,
        "no_address": 0.008,
        "abbreviations": 0.05,
    },
    struck=0.02,
    blank=0.01,
    unsigned=0.003,
    withdrawn=0.0002,
    mismatched=0.012,
    defective=0.002,
    clerk_errors=0.002,
)
"""A paid drive as the demonstration supposes it; nothing here is measured."""

NOTE = "(So the real measure; the petition here is invented.)"
MEASURE = """\
# SIMULATED. The dates are those of initiative 16-0011; all else is invented, for a
# demonstration at one part in {scale} of the real size.
id: simulated/16-0011
title: "SIMULATED at 1/{scale} of its size: {title}"
kind: {kind}
law: {law}
election: {election}
dates:
  filed: {filed}
  summary: {summary}
  filed_with_counties: {closes}
facts:
  votes_for_governor: {votes}   # invented: {real_votes} divided by {scale}
note: {note}
counterfactual: true
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the demonstration starts from.

    Attributes:
        scale: one line here stands for so many of the real petition's size.
        real: the real measure; `measure` the simulated one.
        folder: holds the petition's files as `write_petition` leaves them.
        truth: what the petition really holds.

    """

    scale: int
    real: Measure
    measure: Measure
    folder: Path
    roll: Roll
    truth: Truth

    @property
    def voters(self) -> int:
        """Voters on the roll."""
        return sum(self.roll.counties.values())


def set_scene(
    folder: Path, *, scale: int, mix: Mix = DRIVE, progress: Progress
) -> Scene:
    """Make roll, petition and measure in `folder`, which is made."""
    real = read_measure(REAL)
    folder.mkdir(parents=True)
    source = folder / "roll.parquet"
    write_roll(
        source,
        voters=REAL_VOTERS // scale,
        seed=ROLL_SEED,
        as_of=ROLL_AS_OF,
        progress=progress,
    )
    build_roll(source, out=folder / "roll", as_of=ROLL_AS_OF, progress=progress)
    source.unlink()
    truth = write_petition(
        folder / "roll",
        folder / "petition",
        lines=REAL_LINES // scale,
        seed=PETITION_SEED,
        mix=mix,
        closes=ROLL_AS_OF,
        progress=progress,
    )
    write_whole(folder / "measure.yaml", measure_text(real, scale))
    return Scene(
        scale=scale,
        real=real,
        measure=read_measure(folder / "measure.yaml"),
        folder=folder / "petition",
        roll=open_roll(folder / "roll"),
        truth=truth,
    )


def measure_text(real: Measure, scale: int) -> str:
    """Return the simulated measure's file: the real dates, an invented requirement."""
    dates: Mapping[str, date] = real.dates
    votes = real.facts["votes_for_governor"]
    return MEASURE.format(
        scale=scale,
        title=real.title,
        note=json.dumps(f"{real.note} {NOTE}", ensure_ascii=False),
        kind=real.kind,
        law=real.law,
        election=real.election,
        filed=dates["filed"],
        summary=dates["summary"],
        closes=ROLL_AS_OF,
        votes=votes // scale,
        real_votes=votes,
    )
