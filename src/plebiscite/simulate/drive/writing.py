"""What stands on each line: the voter's particulars as a hurried person writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from plebiscite.simulate.drive.noise import SLIPS, Dice, Written, nicknames
from plebiscite.simulate.drive.signer import CODE, NOBODY, Signers
from plebiscite.simulate.frequency import Flags, Whole
from plebiscite.simulate.mix import (
    CANCELLED,
    ELSEWHERE,
    LATE,
    MOVED,
    NOISE,
    REGISTERED,
    Mix,
)
from plebiscite.simulate.source import FIELDS, FORMER, PLACED, voters_at

PARTS = ("first", "middle", "last", "suffix", *PLACED)
EPOCH = date(1970, 1, 1)
OMITS_MIDDLE, SHORTENS_MIDDLE, OMITS_SUFFIX = 0.5, 0.85, 0.4
NEVER_MOVED = -(2**31)


def particulars(roll: pl.LazyFrame, signers: Signers) -> pl.DataFrame:
    """Return, for each line, the roll's fields of whoever it is made from.

    Besides the voter's own columns: `called` (the given name on the line), the address
    the line bears, in `house`, `unit`, `street`, `city`, `zip`, and `at_home`, whether
    that is the voter's own.
    """
    rows, where = np.unique(
        np.concatenate([signers.named, signers.called, signers.lives]),
        return_inverse=True,
    )
    voters = voters_at(roll, rows)
    named, called, lives = np.split(where, 3)
    home = pl.struct("house", "street", "zip")
    own, borne = voters[named].select(home), voters[lives].select(home)
    same = own.to_series() == borne.to_series()
    people = pl.concat(
        [
            voters[named].select(name for name in FIELDS if name not in PLACED),
            voters[called].select(
                pl.col("first").alias("called"), pl.col("middle").alias("called_middle")
            ),
            voters[lives].select(PLACED),
            pl.DataFrame({"at_home": same.to_numpy()}),
        ],
        how="horizontal",
    )
    strangers = np.flatnonzero(signers.voter == NOBODY)
    return _renamed(roll, people, strangers)


def _renamed(
    roll: pl.LazyFrame, people: pl.DataFrame, strangers: Whole
) -> pl.DataFrame:
    """Give another first name to whoever, by chance, is on the roll after all."""
    if not len(strangers):
        return people
    key = ["last", "house", "street", "zip"]
    asked = people[strangers].select(*key, "called")
    voters = (
        roll.select(*key, pl.col("first").alias("called"))
        .join(asked.select(key).unique().lazy(), on=key, how="semi", nulls_equal=True)
        .unique()
        .collect(engine="streaming")
    )
    names = people["first"].to_list()
    called = people["called"].to_list()
    known = set(voters.select(*key, "called").iter_rows())
    for turn, row in enumerate(asked.iter_rows()):
        at = int(strangers[turn])
        name, other = row[-1], at
        while (*row[:-1], name) in known and other < at + len(names):
            other += 1
            name = names[other % len(names)]
        called[at] = name
    return people.with_columns(pl.Series("called", called, dtype=pl.String))


def written(
    people: pl.DataFrame, signers: Signers, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the lines without slips: `PARTS`, in capitals, "" for what is missing."""
    count = people.height
    manner = rng.random((3, count))
    own = signers.voter != NOBODY
    middle = pl.when(pl.Series(own)).then("middle").otherwise("called_middle")
    short = pl.Series(manner[0] < SHORTENS_MIDDLE)
    never_left = people["at_home"].to_numpy() & (signers.kind == CODE[MOVED])
    house, unit = _renumbered(people, signers.fresh | never_left, rng)
    return people.select(
        pl.col("called").alias("first"),
        pl.when(pl.Series(manner[0] < OMITS_MIDDLE))
        .then(pl.lit(""))
        .when(short)
        .then(middle.str.slice(0, 1))
        .otherwise(middle)
        .alias("middle"),
        pl.col("last"),
        pl.when(pl.Series(own & (manner[1] >= OMITS_SUFFIX)))
        .then("suffix")
        .otherwise(pl.lit(""))
        .alias("suffix"),
        house.alias("house"),
        unit.alias("unit"),
        "street",
        "city",
        "zip",
    ).with_columns(pl.col(PARTS).fill_null("").str.to_uppercase())


def _renumbered(
    people: pl.DataFrame, fresh: Flags, rng: np.random.Generator
) -> tuple[pl.Series, pl.Series]:
    """Return house and unit, with another number in the street where it is fresh."""
    number = people["house"].str.extract(r"^(\d+)").cast(pl.Int64).fill_null(100)
    step = 2 * (1 + (rng.random(people.height) * 60).astype(np.int64))
    other = (number + step).cast(pl.String)
    keep = pl.Series(~fresh)
    blank = pl.Series([None] * people.height, dtype=pl.String)
    return people["house"].zip_with(keep, other), people["unit"].zip_with(keep, blank)


