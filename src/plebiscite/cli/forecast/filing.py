"""`forecast to-file`: how many lines to file."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, FILE, answer, for_reader, json_option, today
from plebiscite.cli.forecast.options import MeasuredShare
from plebiscite.errors import InputError
from plebiscite.forecast.shown import rounded

if TYPE_CHECKING:
    from plebiscite.forecast.pace import Channel, Spread, Validity
    from plebiscite.forecast.pace.filing import Rate, ToFile
    from plebiscite.petition.measure import Measure


class Share(click.ParamType[Fraction]):
    """A share written 5% or 1/20."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return `value` as an exact share between 0 and 1."""
        text = str(value)
        try:
            found = Fraction(text.removesuffix("%")) / (100 if "%" in text else 1)
        except (ValueError, ZeroDivisionError):
            found = Fraction(0)
        if not 0 < found <= 1:
            self.fail(f"write a share as 5% or 1/20, not {value!r}", param, ctx)
        return found


SHARE = Share()
CHANNELS = ("paper", "online", "paid", "volunteer")
RATES_SHOWN = 20


@click.command("to-file", short_help="Say how many lines to file.")
@click.option("--law", help="A law's id, or a law file; else as the measure says.")
@click.option("--required", type=click.IntRange(min=1), help="Signatures required.")
@click.option("--measure", help="A measure's folder, file or id: law, dates, facts.")
@click.option("--on", "day", type=DAY, help="The day whose law governs; else today.")
@click.option("--counties", type=FILE, help="Lines by county so far: county, raw.")
@click.option("--checks", type=FILE, help="Your checks: chapter, circulator, checked …")
@click.option("--needed", type=FILE, help="What districts need: district, needed.")
@click.option("--districts", type=click.IntRange(min=1), help="How many must reach it.")
@click.option("--share", "part", type=SHARE, help="Of 'of' in --needed, such as 5%.")
@click.option("--channel", type=click.Choice(CHANNELS), help="Who gathers, and how.")
@click.option("--validity", type=MeasuredShare(0, 1), help="Share of raw lines.")
@click.option("--validity-sd", type=MeasuredShare(0, 0.4), help="Its error.")
@click.option("--duplicates", type=MeasuredShare(0, 0.5), help="Share of copies.")
@click.option("--chance", "chances", type=float, multiple=True, help="Else .5 .8 .95.")
@click.option("--seed", type=click.IntRange(0), default=1, help="Of the draws.")
@json_option
def to_file(
    law: str | None,
    required: int | None,
    measure: str | None,
    day: date | None,
    counties: Path | None,
    checks: Path | None,
    needed: Path | None,
    districts: int | None,
    part: Fraction | None,
    channel: str | None,
    validity: float | None,
    validity_sd: float | None,
    duplicates: float | None,
    chances: tuple[float, ...],
    seed: int,
    as_json: bool,
) -> None:
    """Say how many lines to file: to qualify on the sample, and in a full count.

    Petitions like this one are drawn, the law's own sample is taken of each, and its
    formula and bands judge it. A table of your own checks narrows the answer most:
    chapter, circulator, checked, valid, duplicates, and raw, the lines in hand.

    \b
    Example:
      plebiscite forecast to-file --law us/ca/constitutional_initiative \\
        --required 585407 --checks checks.csv
    """
    from plebiscite.forecast.pace import Channel
    from plebiscite.forecast.pace.filing import read_checks
    from plebiscite.forecast.pace.filing import to_file as lines_to_file
    from plebiscite.petition.measure import read_measure
    from plebiscite.rules.rulebook import open_law
    from plebiscite.verify.requirement import requirement

    named = read_measure(measure) if measure else None
    law = law or _law_of(named)
    book = open_law(law)
    rules = book.on(named.dates) if named and not day else book.on_day(day or today())
    need, notes = _required(requirement, rules, required, named)
    spread = spread_from(needed, districts, part)
    way = Channel(channel) if channel else Channel.UNKNOWN
    found = lines_to_file(
        rules,
        required=need,
        seed=seed,
        split=_counties(counties) if counties else None,
        validity=validity_from(validity, validity_sd, duplicates, way),
        checks=read_checks(checks) if checks else (),
        spread=spread,
        chances=chances or (0.5, 0.8, 0.95),
    )
    data = {"law": law, **_data(found), "notes": list(notes)}
    answer(data, for_reader([*_words(found), *notes]), as_json=as_json)


