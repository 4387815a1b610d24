"""Campaigns whose truth is known, forecast and then played with coins.

Each has its own law, money, polls and days; what came of it is played by the story as
docs/explanation/forecast.md tells it. Over all of them what was given one chance in
three must happen one time in three, and the counts that came must lie evenly in the
distributions forecast.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import inf, sqrt
from typing import Literal

import numpy as np

from plebiscite.forecast.hurdles.asks import Asks
from plebiscite.forecast.hurdles.ladder import (
    Gathering,
    Hurdle,
    Ladder,
    Opinion,
    Turnout,
    Vote,
)
from plebiscite.forecast.hurdles.paths import OWN, TURNOUT_HEEDS
from plebiscite.forecast.hurdles.prior import shipped
from plebiscite.forecast.hurdles.simulate import simulate
from plebiscite.forecast.polls.drift import T_SCALE, drifted, spread
from plebiscite.forecast.record.numbers import numbers_of
from plebiscite.forecast.record.reliability import coverage_band, evenness, reliability
from plebiscite.forecast.record.score import inside, pit
from prove.frame.figure import Figure

NAMES: tuple[Literal["signatures", "turnout", "yes"], ...] = (
    *("signatures", "turnout", "yes"),
)


def campaign(rng: np.random.Generator) -> Ladder:
    """Return a campaign as it looks some day before its vote."""
    priors = shipped()
    priors["money"] = replace(
        priors["money"], centre=float(np.exp(rng.normal(14.5, 1)))
    )
    priors["courts"] = replace(priors["courts"], centre=float(rng.uniform(0.3, 0.95)))
    support, days = rng.uniform(35, 70), float(rng.integers(1, 600))
    share = float(rng.choice([0.5, 0.55, 0.6]))
    vote = Vote(
        key="vote",
        on=None,
        asks=Asks(
            words="yes",
            quorum=0.4,
            turnouts=np.array([0.4, 1.0]),
            yes=np.array([share, share]),
        ),
        opinion=Opinion(
            mean=drifted(support, days), unit=T_SCALE * spread(days), known_badly=0.3
        ),
        turnout=Turnout(centre=float(rng.normal(0, 0.4)), deviation=0.5),
    )
    hurdles = tuple(
        Hurdle(
            name=name,
            kind=name,
            words=name,
            vote="" if name == "signatures" else "vote",
        )
        for name in NAMES
    )
    required = int(rng.integers(100_000, 700_000))
    return Ladder(
        hurdles=hurdles,
        votes=(vote,),
        priors=priors,
        gathering=Gathering(required=required),
    )


def played(
    ladder: Ladder, rng: np.random.Generator
) -> tuple[dict[str, bool], dict[str, float]]:
    """Play a campaign once; return the hurdles passed and the counts that came."""
    prior, gathering, vote = ladder.priors, ladder.gathering, ladder.votes[0]
    assert gathering, "a campaign gathers"
    assert vote.opinion, "it has polls"
    assert vote.turnout, "and a turnout"
    assert vote.asks, "and a rule"
    of = {n: p.located() + p.spread * rng.standard_normal() for n, p in prior.items()}
    weight = 1 / (1 + np.exp(-of["mood"]))
    mood, rest = sqrt(weight) * rng.standard_normal(), sqrt(1 - weight)
    money = of["money"] + prior["money"].within * (mood + rest * rng.standard_normal())
    cost = of["cost"] + prior["cost"].within * rng.standard_normal()
    valid = of["validity"] + prior["validity"].within * rng.standard_normal()
    signatures = (np.exp(money - cost) + np.exp(of["volunteers"])) * valid
    tails = sqrt(5 / rng.chisquare(5))
    badly = vote.opinion.known_badly
    common = sqrt(1 - badly) * (mood + rest * rng.standard_normal())
    common += sqrt(badly) * rng.standard_normal()
    reach = sqrt(vote.opinion.unit**2 - OWN**2)
    yes = vote.opinion.mean + tails * (reach * common + OWN * rng.standard_normal())
    calm = sqrt(1 - TURNOUT_HEEDS**2 * weight)
    odds = vote.turnout.centre + of["headline"]
    odds += vote.turnout.deviation * (
        TURNOUT_HEEDS * mood + calm * rng.standard_normal()
    )
    home = rng.random() < 1 / (1 + np.exp(-of["boycott"]))
    stay = 1 - home * prior["stay_home"].centre
    turnout = stay / (1 + np.exp(-odds))
    passed = {
        "signatures": bool(signatures >= gathering.required),
        "turnout": bool(turnout >= vote.asks.quorum),
        "yes": bool(yes / stay >= 100 * (vote.asks.flat or 0)),
    }
    counts = {
        "valid_signatures": float(signatures),
        "yes:vote": float(min(max(yes, 0.0), 100.0)),
        "turnout:vote": float(100 * turnout),
    }
    return passed, counts


@dataclass(slots=True, kw_only=True)
class Told:
    """What was told of campaigns and what came.

    Attributes:
        chances: (hurdle, chance told, whether it was passed).
        pits: by count, where what came fell in its distribution, 0..1.
        held: (count, whether it lay in the 80% interval).
        many: campaigns.

    """

    chances: list[tuple[str, float, bool]] = field(default_factory=list)
    pits: dict[str, list[float]] = field(default_factory=dict)
    held: list[tuple[str, bool]] = field(default_factory=list)
    many: int = 0


def told(rng: np.random.Generator, many: int, *, until: float = inf) -> Told:
    """Forecast and play `many` campaigns, fewer where the clock passes `until`."""
    found = Told()
    for number in range(many):
        ladder = campaign(rng)
        passed, counts = played(ladder, rng)
        run = simulate(ladder, seed=number, draws=120, paths=60, with_sets=False)
        for place, name in enumerate(NAMES):
            found.chances.append((name, run.p(place), passed[name]))
        found.chances.append(("all", run.p_through(-1), all(passed.values())))
        for count, quantiles in numbers_of(ladder, seed=number).items():
            levels = {float(level): value for level, value in quantiles.items()}
            found.pits.setdefault(count, []).append(pit(levels, counts[count]))
            found.held.append((count, inside(levels, counts[count], 0.8)))
        found.many += 1
        if time.monotonic() > until:
            break
    return found


def figures(found: Told) -> Iterator[Figure]:
    """Yield whether what was told came as often as told."""
    over = f"{found.many:,} invented campaigns"
    oracle = "campaigns played with coins"
    for name in (*NAMES, "all"):
        pairs = [(p, came) for of, p, came in found.chances if of == name]
        expected = sum(p for p, _ in pairs)
        error = sqrt(sum(p * (1 - p) for p, _ in pairs))
        came = sum(came for _, came in pairs)
        held = abs(came - expected) <= 3 * error
        yield Figure(
            what=f"chances told: {name if name != 'all' else 'all hurdles'}",
            value=f"{came} came of {expected:.1f} told, error {error:.1f}; {over}",
            oracle=oracle,
            reach="within 3 errors",
            held=held,
            note="" if held else "chances are off",
        )
    bins = reliability([p for _, p, _ in found.chances], [c for *_, c in found.chances])
    off = [each for each in bins if not each.holds]
    yield Figure(
        what="the reliability table",
        value="; ".join(
            f"told {b.told:.2f} came {b.happened:.2f} ({b.many})" for b in bins
        ),
        oracle=oracle,
        reach=f"of {len(bins)} bins at most one outside its 95% band",
        held=len(off) <= 1,
        note="" if len(off) <= 1 else f"{len(off)} bins are outside",
    )
    for name, pits in found.pits.items():
        even = evenness(pits)
        inner = [held for of, held in found.held if of == name]
        low, high = coverage_band(0.8, len(inner))
        share = sum(inner) / len(inner)
        held = even.holds and low <= share <= high
        yield Figure(
            what=f"counts told: {name.replace('_', ' ').replace(':vote', '')}",
            value=f"80% intervals hold {100 * share:.1f}%; farthest from even "
            f"{even.farthest:.3f}; {over}",
            oracle=oracle,
            reach=f"{100 * low:.1f} to {100 * high:.1f}%; at most {even.band:.3f}",
            held=held,
            note="" if held else "the distributions are off",
        )
