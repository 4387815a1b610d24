"""Is a projection right on average, and does its stated interval hold the truth?

Counties of several sizes, a state of fifty-eight, and Washington's one sample; pairs
anywhere, copies on one sheet, bad lines by the sheet, voters who signed three times.
Held to 4,000 draws each: the bias within three Monte Carlo errors (and the statutory
formula's own roundings), intervals that hold the truth as often as is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypedDict

import numpy as np

from plebiscite.verify.count import SampleCount
from plebiscite.verify.projection import (
    accept_washington,
    pair_estimate,
    project_california,
)
from plebiscite.verify.uncertainty import county_standard_error, standard_error
from prove.chances.luck import Mean, Numbers, mean_of, share_of
from prove.chances.petitions import (
    Petition,
    drawn_by_ticket,
    each,
    petition,
    sampled_often,
)
from prove.frame.figure import Figure

NORMAL_95 = 1.96
COUNTY_LEAST = 0.94
STATE = (0.935, 0.965)
LOS_ANGELES, EXAMPLE, YUBA = (311_924, 9_358), (24_034, 722), (3_720, 500)
SMALL = (350, 350)


class How(TypedDict, total=False):
    """How copies lie in a petition: see `petition`."""

    pairs: float
    triples: float
    near: bool
    sheets: bool


ANYWHERE: How = {"pairs": 0.01}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A county, and how its copies and its bad lines lie."""

    name: str
    size: tuple[int, int]
    how: How = field(default_factory=lambda: ANYWHERE)

    def made(self, rng: np.random.Generator) -> Petition:
        """Return its petition."""
        return petition(*self.size, rng, **self.how)


SCENES = (
    Scene(name="Los Angeles (311,924 lines, 1% second copies)", size=LOS_ANGELES),
    Scene(name="2 CCR 20540's county (24,034, 1%)", size=EXAMPLE),
    Scene(name="the same, 3%", size=EXAMPLE, how={"pairs": 0.03}),
    Scene(
        name="the same, 3%, copies on one sheet, bad lines by the sheet",
        size=EXAMPLE,
        how={"pairs": 0.03, "near": True, "sheets": True},
    ),
    Scene(name="Humboldt (7,230, 1%)", size=(7_230, 500)),
    Scene(name="Yuba (3,720, 8%)", size=YUBA, how={"pairs": 0.08}),
    Scene(
        name="the same, copies on one sheet, bad lines by the sheet",
        size=YUBA,
        how={"pairs": 0.08, "near": True, "sheets": True},
    ),
    Scene(name="Inyo (616, 3%)", size=(616, 500), how={"pairs": 0.03}),
)
TRIPLES = (
    Scene(
        name="2 CCR 20540's county, 1% in pairs and 0.5% who signed three times",
        size=EXAMPLE,
        how={"pairs": 0.01, "triples": 0.005},
    ),
    Scene(
        name="Yuba, 1% in pairs and 0.5% who signed three times",
        size=YUBA,
        how={"pairs": 0.01, "triples": 0.005, "near": True},
    ),
)


def counties(draws: int, rng: np.random.Generator) -> Iterator[Figure]:
    """Yield bias and coverage of each county."""
    for scene in SCENES:
        made = scene.made(rng)
        counts = sampled_often(made, draws, rng)
        yield from _county(scene.name, made, counts)


def by_ticket(draws: int, seed: int, rng: np.random.Generator) -> Iterator[Figure]:
    """Yield the same of Yuba, drawn by the house's own tickets."""
    scene = SCENES[6]
    made = scene.made(rng)
    counts = drawn_by_ticket(made, draws, seed)
    yield from _county(f"Yuba drawn by tickets, {scene.name}", made, counts)


def _county(
    name: str, made: Petition, counts: Sequence[SampleCount]
) -> Iterator[Figure]:
    law = each(counts, lambda count: project_california(count).valid) - made.truth
    exact = each(counts, lambda count: float(pair_estimate(count))) - made.truth
    rounding = made.raw * 0.00005 + 2
    yield _bias(f"bias of the pair estimator: {name}", mean_of(exact), 0)
    yield _bias(f"bias of California's formula: {name}", mean_of(law), rounding)
    yield _covered(f"the county's interval: {name}", law, counts)


def _bias(what: str, bias: Mean, allowed: float) -> Figure:
    held = bias.within(-allowed, allowed)
    rounding = f", and {allowed:.1f} of rounding" if allowed else ""
    return Figure(
        what=what,
        value=f"{bias.value:+.1f} signatures, Monte Carlo error {bias.error:.1f}",
        oracle="the voters there are",
        reach=f"within 3 Monte Carlo errors{rounding}",
        held=held,
        note="" if held else "the projection is off on average",
    )


def _percent(hit: Mean, draws: int) -> str:
    return f"{100 * hit.value:.1f}% ± {100 * hit.error:.1f} of {draws:,} draws"


