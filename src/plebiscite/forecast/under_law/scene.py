"""Shares made into the whole counts that a law judges: one turnout, one yes share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

PER_PART = 4_000
"""Steps of the yes share where parts are counted: a fortieth of a point each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How the parts of a place vote beside the whole.

    Attributes:
        lean: part → points of yes share by which it stands above the whole.
        registered: part → its registered voters.
        spread: s.d. of a part around its lean, in points; what all parts share is in
            the forecast of the whole.
        seed: of the parts' own errors.

    """

    lean: Mapping[str, float]
    registered: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    spread: float = 4.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One turnout, on which the yes share alone is still open.

    Attributes:
        score: normal score of the turnout among its forecasts.
        registered: part → those registered.
        cast: part → ballots, were there no boycott.
        blank: share of ballots without a valid vote.
        staying: share of the ballots that a boycott keeps from No, or 0.
        offset: part → points it stands above the whole.

    """

    score: float
    registered: Mapping[str, int]
    cast: Mapping[str, int]
    blank: float
    staying: float
    offset: Mapping[str, float]

    @property
    def steps(self) -> int:
        """How finely the yes share is cut: to the single vote of the whole."""
        if len(self.cast) > 1:
            return PER_PART
        return sum(self.cast.values()) - self._blanks(sum(self.cast.values()))

    def counts(self, step: int) -> dict[str, dict[str, int | None]]:
        """Return each part's figures where the whole's yes share is `step / steps`."""
        rows: dict[str, dict[str, int | None]] = {}
        for name, cast in self.cast.items():
            blank = self._blanks(cast)
            valid = cast - blank
            yes = self._yes(step, valid, self.offset[name])
            no = max(0, valid - yes - int(self.staying * cast))
            rows[name] = {
                "registered": self.registered[name],
                "cast": yes + no + blank,
                "valid": yes + no,
                "blank": blank,
                "yes": yes,
                "no": no,
            }
        return rows

    def _blanks(self, cast: int) -> int:
        return int(self.blank * cast)

    def _yes(self, step: int, valid: int, offset: float) -> int:
        if len(self.cast) == 1:
            return step
        share = step / self.steps + offset / 100
        return int(min(max(share, 0.0), 1.0) * valid)


def voters_of(registered: int, parts: Leaning | None) -> Mapping[str, int]:
    """Return the registered voters of each part, even where none are given."""
    if parts is None:
        return {"all": registered}
    even = registered // max(1, len(parts.lean))
    return {name: parts.registered.get(name, even) for name in parts.lean}


def offsets_of(
    parts: Leaning | None, voters: Mapping[str, int], rng: np.random.Generator
) -> dict[str, float]:
    """Return where each part stands beside the whole; weighed, they come to nought."""
    if parts is None:
        return {"all": 0.0}
    weights = np.array([voters[name] for name in parts.lean], dtype=np.float64)
    own = np.array([*parts.lean.values()]) + parts.spread * rng.standard_normal(
        len(weights)
    )
    own = own - np.average(own, weights=weights)
    return dict(zip(parts.lean, (float(each) for each in own), strict=True))
