"""Petitions line by line, sampled thousands of times, and what is projected of them.

Every line has its place on a sheet and its signer. So besides pairs anywhere there are
signers of three lines, both copies on one sheet, and sheets of which hardly a line is
good. A sample takes places without replacement; what it holds goes to the house's own
functions, draw by draw, and what they say is held to the number of voters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plebiscite.core.draw import draw as by_ticket
from plebiscite.verify.count import SampleCount
from prove.chances.luck import Numbers

VALID = 0.74  # of the lines
PER_SHEET = 20
NOBODY = -1

Lines = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A county's lines: the signer of each, or `NOBODY` where it is not valid."""

    signers: Lines
    sampled: int

    @property
    def raw(self) -> int:
        """Lines filed."""
        return len(self.signers)

    @property
    def truth(self) -> int:
        """Voters with a valid line."""
        return len(np.unique(self.signers[self.signers != NOBODY]))

    def count(self, places: Lines) -> SampleCount:
        """Return what a sample of `places` finds."""
        found = self.signers[places]
        found = found[found != NOBODY]
        voters = len(np.unique(found))
        return SampleCount(
            county="C",
            raw=self.raw,
            sampled=len(places),
            valid=voters,
            duplicates=len(found) - voters,
        )


def petition(
    raw: int,
    sampled: int,
    rng: np.random.Generator,
    *,
    pairs: float = 0.0,
    triples: float = 0.0,
    near: bool = False,
    sheets: bool = False,
) -> Petition:
    """Return a county's petition.

    Args:
        raw: lines filed.
        sampled: lines to be drawn.
        rng: of the places.
        pairs: second copies of pairs, as a share of the lines.
        triples: signers of three lines, as a share of the lines.
        near: copies stand next to each other, not anywhere.
        sheets: lines that are not valid fill whole sheets, not places anywhere.

    """
    twice, thrice = round(pairs * raw), round(triples * raw)
    valid = round(VALID * raw)
    singles = valid - 2 * twice - 3 * thrice
    groups = np.repeat([1, 2, 3], [singles, twice, thrice])
    rng.shuffle(groups)
    signers = np.repeat(np.arange(len(groups)), groups)  # copies side by side
    if not near:
        rng.shuffle(signers)
    bad = np.zeros(raw, dtype=bool)
    bad[: raw - valid] = True
    if sheets:
        of_sheet = np.arange(raw) // PER_SHEET
        bad = bad[
            rng.permutation(int(of_sheet[-1]) + 1)[of_sheet].argsort(kind="stable")
        ]
    else:
        rng.shuffle(bad)
    lines = np.full(raw, NOBODY)
    lines[~bad] = signers
    return Petition(signers=lines, sampled=sampled)


def sampled_often(
    made: Petition, draws: int, rng: np.random.Generator
) -> list[SampleCount]:
    """Return the counts of `draws` samples, by numpy's own choice of places."""
    return [
        made.count(rng.choice(made.raw, made.sampled, replace=False, shuffle=False))
        for _ in range(draws)
    ]


def drawn_by_ticket(made: Petition, draws: int, seed: int) -> list[SampleCount]:
    """Return the counts of `draws` samples that the house's own draw took."""
    places = [(f"{n // PER_SHEET:06d}", n % PER_SHEET + 1) for n in range(made.raw)]
    return [
        made.count(
            np.array(
                [
                    int(section) * PER_SHEET + row - 1
                    for section, row in by_ticket(
                        f"{seed}{n:06d}", "C", places, made.sampled
                    )
                ]
            )
        )
        for n in range(draws)
    ]


def each(
    counts: Sequence[SampleCount], asked: Callable[[SampleCount], float]
) -> Numbers:
    """Return what is said of each count; the same count is asked about once."""
    known: dict[tuple[int, int], float] = {}
    said = []
    for count in counts:
        key = count.valid, count.duplicates
        if key not in known:
            known[key] = asked(count)
        said.append(known[key])
    return np.array(said)
