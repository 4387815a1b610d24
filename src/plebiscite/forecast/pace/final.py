"""Where a petition ends: the final count by its deadline, from its pace and the past.

The final count is the count so far, and what is yet to come as `pool` has learnt it.
Where too little is seen for a pace, the finish comes from how far past petitions of
that progress came (a cold start). A count of the deadline's day is the final one; where
the last is older, what came after it is forecast, though the deadline has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.channels import mixed
from plebiscite.forecast.pace.counts import Channel, Kind, Series
from plebiscite.forecast.pace.examples import examples_of, stages_of
from plebiscite.forecast.pace.features import features, removed_share, settled
from plebiscite.forecast.pace.past import Past, italy
from plebiscite.forecast.pace.pool import LEVELS, POINTS, cold, pooled
from plebiscite.forecast.pace.validity import Validity, share_valid
from plebiscite.forecast.student import normal_quantile

Floats = NDArray[np.float64]

PURGE_SPREAD = 0.8
GOLDEN = 0.6180339887498949
"""Steps of the golden section spread any sorted list evenly over another."""
FEWEST = 10
"""Signatures below which a pace says nothing."""
STALE = 7
"""Days without a count after which a reader is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The final count by the deadline, as probabilities.

    Attributes:
        petition, kind, channel: as the counts had them.
        as_of, deadline: the day of the forecast, and the last day of gathering.
        count: the last count known, and its day (None where there is none).
        required: valid signatures required; None where unknown.
        basis: "pace", "cold start" or "over".
        levels: the final count at evenly spaced probabilities, ascending.
        valid: shares of a final line that count, at evenly spaced probabilities; all 1
            where the count is of valid signatures already.
        remarks: sentences a reader must see.

    """

    petition: str
    kind: Kind
    channel: Channel
    as_of: date
    deadline: date
    count: int
    counted_on: date | None
    required: int | None
    basis: str
    levels: Floats
    valid: Floats
    remarks: tuple[str, ...]

    def quantile(self, p: float) -> float:
        """Return the final count that is not exceeded with probability `p`."""
        return float(np.interp(p, LEVELS, self.levels))

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Return the central interval of the final count."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def valid_quantile(self, p: float) -> float:
        """Return the same of the valid signatures in the final count."""
        return float(np.quantile(np.outer(self.levels, self.valid), p))

    def chance(self, required: int | None = None) -> float:
        """Return the chance that enough valid signatures are there by the deadline.

        Raises:
            InputError: nobody said how many are required.

        """
        need = self._need(required)
        return float(np.mean(np.outer(self.levels, self.valid) >= need))

    def chance_of_count(self, required: int | None = None) -> float:
        """Return the chance that the count itself, valid or not, reaches the number."""
        return float(np.mean(self.levels >= self._need(required)))

    def draws(
        self, rng: np.random.Generator, size: int, *, valid: bool = False
    ) -> Floats:
        """Draw final counts, or valid signatures in them."""
        drawn = np.interp(rng.random(size), LEVELS, self.levels)
        return drawn * rng.choice(self.valid, size) if valid else drawn

    def _need(self, required: int | None) -> int:
        need = self.required if required is None else required
        if need is None:
            raise InputError("say how many signatures are required: --required N")
        return need


def finish(
    series: Series | Sequence[Series],
    *,
    as_of: date,
    deadline: date | None = None,
    channel: Channel | None = None,
    required: int | None = None,
    past: Past | None = None,
    validity: Validity | None = None,
) -> Finish:
    """Return the final count by the deadline, knowing only what is dated by `as_of`.

    Args:
        series: the petition's counts, of one kind; districts and channels add up.
        as_of: the day of the forecast.
        deadline: the last day of gathering; as the series say where None.
        channel: how it is gathered; likewise.
        required: valid signatures required; likewise.
        past: past petitions to learn from; the shipped ones.
        validity: how many of the lines count; the prior of the channel.

    Raises:
        InputError: no deadline; nothing counted and no requirement known, so that not
            even the scale can be guessed; several kinds of count.

    """
    whole = total(series, as_of=as_of)
    deadline = deadline or whole.deadline
    if deadline is None:
        raise InputError(
            f"{whole.petition}: say when gathering ends (a 'deadline' column, or "
            "--deadline)"
        )
    channel = whole.channel if channel is None else channel
    required = whole.required if required is None else required
    known = whole.until(min(as_of, deadline))
    count = known.counts[-1] if known.counts else 0
    last = known.days[-1] if known.days else None
    known_past = past or italy()
    if last is not None:
        age = (last - known.opened).days
        known_past = known_past.without(
            known_past.twins(whole.petition, known.opened, age, count)
        )
    ahead = (deadline - _since(known, as_of, deadline)).days
    basis, levels = _levels(known, ahead, required, channel, known_past)
    sure = known.kind in {Kind.VERIFIED, Kind.PROJECTED}
    held = validity or Validity.prior(channel)
    return Finish(
        petition=whole.petition,
        kind=known.kind,
        channel=channel,
        as_of=as_of,
        deadline=deadline,
        count=count,
        counted_on=last,
        required=required,
        basis=basis,
        levels=levels,
        valid=np.ones(1) if sure else share_valid(held),
        remarks=(
            *_remarks(known, as_of, deadline, required, basis),
            *_late(whole, as_of, deadline),
        ),
    )


def total(series: Series | Sequence[Series], *, as_of: date) -> Series:
    """Return one petition's counts added up over channels and districts, by day.

    A channel's rows for the whole petition win over its districts'. On a day when one
    part has no count, its last one stands. The channel told is the largest part's.

    Raises:
        InputError: several petitions or kinds of count.

    """
    parts = [series] if isinstance(series, Series) else list(series)
    if not parts:
        raise InputError("there is no count to forecast from")
    if len({(each.petition, each.kind) for each in parts}) > 1:
        raise InputError("counts of several petitions or kinds are never added up")
    told = {each.channel for each in parts if not each.district}
    used = [each for each in parts if not each.district or each.channel not in told]
    most = max(used, key=lambda each: each.on(as_of))
    days = sorted({day for each in used for day in each.days if day <= as_of})
    first = used[0]
    return Series(
        petition=first.petition,
        kind=first.kind,
        channel=most.channel,
        days=tuple(days),
        counts=tuple(sum(each.on(day) for each in used) for day in days),
        opened=min(each.opened for each in used),
        required=first.required,
        deadline=first.deadline,
    )


def by_age(series: Series) -> Floats:
    """Return the count at each age in days, straight lines between the days counted.

    What was removed later is taken as never there. An opening day nobody counted on is
    0, unless the counts begin more than a week after it.
    """
    ages = [(day - series.opened).days for day in series.days]
    counts = [float(count) for count in series.counts]
    if ages and 0 < ages[0] <= 7:  # noqa: PLR2004 - a week
        ages, counts = [0, *ages], [0.0, *counts]
    every = np.arange(ages[-1] + 1)
    line = np.interp(every, ages, settled(np.array(counts)))
    line[every < ages[0]] = np.nan
    return line


def _since(known: Series, as_of: date, deadline: date) -> date:
    """Return the day a forecast starts from: the last one counted, if any was.

    That nobody has counted by the deadline does not say that nothing was gathered.
    """
    if known.days:
        return known.days[-1]
    return known.opened if as_of >= deadline else max(known.opened, as_of)


def _levels(
    known: Series,
    ahead: int,
    required: int | None,
    channel: Channel,
    past: Past,
) -> tuple[str, Floats]:
    count = float(known.counts[-1]) if known.counts else 0.0
    if ahead <= 0:
        return "over", np.full(POINTS, count)
    line = by_age(known) if known.days else np.zeros(1)
    seen = features(line, required=required) if count >= FEWEST else None
    if seen is None:
        age = (known.days[-1] - known.opened).days if known.days else 0
        levels = cold(
            stages_of(past),
            count if known.days else None,
            age,
            ahead,
            required=required,
        )
        return "cold start", np.maximum(levels, count)
    log_ratio = mixed(pooled(examples_of(past), seen, ahead), channel, seen.age, ahead)
    levels = count + seen.gathered(log_ratio, ahead)
    lost = removed_share(np.array(known.counts, dtype=np.float64))
    if lost > 0:
        # The pace is net of what was removed; what is there may yet be purged too. A
        # share of 5% struck goes on, as clerks work; one of 80% was a purge, and done.
        turned = (np.arange(POINTS) * GOLDEN + 0.5 / POINTS) % 1
        spread = np.exp(
            PURGE_SPREAD * np.array([normal_quantile(each) for each in turned])
        )
        share = ahead / (ahead + seen.age)
        levels = levels * (1 - np.clip(lost * (1 - lost) * share * spread, 0, 0.9))
    return "pace", np.sort(levels)


def _remarks(
    known: Series, as_of: date, deadline: date, required: int | None, basis: str
) -> list[str]:
    said = []
    count = known.counts[-1] if known.counts else 0
    if basis == "over":
        said.append("Gathering has ended; the last count is final.")
    elif as_of >= deadline:
        since = f"after {known.days[-1].isoformat()}" if known.days else "by then"
        said.append(
            f"Gathering has ended; nothing is counted {since}, and what came is "
            "forecast."
        )
    if basis == "cold start":
        said.append(
            "Too little is counted for a pace; this is how far past petitions came."
        )
    if required is not None and count >= required:
        said.append(f"The {known.kind.value} count has reached the number required.")
    last = known.days[-1] if known.days else None
    if last and (min(as_of, deadline) - last).days > STALE:
        said.append(f"The last count is of {last.isoformat()}; it is stale.")
    if known.kind is Kind.CLAIMED:
        said.append("The counts are claims; nobody has checked them.")
    return said


def _late(whole: Series, as_of: date, deadline: date) -> list[str]:
    """Tell of counts that are left aside, since they are dated after the last day."""
    late = sum(deadline < day <= as_of for day in whole.days)
    if not late:
        return []
    counts = "1 count is" if late == 1 else f"{late} counts are"
    return [
        f"{counts} dated after the last day, {deadline.isoformat()}, and left aside; "
        "date what was gathered by then on that day."
    ]