def triple_signers(draws: int, rng: np.random.Generator) -> Iterator[Figure]:
    """Yield what voters who signed three times do: three pairs, two surplus lines.

    A pair estimator takes 1 - 1/A of a signature too much off for each of them, with A
    lines filed per line sampled; no estimator that sees only pairs can know it.
    """
    for scene in TRIPLES:
        made = scene.made(rng)
        counts = sampled_often(made, draws, rng)
        thrice = round(scene.how["triples"] * made.raw)
        expected = -thrice * (1 - made.sampled / made.raw)
        bias = mean_of(
            each(counts, lambda count: float(pair_estimate(count))) - made.truth
        )
        # Places are drawn without replacement, which the formula leaves out.
        held = bias.within(1.02 * expected - 1, 0.98 * expected + 1)
        yield Figure(
            what=f"bias by triple signers: {scene.name}",
            value=f"{bias.value:+.1f} signatures, Monte Carlo error {bias.error:.1f} "
            f"({100 * bias.value / made.truth:+.2f}%)",
            oracle=f"{thrice} of them, 1 - 1/A of a signature each: {expected:+.1f}",
            reach="within 3 Monte Carlo errors of that; against the petition",
            held=held,
            note="" if held else "not what the formula should do",
        )


STATES: Mapping[str, Sequence[tuple[int, int]]] = {
    "four sizes, 1%": (LOS_ANGELES, EXAMPLE, YUBA, SMALL),
    "six counties, 1%": (
        *((260_000, 7_800), (120_000, 3_600), (42_500, 1_275)),
        *(EXAMPLE, YUBA, SMALL),
    ),
    "twenty counties of 8 to 100,000 lines, 1%": tuple(
        (raw, min(raw, max(500, -(-3 * raw // 100))))
        for raw in (round(8 * (100_000 / 8) ** (n / 19)) for n in range(20))
    ),
}


def states(draws: int, rng: np.random.Generator) -> Iterator[Figure]:
    """Yield the coverage of the state's interval."""
    for name, sizes in STATES.items():
        made = [petition(*size, rng, pairs=0.01) for size in sizes]
        truth = sum(one.truth for one in made)
        columns = [sampled_often(one, draws, rng) for one in made]
        hits = 0
        for row in zip(*columns, strict=True):
            said = sum(project_california(count).valid for count in row)
            hits += abs(said - truth) <= NORMAL_95 * float(standard_error(row))
        hit = share_of(hits, draws)
        held = hit.within(*STATE)
        yield Figure(
            what=f"coverage of the state's interval: {name}",
            value=_percent(hit, draws),
            oracle="the voters there are",
            reach="95% ± 1.5",
            held=held,
            note="" if held else "the interval does not hold what it says",
        )


ALLOWANCE, CHANCE = Fraction("1.5"), Fraction("1.65")


def washington(draws: int, rng: np.random.Generator) -> Iterator[Figure]:
    """Yield bias and coverage of one sample of a state, and the test's wrong yes."""
    size = (120_000, 4_000)
    made = petition(*size, rng, pairs=0.015)
    counts = sampled_often(made, draws, rng)
    off = each(counts, lambda count: float(pair_estimate(count))) - made.truth
    yield _bias(
        "bias of Washington's pair estimator (120,000 lines, 1.5%)", mean_of(off), 0
    )
    yield _covered("the interval: Washington's one sample", off, counts)
    for what, required, most in (
        (
            "petitions one signature short that Washington's test accepts",
            made.truth + 1,
            0.05,
        ),
        (
            "petitions 10% above the requirement that it accepts",
            round(made.truth / 1.1),
            1,
        ),
    ):
        hit = share_of(int(each(counts, _accepts(required)).sum()), draws)
        yield Figure(
            what=what,
            value=_percent(hit, draws),
            oracle="the voters there are",
            reach="at most 5%: the allowance of 1.65 is one-sided" if most < 1 else "",
            held=hit.within(0, most) if most < 1 else None,
            note="" if most == 1 or hit.within(0, most) else "accepts too readily",
        )


def _accepts(required: int) -> Callable[[SampleCount], float]:
    def asked(count: SampleCount) -> float:
        return accept_washington(
            count, required=required, allowance=ALLOWANCE, chance=CHANCE
        ).accepted

    return asked


def _covered(what: str, off: Numbers, counts: Sequence[SampleCount]) -> Figure:
    errors = each(counts, lambda count: float(county_standard_error(count)))
    hit = share_of(int((np.abs(off) <= NORMAL_95 * errors).sum()), len(counts))
    held = hit.within(COUNTY_LEAST, 1)
    return Figure(
        what=f"coverage of {what}",
        value=_percent(hit, len(counts)),
        oracle="the voters there are",
        reach="95% stated; at least 94%, wide on purpose",
        held=held,
        note="" if held else "the interval covers too little",
    )
