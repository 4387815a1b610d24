"""From what polls say today to what the vote will be: drift, and honest error.

Measures that lead in the polls lose ground before the vote, those that trail do not: on
average 2.1 points of yes share a month, all of it from the leaders. And the error grows
with the days left, beyond anything sampling can explain.

Source: our own fit to 256 polls of 63 measures (Brexit, Scotland, 61 measures of
American states, 2005-2024), each election left out in turn. It agrees with the drift of
about 7 net points a month that CalMatters found in PPIC's series (2019). Beyond 130
days before the vote there were no polls: how the error grows there is judgement.
"""

from __future__ import annotations

from math import exp, sqrt

T_SCALE = 0.8
"""The error is `T_SCALE * spread` times Student's t with `DF` degrees of freedom."""
DF = 5
EVERYBODY = 100.0
"""Points of yes share when all say yes."""
LEVEL = 1.5
"""Points of yes share that polls overstate on the eve of the vote."""
SLOPE = 1.33
"""Points lost a month for each ten points of yes share above `TRAILING`."""
TRAILING, STEEPEST = 45.0, 25.0
LONGEST = 120
"""Days before the vote beyond which no more drift was found."""
MONTH = 30
EVE, GROWN, SLOW = 25.0, 56.0, 0.17
LATEST = 730


def drifted(average: float, days: float) -> float:
    """Return the yes share to expect on voting day, in points.

    `average` is the polls' yes share with the undecided allotted, in points; `days` are
    those left, 0 or more.
    """
    return average - LEVEL - monthly(average) * min(days, LONGEST) / MONTH


def monthly(average: float) -> float:
    """Return the points of yes share that such an average loses a month."""
    return SLOPE * min(max(average - TRAILING, 0.0), STEEPEST) / 10


def undrifted(expected: float, days: float) -> float:
    """Return the polls' average from which `drifted` leads to `expected`."""
    low, high = -100.0, 200.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if drifted(middle, days) < expected else (low, middle)
        )
    return (low + high) / 2


def spread(days: float) -> float:
    """Return the standard deviation of the vote around what was expected, in points.

    5 on the eve, 8 with a month left, 9.7 with three, 12 with a year.
    """
    grown = EVE + GROWN * (1 - exp(-days / MONTH)) + SLOW * min(days, LATEST)
    return sqrt(grown)
