"""`forecast score`: published forecasts, held to what came."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import (
    DAY,
    FOLDER,
    NEW,
    answer,
    for_reader,
    json_option,
    today,
)
from plebiscite.cli.faults import Exit

if TYPE_CHECKING:
    from plebiscite.forecast.record.score import ChanceScore, CountScore

NO_CLAIM = "fewer than {few} outcomes: nothing is claimed of their honesty yet"


@click.command("score", short_help="Score published forecasts whose outcome came.")
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--as-of", "on", type=DAY, help="What came by this day; else today.")
@click.option(
    "--picture", type=NEW, help="Draw the record to this file: .svg, .png or .html."
)
@json_option
def score(
    folders: tuple[Path, ...], on: date | None, picture: Path | None, as_json: bool
) -> None:
    """Score the forecasts published in FOLDERS whose outcome came.

    Chances by Brier and logarithm, counts by CRPS and where the outcome fell; all of
    them by reliability and coverage. A file changed since it was published is named and
    not scored, and so is a forecast made after the fact.

    Exits 0 if every published forecast is as it was, 1 if one was changed or is gone, 3
    if no outcome has come yet.

    \b
    Example:
      plebiscite forecast score measures/16-0011
    """
    from plebiscite.cli.forecast.scored import told
    from plebiscite.report.chance.asked.collect import Collected, collect

    found = Collected()
    for folder in folders:
        collect(folder, on or today(), found)
    if picture:
        from plebiscite.report.chance.reliability import binned, reliability_picture
        from plebiscite.report.chance.saved import save

        bins = binned([(each.chance, each.outcome) for each in found.chances])
        save(reliability_picture(bins, [each.pit for each in found.counts]), picture)
    answer(_data(found), for_reader(told(found)), as_json=as_json)
    if found.changed:
        sys.exit(Exit.NOT_MET)
    sys.exit(Exit.DONE if found.chances or found.counts else Exit.OPEN)


def _data(found: Any) -> dict[str, Any]:
    from plebiscite.forecast.record.reliability import FEW, evenness, reliability
    from plebiscite.forecast.record.score import mean

    chances: list[ChanceScore] = found.chances
    counts: list[CountScore] = found.counts
    pits = evenness([each.pit for each in counts])
    enough = len({each.measure for each in chances}) >= FEW
    return {
        "published": found.published,
        "changed": found.changed,
        "refused": found.refused,
        "open": found.open,
        "chances": [
            {
                "measure": each.measure,
                "of": each.of,
                "published_on": each.published_on.isoformat(),
                "chance": each.chance,
                "outcome": each.outcome,
                "elicited": each.elicited,
                "brier": round(each.brier, 6),
                "log": round(each.log, 6),
            }
            for each in chances
        ],
        "counts": [
            {
                "measure": each.measure,
                "of": each.of,
                "published_on": each.published_on.isoformat(),
                "outcome": round(each.outcome, 6),
                "pit": round(each.pit, 6),
                "crps": round(each.crps, 6),
                "inside": {f"{level:g}": held for level, held in each.inside.items()},
            }
            for each in counts
        ],
        "brier": mean([each.brier for each in chances]),
        "log": mean([each.log for each in chances]),
        "crps": {
            of: mean([each.crps for each in counts if each.of == of])
            for of in sorted({each.of for each in counts})
        },
        "coverage": {
            f"{level:g}": mean([float(each.inside[level]) for each in counts])
            for level in (0.8, 0.9)
        },
        "reliability": [
            {
                "low": each.low,
                "high": each.high,
                "many": each.many,
                "told": round(each.told, 6),
                "happened": round(each.happened, 6),
                "holds": each.holds,
            }
            for each in reliability(
                [each.chance for each in chances], [each.outcome for each in chances]
            )
        ],
        "pit": {"many": pits.many, "tenths": list(pits.tenths), "holds": pits.holds},
        "claim": None if enough else NO_CLAIM.format(few=FEW),
    }
