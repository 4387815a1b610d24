"""`forecast pace`: how far the signatures will come by the deadline."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, FILE, answer, for_reader, json_option, today
from plebiscite.cli.forecast.filing import (
    CHANNELS,
    SHARE,
    share,
    spread_from,
    validity_from,
)
from plebiscite.cli.forecast.options import MeasuredShare
from plebiscite.errors import InputError
from plebiscite.forecast.shown import rounded

if TYPE_CHECKING:
    from plebiscite.forecast.pace import Finish, Flag, PaceRead
    from plebiscite.forecast.pace.districts import Districts

KINDS = ("claimed", "raw", "projected", "verified")
SHOWN = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
DISTRICTS_SHOWN = 15
FINEST = 0.005
"""A chance below this is beyond what such a model can tell."""


@click.command("pace", short_help="Tell how far the signatures will come.")
@click.option("--pace", "path", type=FILE, help="Counts: petition_id, day, count …")
@click.option("--measure", help="A measure's folder or id, whose pace.csv is read.")
@click.option("--petition", help="Which petition, if the file holds several.")
@click.option("--kind", type=click.Choice(KINDS), help="Which counts, if several.")
@click.option("--as-of", "on", type=DAY, help="From what was known then; else today.")
@click.option("--deadline", type=DAY, help="The last day; else as the file says.")
@click.option("--required", type=click.IntRange(min=1), help="Else as the file says.")
@click.option("--channel", type=click.Choice(CHANNELS), help="Else as the file says.")
@click.option("--needed", type=FILE, help="What districts need: district, needed.")
@click.option(
    "--districts", type=click.IntRange(min=1), help="How many must reach it; else all."
)
@click.option("--share", "part", type=SHARE, help="Of 'of' in --needed, such as 5%.")
@click.option("--validity", type=MeasuredShare(0, 1), help="Share of raw lines.")
@click.option("--validity-sd", type=MeasuredShare(0, 0.4), help="Its error.")
@click.option("--mapping", type=FILE, help="How the file's columns become ours.")
@click.option("--seed", type=click.IntRange(0), default=1, help="Of the districts.")
@json_option
def pace(
    path: Path | None,
    measure: str | None,
    petition: str | None,
    kind: str | None,
    on: date | None,
    deadline: date | None,
    required: int | None,
    channel: str | None,
    needed: Path | None,
    districts: int | None,
    part: Fraction | None,
    validity: float | None,
    validity_sd: float | None,
    mapping: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Tell how far the signatures will come by the deadline.

    Learns from past petitions what becomes of a pace. Only counts dated by --as-of are
    used. A count of raw lines is not a count of signatures: the chance told is that
    enough of them are valid. With --needed, the districts are told together.

    \b
    Example:
      plebiscite forecast pace --pace pace.csv --as-of 2026-06-01 --required 50000
    """
    from plebiscite.core.table import read_mapping
    from plebiscite.forecast.pace import Channel, Kind, finish, finish_by_district
    from plebiscite.petition.measure import read_measure

    if measure and required is None:
        required = read_measure(measure).facts.get("required")
    read = _read(path, measure, read_mapping(mapping) if mapping else None)
    series = read.of(petition, Kind(kind) if kind else None)
    way = Channel(channel) if channel else None
    told_by = way or (series[0].channel if len(series) == 1 else Channel.UNKNOWN)
    held = validity_from(validity, validity_sd, None, told_by)
    day = on or today()
    spread = spread_from(needed, districts, part)
    if spread is None:
        found = finish(
            series,
            as_of=day,
            deadline=deadline,
            channel=way,
            required=required,
            validity=held,
        )
        data, words = _data(found, read.flags), _words(found, read.flags)
    else:
        together = finish_by_district(
            series,
            spread,
            as_of=day,
            seed=seed,
            deadline=deadline,
            channel=way,
            required=required,
            validity=held,
        )
        data = _data(together.whole, read.flags) | _district_data(together)
        words = [*_words(together.whole, read.flags), *_district_words(together)]
    answer(data, for_reader(words), as_json=as_json)


