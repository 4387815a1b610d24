"""Paths: the common futures in which every hurdle gets its chance.

Two kinds of ignorance are kept apart. *Draws* are what we do not know today: how good
the polls are, what a signature costs, what the priors stand for. *Paths* are what may
yet happen given that: the mood of the country, the drift of opinion, a boycott. In each
path of each draw every hurdle has its chance in closed form; the hurdles share the mood
and opinion and are independent otherwise, so the chance of all is the product, path by
path, and the mean over paths. No coin is tossed, hence a chance of one in a million is
as easy as one in two.

The draws are stratified (a Latin hypercube), and so is the mood over the paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from plebiscite.forecast.hurdles.ladder import Hurdle, Ladder, Vote
from plebiscite.forecast.hurdles.normal import below
from plebiscite.forecast.polls.drift import DF
from plebiscite.forecast.student import STANDARD, Array

OWN = 3.2
"""Points of error that each vote has for itself, as a scale of t (4 points as s.d.)."""
BLOCK = 32_000
"""Paths worked on at once, so that they stay near the processor."""
COURTS_HEED, TURNOUT_HEEDS, OTHERS_HEED = 0.1, 0.5, 0.5
"""The part of the common mood that reaches courts, turnout and those who consent."""
SURE = 30.0
LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is not known today, drawn: one row a draw.

    Attributes:
        columns: name of a prior → its values on the scale of its shape, one a draw;
            ``opinion`` and ``count`` in standard deviations.
        tails: the factor that makes a normal error Student's t, one a draw.

    """

    columns: Mapping[str, Array]
    tails: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the hurdles of a block share: draws down, paths across.

    Attributes:
        rows: which draws.
        mood, rest: the common mood, a standard normal value a path, times the root of
            its weight (`rest` is the root of what is left), draws by paths.
        opinion: the common error of opinion, in standard deviations.
        boycott: 1 where opponents stay at home, else 0.
        turnout: a standard normal value a path, of turnout.

    """

    rows: slice
    mood: Array
    rest: Array
    opinion: Array
    boycott: Array
    turnout: Array


def drawn(ladder: Ladder, draws: int, rng: np.random.Generator) -> Drawn:
    """Draw what is not known today, stratified, each column shuffled by itself."""

    def ranks() -> Array:
        return (rng.permutation(draws) + rng.random(draws)) / draws

    columns = {name: prior.draws(ranks()) for name, prior in ladder.priors.items()}
    normal = [STANDARD.inv_cdf(float(each)) for each in ranks()]
    columns["opinion"] = np.array(normal)
    columns["count"] = np.array([STANDARD.inv_cdf(float(each)) for each in ranks()])
    many = np.sort(rng.chisquare(DF, draws * 16)).reshape(draws, 16).mean(axis=1)
    return Drawn(columns=columns, tails=np.sqrt(DF / rng.permutation(many)))


def blocks(
    ladder: Ladder, known: Drawn, paths: int, rng: np.random.Generator
) -> Iterator[tuple[slice, Shared]]:
    """Yield the draws block by block, with what their hurdles share."""
    draws = len(known.tails)
    weight = 1 / (1 + np.exp(-known.columns["mood"]))[:, None]
    steps = (np.arange(paths) + 0.5) / paths
    mood = np.array([STANDARD.inv_cdf(float(step)) for step in steps])[None, :]
    badly = _known_badly(ladder)
    many = max(1, BLOCK // paths)
    quorum = any(vote.asks.quorum or vote.asks.flat is None for vote in ladder.votes)
    for start in range(0, draws, many):
        rows = slice(start, min(start + many, draws))
        shape = (rows.stop - rows.start, paths)
        common, rest = np.sqrt(weight[rows]) * mood, np.sqrt(1 - weight[rows])
        opinion = rng.standard_normal(shape)
        opinion *= rest
        opinion += common
        opinion *= (1 - badly) ** 0.5
        opinion += badly**0.5 * known.columns["opinion"][rows, None]
        none = np.zeros((1, 1))
        yield (
            rows,
            Shared(
                rows=rows,
                mood=common,
                rest=rest,
                opinion=opinion,
                boycott=_boycott(known, rows, shape, rng) if quorum else none,
                turnout=rng.standard_normal(shape) if quorum else none,
            ),
        )


def chance(ladder: Ladder, hurdle: Hurdle, known: Drawn, shared: Shared) -> Array:
    """Return the chance of a hurdle on each path of a block, draws by paths.

    A hurdle that lies behind is 0 or 1 everywhere.
    """
    if hurdle.settled is not None:
        return np.full((1, 1), float(hurdle.settled.passed))
    if hurdle.vote:
        of_vote = {"turnout": _turnout, "yes": _yes, "parts": _parts}[hurdle.kind]
        return of_vote(ladder.vote(hurdle.vote), ladder, known, shared)
    alone = {"signatures": signatures, "courts": _courts, "consents": _consents}
    return alone[hurdle.kind](ladder, known, shared)


def signatures(ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    """Return the chance of enough valid signatures, by money or from what was filed."""
    gathering, priors = ladder.gathering, ladder.priors
    assert gathering is not None
    of = {name: known.columns[name][shared.rows, None] for name in _DRIVE}
    valid = np.clip(of["validity"], 0.05, 1.0)
    noise = (priors["validity"].within / valid) ** 2
    if gathering.way == "money":
        lines = gathering.required / valid - np.exp(of["volunteers"])
        need = np.maximum(lines, LEAST) * np.exp(of["cost"]) - gathering.spent
        gap = of["money"] - np.log(np.maximum(need, LEAST))
        noise = noise + priors["cost"].within ** 2
        swing = priors["money"].within
    else:
        share = valid if gathering.way == "raw" else np.ones_like(valid)
        noise = noise if gathering.way == "raw" else np.zeros_like(noise)
        found = np.log(np.maximum(gathering.count * share, LEAST))
        badly = gathering.deviation * gathering.known_badly**0.5
        found = found + badly * known.columns["count"][shared.rows, None]
        gap = found - np.log(gathering.required)
        swing = gathering.deviation * (1 - gathering.known_badly) ** 0.5
    error = np.sqrt((swing * shared.rest) ** 2 + noise) + LEAST
    return below((gap + swing * shared.mood) / error)


_DRIVE = ("money", "cost", "volunteers", "validity")


def yes_middle(vote: Vote, ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    """Return the middle of a vote's yes share on each path, in points."""
    assert vote.opinion is not None
    reach = common_unit(ladder) * known.tails[shared.rows, None]
    middle = vote.opinion.mean + reach * shared.opinion
    if vote.further:
        middle = middle - known.columns["overstated"][shared.rows, None]
    return np.asarray(middle)


