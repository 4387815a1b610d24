"""The words of published forecasts that met their outcome: how they did."""

from __future__ import annotations

from collections.abc import Iterator

from plebiscite.forecast.record.reliability import FEW, evenness, reliability
from plebiscite.forecast.record.score import mean
from plebiscite.forecast.shown import figure
from plebiscite.report.chance.asked.collect import Collected


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
