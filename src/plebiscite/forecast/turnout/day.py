"""The turnout of an election to come: what elections of its kind came to before.

The logit of turnout varies around the mean of its kind, with fat tails. Two things an
office or a campaign may know move it: that the election is a headline event, and that
opponents may stay at home to keep it below a quorum. Both are opinion and stated apart.

For special elections there is no skill: left out one at a time, the forecast of whether
half of the registered take part scores worse than a coin. `TurnoutDay.skill` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import log, sqrt

import numpy as np

from plebiscite.errors import InputError
from plebiscite.forecast.student import Array, cdf, quantile
from plebiscite.forecast.turnout.past import Past, past_turnouts

DF = 8
POOLED = 8
"""The spread of all kinds together counts like so many elections of this kind."""
HEADLINE = 0.75
"""Logits a headline event adds (opinion, not measured)."""
STAYING = 0.68
"""What remains of the turnout where opponents boycott (opinion, not measured)."""
FEWEST, SKILLED = 2, 10
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnoutDay:
    """A forecast of the turnout of registered voters, as a share.

    The logit is `centre + scale` times Student's t with eight degrees of freedom; with
    the chance `boycott` the turnout is `STAYING` of that.

    Attributes:
        kind: of election.
        as_of: the day it was made for.
        centre: of the logit.
        scale: of the logit.
        boycott: chance that opponents stay at home.
        seen: how many elections of this kind it rests on.
        skill: ``none`` where it is shown to be no better than a coin, else ``some``.
        notes: sentences a reader must see.

    """

    kind: str
    as_of: date
    centre: float
    scale: float
    boycott: float
    seen: int
    skill: str
    notes: tuple[str, ...] = ()

    def chance(self, quorum: Fraction | float = Fraction(1, 2)) -> float:
        """Return the chance that the turnout is at least `quorum`.

        A Fraction is a share (``Fraction(1, 2)``), a float is points (``50.0``).
        """
        at = float(quorum) if isinstance(quorum, Fraction) else quorum / 100
        if at <= 0:
            return 1.0
        stayed = (1 - self.boycott) * self._reaches(at)
        return stayed + self.boycott * self._reaches(at / STAYING)

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Return the shares between which the turnout lies with this chance."""
        low, high = self.quantiles([(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)

    def quantiles(self, chances: Sequence[float] | Array) -> Array:
        """Return the shares that the turnout stays below with these chances."""
        wanted = np.asarray(chances, dtype=np.float64)
        if not self.boycott:
            return self.unboycotted(wanted)
        low, high = np.zeros_like(wanted), np.ones_like(wanted)
        for _ in range(50):
            middle = (low + high) / 2
            below = np.array([1 - self.chance(100 * each) for each in middle]) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)

    def unboycotted(self, chances: Sequence[float] | Array) -> Array:
        """Return the quantiles as they are where nobody boycotts."""
        return np.asarray(_expit(self.centre + self.scale * quantile(chances, DF)))

    def draws(self, rng: np.random.Generator, size: int) -> Array:
        """Return equally likely turnouts, as shares."""
        found = _expit(self.centre + self.scale * rng.standard_t(DF, size))
        if self.boycott:
            found = np.where(rng.random(size) < self.boycott, found * STAYING, found)
        return np.asarray(found)

    def _reaches(self, at: float) -> float:
        if at >= 1:
            return 0.0
        return float(cdf((self.centre - log(at / (1 - at))) / self.scale, DF))

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data; shares as text."""
        low, high = self.interval()
        middle = float(self.quantiles([HALF])[0])
        return {
            "kind": self.kind,
            "as_of": self.as_of.isoformat(),
            "median": f"{middle:.3f}",
            "low": f"{low:.3f}",
            "high": f"{high:.3f}",
            "level": "0.8",
            "chance_of_half": f"{self.chance():.3f}",
            "boycott": f"{self.boycott:g}",
            "seen": self.seen,
            "skill": self.skill,
            "notes": list(self.notes),
        }


def turnout_day(
    kind: str,
    *,
    place: str = "us/ca",
    as_of: date,
    headline: bool = False,
    boycott: float = 0.0,
    past: Sequence[Past] | None = None,
) -> TurnoutDay:
    """Forecast the turnout of an election from those held before `as_of`.

    `kind` is ``special``, ``midterm``, ``presidential``, ``primary`` (California) or
    ``vote`` (Switzerland), or any that `past` has. `boycott` is the chance (0 to 1, or
    True) that opponents stay at home.

    Raises:
        InputError: fewer than two elections of the kind were held by then, or the
            chance cannot be one.

    """
    if not 0 <= boycott <= 1:
        raise InputError(f"the chance of a boycott is from 0 to 1, not {boycott}")
    known = [e for e in (past or past_turnouts(place)) if e.on < as_of]
    own = [_logit(each.turnout) for each in known if each.kind == kind]
    if len(own) < FEWEST:
        kinds = ", ".join(sorted({each.kind for each in known})) or "none"
        raise InputError(
            f"{len(own)} elections of kind {kind!r} before {as_of.isoformat()}; two or "
            f"more are needed. Kinds known by then: {kinds}"
        )
    centre = sum(own) / len(own)
    about = sum((each - centre) ** 2 for each in own) + POOLED * _pooled(known)
    scale = sqrt(about / (len(own) - 1 + POOLED) * (1 + 1 / len(own)))
    no_skill = kind == "special" or len(own) < SKILLED
    notes: list[str] = []
    if no_skill:
        notes.append(
            f"no skill: {len(own)} elections of this kind are known, and on those left "
            "out this forecast did no better than a coin"
            if kind == "special"
            else f"no skill shown: {len(own)} elections of this kind are known"
        )
    if headline:
        notes.append("a headline event is assumed, which is opinion, not measured")
    if boycott:
        notes.append("a boycott is allowed for, which is opinion, not measured")
    return TurnoutDay(
        kind=kind,
        as_of=as_of,
        centre=centre + (HEADLINE if headline else 0.0),
        scale=scale,
        boycott=float(boycott),
        seen=len(own),
        skill="none" if no_skill else "some",
        notes=tuple(notes),
    )


def _pooled(known: Sequence[Past]) -> float:
    """Return the variance of logits around the mean of their kind."""
    kinds: dict[str, list[float]] = {}
    for each in known:
        kinds.setdefault(each.kind, []).append(_logit(each.turnout))
    about = sum(
        (value - sum(own) / len(own)) ** 2 for own in kinds.values() for value in own
    )
    return about / max(1, len(known) - len(kinds))


def _logit(share: float) -> float:
    return log(share / (1 - share))


def _expit(logit: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-logit)))