def common_unit(ladder: Ladder) -> float:
    """Return the scale of the error that the votes of a measure share, in points."""
    units = [vote.opinion.unit for vote in ladder.votes if vote.opinion]
    first = min(units, default=OWN)
    return float(max(first**2 - OWN**2, 0.0) ** 0.5)


def _error(vote: Vote, ladder: Ladder) -> float:
    assert vote.opinion is not None
    return float(max(vote.opinion.unit**2 - common_unit(ladder) ** 2, 1.0) ** 0.5)


def _known_badly(ladder: Ladder) -> float:
    return next(
        (vote.opinion.known_badly for vote in ladder.votes if vote.opinion), 0.5
    )


def _yes(vote: Vote, ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    middle = yes_middle(vote, ladder, known, shared)
    need = vote.asks.flat
    if need is None:
        share = turnout_share(vote, ladder, known, shared)
        at: Array | float = vote.asks.needed(share) * 100
    else:
        at = need * 100
    if vote.asks.quorum:
        # Where opponents stay at home, the same yes votes are a larger share.
        home = shared.boycott * ladder.priors["stay_home"].centre
        at = at * (1 - home)
    tails = known.tails[shared.rows, None]
    return below((middle - at) / (_error(vote, ladder) * tails))


def _turnout(vote: Vote, ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    """Return the chance of the quorum; in closed form, or 0 and 1 where it is drawn."""
    if vote.asks.flat is None:
        share = turnout_share(vote, ladder, known, shared)
        return (share >= vote.asks.quorum).astype(np.float64)
    assert vote.turnout is not None
    quorum, home = vote.asks.quorum, ladder.priors["stay_home"].centre
    centre = vote.turnout.centre + known.columns["headline"][shared.rows, None]
    centre = centre + vote.turnout.deviation * TURNOUT_HEEDS * shared.mood
    usual, kept = _log_odds(quorum), _log_odds(quorum / max(1 - home, LEAST))
    need = usual + (kept - usual) * shared.boycott
    return below((centre - need) / (vote.turnout.deviation * _unmoved(shared) + LEAST))


def _unmoved(shared: Shared) -> Array:
    """Return the root of the part of turnout's variance that is none of the mood's."""
    return np.asarray(np.sqrt(1 - TURNOUT_HEEDS**2 * (1 - shared.rest**2)))


def turnout_share(vote: Vote, ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    """Return the turnout on each path, of the registered, from 0 to 1."""
    assert vote.turnout is not None
    noise = TURNOUT_HEEDS * shared.mood + _unmoved(shared) * shared.turnout
    odds = vote.turnout.centre + known.columns["headline"][shared.rows, None]
    share = 1 / (1 + np.exp(-(odds + vote.turnout.deviation * noise)))
    return np.asarray(share * (1 - shared.boycott * ladder.priors["stay_home"].centre))


def _parts(vote: Vote, ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    """Return the chance that the middle part says yes, given the whole about does."""
    middle = yes_middle(vote, ladder, known, shared)
    tilt = known.columns["parts_tilt"][shared.rows, None]
    need = (vote.asks.flat or 1 / 2) * 100
    # Given that the whole passed, it lies above the need however low its middle.
    return below((np.maximum(middle, need + OWN) + tilt - need) / OWN)


def _courts(ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    odds = known.columns["courts"][shared.rows, None]
    if ladder.priors["courts"].moved:
        return np.broadcast_to(1 / (1 + np.exp(-odds)), shared.mood.shape)
    return np.asarray(1 / (1 + np.exp(-(odds + COURTS_HEED * shared.mood))))


def _consents(ladder: Ladder, known: Drawn, shared: Shared) -> Array:
    prior, odds = ladder.priors["consents"], known.columns["consents"]
    moved = odds[shared.rows, None]
    last = next((v for v in reversed(ladder.votes) if v.opinion), None)
    if last and not prior.moved:
        # The prior is of a yes that just passed; more yes makes consent likelier.
        need = (last.asks.flat or 1 / 2) * 100
        above = (yes_middle(last, ladder, known, shared) - need) / 10
        moved = moved + ladder.priors["rising"].centre * above
        moved = moved + OTHERS_HEED * shared.mood
    given = 1 / (1 + np.exp(-np.clip(moved, -SURE, SURE)))
    # Steps already taken count as an equal share of the way; ways refused are gone.
    given = given**ladder.way_left
    if ladder.ways_open < 1:
        given = 1 - (1 - given) ** ladder.ways_open
    return np.asarray(np.broadcast_to(given, shared.mood.shape))


def _boycott(
    known: Drawn, rows: slice, shape: tuple[int, int], rng: np.random.Generator
) -> Array:
    weight = 1 / (1 + np.exp(-known.columns["boycott"][rows, None]))
    return (rng.random(shape) < weight).astype(np.float64)


def _log_odds(share: float) -> float:
    kept = min(max(share, LEAST), 1 - LEAST)
    return float(np.log(kept / (1 - kept)))
