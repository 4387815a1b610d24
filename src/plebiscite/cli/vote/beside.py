"""`vote compare` and `reconcile`: two votes, or two offices' figures, side by side."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import FILE, answer, json_option
from plebiscite.cli.vote.given import canvassed, mapping_option, percent, read
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.vote.after.compare import Comparison, Line
    from plebiscite.vote.after.reconcile import Reconciliation


@click.command("compare")
@click.argument("first", type=FILE)
@click.argument("second", type=FILE)
@click.option("--first-question", help="Which question of the first file.")
@click.option("--second-question", help="Which question of the second file.")
@mapping_option
@click.option(
    "--largest",
    type=click.IntRange(min=1),
    help="Only the parts that swung most.",
)
@json_option
def compare(
    *,
    first: Path,
    second: Path,
    first_question: str | None,
    second_question: str | None,
    mapping: str | None,
    largest: int | None,
    as_json: bool,
) -> None:
    """Set two votes side by side: each part's yes share, swing, and turnout.

    \b
    Example:
      plebiscite vote compare 2014.csv 2016.csv --first-question 47 \\
        --second-question 57 --largest 5
    """
    from plebiscite.vote.after.compare import compare as compared
    from plebiscite.vote.intake.read import chosen

    one, other = (
        canvassed(
            chosen(read([path], mapping), question),
            expected=None,
            before=None,
            let_stand=(),
        )[0]
        for path, question in ((first, first_question), (second, second_question))
    )
    found = compared(one, other)
    lines = list(found.lines)
    if largest:
        lines.sort(key=lambda each: abs(each.swing or Fraction(0)), reverse=True)
        lines = lines[:largest]
    data = {
        "whole": _line(found.whole),
        "parts": [_line(each) for each in lines],
        "turned": [each.part for each in found.turned],
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
    }
    answer(data, _compared(found, lines), as_json=as_json)


def _line(line: Line) -> dict[str, Any]:
    first, second = line.shares
    return {
        "part": line.part or None,
        "first_percent": percent(first),
        "second_percent": percent(second),
        "swing": percent(line.swing),
        "turnout_moved": percent(line.turnout_moved),
    }


def _compared(found: Comparison, lines: list[Line]) -> list[str]:
    wide = max([len(each.part) for each in lines] + [len("all in both")])
    shown = [f"{'':<{wide}}  {'first %':>8}  {'second %':>8}  {'swing':>7}"]
    for each in [*lines, found.whole]:
        told = _line(each)
        name = each.part or "all in both"
        swing = told["swing"] or "…"
        sign = "+" if each.swing is not None and each.swing > 0 else ""
        shown.append(
            f"{name:<{wide}}  {told['first_percent'] or '…':>8}  "
            f"{told['second_percent'] or '…':>8}  {sign + swing:>7}"
        )
    moved = found.whole.turnout_moved
    if moved is not None:
        shown.append(f"turnout moved by {percent(moved)} points")
    if found.turned:
        shown.append(f"changed sides: {', '.join(each.part for each in found.turned)}")
    for name, parts in (("first", found.only_first), ("second", found.only_second)):
        if parts:
            shown.append(f"only in the {name}: {', '.join(parts)}")
    return shown


@click.command("reconcile")
@click.argument("first", type=FILE)
@click.argument("second", type=FILE)
@click.option(
    "--part",
    default="part",
    show_default=True,
    metavar="HEADING[=HEADING]",
    help="The column of the parts' names, in the first and in the second file.",
)
@click.option(
    "--figure",
    "figures",
    multiple=True,
    required=True,
    metavar="HEADING[=HEADING]",
    help="A column of the first file, and the one of the second to hold it against.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="HEADING=VALUE",
    help="Of the second file, only the rows with this value.",
)
@json_option
def reconcile(
    *,
    first: Path,
    second: Path,
    part: str,
    figures: tuple[str, ...],
    only: tuple[str, ...],
    as_json: bool,
) -> None:
    """Hold two offices' figures against each other, part by part.

    A part is out of line where its figures differ otherwise than those of the parts
    together, as where a column was filled with something else. Exits 1 if any is.

    \b
    Example:
      plebiscite vote reconcile federal.csv state.csv --part county_name=county \\
        --figure total_active_reg=registered --only election=2016-11-08
    """
    from plebiscite.cli.faults import Exit
    from plebiscite.vote.after.reconcile import Agreement, read_figures
    from plebiscite.vote.after.reconcile import reconcile as reconciled

    pairs = [_pair(each) for each in figures]
    mine, other = _pair(part)
    chosen = {}
    for each in only:
        heading, sign, value = each.partition("=")
        if not sign:
            raise InputError(f"--only {each!r}: write HEADING=VALUE")
        chosen[heading] = value
    left = read_figures(first, mine, tuple(dict.fromkeys(a for a, _ in pairs)), {})
    right = read_figures(
        second, other, tuple(dict.fromkeys(b for _, b in pairs)), chosen
    )
    found = [reconciled(left[a], right[b], named=(a, b)) for a, b in pairs]
    data = {"figures": [_reconciled(each) for each in found]}
    lines = [line for each in found for line in _told(each)]
    answer(data, lines, as_json=as_json)
    if any(each.of(Agreement.OUT_OF_LINE) for each in found):
        sys.exit(Exit.NOT_MET)


def _pair(text: str) -> tuple[str, str]:
    first, _, second = (each.strip() for each in text.partition("="))
    return first, second or first


def _reconciled(found: Reconciliation) -> dict[str, Any]:
    return {
        "first": found.first,
        "second": found.second,
        "parts": [
            {
                "part": each.part,
                "first": each.first,
                "second": each.second,
                "difference": each.difference,
                "standing": each.agreement.value.replace(" ", "_"),
            }
            for each in found.pairs
        ],
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
    }


def _told(found: Reconciliation) -> list[str]:
    from plebiscite.vote.after.reconcile import Agreement

    counts = ", ".join(
        f"{len(found.of(each))} {each.value}" for each in Agreement if found.of(each)
    )
    lines = [
        f"{found.first} against {found.second}: {len(found.pairs)} parts, {counts}"
    ]
    lines += [
        f"  {each.agreement.value:<11} {each.part:<20} {each.first:>12,} "
        f"{each.second:>12,} {each.difference:>+12,}"
        for each in found.pairs
        if each.agreement is not Agreement.AGREES
    ]
    for name, parts in (("first", found.only_first), ("second", found.only_second)):
        if parts:
            lines.append(f"  only in the {name} ({len(parts)}): {', '.join(parts)}")
    return lines
