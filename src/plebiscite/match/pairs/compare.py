"""Comparing lines with voters: pairs in, levels out.

Everything is done a column at a time. Similarity of two words is measured once per
distinct pair of words (optimal string alignment: insert, delete, replace, transpose).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from plebiscite.match.written.name import PART
from plebiscite.match.written.words import nicknames

FAR = 9
"""Distance written where words are not compared, or are far apart."""
SHORTEST = 3
"""Words shorter than this are not compared for slips of the pen."""
PARTICLE = r"^(?:DELAS|DELOS|DELA|DEL|DE|VANDER|VANDEN|VAN|VON|DOS|DA|DI|LA|LE)(.{3,})$"
"""A particle run together with the surname it belongs to."""
KNOWN = 2
"""A first name borne by so many voters is a name of its own, not a slip."""


def levels(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add name, address, old (former address), middle, suffix and unit levels.

    `pairs` has the columns of `tidy.LINE` (prefix `l_`) and of `voters.read_voters`,
    and `known`: how many voters bear the first name that the line has.
    """
    frame = pairs
    for name, left, right, shortest in (
        ("d_last", "l_last", "v_last", SHORTEST - 1),
        ("d_tail", "l_tail", "v_last", SHORTEST),
        ("d_first", "l_forename", "v_forename", SHORTEST),
        ("d_swap_last", "l_forename", "v_last", SHORTEST),
        ("d_swap_first", "l_last", "v_forename", SHORTEST),
        ("d_house", "l_house", "v_house", 1),
        ("d_street", "l_street", "v_street", SHORTEST),
        ("d_zip", "l_zip", "v_zip", 4),
        ("d_city", "l_city", "v_city", SHORTEST),
    ):
        frame = _distance(frame, name, left, right, shortest)
    moved = frame.filter(pl.col("v_old_street") != "")
    for name, left, right, shortest in (
        ("d_house", "l_house", "v_old_house", 1),
        ("d_street", "l_street", "v_old_street", SHORTEST),
        ("d_zip", "l_zip", "v_old_zip", 4),
        ("d_city", "l_city", "v_old_city", SHORTEST),
    ):
        moved = _distance(moved.drop(name), name, left, right, shortest)
    old = moved.select("line", "row", old=_address("v_old_"))
    short = pl.DataFrame(
        sorted(nicknames()), schema=["l_forename", "v_forename"], orient="row"
    ).with_columns(nick=pl.lit(value=True))
    return (
        frame.join(short, on=["l_forename", "v_forename"], how="left")
        .join(
            short.rename({"l_forename": "l_last", "nick": "swap_nick"}),
            on=["l_last", "v_forename"],
            how="left",
        )
        .with_columns(pl.col("nick", "swap_nick").fill_null(value=False))
        .with_columns(first_level=_first(), last_level=_last())
        .with_columns(
            name=_name(), address=_address("v_"), middle=_middle(), suffix=_suffix()
        )
        .with_columns(unit=_unit())
        .join(old, on=["line", "row"], how="left", maintain_order="left")
    )


def _distance(
    frame: pl.DataFrame, name: str, left: str, right: str, shortest: int
) -> pl.DataFrame:
    """Add the distance of two word columns, `FAR` where either is too short."""
    words = (
        frame.select(left, right)
        .filter(
            (pl.col(left) != pl.col(right))
            & (pl.col(left).str.len_chars() >= shortest)
            & (pl.col(right).str.len_chars() >= shortest)
        )
        .unique()
    )
    measured = cpdist(
        words[left].to_list(),
        words[right].to_list(),
        scorer=OSA.distance,
        score_cutoff=3,
        dtype=np.uint8,
        workers=1,
    )
    table = words.with_columns(pl.Series(name, measured, dtype=pl.UInt8))
    same = (pl.col(left) == pl.col(right)) & (pl.col(left) != "")
    return frame.join(
        table, on=[left, right], how="left", maintain_order="left"
    ).with_columns(
        pl.when(same).then(0).otherwise(pl.col(name)).fill_null(FAR).alias(name)
    )


def _either_long(left: str, right: str, letters: int) -> pl.Expr:
    """Whether the longer of two words has at least so many letters."""
    return (
        pl.max_horizontal(pl.col(left).str.len_chars(), pl.col(right).str.len_chars())
        >= letters
    )


def _chain(default: str, *cases: tuple[pl.Expr, str]) -> pl.Expr:
    """Return the level of the first case that holds, else `default`."""
    return pl.coalesce(
        *(pl.when(holds).then(pl.lit(level)) for holds, level in cases),
        pl.lit(default),
    )


