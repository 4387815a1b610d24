"""`plebiscite simulate`: invented rolls and petitions whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import (
    DAY,
    FOLDER,
    NEW,
    answer,
    json_option,
    progress_bar,
)
from plebiscite.cli.said import many, tell
from plebiscite.errors import InputError

ROLL = click.Path(exists=True, path_type=Path)
SEED = click.IntRange(min=0)


@click.group("simulate")
def command() -> None:
    """Make rolls, petitions and results whose truth is known.

    Everything is invented: names come from public frequency tables, streets from word
    lists. The same seed gives the same bytes.
    """


@command.command("roll")
@click.option("--voters", type=click.IntRange(min=1), required=True, help="How many.")
@click.option("--seed", type=SEED, required=True, help="Same seed, same roll.")
@click.option(
    "--out",
    type=NEW,
    required=True,
    help="A .parquet or .csv file, or a folder for Parquet parts.",
)
@click.option("--as-of", type=DAY, help="Day of the roll.  [default: 2017-07-25]")
@json_option
def roll(
    *, voters: int, seed: int, out: Path, as_of: date | None, as_json: bool
) -> None:
    """Make a voter roll like California's: 58 counties, households, namesakes.

    \b
    Example:
      plebiscite simulate roll --voters 100000 --seed 1 --out roll.parquet
    """
    from plebiscite.simulate.roll import AS_OF, write_roll

    day = as_of or AS_OF
    with progress_bar() as progress:
        counties = write_roll(
            out, voters=voters, seed=seed, as_of=day, progress=progress
        )
    largest = max(counties, key=lambda name: counties[name])
    answer(
        {"roll": str(out), "as_of": day, "voters": voters, "counties": counties},
        [
            f"{many(voters, 'invented voter')} in "
            f"{many(sum(map(bool, counties.values())), 'county', 'counties')} "
            f"as of {day}: {out}",
            f"The largest county is {largest} with {counties[largest]:,}.",
        ],
        as_json=as_json,
    )


@command.command("petition")
@click.option("--roll", "source", type=ROLL, required=True, help="Who may sign.")
@click.option("--lines", type=click.IntRange(min=1), required=True, help="Raw count.")
@click.option("--seed", type=SEED, required=True, help="Same seed, same lines.")
@click.option("--out", type=NEW, required=True, help="A folder.")
@click.option(
    "--preset",
    type=click.Choice(["benchmark", "california"]),
    default="benchmark",
    show_default=True,
    help="What the lines are made of, before --mix and --noise.",
)
@click.option("--mix", multiple=True, metavar="KIND=SHARE", help="E.g. moved=0.05.")
@click.option("--noise", multiple=True, metavar="KIND=SHARE", help="E.g. ocr=0.02.")
@click.option(
    "--counties",
    multiple=True,
    metavar="NAME",
    help="Only these; 'proportional' (the default) is all, by their voters.",
)
@click.option(
    "--weight",
    multiple=True,
    metavar="NAME=FACTOR",
    help="How much more, or less, than its share a county collects.",
)
@click.option("--opens", type=DAY, help="First day.  [default: 2017-01-26]")
@click.option("--closes", type=DAY, help="Last day.  [default: 2017-07-25]")
@click.option(
    "--format",
    "table_format",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Of the lines.",
)
@click.option("--single-string", is_flag=True, help="Names and addresses in one piece.")
@json_option
def petition(
    *,
    source: Path,
    lines: int,
    seed: int,
    out: Path,
    preset: str,
    mix: Sequence[str],
    noise: Sequence[str],
    counties: Sequence[str],
    weight: Sequence[str],
    opens: date | None,
    closes: date | None,
    table_format: str,
    single_string: bool,
    as_json: bool,
) -> None:
    """Make a petition over a roll: lines, truth, sections, manifest, decisions.

    \b
    Example:
      plebiscite simulate petition --roll roll.parquet --lines 5000 --seed 2 \\
        --out petition --preset california --mix duplicate=0.03
    """
    from plebiscite.simulate.mix import PRESETS
    from plebiscite.simulate.petition import CLOSES, OPENS, write_petition

    chosen = PRESETS[preset].with_shares(
        _shares(mix, "--mix"), _shares(noise, "--noise")
    )
    named = [name for name in counties if name != "proportional"]
    with progress_bar() as progress:
        truth = write_petition(
            source,
            out,
            lines=lines,
            seed=seed,
            mix=chosen,
            counties=named or None,
            weights=_shares(weight, "--weight"),
            opens=opens or OPENS,
            closes=closes or CLOSES,
            table_format=table_format,
            single_string=single_string,
            progress=progress,
        )
    answer(
        {
            "petition": str(out),
            "raw": truth.raw,
            "struck": truth.struck,
            "valid": truth.valid,
            "duplicates": truth.duplicates,
            "kinds": dict(truth.kinds),
            "counties": dict(truth.counties),
        },
        [
            f"{many(truth.raw, 'invented line')} of "
            f"{many(len(truth.counties), 'county', 'counties')}: {out}",
            f"In truth {truth.valid:,} voters signed validly "
            f"({truth.valid / truth.raw:.1%}), and {truth.duplicates:,} lines repeat "
            "one of them.",
        ],
        as_json=as_json,
    )


@command.command("sheets")
@click.option("--measure", required=True, help="A measure's folder, or a shipped id.")
@click.option("--county", required=True, help="The one county of these sections.")
@click.option(
    "--pages", type=click.IntRange(1, 100_000), required=True, help="How many."
)
@click.option("--lines", type=click.IntRange(1, 500), help="Lines in a section.")
@click.option(
    "--paper",
    type=click.Choice(["letter", "legal", "tabloid", "a4"]),
    default="letter",
    show_default=True,
    help="They are printed on.",
)
@click.option(
    "--petition",
    "source",
    type=FOLDER,
    help="A simulated petition whose lines are written down; made if left out.",
)
@click.option(
    "--strange",
    type=click.IntRange(0, 1000),
    default=0,
    help="Pages of each kind that do not belong: foreign, coarse, tilted, another's.",
)
@click.option("--clean", is_flag=True, help="Filled in, but not harmed.")
@click.option("--hidden", is_flag=True, help="Both codes of each are covered or torn.")
@click.option("--seed", type=SEED, required=True, help="Same seed, same sheets.")
@click.option("--out", type=NEW, required=True, help="A new folder.")
@json_option
def sheets(
    *,
    measure: str,
    county: str,
    pages: int,
    lines: int | None,
    paper: str,
    source: Path | None,
    strange: int,
    clean: bool,
    hidden: bool,
    seed: int,
    out: Path,
    as_json: bool,
) -> None:
    """Make sheets as they come back: printed, filled in by hand, scanned, stained.

    Beside the pictures, truth.jsonl says of each which page it is, what every line
    holds, and where each field lies; lines.csv is what a careful person would key.

    \b
    Example:
      plebiscite simulate sheets --measure us/ca/16-0011 --county Alpine --pages 20 \\
        --seed 1 --out box
    """
    from plebiscite.petition.form.issued.out import order
    from plebiscite.petition.form.layout import Paper
    from plebiscite.simulate.sheets.hand import HANDS, hands
    from plebiscite.simulate.sheets.write import write_sheets

    asked = order(measure, county, paper=Paper[paper.upper()], lines=lines)
    with progress_bar() as progress:
        made = write_sheets(
            out,
            asked,
            pages=pages,
            seed=seed,
            petition=source,
            strange=strange,
            clean=clean,
            hidden=hidden,
            progress=progress,
        )
    if hands() == [None]:
        tell(
            "No font that looks handwritten is installed; a plain one was used. On "
            f"Debian, as root: apt-get install {' '.join(sorted(set(HANDS.values())))}",
            err=True,
        )
    written = sum(many for kind, many in made.lines.items() if kind != "blank")
    answer(
        {
            "sheets": str(out),
            "pages": made.pages,
            "missing": made.missing,
            "strange": dict(made.strange),
            "lines": dict(made.lines),
        },
        [
            f"{made.pages:,} invented pages, {written:,} lines written in: {out}",
            f"Left out on purpose: {made.missing:,}. That do not belong: "
            f"{sum(made.strange.values()):,}.",
        ],
        as_json=as_json,
    )


@command.command("results")
@click.option(
    "--precincts",
    type=click.IntRange(min=1, max=2_000_000),
    required=True,
    help="How many.",
)
@click.option(
    "--questions",
    type=click.IntRange(min=1, max=200),
    default=1,
    show_default=True,
    help="Side by side, two columns each.",
)
@click.option(
    "--out-precincts",
    type=click.IntRange(min=0),
    default=0,
    help="How many of them are not yet counted.",
)
@click.option("--seed", type=SEED, required=True, help="Same seed, same results.")
@click.option("--out", type=NEW, required=True, help="A .csv file.")
@json_option
def results(
    *,
    precincts: int,
    questions: int,
    out_precincts: int,
    seed: int,
    out: Path,
    as_json: bool,
) -> None:
    """Make results of a vote: precincts, and questions side by side.

    \b
    Example:
      plebiscite simulate results --precincts 25000 --questions 17 --seed 1 \\
        --out results.csv
    """
    from plebiscite.simulate.results import write_results

    if out_precincts > precincts:
        raise InputError("--out-precincts: more than there are precincts")
    with progress_bar() as progress:
        totals = write_results(
            out,
            precincts=precincts,
            questions=questions,
            seed=seed,
            out=out_precincts,
            progress=progress,
        )
    answer(
        {"results": str(out), "precincts": precincts, "questions": totals},
        [f"{precincts:,} invented precincts, {questions} questions: {out}"],
        as_json=as_json,
    )


def _shares(given: Sequence[str], option: str) -> dict[str, float]:
    """Return "name=number" pairs, several of which may stand in one argument."""
    pairs = [pair for text in given for pair in text.split(",") if pair.strip()]
    found = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise InputError(
                f"{option} takes NAME=NUMBER, as moved=0.05, not {pair.strip()!r}"
            ) from None
    return found
