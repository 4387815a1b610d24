"""From candidates to an outcome: voter, tie or none; clear or review; and the reason.

Two rules stand above every model. A line is free of objection only if one voter's name
and that same voter's address satisfy it. And where one of the two agrees only in part
(a slip, a nickname, another middle name), no other voter may bear the very name
written, and no one else may live at the very address written: such a line may be made
of two people, and goes to a person.

Clear are a voter without objection; nobody like it on the roll; and a voter whose name
and address agree whole, but whose record says that the registration came too late, was
cancelled, or is another county's. Everything else wants a person's eye, a voter found
at another address among it.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.levels import (
    ADDRESS_SATISFIED,
    ADDRESS_WHOLE,
    NAME_SATISFIED,
    NAME_WHOLE,
)
from plebiscite.match.model import Model

OUT = (
    "outcome",
    "voter_id",
    "second_voter_id",
    "probability",
    "ties",
    "decision",
    "reason",
    "pattern",
)
KEPT = 15
"""Candidates kept per line and slice of the roll, best first."""
FULL_AGE = 18
MANY = 120
"""From so many residents on, an address is known to be inhabited without a look."""
RECORDED = ("REG_LATE", "REG_CANCELLED", "WRONG_COUNTY")
"""Reasons read off the record of a voter whose name and address leave no doubt."""
FAINT = 0.05
"""A candidate less likely than this is no reason to look again."""


def decide(
    tidy: pl.DataFrame, found: pl.DataFrame, counted: pl.DataFrame, *, model: Model
) -> pl.DataFrame:
    """Return the columns of `OUT`, one row per line of `tidy`, in its order."""
    ranked = _ranked(found, model)
    best = ranked.filter(pl.col("place") == 0)
    second = ranked.filter(pl.col("place") == 1).select(
        "line", second_id="v_id", second_bits="bits"
    )
    frame = (
        tidy.join(counted, on="line", how="left", maintain_order="left")
        .join(best, on="line", how="left", maintain_order="left")
        .join(second, on="line", how="left", maintain_order="left")
    )
    frame = frame.with_columns(
        raw=pl.col("weight").fill_null(0.0) / (1.0 + pl.col("total"))
    ).with_columns(probability=model.calibrated(pl.col("raw")).round(4))
    frame = _outcomes(frame, model)
    frame = _reasons(frame)
    return _decisions(frame, model).select(OUT)


def _ranked(found: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Add to candidates whether they satisfy both parts, their place and rivals."""
    # A suffix the voter does not bear is another generation's: father, not son.
    named = pl.col("name").is_in(list(NAME_SATISFIED)) & ~pl.col("suffix").is_in(
        ["added", "differs"]
    )
    settled = pl.col("home").is_in(list(ADDRESS_SATISFIED))
    frame = found.with_columns(
        place=pl.int_range(pl.len()).over("line"),
        named=named,
        stands=named & settled,
        lead=pl.col("bits").first().over("line"),
    )
    rival = named & (pl.col("bits") > pl.col("lead") - model.margin)
    return frame.with_columns(rivals=rival.sum().over("line"))


