"""`plebiscite law`: list, show, compare and check the law files."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, answer, columns, for_reader, json_option
from plebiscite.cli.faults import Exit

if TYPE_CHECKING:
    from plebiscite.rules.worked.check import Check

WIDE = 100
"""Columns of a table that no terminal bounds."""


@click.group("law")
def command() -> None:
    """List, show, compare and check the law files.

    A law file is YAML that a lawyer can read: dated versions of each rule, each with
    its source and whether somebody checked it. LAW is the id of a shipped law, or the
    path of a file of your own.
    """


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the shipped laws: how many values, and the share of them that is checked.

    \b
    Example:
      plebiscite law list
    """
    from plebiscite.rules.rulebook import laws, open_law
    from plebiscite.rules.told.coverage import coverage, in_table

    found = [coverage(open_law(law)) for law in laws()]
    answer(
        [each.as_data() for each in found],
        in_table(found, columns(WIDE)),
        as_json=as_json,
    )


@command.command("show")
@click.argument("law")
@click.option("--on", "day", type=DAY, help="Only what was in force on this day.")
@json_option
def show(law: str, day: date | None, as_json: bool) -> None:
    """Show what LAW says, question by question, with its sources.

    What nobody has checked is marked. Without --on, each question is answered by what
    was recorded last, and every dated version stands behind it.

    \b
    Example:
      plebiscite law show us/ca/constitutional_initiative --on 2017-01-26
    """
    from plebiscite.rules.rulebook import open_law
    from plebiscite.rules.told.show import in_lines, shown

    opened = open_law(law)
    answer(shown(opened, day), for_reader(in_lines(opened, day)), as_json=as_json)


@command.command("compare")
@click.argument("laws", metavar="LAW...", nargs=-1, required=True)
@click.option("--on", "day", type=DAY, help="What was in force on this day.")
@click.option(
    "--all", "every", is_flag=True, help="Every rule, not only the main ones."
)
@json_option
def compare(
    laws: tuple[str, ...], day: date | None, every: bool, as_json: bool
) -> None:
    """Put the rules of several laws side by side.

    The beginning of an id, such as us/wa, stands for the main initiative of the place.
    Without --on, each law answers as recorded last.

    \b
    Example:
      plebiscite law compare us/ca us/wa ch
    """
    from plebiscite.rules.rulebook import open_law
    from plebiscite.rules.told.compare import as_data, chosen, in_columns, rows

    compared = [open_law(chosen(law)) for law in laws]
    table = rows(compared, day, every=every)
    words = [] if as_json else list(in_columns(compared, table, columns(WIDE)))
    answer(as_data(compared, table, day), words, as_json=as_json)


@command.command("check")
@click.argument("laws", metavar="[LAW]...", nargs=-1)
@json_option
def check(laws: tuple[str, ...], as_json: bool) -> None:
    """Check that law files read, that their worked cases hold, and what is amiss.

    Without a LAW, every shipped file is checked. Where the office published another
    figure than the law computes to, both are reported; a note in the file explains a
    difference that is known. Days of which nothing is recorded are told, and what no
    case tries.

    Exits 1 where a case does not hold or is missing, a difference is not explained, no
    count can reach a band, nothing cites a source, or a name is a slip of the pen; and
    2 where a file cannot be read, dates overlap, or a value cites nothing.

    \b
    Example:
      plebiscite law check us/ca/constitutional_initiative
    """
    from plebiscite.rules.rulebook import find_law
    from plebiscite.rules.worked.check import check_file, shipped_files

    paths = [find_law(law)[0] for law in laws] or shipped_files()
    checks = [check_file(path) for path in paths]
    answer(
        [_data(each) for each in checks],
        for_reader([line for each in checks for line in _lines(each)]),
        as_json=as_json,
    )
    if any(each.problem for each in checks):
        sys.exit(Exit.WRONG_INPUT)
    if any(each.failures for each in checks):
        sys.exit(Exit.NOT_MET)


def _data(check: Check) -> dict[str, Any]:
    return {
        "file": str(check.path),
        "cases": len(check.held),
        "cases_held": sum(held.holds for held in check.held),
        "published": [
            {
                "rule": each.rule,
                "from": each.since.isoformat(),
                "published": each.published,
                "computed": each.computed,
                "differs": each.differs,
            }
            for each in check.compared
        ],
        "gaps": list(check.gaps),
        "untried": list(check.untried),
        "failures": check.failures,
    }


def _lines(check: Check) -> list[str]:
    if check.problem:
        return [check.problem]
    held = sum(each.holds for each in check.held)
    lines = [f"{check.path}: {held} of {len(check.held)} worked cases hold"]
    if check.compared:
        differ = [each for each in check.compared if each.differs]
        unknown = sum(each.computed is None for each in check.compared)
        agree = len(check.compared) - len(differ) - unknown
        lines.append(
            f"  published figures: {agree} computed alike, {len(differ)} otherwise, "
            f"{unknown} without a recorded base"
        )
        lines += [f"  {each}" for each in differ if each.explained]
    lines += [f"  {each}" for each in (*check.gaps, *check.untried)]
    return lines + [f"  {failure}" for failure in check.failures]
