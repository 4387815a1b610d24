"""The addresses of lines, read a column at a time.

The meaning is that of `written.address`, text by text. A million lines have as many
house numbers as texts, but few streets: so the number, the ZIP and the number of the
flat give way to stand-ins where nothing else depends on them, each distinct rest is
read once, and what was written is put back. Where a stand-in does not come out where it
went in ("12 St" is a street without a number), the text is read as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from plebiscite.match.lines.coded import (
    Coded,
    Flags,
    combined,
    either,
    merged,
    only,
)
from plebiscite.match.lines.each import read_coded, read_columns, short
from plebiscite.match.written import address as written_address
from plebiscite.match.written.columns.streets import core, is_plain, kind
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


def read_homes(written: Mapping[str, Coded]) -> dict[str, Coded]:
    """Return the columns of `HOME`, of the columns of a lines file."""
    split: Flags = (written["street"].at > 0) | (written["house"].at > 0)
    place = read_coded(
        written["city"],
        lambda text: (written_address.read_city(text),),
        pl.Schema({"city": _TEXT}),
    ) | read_coded(
        written["zip"],
        lambda text: (written_address.read_zip(text),),
        pl.Schema({"zip": _TEXT}),
        plain=pl.col("zip").str.contains(r"^[0-9]{0,6}$"),
        ways=[pl.col("zip")],
    )
    if split.all():
        return _placed(_split(written), place)
    whole = only(written["address"], ~split)
    read = _whole(whole.texts.to_frame())
    found = {name: whole.read(read[name]) for name in HOME}
    for name, apart in place.items():
        in_text = found[name].told(found[name].texts != "")
        found[name] = either(in_text, found[name], apart)
    if not split.any():
        return found
    parts = ("house", "unit", "street")
    parted = _split({name: only(written[name], split) for name in parts})
    parted = _placed(parted, place)
    return {name: either(split, parted[name], found[name]) for name in HOME}


def _placed(
    parted: Mapping[str, Coded], place: Mapping[str, Coded]
) -> dict[str, Coded]:
    """Return homes in parts; a place in the street's cell counts where no cell has."""
    found = dict(parted)
    for name, apart in place.items():
        there = parted[name].texts != ""
        if not there.any():
            found[name] = apart
            continue
        in_street = parted[name].told(there)
        lacking = in_street & ~apart.told(apart.texts != "")
        found[name] = either(lacking, parted[name], apart)
    return found


def _split(written: Mapping[str, Coded]) -> dict[str, Coded]:
    """Read addresses given in parts; of the place only what the street's cell has."""
    house, street = written["house"], written["street"]
    digits = house.texts.str.contains(DIGITS)
    stand_in = pl.when(digits).then(pl.lit(HOUSE)).otherwise(house.texts)
    shown = merged(house.read(pl.select(house=stand_in).to_series()))
    front = _fronts(shown, street)
    numbered, came_out = house.told(digits), front["house"].texts == HOUSE
    stood = numbered & front["house"].told(came_out)
    bare = _bare(house.texts)
    front["house"] = either(stood, house.read(bare), front["house"])
    odd = numbered & ~stood
    if odd.any():
        alone = _fronts(only(house, odd), only(street, odd))
        front = {name: either(odd, alone[name], front[name]) for name in front}
    own = read_coded(
        written["unit"],
        lambda text: (_read_unit(text),),
        pl.Schema({"unit": _TEXT}),
        plain=pl.col("unit") == "",
        ways=[pl.lit("")],
    )["unit"]
    front["unit"] = either(own.told(own.texts != ""), own, front["unit"])
    return front


def _fronts(house: Coded, street: Coded) -> dict[str, Coded]:
    """Read number and street, each combination of them that there is."""
    rows, at = combined(house, street)
    number, name, none = pl.col("0"), pl.col("1"), pl.lit("")
    read = read_columns(
        rows,
        ["0", "1"],
        _read_front,
        HOME,
        plain=(number == HOUSE) & is_plain(name),
        ways=[number, none, core(name), kind(name), *4 * [none]],
    )
    return {name: Coded(texts=read[name], at=at) for name in HOME}


def _bare(numbers: pl.Series) -> pl.Series:
    """Return house numbers without the zeros in front."""
    bare = numbers.str.strip_chars_start("0")
    zero = (bare == "") & (numbers != "")
    return pl.select(pl.when(zero).then(pl.lit("0")).otherwise(bare)).to_series()


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
    said = written if name == "zip" else _bare(written)
    return (
        read.with_columns(said.alias("_said"))
        .with_columns(
            pl.when(pl.col("_said").is_null())
            .then(pl.col(name))
            .when(pl.col(name) == standing)
            .then(pl.col("_said"))
            .alias(name)
        )
        .drop("_said")
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
