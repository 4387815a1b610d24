"""The law's own sample, on thousands of petitions at once, to the last signature.

`plebiscite.verify` projects one county at a time in exact fractions. Here the same
formulas run on whole numbers in arrays, rounded where the law rounds; tests and every
run hold them to `verify`'s, count by count.

Sources: as `plebiscite.verify.projection`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import PlebisciteError
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.break_even import break_even
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import SampleCount
from plebiscite.verify.draw.commitment import required_sample
from plebiscite.verify.judgement import formula, must_band, project
from plebiscite.verify.projection import accept_washington

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STATE = "state"
WASHINGTON = "washington"
BY_SAMPLE = "final_sample"
"""A rule that judges the valid lines in the sample, and projects nothing."""
LARGER = "second_sample"
"""The sample that decides where a smaller one may come first."""
QUALIFIES = "qualifies without a full count"
NOT_FAILED = "does not fail"


def california(raw: Ints, sampled: Ints, valid: Ints, pairs: Ints) -> Ints:
    """Project counties by California's formula; a row a petition, a column a county.

    Exact for counties of up to 10 million lines.
    """
    per_10_000 = (20_000 * valid + sampled) // (2 * sampled)
    uncorrected = _up(raw * per_10_000, 10_000)
    value = (20_000 * raw + sampled) // (2 * sampled)
    deducted = _up(value * (value - 10_000) * pairs, 10**8)
    return np.where(sampled == raw, valid, uncorrected) - deducted


def proportion(raw: Ints, sampled: Ints, valid: Ints, _pairs: Ints) -> Ints:
    """Project by the valid share alone, rounded half up; pairs weigh no further."""
    projected: Ints = (2 * raw * valid + sampled) // (2 * sampled)
    return projected


def by_pairs(raw: Ints, sampled: Ints, valid: Ints, pairs: Ints) -> Ints:
    """Project by the pair estimator, rounded half up.

    Exact for any number of lines: lines and a sample of them, multiplied, soon pass
    what 64 bits hold, so Python's own whole numbers are taken.
    """
    filed, drawn, found, twice = (
        n.astype(object) for n in (raw, sampled, valid, pairs)
    )
    whole = drawn * np.maximum(drawn - 1, 1)
    weighed = np.where(sampled > 1, (filed - drawn) * twice, 0)
    estimate = filed * (found * np.maximum(drawn - 1, 1) - weighed)
    projected: Ints = ((2 * estimate + whole) // (2 * whole)).astype(np.int64)
    return projected


FORMULAS: Mapping[str, Callable[[Ints, Ints, Ints, Ints], Ints]] = {
    "california": california,
    "proportion": proportion,
    "pair": by_pairs,
    "washington": by_pairs,
}


def _up(numerator: Ints, denominator: int) -> Ints:
    rounded: Ints = -(-numerator // denominator)
    return rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How one law samples a petition, and what its sample must show.

    Attributes:
        rulebook: the law of the day.
        required: valid signatures required.
        projection: the formula's name.
        statewide: whether one sample is drawn from all units together.
        lines: the least projected numbers that do not fail, and that qualify; empty
            where nothing is projected.

    """

    rulebook: Rulebook
    required: int
    projection: str
    statewide: bool
    lines: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rulebook: Rulebook, required: int) -> Sampling | str:
        """Return the law's sampling, or why no sample can be simulated."""
        name = formula(rulebook)
        if name not in FORMULAS and rulebook.has(BY_SAMPLE):
            name = BY_SAMPLE
        elif name not in FORMULAS:
            told = "its sample's formula is not recorded"
            return told if rulebook.has("county_sample") else "it checks every line"
        sampling = cls(
            rulebook=rulebook,
            required=required,
            projection=name,
            statewide=rulebook.text("sample_unit") == STATE,
        )
        try:
            sampling.sizes(np.array([max(required, 1)], dtype=np.int64))
            if name == BY_SAMPLE:
                sampling.least_valid(required, 1)
            elif name != WASHINGTON:
                sampling = replace(sampling, lines=_lines(rulebook, required))
        except PlebisciteError as problem:
            return str(problem)
        return sampling

    def sizes(self, raw: Ints) -> Ints:
        """Return how many lines the law draws from units of so many lines."""
        sizes = [self._size(int(n)) if n else 0 for n in raw]
        return np.array(sizes, dtype=np.int64)

    def _size(self, raw: int) -> int:
        if self.rulebook.has("county_sample"):
            return required_sample(self.rulebook, raw)
        facts = {"signatures_filed": raw}
        return min(raw, self.rulebook.count(LARGER, facts))

    def bands(
        self, raw: Ints, sampled: Ints, valid: Ints, pairs: Ints
    ) -> tuple[Flags, Flags]:
        """Return which petitions qualify on the sample, and which go to a full count.

        Args:
            raw: lines filed, a unit each.
            sampled: lines drawn, a unit each.
            valid: found in the sample; a row a petition, a column a unit.
            pairs: likewise, of copies.

        """
        all_lines = int(raw.sum())
        if self._fails_raw(all_lines):
            nowhere = np.zeros(len(valid), dtype=np.bool_)
            return nowhere, nowhere
        if self.projection == WASHINGTON:
            accepted = self._accepted(raw, sampled, valid, pairs)
            return accepted, ~accepted
        if self.projection == BY_SAMPLE:
            enough = valid[:, 0] >= self.least_valid(all_lines, int(sampled[0]))
            return enough, np.zeros(len(valid), dtype=np.bool_)
        shown = raw > 0
        projected = FORMULAS[self.projection](
            raw[shown], sampled[shown], valid[:, shown], pairs[:, shown]
        ).sum(axis=1)
        lines = self.lines
        never = np.iinfo(np.int64).max
        qualified = projected >= lines.get(QUALIFIES, never)
        return qualified, ~qualified & (projected >= lines.get(NOT_FAILED, never))

    def least_valid(self, raw: int, sampled: int) -> int:
        """Return the fewest valid lines in the sample that the law's rule accepts."""
        low, high = -1, sampled + 1
        while high - low > 1:
            middle = (low + high) // 2
            qualified = self._by_sample(raw, sampled, middle) is Band.QUALIFIED
            low, high = (low, middle) if qualified else (middle, high)
        return high

    def _by_sample(self, raw: int, sampled: int, valid: int) -> Band:
        facts = {
            "universe": raw,
            "sample_size": sampled,
            "valid_in_sample": valid,
            "required_signatures": self.required,
        }
        return Band(self.rulebook.band(BY_SAMPLE, facts)[0])

    def agree(self, raw: Ints, sampled: Ints, valid: Ints, pairs: Ints) -> None:
        """Hold a few petitions to `verify`'s own judgement.

        Raises:
            ArithmeticError: it judges otherwise; the fault is ours.

        """
        qualified, full = self.bands(raw, sampled, valid, pairs)
        too_few = self._fails_raw(int(raw.sum()))  # the same in every row
        for row in range(len(valid)):
            counts = [
                SampleCount(
                    county=str(unit),
                    raw=int(raw[unit]),
                    sampled=int(sampled[unit]),
                    valid=int(valid[row, unit]),
                    duplicates=int(pairs[row, unit]),
                )
                for unit in np.flatnonzero(raw)
            ]
            band = Band.FAILED if too_few else self._judged(counts)
            ours = (
                Band.QUALIFIED
                if qualified[row]
                else Band.FULL_COUNT
                if full[row]
                else Band.FAILED
            )
            if band is not ours:
                raise ArithmeticError(
                    f"the simulated sample is {ours}, the law's own {band}"
                )

    def _judged(self, counts: list[SampleCount]) -> Band:
        all_lines = sum(count.raw for count in counts)
        if self.projection == WASHINGTON:
            accepted = self._accepts(counts[0])
            return Band.QUALIFIED if accepted else Band.FULL_COUNT
        if self.projection == BY_SAMPLE:
            return self._by_sample(all_lines, counts[0].sampled, counts[0].valid)
        facts = {
            "raw_count": all_lines,
            "projected_valid": sum(project(c, self.rulebook).valid for c in counts),
            "required_signatures": self.required,
        }
        return must_band("qualification", self.rulebook, facts)[0]

    def _fails_raw(self, raw: int) -> bool:
        if not self.rulebook.has("raw_count"):
            return False
        facts = {"raw_count": raw, "required_signatures": self.required}
        return self.rulebook.band("raw_count", facts)[0] == Band.FAILED

    def _accepts(self, count: SampleCount) -> bool:
        return accept_washington(
            count,
            required=self.required,
            allowance=self.rulebook.amount("chance_allowance", {}),
            chance=self.rulebook.amount("pairs_allowance", {}),
        ).accepted

    def _accepted(self, raw: Ints, sampled: Ints, valid: Ints, pairs: Ints) -> Flags:
        """Judge by Washington's test: for each number of pairs, the fewest valid."""
        accepted = np.zeros(len(valid), dtype=np.bool_)
        lines, drawn = int(raw[0]), int(sampled[0])
        least, before = drawn, drawn
        for found in np.unique(pairs[:, 0]):

            def holds(number: int, found: int = int(found)) -> bool:
                return self._accepts(_state(lines, drawn, number, found))

            # Each pair takes about as many more valid lines as the one before it.
            most = drawn - int(found) + 1
            guess = min(max(2 * least - before, 0), most)
            least, before = _first(holds, guess, most), least
            accepted |= (pairs[:, 0] == found) & (valid[:, 0] >= least)
        return accepted


def _first(holds: Callable[[int], bool], guess: int, most: int) -> int:
    """Return the first number that holds, as all do after it; `most` if none below.

    Looks about the guess in growing steps, and then halves.
    """
    step = 1
    if guess < most and not holds(guess):
        low, high = guess, min(guess + step, most)
        while high < most and not holds(high):
            step *= 4
            low, high = high, min(high + step, most)
    else:
        low, high = max(guess - step, -1), guess
        while low >= 0 and holds(low):
            step *= 4
            low, high = max(low - step, -1), low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _lines(rulebook: Rulebook, required: int) -> Mapping[str, int]:
    found = break_even((), {"all": required}, rulebook=rulebook, required=required)
    return {line.name: line.target for line in found.lines}


def _state(raw: int, sampled: int, valid: int, pairs: int) -> SampleCount:
    return SampleCount(
        county="state", raw=raw, sampled=sampled, valid=valid, duplicates=pairs
    )
