"""How many lines to file for a 50, 80 or 95% chance, on the sample and in full.

Each draw is a petition: the share of its lines that count, how many are copies, how its
counties differ. For any number of lines filed, the law draws its sample from that
petition, and the law's own formula and bands judge it; a check of every line counts the
true number. The draws stay the same from one number of lines to the next, so the chance
rises smoothly with it and halving finds where it crosses.

Copies are found as pairs *inside* the sample, so a sample of 3% shows about 9 in 10,000
of them, each weighing as much as a thousand lines: that, and not only the share of
valid lines, is why a sure qualification takes so many more lines than the law requires.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.districts import Spread
from plebiscite.forecast.pace.filing.checks import Check, Learnt, learn
from plebiscite.forecast.pace.filing.drawn import Petitions, draw
from plebiscite.forecast.pace.filing.sample import Sampling
from plebiscite.forecast.pace.validity import Validity
from plebiscite.rules.rulebook import Rulebook
from plebiscite.rules.spread import surely_asks_where

Floats = NDArray[np.float64]

CHANCES = (0.5, 0.8, 0.95)
DRAWS = 4_000
MOST = 12
"""Times the requirement beyond which nobody files."""
FINE = 2_000
"""Answers are found to one part in so many of the requirement."""
CHECKED_BY_VERIFY = 4
PROJECTED = frozenset({"california", "proportion", "pair"})
SAMPLE, FULL, EITHER = "on the sample", "in a full count", "either way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Lines to file for one chance of one thing.

    Attributes:
        what: on the sample, in a full count, or either way (on the sample, or in the
            full count that its bands may order).
        chance: the chance asked for, 0 to 1.
        raw: lines to file, none struck; None if no number of lines gives that chance.

    """

    what: str
    chance: float
    raw: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Validity of a chapter's or circulator's lines: median and 90% interval.

    Both lines of a pair are among the valid here: whose copy it is, nobody can say.
    """

    chapter: str
    circulator: str
    checked: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFile:
    """How many lines to file.

    Attributes:
        required: valid signatures required.
        needs: by what and chance.
        lines: the least projected numbers that do not fail and that qualify.
        validity: median and 90% interval of the share of lines that count.
        duplicates: the same of the share of lines that are copies.
        rates: by chapter (circulator empty), then by circulator.
        split: the share of the lines in each county, as used.
        remarks: sentences a reader must see.

    """

    required: int
    needs: tuple[Need, ...]
    lines: Mapping[str, int]
    validity: tuple[float, float, float]
    duplicates: tuple[float, float, float]
    rates: tuple[Rate, ...]
    split: Mapping[str, float]
    remarks: tuple[str, ...]

    def raw(self, what: str, chance: float) -> int | None:
        """Return the lines for one of the chances asked for."""
        return next(n.raw for n in self.needs if (n.what, n.chance) == (what, chance))


def to_file(
    rulebook: Rulebook,
    *,
    required: int,
    seed: int,
    split: Mapping[str, float] | None = None,
    validity: Validity | None = None,
    checks: Sequence[Check] = (),
    spread: Spread | None = None,
    chances: Sequence[float] = CHANCES,
    draws: int = DRAWS,
) -> ToFile:
    """Return how many lines to file under a law.

    Args:
        rulebook: the law of the petition's day.
        required: valid signatures required.
        seed: of the draws; the same seed gives the same answer.
        split: lines by county, in any unit; one county where it is None.
        validity: what is known of the lines before the checks.
        checks: the organiser's own checks. A chapter that bears a county's name tells
            that county's validity.
        spread: what a full count asks of the counties besides.
        chances: 0 to 1, each strictly between.
        draws: petitions drawn.

    Raises:
        InputError: a chance is not between 0 and 1, or the requirement or the split
            is nothing.

    """
    if required < 1:
        raise InputError("the requirement must be 1 or more")
    if not all(0 < chance < 1 for chance in chances):
        raise InputError("a chance lies strictly between 0 and 1, such as 0.8")
    held = validity or Validity()
    rng = np.random.default_rng(seed)
    counties = _split(split, rulebook.law.place)
    if spread and (unknown := sorted(set(spread.needed) - set(counties))):
        raise InputError(
            f"no lines are given for {', '.join(unknown[:8])}, of which something is "
            "needed; give the lines by county (0 where there are none)"
        )
    learnt = learn(checks, prior=held, rng=rng, draws=draws) if checks else None
    petitions = draw(
        counties, held=held, checks=checks, learnt=learnt, rng=rng, draws=draws
    )
    sampling = Sampling.of(rulebook, required)
    remarks = _remarks(sampling, split, held, checks)
    if spread is None and surely_asks_where(rulebook):
        remarks += (
            "The law also asks something of the districts, which is left out here; "
            "name what each needs to have it in the full count.",
        )
    judge = _judge(petitions, sampling, required, spread, list(counties))
    asked = [FULL] if isinstance(sampling, str) else [SAMPLE, FULL, EITHER]
    needs = tuple(
        Need(what=what, chance=chance, raw=_least(judge, what, chance, required))
        for what in asked
        for chance in chances
    )
    lines: Mapping[str, int] = {"the requirement itself": required}
    if not isinstance(sampling, str) and sampling.projection in PROJECTED:
        lines = sampling.lines
    return ToFile(
        required=required,
        needs=needs,
        lines=lines,
        validity=_middle(petitions.valid @ petitions.share),
        duplicates=_middle(petitions.copies @ petitions.share),
        rates=_rates(checks, learnt) if learnt else (),
        split=counties,
        remarks=remarks,
    )


def _split(split: Mapping[str, float] | None, place: str) -> dict[str, float]:
    if split is None:
        return {place: 1.0}
    whole = sum(split.values())
    if whole <= 0 or min(split.values()) < 0:
        raise InputError(
            "give each county 0 lines or more, and at least one of them some"
        )
    return {name: lines / whole for name, lines in split.items()}


def _judge(
    petitions: Petitions,
    sampling: Sampling | str,
    required: int,
    spread: Spread | None,
    counties: Sequence[str],
) -> Callable[[int], Mapping[str, float]]:
    """Return the function from lines filed to chances; each number is judged once."""
    alone = isinstance(sampling, str) or not sampling.statewide
    drawn_from = petitions if alone else petitions.together()
    needed = np.array([spread.needed.get(c, 0) for c in counties]) if spread else None
    asked = np.array([c in spread.needed for c in counties]) if spread else None

    @cache
    def judged(raw: int) -> Mapping[str, float]:
        valid, _ = petitions.true(petitions.lines(raw))
        full = valid.sum(axis=1) >= required
        if spread is not None and needed is not None and asked is not None:
            full &= spread.met((valid >= needed)[:, asked])
        if isinstance(sampling, str):
            return {FULL: float(full.mean())}
        lines = drawn_from.lines(raw)
        sizes = sampling.sizes(lines)
        found, pairs = drawn_from.sampled(lines, sizes)
        first = slice(CHECKED_BY_VERIFY)
        sampling.agree(lines, sizes, found[first], pairs[first])
        qualified, ordered = sampling.bands(lines, sizes, found, pairs)
        return {
            SAMPLE: float(qualified.mean()),
            FULL: float(full.mean()),
            EITHER: float((qualified | (ordered & full)).mean()),
        }

    return judged


def _least(
    judged: Callable[[int], Mapping[str, float]],
    what: str,
    chance: float,
    required: int,
) -> int | None:
    """Return the fewest lines with that chance, to one part in `FINE`, by halving."""
    step = max(1, required // FINE)
    low, high = 0, 1
    most = MOST * required // step
    reach = required // step + 1
    high = reach
    while judged(high * step)[what] < chance:
        low, high = high, min(high + max(reach // 4, 1), most + 1)
        if high > most:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        reached = judged(middle * step)[what] >= chance
        low, high = (low, middle) if reached else (middle, high)
    return high * step


def _middle(shares: Floats) -> tuple[float, float, float]:
    low, median, high = np.quantile(shares, [0.05, 0.5, 0.95])
    return float(low), float(median), float(high)


def _rates(checks: Sequence[Check], learnt: Learnt) -> tuple[Rate, ...]:
    def rate(chapter: str, circulator: str, checked: int, drawn: Floats) -> Rate:
        low, median, high = _middle(drawn)
        return Rate(
            chapter=chapter,
            circulator=circulator,
            checked=checked,
            low=low,
            median=median,
            high=high,
        )

    chapters = [
        rate(
            name,
            "",
            sum(check.checked for check in checks if check.chapter == name),
            learnt.of_chapter[:, place],
        )
        for place, name in enumerate(learnt.chapters)
    ]
    circulators = [
        rate(
            check.chapter,
            check.circulator,
            check.checked,
            learnt.of_circulator[:, place],
        )
        for place, check in enumerate(checks)
        if check.circulator
    ]
    return (*chapters, *circulators)


def _remarks(
    sampling: Sampling | str,
    split: Mapping[str, float] | None,
    held: Validity,
    checks: Sequence[Check],
) -> tuple[str, ...]:
    said = []
    if isinstance(sampling, str):
        said.append(f"Only a full count is answered for: {sampling}.")
    elif split is None and not sampling.statewide:
        said.append(
            "All lines are taken as one county's; small counties are sampled more "
            "densely, so give the split by county if you have it."
        )
    if not checks:
        said.append(
            f"No line was checked; validity is {held.source}, {held.mean:.3g} with "
            f"standard deviation {held.spread:.3g}. Check some lines: it narrows most."
        )
    said.append(
        "The split between counties and the share of copies are taken to stay the same "
        "however many lines are filed."
    )
    return tuple(said)
