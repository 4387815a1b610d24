"""`plebiscite forecast polls`: the average as of a day, and what the vote would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, FILE, answer, json_option, today
from plebiscite.cli.forecast.options import MeasuredShare
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.forecast.polls import Average, Change, PollsRead, VoteDay
    from plebiscite.forecast.under_law import UnderLaw

SHOWN = 12
POLLS = "polls.csv"
KINDS = ("special", "midterm", "presidential", "primary", "vote")


@click.command("polls", short_help="Average the polls as of a day.")
@click.option("--polls", "path", type=FILE, help="A file of polls, CSV or YAML.")
@click.option("--measure", help="A measure whose polls.csv to take, and its election.")
@click.option("--mapping", type=FILE, help="How the file's columns become ours.")
@click.option("--question", help="The question meant; that of most polls if left out.")
@click.option("--as-of", "day", type=DAY, help="From polls ended by then; else today.")
@click.option("--since", type=DAY, help="Tell what changed since this day, too.")
@click.option("--vote-on", type=DAY, help="Forecast the vote of this day, too.")
@click.option("--need", help="The share that is needed, such as 55%; else a majority.")
@click.option(
    "--ballot-text", is_flag=True, help="The question polled is the ballot's own text."
)
@click.option("--law", help="Judge the forecast by this law's own rule, too.")
@click.option("--rule", help="The law's rule that judges; else its passing rule.")
@click.option(
    "--turnout", type=click.Choice(KINDS), help="What election it is, for a quorum."
)
@click.option("--place", default="us/ca", show_default=True, help="Where; us/ca or ch.")
@click.option("--headline", is_flag=True, help="Suppose an event everyone talks of.")
@click.option(
    "--boycott",
    type=MeasuredShare(0, 1),
    default=0.0,
    help="Suppose this chance that opponents stay at home.",
)
@json_option
def polls(
    *,
    path: Path | None,
    measure: str | None,
    mapping: Path | None,
    question: str | None,
    day: date | None,
    since: date | None,
    vote_on: date | None,
    need: str | None,
    ballot_text: bool,
    law: str | None,
    rule: str | None,
    turnout: str | None,
    place: str,
    headline: bool,
    boycott: float,
    as_json: bool,
) -> None:
    """Average the polls known on a day, with an honest error; and forecast the vote.

    The undecided are allotted, two in five to yes. What is odd in the file is flagged
    with its row; what cannot be is refused. The error of a vote grows with the days
    left and is never that of sampling alone.

    \b
    Example:
      plebiscite forecast polls --measure us/ca/16-0011 --as-of 2017-02-01 \\
        --since 2014-10-01
    """
    from plebiscite.forecast.polls import average, change, vote_day

    as_of = day or today()
    read, election = _given(path, measure, mapping, question)
    vote_on = vote_on or (election if election and election >= as_of else None)
    share = _share(need)
    told = _Told(read=read, as_of=as_of, need=share)
    told.average = average(read.polls, as_of=as_of, question=question)
    if since is not None:
        told.change = change(read.polls, before=since, after=as_of, question=question)
    if vote_on is not None:
        told.vote = vote_day(
            read.polls,
            as_of=as_of,
            vote_on=vote_on,
            on_ballot_text=ballot_text,
            question=question,
        )
    if law is not None:
        if told.vote is None:
            raise InputError("--law judges a forecast: give --vote-on, its day, too")
        told.law = _under(
            told.vote, law, rule, turnout, place, headline=headline, boycott=boycott
        )
    answer(told.data(), list(told.lines()), as_json=as_json)


def _given(
    path: Path | None, measure: str | None, mapping: Path | None, question: str | None
) -> tuple[PollsRead, date | None]:
    """Return the polls, and the election a measure aims at."""
    from plebiscite.core.table import read_mapping
    from plebiscite.forecast.polls import read_polls
    from plebiscite.petition.measure import measure_folder, read_measure

    election = None
    if measure is not None:
        election = read_measure(measure).election
        path = path or measure_folder(measure) / POLLS
        if not path.exists():
            raise InputError(
                f"{measure} has no {POLLS} beside its measure.yaml; give --polls"
            )
    if path is None:
        raise InputError("give --polls, a file of polls, or --measure")
    plan = read_mapping(mapping) if mapping else None
    return read_polls(path, mapping=plan, question=question), election


def _share(need: str | None) -> Fraction:
    from plebiscite.core.share import Share

    if need is None:
        return Fraction(1, 2)
    try:
        return Share.parse(need).value
    except ValueError as problem:
        raise InputError(f"--need {need!r}: {problem}") from problem


def _under(
    vote: VoteDay,
    law: str,
    rule: str | None,
    turnout: str | None,
    place: str,
    *,
    headline: bool,
    boycott: float,
) -> UnderLaw:
    from plebiscite.forecast.turnout import turnout_day
    from plebiscite.forecast.under_law import under_law
    from plebiscite.rules.rulebook import open_law

    day = None
    if turnout is not None:
        day = turnout_day(
            turnout, place=place, as_of=vote.as_of, headline=headline, boycott=boycott
        )
    book = open_law(law).on_day(vote.vote_on)
    if day is None and (boycott or headline):
        raise InputError("--headline and --boycott suppose an election: give --turnout")
    return under_law(vote, day, book, rule=rule)


@dataclass(slots=True, kw_only=True)
class _Told:
    """The answer, as data and as lines."""

    read: PollsRead
    as_of: date
    need: Fraction
    average: Average | None = None
    change: Change | None = None
    vote: VoteDay | None = None
    law: UnderLaw | None = None

    def data(self) -> dict[str, Any]:
        """Return it as JSON data; decimals as text."""
        return {
            "as_of": self.as_of.isoformat(),
            "average": self.average.as_data() if self.average else None,
            "change": self.change.as_data() if self.change else None,
            "vote": None
            if self.vote is None
            else {
                **self.vote.as_data(),
                "chance": f"{self.vote.chance(self.need):.3f}",
            },
            "law": self.law.as_data() if self.law else None,
            "flags": [flag.as_data() for flag in self.read.flags],
        }

    def lines(self) -> Iterator[str]:
        """Yield it in sentences, the answer first."""
        yield self._averaged()
        if self.change:
            yield f"Since {self.change.before.as_of.isoformat()}: {self.change.words}."
        if self.vote:
            yield from self._voted(self.vote)
        if self.law:
            yield from _judged(self.law)
        flags = self.read.flags
        yield from (f"Flag: {flag}" for flag in flags[:SHOWN])
        if len(flags) > SHOWN:
            yield f"… and {len(flags) - SHOWN:,} more flags, all of them with --json"

    def _averaged(self) -> str:
        found = self.average
        if found is None:
            return f"No poll had ended by {self.as_of.isoformat()}."
        polls = "1 poll" if len(found.used) == 1 else f"{len(found.used)} polls"
        houses = "1 house" if found.houses == 1 else f"{found.houses} houses"
        apart = "; they contradict one another" if found.contradict else ""
        return (
            f"As of {self.as_of.isoformat()}: {found.support:.1f}% yes with the "
            f"undecided allotted ({found.raw:.0f}% as polled), give or take "
            f"{1.96 * found.error:.0f}; from {polls} of {houses}, the newest of "
            f"{found.newest.isoformat()}{apart}."
        )

    def _voted(self, vote: VoteDay) -> Iterator[str]:
        from plebiscite.core.share import printed
        from plebiscite.forecast.shown import shown

        low, high = vote.interval(0.8)
        yield (
            f"The vote of {vote.vote_on.isoformat()}: {vote.mean:.0f}% yes, four times "
            f"in five between {low:.0f}% and {high:.0f}%; more than "
            f"{printed(self.need * 100)}%: {shown(vote.chance(self.need))}."
        )
        yield from (f"Note: {note}" for note in vote.notes)


def _judged(found: UnderLaw) -> Iterator[str]:
    from plebiscite.forecast.shown import shown

    yield f"By the law's own rule ({found.rule}): {shown(found.chance)}."
    if len(found.tests) > 1:
        for words, chance in found.tests.items():
            yield f"  {words}: {shown(chance)}"
    yield from (
        f"Note: {note}" for note in found.notes if "skill" in note or "assumed" in note
    )
