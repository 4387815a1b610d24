"""What would have had to be true: a rule put to the turnout of past elections.

Nobody voted on the question then. So only what turnout decides is told: whether the
rule could be met at all, and the fewest yes votes that would have met it had every
ballot been a valid vote on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.table import Column, read_table
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.outcome.facts import NOTHING, Given, question
from plebiscite.vote.results import made

DATA = Path(str(files("plebiscite.vote") / "data"))
COLUMNS = (
    Column(name="election", kind="day", required=True),
    Column(name="kind"),
    Column(name="eligible", kind="count"),
    Column(name="registered", kind="count"),
    Column(name="cast", kind="count", required=True),
    Column(name="note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """The turnout of one past election, and what a rule would have asked at it.

    Attributes:
        day: of the election, as written in the file.
        kind: general, presidential or special.
        registered: None where nobody recorded it.
        cast: ballots cast.
        least_yes: the fewest yes votes that meet the rule; None where none do, or where
            that cannot be told.
        standing: MET where some yes vote meets the rule, UNMET where none does, OPEN
            where registered voters are not known.
        short: how many more ballots a quorum asked for; 0 where it was reached.
        note: what a reader must know of the figures, or "".

    """

    day: str
    kind: str
    registered: int | None
    cast: int
    least_yes: int | None
    standing: Standing
    short: int
    note: str

    @property
    def turnout(self) -> Fraction | None:
        """Ballots cast of registered voters."""
        return Fraction(self.cast, self.registered) if self.registered else None

    @property
    def of_registered(self) -> Fraction | None:
        """The fewest yes votes, of registered voters."""
        if self.least_yes is None or not self.registered:
            return None
        return Fraction(self.least_yes, self.registered)


def turnout_tables() -> list[str]:
    """Return the places whose past turnout comes with plebiscite."""
    return sorted(
        path.stem.removesuffix("_turnout").replace("_", "/")
        for path in DATA.glob("*_turnout.csv")
    )


def past_elections(
    place: str, book: Rulebook, rule: str | None = None, given: Given = NOTHING
) -> tuple[list[Election], str]:
    """Put a rule to each past election of a place; and say where its turnout is from.

    Raises:
        InputError: no such turnout comes with plebiscite.

    """
    stem = f"{place.strip('/').replace('/', '_')}_turnout"
    path = DATA / f"{stem}.csv"
    if place not in turnout_tables():
        raise InputError(
            f"no past turnout of {place!r} is recorded; there is that of: "
            f"{', '.join(turnout_tables())}"
        )
    rows = read_table(path, COLUMNS).iter_rows(named=True)
    told = read_plain_yaml(DATA / f"{stem}.yaml")
    source = f"{told['source'].strip()}. {told['note'].strip()}"
    return [_asked(row, book, rule, given) for row in rows], source


def _asked(
    row: Mapping[str, Any], book: Rulebook, rule: str | None, given: Given
) -> Election:
    registered, cast = row["registered"], row["cast"]

    def met(ballots: int, yes: int) -> Standing:
        frame = pl.DataFrame(
            {
                "part": ["all"],
                "registered": [registered],
                "cast": [ballots],
                "valid": [ballots],
                "yes": [yes],
                "no": [ballots - yes],
            },
            schema_overrides={"registered": pl.Int64},
        )
        results = made(frame, question="")
        totals = {"registered": registered, **results.totals}
        return question(results, book, rule, given).judge(totals).standing

    standing = met(cast, cast)
    least: int | None = None
    if standing is Standing.MET:
        least = _first(lambda yes: met(cast, yes) is Standing.MET, 0, cast)
    short = 0
    if standing is Standing.UNMET and registered:
        enough = _first(lambda n: met(n, n) is Standing.MET, cast, registered)
        short = enough - cast
    return Election(
        day=row["election"].isoformat(),
        kind=row["kind"],
        registered=registered,
        cast=cast,
        least_yes=least,
        standing=standing,
        short=short,
        note=row["note"] or "",
    )


def _first(holds: Any, low: int, high: int) -> int:
    """Return the least number for which it holds, up to `high`, for which it does."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Votes for two sides somewhere, as somebody reported them on some day."""

    part: str
    as_of: str
    votes: tuple[int, int]
    source: str

    @property
    def lead(self) -> int:
        """The first side's votes less the second's."""
        return self.votes[0] - self.votes[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVote:
    """A vote whose counts are sourced facts and no results of ours.

    Attributes:
        title: of the vote.
        sides: the two sides.
        counts: as reported.
        electors: part → its electors, with ``the nation`` and ``needed``.

    """

    title: str
    sides: tuple[str, str]
    counts: tuple[Sourced, ...]
    electors: Mapping[str, int]

    def without(self, part: str) -> list[Sourced]:
        """Return the whole without a part, for each day on which both are reported."""
        return [
            Sourced(
                part=f"{whole.part} without {part}",
                as_of=whole.as_of,
                votes=(whole.votes[0] - own.votes[0], whole.votes[1] - own.votes[1]),
                source=f"{whole.source}; less {own.source}",
            )
            for whole in self.counts
            for own in self.counts
            if own.part == part != whole.part and own.as_of == whole.as_of
        ]


def known_vote(name: str) -> KnownVote:
    """Return a vote whose sourced counts come with plebiscite.

    Raises:
        InputError: there is none of that name.

    """
    path = DATA / f"{name.replace('/', '_')}.yaml"
    if name not in known_votes():
        raise InputError(
            f"no sourced vote {name!r}; there are: {', '.join(known_votes())}"
        )
    told = read_plain_yaml(path)
    first, second = told["sides"]
    return KnownVote(
        title=told["title"],
        sides=(first, second),
        counts=tuple(_sourced(told["counts"])),
        electors={name: int(n) for name, n in told["electors"].items()},
    )


def known_votes() -> list[str]:
    """Return the votes whose sourced counts come with plebiscite."""
    return sorted(
        path.stem.replace("_", "/", 1)
        for path in DATA.glob("*.yaml")
        if not path.stem.endswith("_turnout")
    )


def _sourced(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sourced]:
    for row in rows:
        first, second = (int(each.replace(",", "")) for each in row["votes"])
        yield Sourced(
            part=row["part"],
            as_of=row["as_of"],
            votes=(first, second),
            source=row["source"],
        )
