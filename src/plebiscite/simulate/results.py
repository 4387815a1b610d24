"""Results of any size in which every vote is invented, for trying the vote on.

Each precinct has a size, a turnout and a lean; each question a share and how much it
divides precincts. So precincts differ as real ones do, and figures always add up.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress, silent

LEAST, MOST = 40, 2_400
WHAT = "Simulating results"


def write_results(
    path: Path,
    *,
    precincts: int,
    questions: int,
    seed: int,
    out: int = 0,
    progress: Progress = silent,
) -> list[dict[str, int | str]]:
    """Write a results table, questions side by side, and return each one's totals.

    Columns are ``part``, ``registered``, ``cast`` and for each question ``qN.yes`` and
    ``qN.no``. The last `out` precincts are not yet counted: only registered voters are
    told of them.
    """
    chance = np.random.default_rng(seed)
    registered = chance.integers(LEAST, MOST, precincts)
    cast = chance.binomial(registered, chance.beta(22, 9, precincts))
    lean = chance.normal(0, 1, precincts)
    counted = np.arange(precincts) < precincts - out
    columns: dict[str, pl.Series] = {
        "part": pl.Series([f"{number:06}" for number in range(1, precincts + 1)]),
        "registered": pl.Series(registered),
        "cast": _told(cast, counted),
    }
    totals: list[dict[str, int | str]] = []
    for number in range(1, questions + 1):
        centre, divides = chance.normal(0.1, 0.35), chance.normal(0, 0.3)
        votes = chance.binomial(cast, chance.beta(60, 4, precincts))
        share = 1 / (1 + np.exp(-(centre + divides * lean)))
        yes = chance.binomial(votes, share)
        columns[f"q{number}.yes"] = _told(yes, counted)
        columns[f"q{number}.no"] = _told(votes - yes, counted)
        totals.append(
            {
                "question": f"q{number}",
                "yes": int(yes[counted].sum()),
                "no": int((votes - yes)[counted].sum()),
            }
        )
        progress(WHAT, number, questions)
    write_whole(path, pl.DataFrame(columns).write_csv())
    return totals


def _told(counts: npt.NDArray[np.int64], counted: npt.NDArray[np.bool_]) -> pl.Series:
    values = pl.Series(counts)
    return values.set(pl.Series(~counted), None)