def _first() -> pl.Expr:
    """Compare given names: same, nickname, initial, middle, close, sibling, other."""
    mine, theirs = pl.col("l_forename"), pl.col("v_forename")
    mine_middle = pl.col("l_middle").str.split(" ").list.first().fill_null("")
    their_middle = pl.col("v_middle").str.split(" ").list.first().fill_null("")
    mine_one = mine.str.len_chars() == 1
    their_one = theirs.str.len_chars() == 1
    whole = (
        (pl.col("l_first") == pl.col("v_first"))
        | (mine == theirs)
        | (pl.col("l_first") == pl.col("v_forename") + their_middle)
        | (pl.col("v_first") == pl.col("l_forename") + mine_middle)
    )
    initial = (mine_one & (theirs.str.slice(0, 1) == mine)) | (
        their_one & (mine.str.slice(0, 1) == theirs)
    )
    close = (pl.col("d_first") <= 1) | (
        (pl.col("d_first") <= 2)  # noqa: PLR2004 - two slips in a long name
        & _either_long("l_forename", "v_forename", 7)
    )
    by_middle = ((mine == their_middle) & (mine.str.len_chars() > 1)) | (
        (mine_middle == theirs) & (theirs.str.len_chars() > 1)
    )
    return _chain(
        "other",
        (mine == "", "missing"),
        (whole & mine_one & their_one, "initial"),
        (whole, "same"),
        (pl.col("nick"), "nickname"),
        (initial, "initial"),
        (by_middle, "middle"),
        (close & (pl.col("known") < KNOWN), "close"),
        (close, "sibling"),
    )


def _last() -> pl.Expr:
    """Compare surnames: same, former, part, half, close, loose, missing, other.

    `half` guesses at what the surname is, so it counts beside a whole first name only.
    """
    mine, theirs = pl.col("l_last"), pl.col("v_last")
    # Maria García López may be registered as Maria García, with no hyphen to tell it.
    before = pl.col("l_middle").str.split(" ").list.last().fill_null("")
    half = ((before == theirs) & (before.str.len_chars() >= PART)) | (
        (mine != theirs) & (_bare(mine) == _bare(theirs))
    )
    part = (
        pl.col("l_parts").list.set_intersection(pl.col("v_parts")).list.len() > 0
    ) | pl.col("v_parts").list.contains(mine)
    close = (pl.min_horizontal("d_last", "d_tail") <= 1) & _either_long(
        "l_last", "v_last", 3
    )
    loose = (pl.min_horizontal("d_last", "d_tail") <= 2) & _either_long(  # noqa: PLR2004
        "l_last", "v_last", 6
    )
    return _chain(
        "other",
        (mine == "", "missing"),
        ((mine == theirs) | (pl.col("l_tail") == theirs), "same"),
        ((pl.col("v_former") != "") & (mine == pl.col("v_former")), "former"),
        (part, "part"),
        (half, "half"),
        (close, "close"),
        (loose, "loose"),
    )


def _bare(surname: pl.Expr) -> pl.Expr:
    """Return a surname without its particle (DELACRUZ: CRUZ), where a name is left."""
    return surname.str.replace(PARTICLE, "${1}")


def _name() -> pl.Expr:
    """Join the two comparisons into one name level."""
    first, last = pl.col("first_level"), pl.col("last_level")
    # A middle name beside a slip in the surname is too little: a relative may bear it.
    in_part = ["nickname", "initial", "close"]
    swapped = (pl.col("l_last") == pl.col("v_forename")) & (
        (pl.col("l_forename") == pl.col("v_last"))
        | pl.col("v_parts").list.contains(pl.col("l_forename"))
        | (pl.col("v_last") == pl.col("l_first") + pl.col("l_middle"))
    )
    # The family's name first, then two given ones: Kim Min Jun, Nguyen Thi Hoa.
    given = pl.col("l_middle").str.split(" ").list.first().fill_null("")
    family_first = (pl.col("l_forename") == pl.col("v_last")) & (
        (pl.col("v_first") == given + pl.col("l_last"))
        | (
            (pl.col("v_forename") == given)
            & (
                pl.col("v_middle").str.split(" ").list.first().fill_null("")
                == pl.col("l_last")
            )
        )
    )
    nearly = (pl.min_horizontal("d_swap_first", "d_swap_last") == 0) & (
        pl.max_horizontal("d_swap_first", "d_swap_last") <= 1
    )
    # "Garcia M" for Maria Garcia, "Garcia Bill" for William Garcia.
    shortened = (pl.col("l_forename") == pl.col("v_last")) & (
        (pl.col("l_last") == pl.col("v_forename").str.slice(0, 1)) | pl.col("swap_nick")
    )
    return _chain(
        "other",
        ((first == "same") & (last == "same"), "full"),
        (swapped | (family_first & (given != "")), "swapped"),
        ((first == "same") & (last == "former"), "former"),
        ((first == "same") & last.is_in(["part", "half"]), "last_part"),
        ((first == "same") & (last == "close"), "last_close"),
        ((first == "same") & (last == "loose"), "last_loose"),
        (last.is_in(["same", "former"]) & (first == "nickname"), "nickname"),
        (last.is_in(["same", "former"]) & (first == "initial"), "initial"),
        (last.is_in(["same", "former"]) & (first == "middle"), "middle"),
        (last.is_in(["same", "former"]) & (first == "close"), "first_close"),
        (nearly | shortened, "two_slips"),
        (last.is_in(["close", "loose", "part"]) & first.is_in(in_part), "two_slips"),
        ((last == "same") & (first == "missing"), "surname_only"),
        ((first == "same") & (last == "missing"), "first_only"),
        (first == "same", "last_differs"),
        ((first == "sibling") & (last != "other"), "sibling"),
        (last != "other", "relative"),
    )


