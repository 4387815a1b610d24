"""The ladder of a measure: its hurdles in order, derived from what it says and its law.

Nobody writes the hurdles down. A law that asks for signatures gives the first; each
vote gives one for its yes share, one for its quorum where the rule has one, one for
the parts that must agree; consents that others must give come last. A measure that
needs none has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.forecast.hurdles.asks import Asks, asks, majority
from plebiscite.forecast.hurdles.prior import Priors
from plebiscite.petition.measure import Measure
from plebiscite.petition.measure_after import FollowUp
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.vote.outcome.facts import CHOSEN, PASSING

Kind: TypeAlias = Literal["signatures", "courts", "turnout", "yes", "parts", "consents"]
Way: TypeAlias = Literal["money", "raw", "valid"]
FIRST = "vote"
"""The key of the measure's own vote; those of further questions are their ids."""
DRIVERS: Mapping[Kind, str] = {
    "signatures": "drive",
    "courts": "courts",
    "turnout": "turnout",
    "yes": "opinion",
    "parts": "opinion",
    "consents": "consents",
}
"""What drives each kind of hurdle: those with one driver are weighed together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A hurdle that lies behind: passed (1) or failed (0), how and since when."""

    passed: bool
    because: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """One hurdle.

    Attributes:
        name: its short name, such as ``turnout_2``.
        kind: what is asked.
        words: what is asked, for a reader.
        vote: the key of the vote it belongs to, or "".
        elicited: whether its chance is opinion.
        settled: whether it lies behind; None while it lies ahead.

    """

    name: str
    kind: Kind
    words: str
    vote: str = ""
    elicited: bool = False
    settled: Settled | None = None

    @property
    def driver(self) -> str:
        """What drives it."""
        return DRIVERS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is known of a vote's yes share.

    Attributes:
        mean: the middle, in points of yes among yes and no.
        unit: the scale of Student's t with five degrees of freedom, in points.
        known_badly: the part of the variance, from 0 to 1, that better polls would
            take away; the rest is what may yet happen.
        support: the polls' average today, in points; None without a poll.
        days: from the newest poll to the vote.
        source: what it rests on.

    """

    mean: float
    unit: float
    known_badly: float
    support: float | None = None
    days: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """What is known of a vote's turnout, on the log-odds: middle and deviation."""

    centre: float
    deviation: float
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote on the way.

    Attributes:
        key: ``vote``, or the id of the further question.
        on: its day; None where none is named.
        asks: what its rule asks.
        opinion, turnout: what is known of it; None where it is not needed.
        further: whether it is a further question.
        question: what is asked, in words.

    """

    key: str
    on: date | None
    asks: Asks
    opinion: Opinion | None = None
    turnout: Turnout | None = None
    further: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """How far the signatures have come.

    Attributes:
        required: valid signatures required.
        way: by money (nothing filed yet), from the raw lines filed, or from the valid
            ones projected or counted.
        spent: money already spent, on top of which the prior's comes.
        count: the raw or valid signatures, or their forecast; 0 by money.
        deviation: standard deviation of the logarithm of `count`.
        known_badly: the part of its variance, from 0 to 1, that is ignorance of what
            is so already; the rest is what may yet happen, and the mood moves it.
        deadline: the last day of gathering, where a pace was followed up to it.
        source: what it rests on.

    """

    required: int
    way: Way = "money"
    spent: float = 0.0
    count: float = 0.0
    deviation: float = 0.0
    known_badly: float = 1.0
    deadline: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The hurdles of a measure as of a day, and what is held of each.

    Attributes:
        hurdles: in order; `votes` in order.
        gathering: None where no signatures are asked.
        priors: by name.
        way_left: the part of the way to the consents still to go, from 0 to 1.
        ways_open: the part of the ways to them still open, from 0 to 1.
        ended: why nothing more can happen; "" while it can.
        assumes: what was taken for granted, in sentences.

    """

    hurdles: tuple[Hurdle, ...]
    votes: tuple[Vote, ...]
    priors: Priors
    gathering: Gathering | None = None
    way_left: float = 1.0
    ways_open: float = 1.0
    ended: str = ""
    assumes: tuple[str, ...] = field(default=())

    def vote(self, key: str) -> Vote:
        """Return a vote by its key."""
        return next(each for each in self.votes if each.key == key)

    def hurdle(self, name: str) -> Hurdle:
        """Return a hurdle by name.

        Raises:
            InputError: there is none of that name.

        """
        for each in self.hurdles:
            if each.name == name:
                return each
        names = ", ".join(each.name for each in self.hurdles)
        raise InputError(f"there is no hurdle {name!r}; they are: {names}")