def _read(path: Path | None, measure: str | None, mapping: Any) -> PaceRead:
    from plebiscite.forecast.pace import read_pace
    from plebiscite.petition.measure import measure_folder

    if (path is None) == (measure is None):
        raise click.UsageError("Give --pace or --measure, one of the two.")
    if path is None:
        path = measure_folder(str(measure)) / "pace.csv"
        if not path.is_file():
            raise InputError(
                "the measure's folder has no pace.csv; put one there, or give --pace",
                path=path,
            )
    return read_pace(path, mapping=mapping)


def _data(found: Finish, flags: tuple[Flag, ...]) -> dict[str, Any]:
    required = found.required
    return {
        "petition": found.petition,
        "kind": found.kind.value,
        "channel": found.channel.value,
        "as_of": found.as_of.isoformat(),
        "deadline": found.deadline.isoformat(),
        "count": found.count,
        "counted_on": found.counted_on.isoformat() if found.counted_on else None,
        "required": required,
        "basis": found.basis,
        "final": {share(p): round(found.quantile(p)) for p in SHOWN},
        "final_valid": {share(p): round(found.valid_quantile(p)) for p in SHOWN},
        "chance": None if required is None else share(found.chance()),
        "chance_of_count": None if required is None else share(found.chance_of_count()),
        "remarks": list(found.remarks),
        "flags": [
            {"row": flag.row, "problem": flag.problem, "remedy": flag.remedy}
            for flag in flags
        ],
    }


def _words(found: Finish, flags: tuple[Flag, ...]) -> list[str]:
    low, high = found.interval(0.8)
    when = f" on {found.counted_on}" if found.counted_on else ""
    words = [
        f"{found.petition}: {found.count:,} {found.kind.value}{when}; gathering ends "
        f"{found.deadline}",
        f"by then: {rounded(found.quantile(0.5))} {found.kind.value}, "
        f"{rounded(low)} to {rounded(high)} in 8 cases of 10",
    ]
    if len(found.valid) > 1:
        low, high = found.valid_quantile(0.1), found.valid_quantile(0.9)
        middle = found.valid_quantile(0.5)
        words.append(
            f"of them valid: {rounded(middle)}, {rounded(low)} to {rounded(high)}"
        )
    if found.required is None:
        words.append("chance: not told, for no requirement is known (--required)")
    else:
        words.append(
            f"chance of {found.required:,} valid signatures: {_shown(found.chance())}"
        )
    words += found.remarks
    words += [
        f"{f'row {flag.row:,}: ' if flag.row else ''}{flag.problem} ({flag.remedy})"
        for flag in flags
    ]
    return words


def _district_data(found: Districts) -> dict[str, Any]:
    return {
        "chance_of_districts": share(found.chance_spread),
        "chance_of_all": None if found.chance is None else share(found.chance),
        "chance_if_independent": share(found.chance_apart),
        "districts": [
            {
                "district": end.district,
                "count": end.count,
                "needed": end.needed,
                "low": round(end.low),
                "median": round(end.median),
                "high": round(end.high),
                "chance": share(end.chance),
            }
            for end in found.ends
        ],
        "remarks": list(found.remarks),
    }


def _district_words(found: Districts) -> list[str]:
    words = [f"chance of the districts: {_shown(found.chance_spread)}"]
    if found.chance is not None:
        words.append(f"chance of both: {_shown(found.chance)}")
    words.append(
        f"(were the districts independent: {_shown(found.chance_apart)}; they are not)"
    )
    words += [
        f"  {end.district}: {end.count:,} so far, {rounded(end.median)} valid by then "
        f"({rounded(end.low)} to {rounded(end.high)}), needs {end.needed:,}: "
        f"{_shown(end.chance)}"
        for end in found.ends[:DISTRICTS_SHOWN]
    ]
    if len(found.ends) > DISTRICTS_SHOWN:
        words.append(f"  … and {len(found.ends) - DISTRICTS_SHOWN} likelier ones")
    return words + [each for each in found.remarks if each not in found.whole.remarks]


def _shown(chance: float) -> str:
    """Say a chance as people should read it: no more digits than are meant."""
    if chance <= FINEST:
        return "below 1 in 100"
    if chance >= 1 - FINEST:
        return "above 99 in 100"
    return f"{100 * chance:.0f} in 100"
