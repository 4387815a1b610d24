"""From candidates to an outcome: voter, tie or none; clear or review; and the reason.

Two rules stand above every model. A line is free of objection only if one voter's name
and that same voter's address satisfy it. And where one of the two agrees only in part
(a slip, a nickname, another middle name), the line may be made of two people: if the
name written may well be another person's, or if someone else lives at the very address
written, it goes to a person.

A nickname is another person's the likelier, the more people are called so by right:
BOB at Robert's address is Robert, LISA at Elizabeth's more often a sister. So much
hangs on the first name. Whether somebody far away bears first name and surname both
says only how common the surname is, and how large the roll: asked for that, people of
common surnames are looked at more often, and no wrong credit is avoided.

Clear are a voter without objection; nobody like it on the roll; and a voter whose name
and address agree whole, but whose record says that the registration came too late, was
cancelled, or is another county's. Everything else wants a person's eye, a voter found
at another address among it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.engine import Arrays
from plebiscite.match.index.layout import NO_DAY, NOBODY, STATUSES
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import (
    ADDRESS_SATISFIED,
    ADDRESS_WHOLE,
    ADDRESSES,
    MIDDLES,
    NAME_SATISFIED,
    NAME_WHOLE,
    NAMES,
    OTHER_GENERATION,
    SUFFIXES,
    UNITS,
    codes,
)
from plebiscite.match.model import Model, odds

OUT = pl.Schema(
    {
        "outcome": pl.String,
        "voter_id": pl.String,
        "second_voter_id": pl.String,
        "probability": pl.Float64,
        "ties": pl.Int64,
        "decision": pl.String,
        "reason": pl.String,
        "pattern": pl.String,
    }
)
FULL_AGE = 18
MANY = 120
"""From so many residents on, an address is known to be inhabited without a look."""
RECORDED = ("REG_LATE", "REG_CANCELLED", "WRONG_COUNTY")
"""Reasons read off the record of a voter whose name and address leave no doubt."""
FAINT = 0.05
"""A candidate less likely than this is no reason to look again."""
FAINTEST = 0.01
"""Voters of other names, each as unlikely as this, are no reason however many."""
OTHER_FIRST = frozenset({"nickname", "middle"})
"""Name levels at which the first name written is a name by itself."""
COMMON = 2_000
"""A first name that more than one voter in so many bears is taken for its own."""
OWN_NAMES = frozenset({"last_part", "former", "swapped"})
"""Name levels at which the first name and the surname written are the voter's own by
the roll: half of two surnames, the one before marriage, both in the other order. At the
very address they are nobody else's, however many bear them elsewhere."""
WRITTEN = ("first", "forename", "last", "house", "street", "box", "signed_on")
"""What of a line itself bears on its outcome."""


def decide(
    tidy: pl.DataFrame, found: Arrays, index: Index, *, model: Model
) -> pl.DataFrame:
    """Return the columns of `OUT`, one row per line of `tidy`, in its order.

    `found` is what the engine says is best for each of these lines.
    """
    frame = (
        tidy.select(WRITTEN)
        .hstack(pl.DataFrame(found))
        .hstack(_recorded(found, index))
        .with_columns(_probable(found, model))
        .with_columns(another=another(tidy["forename"], found, index))
        .with_columns(
            named=_is("name", NAMES, NAME_SATISFIED)
            & ~_is("suffix", SUFFIXES, OTHER_GENERATION),
        )
        .with_columns(
            stands=pl.col("named") & _is("home", ADDRESSES, ADDRESS_SATISFIED)
        )
    )
    frame = _outcomes(frame, model)
    frame = _reasons(frame)
    frame = _decisions(frame, model)
    return _named(frame, index).select(OUT.names())


def _is(column: str, levels: Mapping[str, str], chosen: Collection[str]) -> pl.Expr:
    """Whether a column of level codes shows one of the chosen levels."""
    return pl.col(column).is_in(codes(levels, chosen))


def _recorded(found: Arrays, index: Index) -> pl.DataFrame:
    """Return what the roll records of the best candidates, null where it says nothing.

    Columns: registered and changed (days), born (year), status.
    """
    there = found["row"] != NOBODY
    row = np.where(there, found["row"], 0)
    record = (
        index.record[row] if index.voters else np.zeros(len(row), index.record.dtype)
    )
    changed = np.full(len(row), NO_DAY, dtype=np.int32)
    former = index.arrays["former_face"]
    if len(former):
        at = np.searchsorted(former, found["face"])
        at[at == len(former)] = 0
        hit = former[at] == found["face"]
        changed[hit] = index.arrays["former_changed"][at[hit]]
    frame = pl.DataFrame(
        {
            "registered": record["registered"],
            "changed": changed,
            "born": record["born"].astype(np.int32),
            "status": record["status"],
            "there": there,
        }
    )
    day = {
        name: pl.when("there", pl.col(name) != NO_DAY).then(pl.col(name)).cast(pl.Date)
        for name in ("registered", "changed")
    }
    return frame.select(
        **day,
        born=pl.when("there", pl.col("born") > 0).then("born"),
        status=pl.when("there").then("status"),
        there="there",
    )


