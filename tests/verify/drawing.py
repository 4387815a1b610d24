"""Petitions whose truth is known, sampled thousands of times.

A county's lines are of three kinds: not valid, valid and the voter's only one, and one
of two valid lines of one voter. A draw without replacement is multivariate
hypergeometric over the kinds; given how many lines of double signers it took, how many
of those are both copies of one voter is hypergeometric again. Nothing is approximated.

The statutory formula and the standard errors stand here a second time, over arrays, and
the tests hold them to the package's own.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np

DRAWS = 4_000
RATES = (0, 0.01, 0.03, 0.08)
VALID = 0.74  # of the lines, second copies included
LOS_ANGELES = (311_924, 9_358)
EXAMPLE = (24_034, 722)
YUBA = (3_720, 500)
COUNTIES = {
    "Los Angeles": LOS_ANGELES,
    "Orange": (52_217, 1_567),
    "2 CCR 20540": EXAMPLE,
    "Humboldt": (7_230, 500),
    "Yuba": YUBA,
    "Inyo": (616, 500),
}
# Raw counts of 2014 where they were published, and for the other counties the rest of
# the 1,137,844 lines in shares of our own making.
_PUBLISHED = (
    "311924 97450 88067 74478 52217 51366 43578 38382 38366 27831 27134 26422 12906 "
    "11641 7230 4855 4761 4323 3742 3720 2066 1910 1750 1651 945 764 616 350 208 8"
)


def size(raw):
    """Return the sample California draws from a county."""
    return raw if raw <= 500 else max(500, ceil(0.03 * raw))


def fifty_eight():
    """Return raw count and sample of 58 counties."""
    published = [int(raw) for raw in _PUBLISHED.split()]
    shares = np.arange(1, 29) ** 2
    rest = (1_137_844 - sum(published)) * shares // shares.sum()
    return [(int(raw), size(int(raw))) for raw in (*published, *rest)]


STATES = {
    "58 counties of 2014": fifty_eight(),
    "the table of six": [(raw, size(raw)) for raw in (260_000, 120_000, 42_500)]
    + [EXAMPLE, YUBA, (350, 350)],
    "four sizes": [LOS_ANGELES, EXAMPLE, YUBA, (350, 350)],
}


@dataclass(frozen=True)
class Drawn:
    """One county, sampled many times: an array entry per draw."""

    raw: int
    sampled: int
    valid: np.ndarray
    duplicates: np.ndarray
    elsewhere: np.ndarray  # second copies drawn, the first in the sample or not
    truth: int

    @property
    def value(self):
        return self.raw / self.sampled

    @property
    def weight(self):
        return self.value * (self.value - 1)

    @property
    def exposure(self):
        return self.sampled**2 / self.raw


def draw_county(raw, sampled, rate, rng, draws=DRAWS):
    """Sample a county in which `rate` of the lines are second copies."""
    pairs = round(rate * raw)
    singles = round(VALID * raw) - 2 * pairs
    kinds = [raw - singles - 2 * pairs, singles, 2 * pairs]
    taken = rng.multivariate_hypergeometric(kinds, sampled, draws, method="marginals")
    of_doubles = taken[:, 2]
    first = rng.hypergeometric(pairs, pairs, of_doubles)
    second = of_doubles - first
    both = rng.hypergeometric(first, pairs - first, second)
    return Drawn(
        raw=raw,
        sampled=sampled,
        valid=taken[:, 1] + of_doubles - both,
        duplicates=both,
        elsewhere=second,
        truth=singles + pairs,
    )


def statutory(county):
    """Return the regulation's projections, in whole numbers throughout."""
    raw, sampled = county.raw, county.sampled
    if raw == sampled:
        return county.valid
    percent = (20_000 * county.valid + sampled) // (2 * sampled)  # hundredths
    uncorrected = -(-raw * percent // 10_000)
    value = (20_000 * raw + sampled) // (2 * sampled)  # ten-thousandths
    weight = value * (value - 10_000)
    return uncorrected + (-weight * county.duplicates // 10**8)


def pair_estimates(county):
    """Return the pair estimator's unrounded values."""
    raw, n = county.raw, county.sampled
    pairs = raw * (raw - 1) / (n * (n - 1))
    both_copies = county.valid + county.duplicates
    return county.value * both_copies - pairs * county.duplicates


def _lines_variance(county, rate):
    share = (county.valid + county.duplicates) / county.sampled - 2 * rate
    n = county.sampled
    inside = (np.clip(share, 0, 1) * n + 1) / (n + 2)
    return (county.value - 1) * county.raw * inside * (1 - inside)


def county_errors(county):
    """Return the county's standard errors."""
    pairs = county.duplicates + min(2, 0.1 * county.exposure)
    rate = county.duplicates / county.exposure
    variance = _lines_variance(county, rate) + county.weight**2 * pairs
    return np.sqrt(variance + 1)


def state_errors(counties):
    """Return the state's standard errors."""
    sampled = [county for county in counties if county.sampled < county.raw]
    found = sum(county.weight * county.duplicates for county in sampled)
    heaviest = max(county.weight for county in sampled)
    rate = (found + np.where(found > 0, 1, 0.1) * heaviest) / sum(
        county.weight * county.exposure for county in sampled
    )
    return np.sqrt(
        sum(
            _lines_variance(county, rate)
            + county.weight**2 * county.exposure * rate
            + 1
            for county in sampled
        )
    )


def county_coverage(name, rate):
    """Return the share of draws whose 95% interval holds the county's true number."""
    county = draw_county(*COUNTIES[name], rate, np.random.default_rng(20530))
    off = np.abs(statutory(county) - county.truth)
    return float(np.mean(off <= 1.96 * county_errors(county)))


def state_coverage(name, rate):
    """Return the same for a state."""
    rng = np.random.default_rng(20531)
    counties = [draw_county(*sizes, rate, rng) for sizes in STATES[name]]
    off = sum(statutory(county) - county.truth for county in counties)
    return float(np.mean(np.abs(off) <= 1.96 * state_errors(counties)))


def table():
    """Return the measured coverage as the documentation shows it."""
    head = ["| | " + " | ".join(f"{rate:.0%}" for rate in RATES) + " |"]
    head.append("| --- |" + " ---: |" * len(RATES))
    rows = [
        f"| {name} | " + " | ".join(f"{100 * f(name, r):.1f}" for r in RATES) + " |"
        for f, names in ((county_coverage, COUNTIES), (state_coverage, STATES))
        for name in names
    ]
    return "\n".join([*head, *rows])


if __name__ == "__main__":
    print(table())  # noqa: T201 - the table is pasted into the documentation
