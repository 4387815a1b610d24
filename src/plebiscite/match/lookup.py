"""Looking a voter up as a person types: "garcia maria 12 oak".

Every word of the query may be part of the name or of the address; a number is a house
number or a ZIP. Voters are ranked by how many words fit them, and how well.
Confidential voters are left out before anything is ranked, so that not even their
absence tells.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from plebiscite.errors import InputError
from plebiscite.match.find import Roll
from plebiscite.match.written.column import zip_form
from plebiscite.match.written.fold import fold
from plebiscite.match.written.words import nicknames

FIELDS = ("last", "first", "middle", "house", "street", "city", "zip", "county")
LONGEST_QUERY = 12
"""Words of a query that are looked at."""
PREFIX = 3
"""A word of so many letters may also be the beginning of a name."""
WEIGHTS = {"whole": 4, "nickname": 3, "start": 2}
NAMES = frozenset({"last", "first"})


def find_voters(query: str, roll: Roll, *, limit: int = 10) -> list[dict[str, Any]]:
    """Return up to `limit` voters that fit `query`, best first.

    Each is `voter_id`, `score` (share of the query that fits, 0-1, as a string of two
    decimals) and `why` (which word fits what). A voter is listed only if a name or a
    house number with its street fits. Equal scores are ordered by voter id.

    Raises:
        InputError: the query holds no letter or figure, or `limit` is below one.

    """
    words = list(dict.fromkeys(fold(query).replace("#", " ").split()))[:LONGEST_QUERY]
    if not words:
        raise InputError(
            "write a name or an address to look for, such as 'garcia 12 oak'"
        )
    if limit < 1:
        raise InputError(f"a look-up lists at least one voter, not {limit}")
    scan = roll.scan()
    present = set(scan.collect_schema().names())
    if "confidential" in present:
        scan = scan.filter(~pl.col("confidential").fill_null(value=False))
    fields = [name for name in FIELDS if name in present]
    folded = scan.select("voter_id", *(_folded(name) for name in fields))
    hits = [
        _fit(word, name).alias(f"{at}:{name}")
        for at, word in enumerate(words)
        for name in fields
        if _may_fit(word, name)
    ]
    each = [
        pl.max_horizontal([hit for hit in hits if _at(hit) == at] or [pl.lit(0)])
        for at in range(len(words))
    ]
    named = [hit > 0 for hit in hits if _field(hit) in NAMES]
    lived = [hit > 0 for hit in hits if _field(hit) == "street"]
    numbered = [hit > 0 for hit in hits if _field(hit) == "house"]
    anchor = pl.any_horizontal([*named, pl.lit(value=False)]) | (
        pl.any_horizontal([*lived, pl.lit(value=False)])
        & pl.any_horizontal([*numbered, pl.lit(value=False)])
    )
    best = (
        folded.with_columns(hits)
        .with_columns(points=pl.sum_horizontal(each), anchor=anchor)
        .filter("anchor")
        .sort(["points", "voter_id"], descending=[True, False])
        .head(limit)
        .collect()
    )
    top = WEIGHTS["whole"] * len(words)
    return [
        {
            "voter_id": row["voter_id"],
            "score": f"{row['points'] / top:.2f}",
            "why": _why(row, words),
        }
        for row in best.iter_rows(named=True)
    ]


def _folded(name: str) -> pl.Expr:
    """Return a field of the roll in capitals, spaces around its words."""
    text = pl.col(name).cast(pl.String)
    if name == "zip":
        return pl.format(" {} ", zip_form(text)).alias(name)
    plain = (
        text.str.to_uppercase()
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}|['\x{2019}]", "")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
    )
    return pl.format(" {} ", plain).fill_null("").alias(name)


def _may_fit(word: str, name: str) -> bool:
    """Whether a word of the query can stand in a field at all."""
    if name in {"house", "zip"}:
        return word[0].isdigit()
    return not word.isdigit() or name == "street"


def _fit(word: str, name: str) -> pl.Expr:
    """Return the points a word earns in a field."""
    text = pl.col(name)
    ways = [(text.str.contains(f" {word} ", literal=True), WEIGHTS["whole"])]
    if name == "first":
        forms = sorted(short for long, short in nicknames() if long == word)
        if forms:
            found = text.str.contains_any([f" {form} " for form in forms])
            ways.append((found, WEIGHTS["nickname"]))
    if len(word) >= PREFIX or (name == "first" and not word.isdigit()):
        begins = text.str.contains(f" {word}", literal=True)
        ways.append((begins, WEIGHTS["start"]))
    return pl.coalesce(*(pl.when(fits).then(points) for fits, points in ways), 0)


def _at(hit: pl.Expr) -> int:
    return int(hit.meta.output_name().split(":")[0])


def _field(hit: pl.Expr) -> str:
    return hit.meta.output_name().split(":")[1]


def _why(row: dict[str, Any], words: list[str]) -> str:
    """Say which word fits what."""
    said = {value: name for name, value in WEIGHTS.items()}
    out = []
    for at, word in enumerate(words):
        fits = {
            name.split(":")[1]: points
            for name, points in row.items()
            if name.startswith(f"{at}:") and points
        }
        if fits:
            name, points = max(fits.items(), key=lambda item: item[1])
            how = {"whole": "", "nickname": " (a form of it)", "start": " (begins so)"}
            out.append(f"{word.lower()} = {name}{how[said[points]]}")
        else:
            out.append(f"{word.lower()}: nothing")
    return ", ".join(out)
