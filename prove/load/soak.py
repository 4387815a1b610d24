"""An hour at the desk: the site's memory, looked at again and again.

At the promised pace it takes a machine of two cores for itself. `ground.pace` takes a
share of everything: of people, requests, lines and voters. Each operator keeps to the
rhythm that all have at the whole pace, so connections live and end as they do there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fractions import Fraction

from prove.frame.figure import Figure, Ground
from prove.load.batch import broken
from prove.load.desk import OPERATORS, ROOT, VOTERS_LONG, soaked, stage, told

SECONDS = 3600
LINES = 80_000
"""72,000 are decided at the whole pace; nobody may run out of work."""


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield what operators saw and what was stored, then what memory did."""
    sys.path[:0] = [str(ROOT / "tests" / "web"), str(ROOT / "bench")]
    from cluster import why_not

    what = "an hour at a county's desk"
    if reason := why_not():
        yield Figure(what=what, value="not run", oracle="", held=None, note=reason)
        return
    voters, lines, people = shares(ground.pace)
    try:
        with stage(ground.folder, voters, lines, people) as played:
            ground.say(f"   the desk is made; {SECONDS:,} s at {ground.pace}x")
            found = played(ground.pace, SECONDS)
            yield told(found, voters, people)
            yield soaked(found, SECONDS, "without a break")
    except (Exception, SystemExit) as fault:  # noqa: BLE001 # it is its own result
        yield broken(what, fault)


def shares(pace: Fraction) -> tuple[int, int, int]:
    """Return how many voters, lines and operators there are at a share of the pace."""
    return int(VOTERS_LONG * pace), int(LINES * pace), int(OPERATORS * pace)
