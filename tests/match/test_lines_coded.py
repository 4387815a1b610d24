"""Columns of codes say what the texts say: oracle, plain lists of texts."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.match.lines.coded import (
    FEW,
    Coded,
    coded,
    combined,
    either,
    merged,
    only,
    own_codes,
)

CELLS = st.lists(st.sampled_from([None, "", "A", "B", "ÑU", "zz"]), min_size=1)


def written(cells):
    return pl.Series("text", cells, dtype=pl.String)


@given(CELLS, st.integers(0, 4))
def test_a_column_of_codes_has_its_texts_and_the_empty_one_first(cells, start):
    """Of texts, of their codes, and of a part of codes that has only some of them."""
    wanted = [cell or "" for cell in cells]

    for column in (written(cells), written(cells).cast(own_codes())):
        found = coded(column)
        part = coded(column.slice(start))
        assert found.column().to_list() == wanted
        assert part.column().to_list() == wanted[start:]
        assert found.texts[0] == part.texts[0] == ""
        assert found.texts.is_unique().all()


@given(CELLS, st.data())
def test_what_is_not_wanted_is_empty_and_what_is_chosen_is_told(cells, drawn):
    here = np.array(drawn.draw(st.lists(st.booleans(), min_size=len(cells))))
    here = here[: len(cells)]
    one, other = coded(written(cells)), coded(written(["x"] * len(cells)))
    plain = [cell or "" for cell in cells]

    left = only(one, here)
    both = either(here, one, other)

    wanted = [text if yes else "" for text, yes in zip(plain, here, strict=True)]
    assert left.column().to_list() == wanted
    assert set(left.texts) <= {"", *wanted}
    wanted = [text if yes else "x" for text, yes in zip(plain, here, strict=True)]
    assert both.column().to_list() == wanted


@given(CELLS)
def test_texts_that_stand_twice_are_merged(cells):
    every = Coded(
        texts=written([cell or "" for cell in cells]),
        at=np.arange(len(cells), dtype=np.uint32)[::-1].copy(),
    )

    found = merged(every)

    assert found.column().to_list() == every.column().to_list()
    assert found.texts.is_unique().all()


def test_combinations_are_those_of_the_lines_however_many_there_may_be():
    """In a table where few are possible, by sorting where many are."""
    for many in (7, 3 * int(FEW**0.5)):
        texts = pl.Series("text", [f"T{n}" for n in range(many)])
        draw = np.random.default_rng(many)
        columns = [
            Coded(texts=texts, at=draw.integers(0, many, 50).astype(np.uint32))
            for _ in range(3)
        ]

        rows, at = combined(*columns)

        wanted = list(zip(*(each.column() for each in columns), strict=True))
        assert [rows.row(place) for place in at] == wanted
        assert set(rows.rows()) == set(wanted)
        assert rows.is_unique().all()