def _probable(found: Arrays, model: Model) -> list[pl.Series]:
    """Return raw and probability: that the best candidate signed."""
    there = found["row"] != NOBODY
    raw = np.where(there, odds(found["bits"]), 0.0) / (1.0 + found["total"])
    return [
        pl.Series("raw", raw),
        pl.Series("probability", model.calibrated(raw, found).round(4)),
    ]


def another(forenames: pl.Series, found: Arrays, index: Index) -> NDArray[np.bool_]:
    """Whether the name written may well be another person's than the best candidate's.

    Args:
        forenames: the first names written, in comparable form, one for each line.
        found: what the engine says is best for each line.
        index: the roll's; it knows how many voters bear a first name.

    """
    name = found["name"]
    whole = np.isin(name, codes(NAMES, NAME_WHOLE))
    by_itself = np.isin(name, codes(NAMES, OTHER_FIRST))
    nobody_else = np.isin(name, codes(NAMES, OWN_NAMES)) & np.isin(
        found["home"], codes(ADDRESSES, ADDRESS_WHOLE)
    )
    out: NDArray[np.bool_] = ~whole & ~nobody_else & (found["anywhere"] > 0)
    asked = np.flatnonzero(by_itself)
    if len(asked):
        words = index.words.find_all(forenames.gather(asked))
        bears = index.arrays["bears_first"]
        known = words < len(bears)
        borne = np.where(known, bears[np.where(known, words, 0)], 0)
        out[asked] = borne.astype(np.int64) * COMMON > index.voters
    return out