def slips(
    lines: pl.DataFrame,
    people: pl.DataFrame,
    signers: Signers,
    *,
    mix: Mix,
    day: Whole,
    rng: np.random.Generator,
) -> tuple[pl.DataFrame, list[str]]:
    """Return the lines with slips, and each line's slips joined by "+"."""
    dealt, second = _deal(lines, people, signers, mix=mix, day=day, rng=rng)
    noise = [""] * lines.height
    rows = np.flatnonzero(dealt >= 0)
    if not len(rows):
        return lines, noise
    dice = Dice(rng)
    known = {name: lines[name].gather(rows).to_list() for name in PARTS}
    roll = people.select("middle", "former_last", *FORMER)[rows]
    former = roll.select(FORMER).fill_null("").rows()
    names = people["called"].gather(rows).fill_null("").to_list()
    middles = roll["middle"].fill_null("").to_list()
    maiden = roll["former_last"].fill_null("").to_list()
    for at, row in enumerate(rows.tolist()):
        line = Written(
            **{name: values[at] for name, values in known.items()},
            roll_middle=middles[at],
            former_last=maiden[at],
            former=former[at] if former[at][2] else None,
            other_first=names[at - 1],
        )
        done = [
            NOISE[code]
            for code in (dealt[row], second[row])
            if code >= 0 and SLIPS[NOISE[code]](line, dice)
        ]
        noise[row] = "+".join(done)
        for name, values in known.items():
            values[at] = getattr(line, name)
    changed = pl.DataFrame(known, schema=dict.fromkeys(PARTS, pl.String))
    index = np.arange(lines.height)
    index[rows] = lines.height + np.arange(len(rows))
    return pl.concat([lines.select(PARTS), changed])[index], noise


def _deal(
    lines: pl.DataFrame,
    people: pl.DataFrame,
    signers: Signers,
    *,
    mix: Mix,
    day: Whole,
    rng: np.random.Generator,
) -> tuple[Whole, Whole]:
    """Deal each slip among the lines that can have it, scarce ones first."""
    by_voter = [CODE[kind] for kind in (REGISTERED, MOVED, ELSEWHERE, LATE, CANCELLED)]
    free = np.isin(signers.kind, by_voter)
    whole = int(free.sum())
    can = _can(lines, people, signers, day)
    dealt = np.full(lines.height, -1)
    for code, kind in enumerate(NOISE):
        share = mix.noise.get(kind, 0.0)
        if not share:
            continue
        able = free & can[kind] if kind in can else free
        rows = np.flatnonzero(able)
        rows = rows[rng.permutation(len(rows))[: int(share * whole + 0.5)]]
        dealt[rows] = code
        free[rows] = False
    second = np.full(lines.height, -1)
    offered = [code for code, kind in enumerate(NOISE) if mix.noise.get(kind, 0.0)]
    if offered:
        more = (dealt >= 0) & (rng.random(lines.height) < mix.combined)
        pick = (rng.random(lines.height) * len(offered)).astype(np.int64)
        second = np.where(more, np.array(offered)[pick], second)
        second = np.where(second == dealt, -1, second)
        barred = [NOISE.index("no_address"), NOISE.index("former_address")]
        second = np.where(np.isin(second, barred), -1, second)
    return dealt, second


def _can(
    lines: pl.DataFrame, people: pl.DataFrame, signers: Signers, day: Whole
) -> Mapping[str, Flags]:
    """Return which lines can have the slips that not all can have."""
    moved = signers.kind == CODE[MOVED]
    changed = people["changed_on"].cast(pl.Date).to_physical().fill_null(NEVER_MOVED)
    double = lines["last"].str.contains(r"^[^ -]{3,}[ -]")
    return {
        "maiden_name": people["former_last"].is_not_null().to_numpy(),
        "former_address": (changed.to_numpy() > day) & ~moved,
        "part_of_double_surname": double.to_numpy(),
        "unit_missing": (lines["unit"] != "").to_numpy() & ~moved,
        "unit_wrong": (lines["unit"] != "").to_numpy() & ~moved,
        "nickname": lines["first"].is_in(list(nicknames())).to_numpy(),
        "goes_by_middle": (people["middle"].str.len_chars() > 1)
        .fill_null(value=False)
        .to_numpy(),
        "middle_added": (people["middle"].str.len_chars() != 1)
        .fill_null(value=True)
        .to_numpy(),
        "swapped_names": (lines["first"] != lines["last"]).to_numpy(),
        "no_address": ~moved,
    }
