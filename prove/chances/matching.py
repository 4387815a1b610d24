"""Do the matcher's probabilities come true, on lines it was not made from?

A roll of another seed than the model's, and petitions of two kinds that the model never
saw: a paid Californian drive, and one badly written and scanned. Lines given a voter
are put into ten bins of equal size by the probability said, and each bin is held to the
share that names the right voter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from plebiscite.match import engine
from plebiscite.match.find import match_lines
from plebiscite.petition.intake import read_lines
from plebiscite.roll.store import open_roll
from plebiscite.simulate.mix import CALIFORNIA, DUPLICATE, MOVED, Mix
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import write_roll
from prove.chances.luck import Mean, share_of
from prove.frame.figure import Figure

BINS = 10
MOST_OFF = 0.02
MOST_WRONG = 0.005
WRITTEN_BADLY = Mix(
    kinds={MOVED: 0.09, "unregistered_relative": 0.06, "unregistered": 0.12}
    | {"wrong_county": 0.04, "late": 0.01, DUPLICATE: 0.04},
    noise={"surname_typo": 0.1, "first_typo": 0.06, "house_typo": 0.05}
    | {"street_typo": 0.06, "zip_typo": 0.03, "nickname": 0.05, "ocr": 0.15}
    | {"first_initial": 0.04, "no_address": 0.02, "abbreviations": 0.06},
    combined=0.2,
)
MIXES = {
    "a paid Californian drive": CALIFORNIA,
    "badly written, scanned": WRITTEN_BADLY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """What was said and what was true, by bins of equal size, lowest first."""

    said: tuple[float, ...]
    true: tuple[Mean, ...]
    lines: int

    @property
    def farthest(self) -> int:
        """The bin in which said and true lie furthest apart."""
        gaps = [abs(s - t.value) for s, t in zip(self.said, self.true, strict=True)]
        return int(np.argmax(gaps))

    @property
    def holds(self) -> bool:
        """Whether each bin lies within the bound, or no further off than luck."""
        return all(
            true.within(said - MOST_OFF, said + MOST_OFF)
            for said, true in zip(self.said, self.true, strict=True)
        )


def bins_of(said: pl.Series, right: pl.Series) -> Bins:
    """Put probabilities into bins of equal size."""
    order = said.arg_sort()
    parts = np.array_split(order.to_numpy(), BINS)
    return Bins(
        said=tuple(float(said.gather(part).to_numpy().mean()) for part in parts),
        true=tuple(
            share_of(int(right.gather(part).sum()), len(part)) for part in parts
        ),
        lines=len(said),
    )


def matched(
    folder: Path, mix: Mix, *, voters: int, lines: int, seed: int
) -> pl.DataFrame:
    """Return a row per line: what the matcher says, and whether it is right."""
    roll = folder / f"roll-{voters}-{seed}.parquet"
    if not roll.exists():
        write_roll(roll, voters=voters, seed=seed)
    out = folder / f"petition-{len(list(folder.iterdir()))}"
    write_petition(roll, out, lines=lines, seed=seed + 1, mix=mix)
    with_voter = pl.read_csv(out / "truth.csv", infer_schema=False).select(
        "line_id", "kind", true=pl.col("voter_id").fill_null("")
    )
    found = match_lines(read_lines(out / "lines.csv"), open_roll(roll))
    return found.join(with_voter, on="line_id").with_columns(
        right=pl.col("voter_id").fill_null("") == pl.col("true")
    )


def figures(folder: Path, *, seed: int, voters: int, lines: int) -> Iterator[Figure]:
    """Yield calibration, and wrong voters, of each kind of petition."""
    which = engine.engine_name()
    for name, mix in MIXES.items():
        both = matched(folder, mix, voters=voters, lines=lines, seed=seed)
        given = both.filter(pl.col("outcome") == "voter")
        bins = bins_of(given["probability"], given["right"])
        at = bins.farthest
        yield Figure(
            what=f"probabilities of the matcher: {name}",
            value=f"largest gap {abs(bins.said[at] - bins.true[at].value):.3f} of "
            f"{BINS} bins (said {bins.said[at]:.3f}, true {bins.true[at].value:.3f} ± "
            f"{bins.true[at].error:.3f}); {bins.lines:,} lines given a voter, "
            f"{voters:,} voters, {which}",
            oracle="simulated truth of another seed and mix than the model's",
            reach="at most .02, and 3 Monte Carlo errors",
            held=bins.holds,
            note="" if bins.holds else _all(bins),
        )
        clear = given.filter(pl.col("decision") == "clear")
        wrong = share_of(int((~clear["right"]).sum()), clear.height)
        held = wrong.within(0, MOST_WRONG)
        yield Figure(
            what=f"clear lines given a wrong voter: {name}",
            value=f"{100 * wrong.value:.3f}% ± {100 * wrong.error:.3f} of "
            f"{clear.height:,}",
            oracle="simulated truth",
            reach="at most 0.5%",
            held=held,
            note="" if held else "too many",
        )


def _all(bins: Bins) -> str:
    return "; ".join(
        f"said {said:.3f} true {true.value:.3f}"
        for said, true in zip(bins.said, bins.true, strict=True)
    )
