"""What is known of a channel before its own counts speak.

The past we have was gathered online. Online petitions burn down: R, what is gathered
over what the pace promised, has its median below 1 early on. Paper can go the other
way, since sheets lie with circulators and come in before the deadline, and a paid drive
buys its pace. So half the probability of a paper, paid or volunteer drive comes from an
elicited prior: log R about t4(centre, .8 early, .5 late). Online, and where nobody said
how, the past is taken as it is.

These are judgements, not measurements; the measured part is the past alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from plebiscite.forecast.pace.counts import Channel
from plebiscite.forecast.student import quantile

Floats = NDArray[np.float64]

CENTRE: Mapping[Channel, float] = {
    Channel.PAPER: 0.05,
    Channel.PAID: 0.1,
    Channel.VOLUNTEER: -0.1,
}
EARLY, LATE = 0.8, 0.5
FREEDOM = 4


def mixed(log_ratio: Floats, channel: Channel, age: float, ahead: float) -> Floats:
    """Return the levels of log R once the channel is known.

    `log_ratio` holds evenly spaced quantiles, ascending; so does the answer.
    """
    if channel not in CENTRE:
        return log_ratio
    points = len(log_ratio)
    levels = (np.arange(points) + 0.5) / points
    gone = age / (age + ahead)
    scale = EARLY + (LATE - EARLY) * gone
    prior = CENTRE[channel] + scale * quantile(levels, FREEDOM)
    together: Floats = np.sort(np.concatenate([log_ratio, prior]))
    return (together[::2] + together[1::2]) / 2