def _outcomes(frame: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Add outcome and ties."""
    stands, named = pl.col("stands"), pl.col("named")
    rivals, here = (pl.col(name).cast(pl.Int64) for name in ("rivals", "here"))
    likely = pl.col("raw") >= model.accept
    # The candidates together must be likelier than nobody, or there is nothing to tie.
    some = pl.col("total") / (1.0 + pl.col("total")) >= model.accept
    full = _is("name", NAMES, NAME_WHOLE)
    namesakes = (
        pl.when(full & ~stands & ~likely)
        # One of them is nearer than the rest, and not near enough to be named.
        .then(pl.max_horizontal(rivals, here))
        .when(full & ~stands)
        .then(rivals)
        # A name too common to follow: no candidate, but many bearers.
        .when(~named)
        .then(here)
        .otherwise(0)
    )
    family = (pl.col("family_there") > 0) & ~stands
    tie = (
        pl.when(stands & (rivals > 1) & some)
        .then(rivals)
        .when(~stands & ~family & (namesakes > 1))
        .then(namesakes)
        .when(named & ~stands & ~family & (rivals > 1) & some)
        .then(rivals)
        .otherwise(0)
    )
    return frame.with_columns(ties=tie).with_columns(
        outcome=pl.when(pl.col("ties") > 1)
        .then(pl.lit("tie"))
        .when(named & likely & ~family)
        .then(pl.lit("voter"))
        .otherwise(pl.lit("none"))
    )


def _reasons(frame: pl.DataFrame) -> pl.DataFrame:
    """Add reason (null: nothing speaks against the line) and odd (look again)."""
    homeless = (pl.col("house") == "") & (pl.col("street") == "")
    nameless = (pl.col("first") == "") & (pl.col("last") == "")
    signed = pl.col("signed_on")
    later = (pl.col("changed") > signed).fill_null(value=False)
    now = _is("address", ADDRESSES, ADDRESS_SATISFIED)
    before = _is("old", ADDRESSES, ADDRESS_SATISFIED)
    settled = now | (before & later)
    whole_home = _is("home", ADDRESSES, ADDRESS_WHOLE)
    # Two people in one line: the name, or the very address, is someone else's.
    other_middle = _is("middle", MIDDLES, {"differs"})
    inhabited = (pl.col("someone_there") > 0) | (pl.col("residents") > MANY)
    conflict = other_middle | pl.col("another") | (~whole_home & inhabited)
    age = signed.dt.year() - pl.col("born")
    late = (pl.col("registered") > signed).fill_null(value=False) & ~later
    status = {name: pl.col("status") == code for code, name in enumerate(STATUSES)}
    of_voter = (
        pl.when((age < FULL_AGE).fill_null(value=False))
        .then(pl.lit("UNDER_18"))
        .when(status["cancelled"])
        .then(pl.lit("REG_CANCELLED"))
        .when(late)
        .then(pl.lit("REG_LATE"))
        .when(status["pending"])
        .then(pl.lit("NOT_REGISTERED"))
        .when(pl.col("in_county") == 0)
        .then(pl.lit("WRONG_COUNTY"))
        .when(homeless)
        .then(pl.lit("ADDR_MISSING"))
        .when(~settled | ~pl.col("stands") | conflict)
        .then(pl.lit("ADDR_DIFFERENT"))
    )
    of_tie = (
        pl.when(homeless)
        .then(pl.lit("ADDR_MISSING"))
        .when(~pl.col("stands"))
        .then(pl.lit("ADDR_DIFFERENT"))
    )
    of_none = (
        pl.when(nameless & homeless)
        .then(pl.lit("ILLEGIBLE"))
        .when(nameless)
        .then(pl.lit("NAME_MISSING"))
        .when(homeless)
        .then(pl.lit("ADDR_MISSING"))
        .otherwise(pl.lit("NOT_REGISTERED"))
    )
    odd = (
        (age == FULL_AGE).fill_null(value=False)
        | (later & now & ~before)
        | other_middle
        | _is("home", ADDRESSES, {"two_slips"})
        | _is("name", NAMES, {"two_slips"})
    )
    return frame.with_columns(
        odd=odd,
        reason=pl.when(pl.col("outcome") == "voter")
        .then(of_voter)
        .when(pl.col("outcome") == "tie")
        .then(of_tie)
        .otherwise(of_none),
    )


def _decisions(frame: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Add decision and the pattern in words."""
    nobody = (
        (pl.col("outcome") == "none")
        & (
            (pl.col("total") < FAINT)
            | (~pl.col("named") & (pl.col("probability") < FAINTEST))
        )
        & (pl.col("reason") == "NOT_REGISTERED")
        # Of "M Garcia" nobody can say that she is not on the roll at another address.
        & (pl.col("forename").str.len_chars() > 1)
    )
    sure = pl.col("probability") >= model.clear
    one = (pl.col("outcome") == "voter") & sure & ~pl.col("odd")
    recorded = (
        pl.col("reason").is_in(RECORDED).fill_null(value=False)
        & pl.col("stands")
        & _is("name", NAMES, NAME_WHOLE)
        & _is("home", ADDRESSES, ADDRESS_WHOLE)
    )
    clear = (one & (pl.col("reason").is_null() | recorded)) | nobody
    frame = frame.with_columns(
        decision=pl.when(clear.fill_null(value=False))
        .then(pl.lit("clear"))
        .otherwise(pl.lit("review")),
        box=pl.col("box") != "",
    )
    shown = frame.select(SHOWN)
    distinct = shown.unique()
    said = distinct.with_columns(
        pl.Series(
            "pattern", [_words(row) for row in distinct.rows(named=True)], pl.String
        )
    )
    pattern = shown.join(said, on=list(SHOWN), how="left", maintain_order="left")
    return frame.with_columns(pattern["pattern"])


SHOWN = (
    "there",
    "name",
    "home",
    "at_old",
    "middle",
    "suffix",
    "unit",
    "rarity",
    "in_county",
    "box",
)
"""What the pattern in words is made of."""


def _words(row: Mapping[str, int]) -> str:
    """Say in what way a line and its best candidate agree."""
    box = " · box" if row["box"] else ""
    if not row["there"]:
        return "no candidate" + box
    names, homes = [*NAMES], [*ADDRESSES]
    former = " (former)" if row["at_old"] else ""
    away = "" if row["in_county"] else " · other county"
    return (
        f"name {names[row['name']]} · address {homes[row['home']]}{former} · "
        f"middle {[*MIDDLES][row['middle']]} · suffix {[*SUFFIXES][row['suffix']]} · "
        f"unit {[*UNITS][row['unit']]} · rarity {row['rarity']}{away}{box}"
    )


def _named(frame: pl.DataFrame, index: Index) -> pl.DataFrame:
    """Add the voter's id, and that of the runner-up or of the nearest candidate."""
    is_voter = (frame["outcome"] == "voter").to_numpy()
    is_none = (frame["outcome"] == "none").to_numpy()
    row, second = frame["row"].to_numpy(), frame["second_row"].to_numpy()
    nobody = np.uint32(NOBODY)
    next_best = np.where(is_voter, second, np.where(is_none, row, nobody))
    return frame.with_columns(
        index.ids(np.where(is_voter, row, nobody)).alias("voter_id"),
        index.ids(next_best).alias("second_voter_id"),
    )
