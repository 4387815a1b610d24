"""The addresses of lines, read a column at a time.

The meaning is that of `written.address`, text by text. A million lines have as many
house numbers as texts, but few streets: so the number, the ZIP and the number of the
flat give way to stand-ins where nothing else depends on them, each distinct rest is
read once, and what was written is put back. Where a stand-in does not come out where it
went in ("12 St" is a street without a number), the text is read as it stands.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from plebiscite.match.lines.each import read_columns, short
from plebiscite.match.written import address as written_address
from plebiscite.match.written.words import forms, street_types

_TEXT = pl.String
HOME = pl.Schema(
    (word, _TEXT)
    for word in (
        "house",
        "unit",
        "street",
        "kind",
        "direction",
        "city",
        "zip",
        "box",
    )
)
HOUSE, UNIT, ZIP = "1111", "777", "99999"
"""What stands in for a house number, a unit and a ZIP. Where the library may read a
text, a number's length and its last zeros stay: it weighs them."""
DIGITS = r"^[0-9]{1,9}$"
WORD = r"(?:[A-Za-z]|[0-9]+(?i:st|nd|rd|th) )"
FRONT = rf"^([1-9][0-9]{{0,8}}) {WORD}"
TAIL = r"[A-Za-z.,] ([0-9]{5})$"
FLAT = r"(?i)( (?:apt|unit|ste|suite|spc|space) #?| ?# ?)([1-9][0-9]{0,2})(,|$)"


