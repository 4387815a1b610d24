"""Compare the closed form of the walk with a sampler: `make sampler`.

The sampler (NumPyro) is installed in a folder of its own from requirements.lock, and
nothing of plebiscite ever imports it. What it found is written to agreed.json, which a
test holds the closed form to.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from plebiscite.forecast.polls import Poll
from plebiscite.forecast.polls.walk import FITTED, Constants, walk

HERE = Path(__file__).parent
AGREED = HERE / "agreed.json"
VOTE = date(2016, 11, 8)
TIMES = 4
"""Monte Carlo errors within which the two must agree."""


def campaign(seed: int, many: int, houses: int, longest: int) -> list[Poll]:
    """Return an invented campaign."""
    rng = np.random.default_rng(seed)
    days = sorted((int(d) for d in rng.integers(1, longest, many)), reverse=True)
    leans = rng.normal(0, 3.5, houses)
    polls = []
    for day in days:
        house = int(rng.integers(houses))
        size = int(rng.integers(400, 2_000))
        share = 52 + leans[house] + rng.normal(0, 2.5) + day / 30
        polls.append(
            Poll(
                pollster=f"House {house}",
                start=VOTE - timedelta(days=day + 2),
                end=VOTE - timedelta(days=day),
                support=round(float(share), 1),
                oppose=round(100 - float(share), 1),
                unsure=0.0,
                n=size,
            )
        )
    return polls


CAMPAIGNS = {
    "one poll": campaign(1, 1, 1, 40),
    "a few polls": campaign(2, 5, 3, 60),
    "a long campaign": campaign(3, 60, 8, 160),
}


def asked(polls: list[Poll], constants: Constants) -> str:
    """Return a campaign as the sampler reads it."""
    told = [
        {
            "days": poll.days_before(VOTE),
            "house": poll.house,
            "share": poll.two_way(),
            "sampling": poll.sampling(),
        }
        for poll in polls
    ]
    return json.dumps({"polls": told, "constants": asdict(constants)})


def main() -> None:
    """Sample each campaign with the Python named on the command line, and compare."""
    python, found = sys.argv[1], {}
    for name, polls in CAMPAIGNS.items():
        run = subprocess.run(  # noqa: S603 - a script of ours, by the Python the user named
            [python, str(HERE / "sample.py")],
            input=asked(polls, FITTED),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        sampled = json.loads(run.stdout)
        solved = walk(polls, vote_on=VOTE)
        assert solved is not None
        apart = (solved.mean - sampled["mean"]) / sampled["mean_mc"]
        wider = (solved.error - sampled["error"]) / sampled["error_mc"]
        found[name] = sampled
        print(
            f"{name}: closed form {solved.mean:.3f} +- {solved.error:.3f}; sampler "
            f"{sampled['mean']:.3f} +- {sampled['error']:.3f}, apart by {apart:+.1f} and "
            f"{wider:+.1f} Monte Carlo errors"
        )
        if max(abs(apart), abs(wider)) > TIMES:
            sys.exit(f"{name}: they do not agree")
    AGREED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"Wrote {AGREED.name}.")


if __name__ == "__main__":
    main()