def votes_of(measure: Measure, book: Rulebook, on: date) -> tuple[Vote, ...]:
    """Return the votes a measure leads to: its own, and each further question's.

    Where the law knows no vote, as with a petition to a parliament, there is no own.
    """
    own: tuple[Vote, ...] = ()
    if {PASSING, CHOSEN} & set(book.law.rules):
        own = (Vote(key=FIRST, on=measure.election, asks=asks(book)),)
    return (*own, *(_further(each, on) for each in measure.follow_ups))


def _further(follow: FollowUp, on: date) -> Vote:
    if follow.law:
        try:
            book = open_law(follow.law).on_day(follow.on or on)
            found = asks(book, follow.rule)
        except PlebisciteError as problem:
            found = majority(str(problem))
    else:
        found = majority("the measure records no rule for it")
    return Vote(
        key=follow.id, on=follow.on, asks=found, further=True, question=follow.question
    )


def hurdles_of(
    measure: Measure,
    votes: tuple[Vote, ...],
    *,
    required: int | None,
    last: date | None,
) -> tuple[Hurdle, ...]:
    """Return the hurdles of a measure in order, none of them settled.

    `required` is the number of valid signatures asked for, None where none are; `last`
    the last day to file them.
    """
    return tuple(_hurdles(measure, votes, required, last))


def _hurdles(
    measure: Measure, votes: tuple[Vote, ...], required: int | None, last: date | None
) -> Iterator[Hurdle]:
    if required:
        until = f" by {last}" if last else ""
        yield Hurdle(
            name="signatures",
            kind="signatures",
            words=f"{required:,} valid signatures{until}",
        )
    yield Hurdle(
        name="courts", kind="courts", words="the courts let it stand", elicited=True
    )
    for number, vote in enumerate(votes, start=1):
        yield from _of_vote(vote, number, len(votes))
    ways = [each for each in measure.consents if not each.optional]
    if ways:
        many = f", by one of {len(ways)} ways" if len(ways) > 1 else ""
        yield Hurdle(
            name="consents",
            kind="consents",
            words=f"the consent of others{many}",
            elicited=True,
        )


def _of_vote(vote: Vote, number: int, many: int) -> Iterator[Hurdle]:
    mark = f"_{number}" if number > 1 else ""
    which = f" {number}" if many > 1 else ""
    on = f" on {vote.on}" if vote.on else ""
    if vote.asks.quorum:
        yield Hurdle(
            name=f"turnout{mark}",
            kind="turnout",
            words=f"vote{which}{on}: at least {percent(vote.asks.quorum)} turn out",
            vote=vote.key,
        )
    flat = vote.asks.flat
    need = f"{_more(flat)} yes" if flat is not None else vote.asks.words
    own = "yes" if vote.asks.quorum else "vote"
    yield Hurdle(
        name=f"{own}{mark}",
        kind="yes",
        words=f"vote{which}{on}: {need}",
        vote=vote.key,
    )
    if vote.asks.parts:
        yield Hurdle(
            name=f"parts{mark}",
            kind="parts",
            words=f"vote{which}{on}: enough of the parts agree",
            vote=vote.key,
            elicited=True,
        )


def _more(share: float) -> str:
    """Return a need as words: 50.0001% is more than half, 55% at least 55%."""
    half_point = round(share * 200) / 200
    return f"{'more than' if share > half_point else 'at least'} {percent(share)}"


def percent(share: float) -> str:
    """Return a share in percent, without a needless decimal.

    >>> percent(0.5), percent(0.333)
    ('50%', '33.3%')
    """
    points = round(share * 100, 1)
    return f"{points:.0f}%" if points == int(points) else f"{points:.1f}%"