def read_homes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `HOME`, for lines without null texts."""
    split = frame.select(
        split=(pl.col("street") != "") | (pl.col("house") != "")
    ).to_series()
    city = read_columns(
        frame,
        ["city"],
        lambda text: (written_address.read_city(text),),
        pl.Schema({"_city": _TEXT}),
    ).to_series()
    code = read_columns(
        frame,
        ["zip"],
        lambda text: (written_address.read_zip(text),),
        pl.Schema({"_zip": _TEXT}),
        plain=pl.col("zip").str.contains(r"^[0-9]{0,6}$"),
        ways=[pl.col("zip")],
    ).to_series()
    if split.all():
        found = _split(frame)
    elif not split.any():
        found = _whole(frame)
    else:
        place = pl.concat([split.arg_true(), (~split).arg_true()])
        both = pl.concat([_split(frame.filter(split)), _whole(frame.filter(~split))])
        found = both[place.arg_sort()]
    return found.with_columns(city, code).select(
        pl.when(pl.col(name) == "")
        .then(pl.col(f"_{name}"))
        .otherwise(pl.col(name))
        .alias(name)
        if name in {"city", "zip"}
        else pl.col(name)
        for name in HOME
    )


def _split(frame: pl.DataFrame) -> pl.DataFrame:
    """Read addresses given in parts; the place is read elsewhere."""
    numbered = pl.col("house").str.contains(DIGITS)
    texts = frame.select(
        house=pl.when(numbered).then(pl.lit(HOUSE)).otherwise("house"),
        street="street",
        number=pl.when(numbered).then("house"),
    )
    front = read_columns(texts, ["house", "street"], _read_front, HOME)
    front = _put_back(front, texts["number"], "house", HOUSE)
    odd = frame.select(alone=front["house"].is_null())["alone"]
    if odd.any():
        alone = read_columns(frame.filter(odd), ["house", "street"], _read_front, HOME)
        place = pl.concat([(~odd).arg_true(), odd.arg_true()])
        front = pl.concat([front.filter(~odd), alone])[place.arg_sort()]
    unit = read_columns(
        frame,
        ["unit"],
        lambda text: (_read_unit(text),),
        pl.Schema({"_unit": _TEXT}),
        plain=pl.col("unit") == "",
        ways=[pl.lit("")],
    ).to_series()
    own = pl.col("_unit")
    return (
        front.with_columns(unit)
        .with_columns(unit=pl.when(own != "").then(own).otherwise("unit"))
        .drop("_unit")
    )


def _read_front(house: str, street: str) -> tuple[object, ...]:
    return _parts(written_address.read_split(house, None, street, None, None))


def _read_unit(text: str) -> str:
    return written_address.read_split(None, text, None, None, None).unit


def _parts(read: written_address.WrittenAddress) -> tuple[object, ...]:
    street = read.street
    return (
        read.house,
        read.unit,
        street.core,
        street.kind,
        street.direction,
        read.city,
        read.zip_code,
        read.box,
    )


def _put_back(
    read: pl.DataFrame, written: pl.Series, name: str, standing: str | pl.Series
) -> pl.DataFrame:
    """Replace a stand-in by what was written, or by null if it did not come out.

    `written` is null where nothing stood in.
    """
    number = pl.col("_written")
    bare = number.str.strip_chars_start("0")
    said = pl.when(bare == "").then(pl.lit("0")).otherwise(bare)
    if name == "zip":
        said = number
    return (
        read.with_columns(written.alias("_written"))
        .with_columns(
            pl.when(number.is_null())
            .then(pl.col(name))
            .when(pl.col(name) == standing)
            .then(said)
            .alias(name)
        )
        .drop("_written")
    )


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    """Read addresses given as one text."""
    text = pl.col("address")
    short_one = short(text)
    told = (
        short_one
        & text.str.contains(_certain())
        & ~text.str.contains(UNIT, literal=True)
    )
    number = text.str.extract(FRONT)
    zeros = number.str.extract(r"(0*)$")
    shape = number.str.strip_chars_end("0").str.replace_all("[0-9]", "1") + zeros
    shown = frame.select(
        "address",
        house=pl.when(short_one).then(number),
        unit=pl.when(told).then(text.str.extract(FLAT, 2)),
        zip=pl.when(short_one).then(text.str.extract(TAIL)),
        stands=pl.when(told).then(pl.lit(HOUSE)).otherwise(shape),
    )
    rest = text.str.strip_chars_start("0123456789")
    rest = (
        pl.when(told)
        .then(rest.str.replace(FLAT, f"${{1}}{UNIT}${{3}}"))
        .otherwise(rest)
    )
    rest = (
        pl.when(pl.col("zip").is_not_null())
        .then(rest.str.replace(r"[0-9]{5}$", ZIP))
        .otherwise(rest)
    )
    shown = shown.with_columns(
        shorter=pl.when(pl.col("house").is_not_null())
        .then(pl.col("stands") + rest)
        .otherwise(text),
        # Without a number in front the text is read as it stands, ZIP and all.
        zip=pl.when(pl.col("house").is_not_null()).then("zip"),
        unit=pl.when(pl.col("house").is_not_null()).then("unit"),
    )
    read = read_columns(shown, ["shorter"], _read_whole, HOME)
    read = _put_back(read, shown["house"], "house", pl.Series(shown["stands"]))
    for name, standing in (("unit", UNIT), ("zip", ZIP)):
        read = _put_back(read, shown[name], name, standing)
    odd = read.select(
        alone=pl.any_horizontal(pl.col("house", "unit", "zip").is_null())
    )["alone"]
    if not odd.any():
        return read
    alone = read_columns(shown.filter(odd), ["address"], _read_whole, HOME)
    place = pl.concat([(~odd).arg_true(), odd.arg_true()])
    return pl.concat([read.filter(~odd), alone])[place.arg_sort()]


def _read_whole(text: str) -> tuple[object, ...]:
    return _parts(written_address.read_whole(text))


@cache
def _certain() -> str:
    """Return what a text looks like that is read without the library.

    A number, a word, and later a street type: so the street ends where the type says.
    The library weighs the length of numbers, so nothing may stand in for them there.
    """
    types = sorted(set(street_types()) - set(forms("state")))
    ended = rf"(?:.*[A-Za-z0-9.])? (?i:{'|'.join(types)})(?:[ .,]|$)"
    return rf"^[1-9][0-9]{{0,8}} (?:[A-Za-z]{ended}|[0-9]+(?i:st|nd|rd|th){ended})"
