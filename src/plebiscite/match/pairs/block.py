"""Which voters are worth comparing with which line.

A voter and a line become a pair when they agree on one of several keys: the address, or
a name with part of the address, or the whole name. Both sides have more than one face:
a former surname or address, half of a double surname, names swapped, a nickname. No
key joins one voter's name with another's address, since every face is one voter's.

A key shared by very many voters (10,000 in one building, a name borne by thousands) is
left out where other keys reach the same voters; how many share it is counted all the
same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from plebiscite.match.pairs.vocabulary import Vocabulary
from plebiscite.match.written.column import county_form, zip_form
from plebiscite.match.written.words import nicknames

KEYS: Mapping[str, tuple[str, ...]] = {
    "address by zip": ("house", "street", "zip"),
    "address by city": ("house", "street", "city"),
    "address by county": ("house", "street", "county"),
    "surname, house, zip": ("last", "house", "zip"),
    "surname, house, county": ("last", "house", "county"),
    "first name, house, zip": ("first", "house", "zip"),
    "first name, street, zip": ("first", "street", "zip"),
    "first name, street, city": ("first", "street", "city"),
    "surname, street, zip": ("last", "street", "zip"),
    "name in the county": ("last", "first", "county"),
    "name anywhere": ("last", "first"),
}
CAPS: Mapping[str, int] = {"name in the county": 300, "name anywhere": 100}
CAP = 120
"""A key shared by more voters than this is not followed (`CAPS` for the names)."""
RARE = 3.0
"""A name is looked for in every county if chance gives the roll at most so many."""
SLIP_LETTERS = 5
"""Surnames shorter than this have too many neighbours to look for slips in."""
LONGEST_SURNAME = 24
WORDS = ("last", "first", "house", "street", "zip", "city", "county")
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


def line_faces(tidy: pl.DataFrame, words: Vocabulary, voters: int) -> pl.DataFrame:
    """Return line, hashed `WORDS`, `plain` and `rare`: the ways a line may be meant.

    `plain` is true for the line as written, and false for swapped names, half surnames,
    nicknames, and surnames a slip away from one that nobody on the roll bears.
    `rare` tells names of which chance gives the roll, of `voters` voters, but a few.
    """
    given = tidy.select("line", "forename", "last", "tail", "middle", "parts")
    names = given.select("line", "last", first="forename", plain=True)
    tails = given.filter(pl.col("tail") != pl.col("last"))
    short = pl.DataFrame(
        sorted(nicknames()), schema=["forename", "first"], orient="row"
    )
    others = [
        tails.select("line", last="tail", first="forename", plain=True),
        given.select("line", last="forename", first="last", plain=False),
        given.explode("parts").select(
            "line", last="parts", first="forename", plain=False
        ),
        given.select("line", last="last", first="middle", plain=False).with_columns(
            pl.col("first").str.split(" ").list.first()
        ),
        given.join(short, on="forename").select("line", "last", "first", plain=False),
        given.join(near_surnames(given["last"], words), on="last").select(
            "line", last="near", first="forename", plain=False
        ),
    ]
    faces = pl.concat([names, *others]).unique(["line", "last", "first"], keep="first")
    rest = tidy.select("line", "house", "street", "zip", "city", "county")
    last = words.last_share.select("last", last_share="share")
    first = words.first_share.select(first="forename", first_share="share")
    chance = pl.col("last_share").fill_null(0) * pl.col("first_share").fill_null(0)
    faces = (
        faces.join(rest, on="line")
        .join(last, on="last", how="left")
        .join(first, on="first", how="left")
        .with_columns(rare=chance * voters <= RARE)
        .drop("last_share", "first_share")
    )
    return _hashed(faces)


def near_surnames(written: pl.Series, words: Vocabulary) -> pl.DataFrame:
    """Return pairs (last, near): surnames not on the roll, and those a slip away.

    Two words are a slip apart only if leaving out a letter of each (or of one) makes
    them equal, so it is enough to join on what is left.
    """
    known = words.last_share.select("last")
    unknown = (
        pl.DataFrame({"last": written})
        .unique()
        .filter(pl.col("last").str.len_chars() >= SLIP_LETTERS)
        .join(known, on="last", how="anti")
    )
    near = known.filter(pl.col("last").str.len_chars() >= SLIP_LETTERS - 1)
    left = _less_a_letter(unknown)
    right = _less_a_letter(near).rename({"last": "near"})
    return (
        left.join(right, on="left").select("last", "near").unique().sort("last", "near")
    )


def _less_a_letter(names: pl.DataFrame) -> pl.DataFrame:
    """Return last and left: each name whole, and with each one letter left out."""
    longest = names.select(pl.col("last").str.len_chars().max()).item() or 0
    whole = pl.col("last")
    parts = [names.select("last", left=whole.hash(seed=1))]
    for at in range(min(int(longest), LONGEST_SURNAME)):
        less = pl.concat_str(whole.str.slice(0, at), whole.str.slice(at + 1))
        longer = names.filter(whole.str.len_chars() > at)
        parts.append(longer.select("last", left=less.hash(seed=1)))
    return pl.concat(parts).unique()


def voter_faces(voters: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """Return row, hashed `WORDS` and `plain` for a slice of the roll.

    `voters` holds the roll's own columns; `row` numbers them from 0.
    """
    now = _faces(voters, words, {})
    faces = [now.drop("parts")]
    double = now.filter(pl.col("parts").list.len() > 1)
    if double.height:
        halves = double.drop("last").explode("parts").rename({"parts": "last"})
        faces.append(halves.with_columns(plain=pl.lit(value=False)))
    if "former_last" in voters.columns:
        named = voters.filter(pl.col("former_last").is_not_null())
        faces.append(_faces(named, words, {"last": "former_last"}).drop("parts"))
    if "former_street" in voters.columns:
        moved = voters.filter(pl.col("former_street").is_not_null())
        before = {
            name: f"former_{name}"
            for name in ("house", "street", "city", "zip")
            if f"former_{name}" in voters.columns
        }
        faces.append(_faces(moved, words, before).drop("parts"))
    return pl.concat(each.select("row", *WORDS, "plain") for each in faces)


def _faces(
    voters: pl.DataFrame, words: Vocabulary, instead: Mapping[str, str]
) -> pl.DataFrame:
    """Return the hashed words of voters, some columns read from other ones."""
    raw = {name: instead.get(name, name) for name in WORDS}
    frame = voters.select(
        "row",
        *(pl.col(theirs).cast(pl.String).alias(our) for our, theirs in raw.items()),
    )
    frame = frame.with_columns(
        county_form(pl.col("county")),
        zip_form(pl.col("zip")),
        plain="last" not in instead,
    )
    for name, table, columns in (
        ("last", words.last, {"last": "last", "parts": "parts"}),
        ("first", words.first, {"forename": "first"}),
        ("street", words.street, {"street": "street", "within": "within"}),
        ("city", words.city, {"city": "city"}),
        ("house", words.house, {"house": "house"}),
    ):
        read = table.select(
            pl.col("raw").alias(name),
            *(pl.col(theirs).alias(f"_{our}") for theirs, our in columns.items()),
        )
        frame = (
            frame.join(read, on=name, how="left", maintain_order="left")
            .drop(name)
            .rename({f"_{our}": our for our in columns.values()})
        )
    # Rolls that keep the number with the street have none in the house column.
    house = pl.when(pl.col("house").fill_null("") == "").then(pl.col("within"))
    frame = frame.with_columns(house=house.otherwise(pl.col("house"))).drop("within")
    parts = pl.col("parts").list.eval(_hash(pl.element()))
    return _hashed(frame).with_columns(parts)


def _hash(text: pl.Expr) -> pl.Expr:
    """Return a 64-bit hash of a text, null where it is empty."""
    return pl.when(text != "").then(text).hash(seed=1)


def _hashed(frame: pl.DataFrame) -> pl.DataFrame:
    """Hash the columns of `WORDS`; an empty or missing word has no hash."""
    return frame.with_columns(
        pl.when(pl.col(name).fill_null("") != "").then(pl.col(name).hash(seed=1))
        for name in WORDS
    )


def key(parts: Sequence[str]) -> pl.Expr:
    """Return one 64-bit key of several hashed words; null where one is missing."""
    odd = [pl.lit(each, dtype=pl.UInt64) for each in _ODD]
    mixed = pl.col(parts[0]) * odd[0]
    for part, factor in zip(parts[1:], odd[1:], strict=False):
        mixed = (mixed ^ pl.col(part)) * factor
    return mixed


def pairs(lines: pl.DataFrame, voters: pl.DataFrame) -> pl.DataFrame:
    """Return the distinct pairs (line, row) that share a key, of two sets of faces."""
    found = []
    for name, parts in KEYS.items():
        followed = lines.filter("rare") if name == "name anywhere" else lines
        left = followed.select("line", key=key(parts)).drop_nulls("key").unique()
        right = voters.select("row", key=key(parts)).filter(
            pl.col("key").is_in(left["key"].unique().implode())
        )
        right = right.unique().filter(pl.len().over("key") <= CAPS.get(name, CAP))
        found.append(left.join(right, on="key").select("line", "row"))
    return pl.concat(found).unique().sort("line", "row")


def bearers(lines: pl.DataFrame, voters: pl.DataFrame) -> pl.DataFrame:
    """Count, per line, the voters who bear its name or live at its address as written.

    Columns: line, here (voters of the line's county with its exact first and last
    name), anywhere (in this slice of the roll), residents (voters at that address).
    """
    plain = lines.filter("plain")
    names = voters.filter("plain")
    counts = [
        _shared(plain, names, ("last", "first", "county"), "here"),
        _shared(plain, names, ("last", "first"), "anywhere"),
    ]
    place = plain.with_columns(
        city=pl.when(pl.col("zip").is_null()).then(pl.col("city")),
        county=pl.when(pl.col("zip").is_null() & pl.col("city").is_null()).then(
            pl.col("county")
        ),
    )
    counts += [
        _shared(place, voters, ("house", "street", where), f"at_{where}")
        for where in ("zip", "city", "county")
    ]
    every = lines.select("line").unique()
    for count in counts:
        every = every.join(count, on="line", how="left")
    return every.fill_null(0).select(
        "line",
        "here",
        "anywhere",
        residents=pl.max_horizontal("at_zip", "at_city", "at_county"),
    )


def _shared(
    lines: pl.DataFrame, voters: pl.DataFrame, parts: Sequence[str], name: str
) -> pl.DataFrame:
    """Count the voters that share a key with each line."""
    left = lines.select("line", key=key(parts)).drop_nulls("key").unique()
    right = (
        voters.select("row", key=key(parts))
        .filter(pl.col("key").is_in(left["key"].unique().implode()))
        .unique()
        .group_by("key")
        .agg(pl.len().alias(name))
    )
    joined = left.join(right, on="key").group_by("line")
    return joined.agg(pl.col(name).sum().cast(pl.Int64))
