"""A forecast made without polls."""

from __future__ import annotations

from dataclasses import dataclass

from plebiscite.forecast.student import normal_cdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The yes share that measures like this one lead to expect: a normal law.

    Attributes:
        mean: in points of 100.
        scale: its standard deviation, in points.
        passed: the chance of being accepted, where that was learned by itself (because
            more than the yes share decides); None where it follows from the share.

    """

    mean: float
    scale: float
    passed: float | None = None

    def chance(self, need: float = 50.0) -> float:
        """Return the chance that the yes share is above `need`, in points."""
        return float(normal_cdf((self.mean - need) / self.scale))
