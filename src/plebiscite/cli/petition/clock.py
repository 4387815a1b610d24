"""`plebiscite petition deadlines`: every clock of a measure, and what it assumes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, answer, json_option
from plebiscite.cli.said import tell
from plebiscite.errors import InputError, Refusal

if TYPE_CHECKING:
    from plebiscite.rules.deadline import Deadline

NOT_CHECKED = "no"
MORE = "give the day each starts on: by its option, or --date NAME DAY"


@click.command("deadlines")
@click.option("--law", required=True, help="Id of a law, or the path of a law file.")
@click.option(
    "--summary-date",
    type=DAY,
    help="The official summary date, where one starts circulation.",
)
@click.option("--election", type=DAY, help="The election aimed at.")
@click.option("--received", type=DAY, help="When the proposal was received.")
@click.option("--filed", type=DAY, help="When it was filed with the counties.")
@click.option("--sample-notice", type=DAY, help="When the counties were told to draw.")
@click.option(
    "--full-count-notice", type=DAY, help="When the counties were told to check all."
)
@click.option(
    "--date",
    "more",
    type=(str, DAY),
    multiple=True,
    metavar="NAME DAY",
    help="Any other date a law file names, such as 'enacted'.",
)
@json_option
def deadlines(
    law: str,
    summary_date: date | None,
    election: date | None,
    received: date | None,
    filed: date | None,
    sample_notice: date | None,
    full_count_notice: date | None,
    more: Sequence[tuple[str, date]],
    as_json: bool,
) -> None:
    """Say when each of a measure's clocks runs out, under which rule.

    A clock that starts on a day not yet known is counted from the last day for it, and
    says what it assumes. A clock that cannot be told at all is named on standard error.

    \b
    Example:
      plebiscite petition deadlines --law us/ca/constitutional_initiative \\
        --summary-date 2017-01-26 --election 2018-11-06
    """
    from plebiscite.rules.clocks import days_named
    from plebiscite.rules.rulebook import open_law

    given = {
        "official_summary_date": summary_date,
        "election": election,
        "received": received,
        "filed_with_counties": filed,
        "sample_notice": sample_notice,
        "full_count_notice": full_count_notice,
        **dict(more),
    }
    dates = {name: day for name, day in given.items() if day}
    if not dates:
        raise InputError(
            "no day is given to count from; give one the law names, such as "
            "--summary-date or --election"
        )
    found = open_law(law)
    _refuse_unnamed([name for name, _ in more], law, days_named(found))
    book = found.on(dates)
    known, unknown = book.deadlines({}), book.unknown_clocks({})
    if not known:
        raise InputError(
            f"no clock of {law} can be told from these days; {MORE}",
            refusals=[
                Refusal(problem=f"{clock}: {why}") for clock, why in unknown.items()
            ],
        )
    answer([_data(each) for each in known], _lines(known), as_json=as_json)
    for clock, why in unknown.items():
        tell(f"not told: {clock}: {why}", err=True)
    if unknown:
        tell(f"For those {MORE}.", err=True)


def _refuse_unnamed(given: Sequence[str], law: str, named: Sequence[str]) -> None:
    """Refuse a day that no rule of the law asks for: it would change nothing unseen."""
    for name in given:
        if name not in named:
            near = get_close_matches(name, named, n=1)
            raise InputError(
                f"{law} asks for no day {name!r}; "
                + (f"did you mean {near[0]!r}? " if near else "")
                + f"it asks for {', '.join(named) or 'none'}"
            )


def _data(deadline: Deadline) -> dict[str, Any]:
    return {
        "clock": deadline.clock,
        "day": deadline.day.isoformat(),
        "rule": deadline.rule,
        "cite": [source.title for source in deadline.cite],
        "checked": deadline.checked.isoformat() if deadline.checked else NOT_CHECKED,
        "assumes": "; ".join(deadline.assumes),
    }


def _lines(known: Sequence[Deadline]) -> list[str]:
    lines = []
    for deadline in known:
        read = all(source.checked for source in deadline.cite)
        mark = "" if deadline.checked else "  ** not checked **"
        if read and not deadline.first_day_known:
            mark = "  (its first day is not checked)"
        titles = "; ".join(source.title for source in deadline.cite)
        lines.append(
            f"{deadline.day.isoformat()}  {deadline.clock.replace('_', ' ')}: "
            f"{deadline.rule}  [{titles}]{mark}"
        )
        lines += [f"            assumes: {each}" for each in deadline.assumes]
    return lines
