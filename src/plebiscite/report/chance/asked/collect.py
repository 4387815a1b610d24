"""The published forecasts of a measure's folder, held to what its docket knows came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plebiscite.errors import RecordError
from plebiscite.forecast.record.frozen import FOLDER, KIND, thaw
from plebiscite.forecast.record.score import ChanceScore, CountScore, score
from plebiscite.report.chance.asked.ask import opened
from plebiscite.report.chance.asked.outcome import came


@dataclass(slots=True, kw_only=True)
class Collected:
    """What was found in the folders so far.

    Attributes:
        published: how many forecasts the dockets name a file of.
        changed: what is no longer as it was published, in sentences.
        refused: what was made after the fact, in sentences.
        open: how many have no outcome yet.

    """

    published: int = 0
    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    open: int = 0
    chances: list[ChanceScore] = field(default_factory=list)
    counts: list[CountScore] = field(default_factory=list)


def collect(folder: Path, on: date, found: Collected) -> None:
    """Add the published forecasts of a folder, scored by what came by a day."""
    record = opened(folder, on)
    outcome = came(record)
    for event in record.counted:
        file, sha256 = event.body.get("file"), event.body.get("sha256")
        if (
            event.kind != KIND
            or not isinstance(file, str)
            or not isinstance(sha256, str)
        ):
            continue
        found.published += 1
        try:
            frozen = thaw(folder / FOLDER / Path(file).name, sha256)
        except RecordError as problem:
            found.changed.append(str(problem))
            continue
        written = event.recorded_at.date() if event.recorded_at else frozen.published_on
        if written > frozen.published_on:
            found.refused.append(
                f"{frozen.path.name}: it says it was published on "
                f"{frozen.published_on}, and the docket took it on {written}"
            )
            continue
        chances, counts, refused = score(frozen, outcome)
        found.chances += chances
        found.counts += counts
        found.refused += refused
        found.open += not (chances or counts or refused)