def _address(v: str) -> pl.Expr:
    """Join house, street and place into one address level; `v` marks the voter's."""
    house_written = pl.col("l_house") != ""
    street_written = pl.col("l_street") != ""
    house = pl.col("d_house")
    compatible = (
        (pl.col("l_kind") == pl.col(f"{v}kind"))
        | (pl.col("l_kind") == "")
        | (pl.col(f"{v}kind") == "")
    ) & (
        (pl.col("l_direction") == pl.col(f"{v}direction"))
        | (pl.col("l_direction") == "")
        | (pl.col(f"{v}direction") == "")
    )
    core = (pl.col("d_street") == 0) | (
        # A city that was not parted from the street: El Camino Real Santa Clara.
        (pl.col("l_city") == "")
        & (pl.col(f"{v}city") != "")
        & street_written
        & (pl.col("l_street") == pl.col(f"{v}street") + pl.col(f"{v}city"))
    )
    street = core & compatible
    # 125th St is no slip for 126th St: both exist.
    wordy = ~(
        pl.col("l_street").str.contains(r"^\d+$")
        & pl.col(f"{v}street").str.contains(r"^\d+$")
    )
    street_near = ~street & (
        core
        | (
            (pl.col("d_street") <= 1)
            & wordy
            & _either_long("l_street", f"{v}street", 3)
        )
        | ((pl.col("d_street") <= 2) & _either_long("l_street", f"{v}street", 7))  # noqa: PLR2004
        | (
            (pl.col("l_street") == pl.col(f"{v}street") + pl.col("l_kind"))
            | (pl.col("l_street") + pl.col(f"{v}kind") == pl.col(f"{v}street"))
        )
        & street_written
    )
    house_near = (house == 1) & _either_long("l_house", f"{v}house", 2)
    no_zip = (pl.col("l_zip") == "") | (pl.col(f"{v}zip") == "")
    no_city = (pl.col("l_city") == "") | (pl.col(f"{v}city") == "")
    city = (
        (pl.col("d_city") == 0)
        | ((pl.col("d_city") <= 2) & _either_long("l_city", f"{v}city", 6))  # noqa: PLR2004
        | ((pl.col("l_city") == pl.col(f"{v}initials")) & ~no_city)
    )
    place = (pl.col("d_zip") == 0) | (no_zip & city)
    placeless = no_zip & no_city
    near = ~place & ~no_zip & ((pl.col("d_zip") == 1) | city)
    exact = house == 0
    slips = (
        (house_near & street & near)
        | (exact & street_near & near)
        | (house_near & street_near & place)
    )
    return _chain(
        "other",
        (~street_written & ~house_written & place, "none_here"),
        (~street_written & ~house_written, "none"),
        (exact & street & place, "same"),
        (exact & street & placeless, "placeless"),
        (exact & street & near, "place_near"),
        (exact & street_near & (place | placeless), "street_near"),
        (house_near & street & (place | placeless), "house_near"),
        (slips, "two_slips"),
        (exact & street, "place_differs"),
        (street & (place | near | placeless), "street"),
        (place, "place"),
    )


def _middle() -> pl.Expr:
    """Compare middle names where both have one and the first name does not use it."""
    mine = pl.col("l_middle").str.split(" ").list.first().fill_null("")
    theirs = pl.col("v_middle").str.split(" ").list.first().fill_null("")
    one = (mine.str.len_chars() == 1) | (theirs.str.len_chars() == 1)
    used = pl.col("first_level").is_in(["middle", "missing", "other", "sibling"])
    # García in Maria García López is no middle name, if the voter is a García.
    surname = (pl.col("l_tail") == pl.col("v_last")) | (mine == pl.col("v_last"))
    doubled = surname & (pl.col("l_last") != pl.col("v_last"))
    return _chain(
        "differs",
        ((mine == "") | (theirs == "") | used | doubled, "absent"),
        ((mine == theirs) & ~one, "same"),
        (one & (mine.str.slice(0, 1) == theirs.str.slice(0, 1)), "initial"),
        (_either_long("l_middle", "v_middle", 4) & (mine == theirs), "same"),
    )


def _suffix() -> pl.Expr:
    """Compare suffixes."""
    mine, theirs = pl.col("l_suffix"), pl.col("v_suffix")
    return _chain(
        "differs",
        ((mine == "") & (theirs == ""), "absent"),
        (mine == theirs, "same"),
        (mine == "", "dropped"),
        ((theirs == "") & pl.col("suffixes"), "added"),
        (theirs == "", "absent"),
    )


def _unit() -> pl.Expr:
    """Compare units, which break ties between namesakes in one building, no more."""
    mine, theirs = pl.col("l_unit"), pl.col("v_unit")
    return _chain(
        "differs",
        ((mine == "") | (theirs == ""), "absent"),
        (mine == theirs, "same"),
    )