def _outcomes(frame: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Add outcome and ties."""
    stands = pl.col("stands").fill_null(value=False)
    named = pl.col("named").fill_null(value=False)
    rivals = pl.col("rivals").fill_null(0)
    likely = pl.col("raw") >= model.accept
    # The candidates together must be likelier than nobody, or there is nothing to tie.
    some = pl.col("total") / (1.0 + pl.col("total")) >= model.accept
    full = pl.col("name").is_in(list(NAME_WHOLE)).fill_null(value=False)
    namesakes = pl.max_horizontal(
        pl.when(full & ~stands & (rivals >= KEPT))
        .then(pl.max_horizontal("here", pl.lit(KEPT)))
        .when(full & ~stands)
        .then(rivals)
        .otherwise(0),
        # A name too common to follow: no candidate, but many bearers.
        pl.when(~named).then(pl.col("here")).otherwise(0),
    )
    family = pl.col("family_there") & ~stands
    tie = (
        pl.when(stands & (rivals > 1) & some)
        .then(rivals)
        .when(~stands & ~family & (namesakes > 1))
        .then(namesakes)
        .when(named & ~stands & ~family & (rivals > 1) & some)
        .then(rivals)
        .otherwise(0)
    )
    frame = frame.with_columns(ties=tie.cast(pl.Int64))
    outcome = (
        pl.when(pl.col("ties") > 1)
        .then(pl.lit("tie"))
        .when(named & likely & ~family)
        .then(pl.lit("voter"))
        .otherwise(pl.lit("none"))
    )
    is_voter = pl.col("outcome") == "voter"
    return frame.with_columns(outcome=outcome).with_columns(
        voter_id=pl.when(is_voter).then(pl.col("v_id")),
        second_voter_id=pl.when(is_voter)
        .then(pl.col("second_id"))
        .when(pl.col("outcome") == "none")
        .then(pl.col("v_id")),
    )


def _reasons(frame: pl.DataFrame) -> pl.DataFrame:
    """Add reason (null: nothing speaks against the line) and conflict."""
    homeless = (pl.col("house") == "") & (pl.col("street") == "")
    nameless = (pl.col("first") == "") & (pl.col("last") == "")
    signed, changed = pl.col("signed_on"), pl.col("v_changed")
    later = (changed > signed).fill_null(value=False)
    now = pl.col("address").is_in(list(ADDRESS_SATISFIED))
    before = pl.col("old").is_in(list(ADDRESS_SATISFIED)).fill_null(value=False)
    settled = now | (before & later)
    whole_home = pl.col("home").is_in(list(ADDRESS_WHOLE))
    # Two people in one line: the very name, or the very address, is someone else's.
    other_middle = (pl.col("middle_right") == "differs").fill_null(value=False)
    conflict = (
        other_middle
        | (~pl.col("name").is_in(list(NAME_WHOLE)) & (pl.col("anywhere") > 0))
        | (~whole_home & (pl.col("someone_there") | (pl.col("residents") > MANY)))
    )
    age = signed.dt.year() - pl.col("v_birth_year")
    late = (pl.col("v_registered") > signed).fill_null(value=False) & ~later
    of_voter = (
        pl.when((age < FULL_AGE).fill_null(value=False))
        .then(pl.lit("UNDER_18"))
        .when(pl.col("v_status") == "cancelled")
        .then(pl.lit("REG_CANCELLED"))
        .when(late)
        .then(pl.lit("REG_LATE"))
        .when(pl.col("v_status") == "pending")
        .then(pl.lit("NOT_REGISTERED"))
        .when(~pl.col("in_county"))
        .then(pl.lit("WRONG_COUNTY"))
        .when(homeless)
        .then(pl.lit("ADDR_MISSING"))
        .when(~settled | ~pl.col("stands") | conflict)
        .then(pl.lit("ADDR_DIFFERENT"))
    )
    settled_tie = pl.col("stands").fill_null(value=False)
    of_tie = (
        pl.when(homeless)
        .then(pl.lit("ADDR_MISSING"))
        .when(~settled_tie)
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
        | (pl.col("home") == "two_slips").fill_null(value=False)
        | (pl.col("name") == "two_slips").fill_null(value=False)
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
    sure = pl.col("probability") >= model.clear
    nobody = (
        (pl.col("outcome") == "none")
        & (pl.col("total") < FAINT)
        & (pl.col("reason") == "NOT_REGISTERED")
        # Of "M Garcia" nobody can say that she is not on the roll at another address.
        & (pl.col("forename").str.len_chars() > 1)
    )
    one = (pl.col("outcome") == "voter") & sure & ~pl.col("odd")
    stands = one & pl.col("reason").is_null()
    recorded = (
        one
        & pl.col("reason").is_in(list(RECORDED))
        & pl.col("stands")
        & pl.col("name").is_in(list(NAME_WHOLE))
        & pl.col("home").is_in(list(ADDRESS_WHOLE))
    )
    clear = (stands | recorded | nobody).fill_null(value=False)
    words = pl.format(
        "name {} · address {}{} · middle {} · suffix {} · unit {} · rarity {}{}",
        pl.col("name"),
        pl.col("home"),
        pl.when("at_old").then(pl.lit(" (former)")).otherwise(pl.lit("")),
        pl.col("middle_right"),
        pl.col("suffix_right"),
        pl.col("unit_right"),
        pl.col("rarity"),
        pl.when("in_county").then(pl.lit("")).otherwise(pl.lit(" · other county")),
    )
    box = pl.when(pl.col("box") != "").then(pl.lit(" · box")).otherwise(pl.lit(""))
    return frame.with_columns(
        decision=pl.when(clear).then(pl.lit("clear")).otherwise(pl.lit("review")),
        pattern=words.fill_null("no candidate") + box,
    )