def spread_from(
    needed: Path | None, districts: int | None, part: Fraction | None
) -> Spread | None:
    """Return what is asked of the districts; None where nothing is."""
    from plebiscite.forecast.pace.districts import Spread, read_needed

    if needed is None:
        if districts or part:
            raise click.UsageError(
                "--districts and --share need --needed, which names the districts."
            )
        return None
    return Spread(needed=read_needed(needed, share=part), districts=districts)


def validity_from(
    mean: float | None, spread: float | None, duplicates: float | None, channel: Channel
) -> Validity:
    """Return the validity given at the command line, the prior's where it is not.

    A validity given without its error is taken for known to .02.
    """
    from plebiscite.forecast.pace import Validity

    prior = Validity.prior(channel)
    given = mean is not None or spread is not None
    return Validity(
        mean=prior.mean if mean is None else mean,
        spread=spread if spread is not None else 0.02 if given else prior.spread,
        duplicates=prior.duplicates if duplicates is None else duplicates,
        duplicate_spread=prior.duplicate_spread,
        source="as given" if given else prior.source,
    )


def share(chance: float) -> str:
    """Write a chance or share as data: three decimals, never more certain than that."""
    return f"{chance:.3f}"


def _law_of(measure: Measure | None) -> str:
    if measure is None:
        raise click.UsageError("Give --law, or --measure that names it.")
    return measure.law


def _required(
    requirement: Any, rules: Any, stated: int | None, measure: Measure | None
) -> tuple[int, tuple[str, ...]]:
    facts = dict(measure.facts) if measure else {}
    given = stated if stated is not None else facts.get("required")
    found: tuple[int, tuple[str, ...]] = requirement(
        rules, stated=given, facts=facts, by="as given"
    )
    return found


def _counties(path: Path) -> dict[str, float]:
    from plebiscite.core.table import Column, read_table

    columns = (
        Column(name="county", required=True),
        Column(name="raw", kind="count", required=True),
    )
    rows = read_table(path, columns).to_dicts()
    split = {row["county"]: float(row["raw"]) for row in rows}
    if len(split) < len(rows):
        raise InputError("a county stands twice; give it one row", path=path)
    return split


def _data(found: ToFile) -> dict[str, Any]:
    def three(shares: tuple[float, float, float]) -> dict[str, str]:
        return dict(zip(("low", "median", "high"), map(share, shares), strict=True))

    return {
        "required": found.required,
        "to_file": [
            {"what": need.what, "chance": share(need.chance), "raw": need.raw}
            for need in found.needs
        ],
        "lines_of_the_law": dict(found.lines),
        "validity": three(found.validity),
        "duplicates": three(found.duplicates),
        "rates": [
            {
                "chapter": rate.chapter,
                "circulator": rate.circulator or None,
                "checked": rate.checked,
                **three((rate.low, rate.median, rate.high)),
            }
            for rate in found.rates
        ],
        "split": {name: share(part) for name, part in found.split.items()},
        "remarks": list(found.remarks),
    }


def _words(found: ToFile) -> list[str]:
    words = [f"{found.required:,} valid signatures are required"]
    words += [
        f"  {number:,} projected: {name}"
        for name, number in found.lines.items()
        if name != "the requirement itself"
    ]
    for what in dict.fromkeys(need.what for need in found.needs):
        words.append(f"lines to file, to qualify {what}:")
        words += [
            f"  {100 * need.chance:g} in 100: "
            + (
                rounded(need.raw, up=True)
                if need.raw
                else "no number of lines gives that"
            )
            for need in found.needs
            if need.what == what
        ]
    low, middle, high = found.validity
    words.append(
        f"valid lines: {_percent(middle)} ({_percent(low)} to {_percent(high)})"
    )
    low, middle, high = found.duplicates
    words.append(f"copies: {_percent(middle)} ({_percent(low)} to {_percent(high)})")
    words += [_rate(rate) for rate in found.rates[:RATES_SHOWN]]
    if len(found.rates) > RATES_SHOWN:
        words.append(f"  … and {len(found.rates) - RATES_SHOWN} more; --json has all")
    return words + list(found.remarks)


def _rate(rate: Rate) -> str:
    who = ", ".join(filter(None, (rate.chapter, rate.circulator))) or "no name"
    return (
        f"  {who}: {_percent(rate.median)} ({_percent(rate.low)} to "
        f"{_percent(rate.high)}), {rate.checked:,} checked"
    )


def _percent(share_: float) -> str:
    return f"{100 * share_:.1f}%"
