"""Collecting the published forecasts of folders, and telling how they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plebiscite.errors import RecordError
from plebiscite.forecast.record.frozen import KIND, thaw
from plebiscite.forecast.record.reliability import FEW, evenness, reliability
from plebiscite.forecast.record.score import ChanceScore, CountScore, mean
from plebiscite.forecast.record.score import score as score_of
from plebiscite.forecast.shown import figure
from plebiscite.report.chance.asked import opened
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
            frozen = thaw(folder / "forecasts" / Path(file).name, sha256)
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
        chances, counts, refused = score_of(frozen, outcome)
        found.chances += chances
        found.counts += counts
        found.refused += refused
        found.open += not (chances or counts or refused)


def told(found: Collected) -> list[str]:
    """Return how the forecasts did, as lines."""
    return list(_told(found))


def _told(found: Collected) -> Iterator[str]:
    yield f"{found.published} published, {found.open} without an outcome so far"
    yield from (f"CHANGED  {each}" for each in found.changed)
    yield from (f"refused  {each}" for each in found.refused)
    for each in found.chances:
        came_ = "yes" if each.outcome else "no"
        opinion = "  (opinion)" if each.elicited else ""
        yield (
            f"{each.published_on}  {each.measure}  {each.of}: said "
            f"{figure(each.chance)}, came {came_}; Brier {each.brier:.3f}, log "
            f"{each.log:.2f}{opinion}"
        )
    for count in found.counts:
        held = "inside" if count.inside[0.8] else "outside"
        yield (
            f"{count.published_on}  {count.measure}  {count.of}: came "
            f"{count.outcome:,.1f}, at {count.pit:.2f} of the distribution, "
            f"{held} the 80% interval; CRPS {count.crps:,.1f}"
        )
    if not found.chances:
        return
    briers = [each.brier for each in found.chances]
    logs = [each.log for each in found.chances]
    yield f"mean Brier {mean(briers):.3f}, mean log score {mean(logs):.2f}"
    for row in reliability(
        [each.chance for each in found.chances],
        [each.outcome for each in found.chances],
    ):
        yield (
            f"said {row.low:.2f}-{row.high:.2f}: {row.many}, on average "
            f"{figure(row.told)}, happened {figure(row.happened)}"
        )
    if found.counts:
        fell = evenness([each.pit for each in found.counts])
        yield f"outcomes by tenths of their distributions: {list(fell.tenths)}"
    if len({each.measure for each in found.chances}) < FEW:
        yield f"fewer than {FEW} measures: nothing is claimed of their honesty yet"
