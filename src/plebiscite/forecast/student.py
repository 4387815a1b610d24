"""Student's t and the normal law: chance, quantile and score, in closed form.

For a whole number of degrees of freedom the distribution function of t is a short sum
of cosines, so no special function is needed. Scores are those of a forecast `centre +
scale * t`.

Source: Abramowitz and Stegun, 26.7.3 and 26.7.4 (the distribution function); Jordan,
Krüger and Lerch, "Evaluating probabilistic forecasts with scoringRules", Journal of
Statistical Software 90 (2019) (the CRPS).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]

STANDARD = NormalDist()
HALVINGS = 80
FIRST_BOUND = 4.0
LARGEST = 1e12
_ERF = np.vectorize(math.erf, otypes=[np.float64])


def cdf(at: npt.ArrayLike, df: int = 5) -> Array:
    """Return P(T <= at) for Student's t with `df` (1 or more) degrees of freedom."""
    x = np.asarray(at, dtype=np.float64)
    angle = np.arctan(x / math.sqrt(df))
    cosine, sine = np.cos(angle), np.sin(angle)
    term = np.ones_like(x) if df % 2 == 0 else cosine.copy()
    total = np.zeros_like(x) if df == 1 else term.copy()
    for step in range(2 + df % 2, df - 1, 2):
        term = term * cosine**2 * (step - 1) / step
        total = total + term
    if df % 2 == 0:
        return np.asarray((1 + sine * total) / 2)
    return np.asarray(0.5 + (angle + sine * total) / math.pi)


def pdf(at: npt.ArrayLike, df: int = 5) -> Array:
    """Return the density of Student's t at a point."""
    x = np.asarray(at, dtype=np.float64)
    scale = math.lgamma((df + 1) / 2) - math.lgamma(df / 2)
    front = math.exp(scale) / math.sqrt(df * math.pi)
    return np.asarray(front * (1 + x**2 / df) ** (-(df + 1) / 2))


def quantile(chance: npt.ArrayLike, df: int = 5) -> Array:
    """Return the point that Student's t stays below with a chance between 0 and 1.

    Found by halving, to about a dozen digits; 0 and 1 give minus and plus infinity.
    """
    p = np.asarray(chance, dtype=np.float64)
    side = np.where(p < 1 / 2, 1 - p, p)
    bound = FIRST_BOUND
    inside = side < 1
    while bound < LARGEST and np.any(inside & (cdf(np.float64(bound), df) < side)):
        bound *= 2
    low, high = np.zeros_like(side), np.full_like(side, bound)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = cdf(middle, df) < side
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found = np.where(inside, (low + high) / 2, np.inf)
    return np.asarray(np.where(p < 1 / 2, -found, found))


def crps(centre: float, scale: float, outcome: float, df: int = 5) -> float:
    """Return the CRPS of `centre + scale * t`, in the outcome's units; 0 is best.

    `df` is 2 or more, `scale` above zero.
    """
    z = (outcome - centre) / scale
    spread = 2 * math.sqrt(df) / (df - 1)
    known = spread * _beta(0.5, df - 0.5) / _beta(df / 2, 0.5) ** 2
    inner = z * (2 * float(cdf(z, df)) - 1)
    return scale * (inner + 2 * float(pdf(z, df)) * (df + z * z) / (df - 1) - known)


def normal_cdf(at: npt.ArrayLike) -> Array:
    """Return P(Z <= at) for the standard normal law."""
    x = np.asarray(at, dtype=np.float64)
    return np.asarray((1 + _ERF(x / math.sqrt(2))) / 2)


def normal_quantile(chance: float) -> float:
    """Return the point that the standard normal law stays below with a chance."""
    return STANDARD.inv_cdf(chance)


def normal_crps(centre: float, scale: float, outcome: float) -> float:
    """Return the CRPS of a normal forecast, in the outcome's units; 0 is best."""
    z = (outcome - centre) / scale
    inner = z * (2 * STANDARD.cdf(z) - 1) + 2 * STANDARD.pdf(z)
    return scale * (inner - 1 / math.sqrt(math.pi))


def _beta(a: float, b: float) -> float:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))
