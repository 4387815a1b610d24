"""`vote table`, `break-even` and `map`: results as figures, as a question, as tiles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import NEW, answer, json_option
from plebiscite.cli.vote.given import (
    CHECKS,
    Asked,
    canvassed,
    judging,
    mapping_option,
    options,
    percent,
    question_option,
    read,
    results_option,
    share_of,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from plebiscite.vote.results import Counts

SORTS = ("file", "name", "yes", "turnout", "votes")


@click.command("table")
@results_option
@question_option
@mapping_option
@options(CHECKS)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="file",
    show_default=True,
    help="In the file's order, by name, or the greatest first.",
)
@json_option
def table(
    *,
    paths: tuple[Path, ...],
    question: str | None,
    mapping: str | None,
    expected: str | None,
    before: Path | None,
    let_stand: Sequence[str],
    sort: str,
    as_json: bool,
) -> None:
    """Print the results of one question, part by part, with turnout and yes share.

    \b
    Example:
      plebiscite vote table --results results.csv --sort yes
    """
    from plebiscite.vote.intake.read import chosen

    results, flags = canvassed(
        chosen(read(paths, mapping), question),
        expected=expected,
        before=before,
        let_stand=let_stand,
    )
    rows = _sorted(results.rows(), sort)
    data = {
        "question": results.question,
        "parts": [{"part": n, **r, **_shares(r)} for n, r in rows.items()],
        "totals": {**results.totals, **_shares(results.totals)},
        "parts_out": len(results.out),
        "flags": [each.as_data() for each in flags],
    }
    counted = results.with_frame(results.counted).totals
    whole = "all parts" if results.is_complete else "counted"
    lines = _lines({**rows, whole: counted})
    if out := len(results.out):
        lines.append(
            f"{out:,} {'part is' if out == 1 else 'parts are'} not yet counted"
        )
    answer(data, [*lines, *(f"Flag: {flag}" for flag in flags)], as_json=as_json)


def _shares(row: Counts) -> dict[str, str | None]:
    from plebiscite.vote.after.compare import turnout, yes_share

    found = {"yes_percent": yes_share(row), "turnout_percent": turnout(row)}
    return {name: percent(share) for name, share in found.items()}


def _sorted(rows: dict[str, Counts], sort: str) -> dict[str, Counts]:
    from plebiscite.vote.after.compare import turnout, yes_share

    keys = {
        "name": lambda each: each[0].casefold(),
        "yes": lambda each: -(yes_share(each[1]) or 0),
        "turnout": lambda each: -(turnout(each[1]) or 0),
        "votes": lambda each: -((each[1]["yes"] or 0) + (each[1]["no"] or 0)),
    }
    return dict(sorted(rows.items(), key=keys[sort])) if sort in keys else rows


def _lines(rows: dict[str, Counts]) -> list[str]:
    names = list(next(iter(rows.values())))
    head = ["", *names, "yes %", "turnout %"]
    cells = [head]
    for part, row in rows.items():
        figures = [
            f"{n:,}" if (n := row.get(name)) is not None else "…" for name in names
        ]
        shares = [share or "…" for share in _shares(row).values()]
        cells.append([part, *figures, *shares])
    if all(row[-1] == "…" for row in cells[1:]):
        cells = [row[:-1] for row in cells]
    wide = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            [
                first.ljust(wide[0]),
                *(c.rjust(w) for c, w in zip(rest, wide[1:], strict=True)),
            ]
        )
        for first, *rest in cells
    ]


@click.command("break-even")
@judging
@click.option(
    "--turnout",
    metavar="SHARE",
    help="Turnout of the parts still out, such as 60%; else as in those counted.",
)
@json_option
def break_even(
    *,
    asked: Asked,
    turnout: str | None,
    as_json: bool,
) -> None:
    """Say what the parts still out must average for the rule to be met.

    Their votes are known where their ballots are; else they are taken from their
    registered voters at the turnout of the parts counted, and the answer says so.

    \b
    Example:
      plebiscite vote break-even --law us/ca/statute_initiative --results night.csv \\
        --on 2016-11-08
    """
    from plebiscite.vote.after.break_even import break_even as reckoned

    book, given = asked.opened(), asked.known()
    results, _ = asked.canvassed(asked.chosen(), book, given)
    taking_part = None if turnout is None else share_of("--turnout", turnout)
    found = reckoned(results, book, rule=asked.rule, given=given, turnout=taking_part)
    many = len(found.parts_out)
    parts = "part still out" if many == 1 else "parts still out"
    if found.is_reached:
        verb = "says" if many == 1 else "say"
        said = f"the rule is met whatever the {parts} {verb} at these votes"
    elif found.is_out_of_reach:
        said = (
            f"out of reach: not even all {found.valid_out:,} votes still out would do"
        )
    else:
        said = (
            f"the {many:,} {parts} must average {_two_places(found.percent)}% yes: "
            f"{found.needed:,} of {found.valid_out:,} votes"
        )
    data = {
        "parts_out": list(found.parts_out),
        "valid_out": found.valid_out,
        "needed": found.needed,
        "percent": _two_places(found.percent),
        "counted_percent": _two_places(found.counted_percent),
        "reached": found.is_reached,
        "out_of_reach": found.is_out_of_reach,
        "assumes": list(found.assumes),
    }
    lines = [said]
    if found.counted_percent is not None:
        lines.append(f"the parts counted average {_two_places(found.counted_percent)}%")
    lines += [f"assumes a {each}" for each in found.assumes]
    answer(data, lines, as_json=as_json)


def _two_places(number: Fraction | None) -> str | None:
    from plebiscite.core.share import as_decimal

    return None if number is None else str(as_decimal(number, 2))


@click.command("map")
@judging
@click.option("--out", type=NEW, required=True, help="A .svg drawing or a .html page.")
@click.option("--title", help="Above the map; the question if left out.")
@click.option("--tiles", is_flag=True, help="A tile a part, all alike in size.")
@json_option
def map_(
    *,
    asked: Asked,
    out: Path,
    title: str | None,
    tiles: bool,
    as_json: bool,
) -> None:
    """Draw results as a map, each part shaded by its yes share.

    Counties and states of the United States are drawn in their outlines, or with
    --tiles as tiles, all alike in size; other parts as tiles in rows. Nothing is
    fetched, and a table says in words what the colours say.

    \b
    Example:
      plebiscite vote map --law us/ca/statute_initiative --results counties.csv \\
        --on 2016-11-08 --out map.html
    """
    from plebiscite.core.files import write_whole
    from plebiscite.errors import InputError
    from plebiscite.report.results.map_page import map_html, map_svg
    from plebiscite.vote.outcome.judge import judge
    from plebiscite.vote.outcome.told import margin_words

    if out.suffix not in {".svg", ".html"}:
        raise InputError(f"--out {out}: name a file that ends in .svg or .html")
    book, given = asked.opened(), asked.known()
    results, flags = asked.canvassed(asked.chosen(), book, given)
    outcome = judge(results, book, rule=asked.rule, given=given, flags=tuple(flags))
    name = title or results.question or asked.paths[0].stem
    place = "/".join(book.law.id.split("/")[:2])
    drawn = (
        map_svg(results.rows(), name, place=place, tiles=tiles)[0]
        if out.suffix == ".svg"
        else map_html(outcome, name, place=place, tiles=tiles)
    )
    write_whole(out, drawn)
    data = {
        "map": str(out),
        "parts": len(results.frame),
        "words": margin_words(outcome),
    }
    lines = [f"{out}: {len(results.frame):,} parts; {margin_words(outcome)}"]
    answer(data, lines, as_json=as_json)
