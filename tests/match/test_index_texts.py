"""A roll's texts made numbers, its ids as wide as the longest, its surnames read."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.match.index.gathering.ids import Ids
from plebiscite.match.index.gathering.texts import new_texts
from plebiscite.match.index.sums import kernel_for
from plebiscite.match.index.surnames import read_surnames
from plebiscite.match.index.vocabulary import _READ
from plebiscite.match.written import address as written_address
from plebiscite.match.written.fold import fold
from plebiscite.match.written.name import last_form, last_parts, split_suffix

KERNEL = kernel_for("kernel")
ENGINES = [None, *([KERNEL] if KERNEL else [])]
LETTERS = "AB é陳\0"
# A view holds texts of up to 12 bytes itself; longer ones may begin and end alike.
TEXT = st.one_of(
    st.text(LETTERS, max_size=5),
    st.text("AB", min_size=11, max_size=14),
    st.builds("{}{}{}".format, st.just("A" * 9), st.text("AB"), st.just("B" * 9)),
)
COLUMN = st.lists(st.none() | TEXT, max_size=40)


@given(st.lists(st.lists(COLUMN, max_size=3), max_size=3), st.integers(0, 5))
@example([[["GARCIA", None, "A" * 40], ["A" * 39 + "B", "GARCIA"]]], 1)
def test_texts_have_one_number_each_in_the_order_of_coming(batches, cut):
    """Oracle: a dictionary. Columns come in pieces, and cut out of longer ones."""
    for kernel in ENGINES:
        texts, known = new_texts(kernel), {"": 0}
        for pieces in batches:
            whole = pl.Series("text", [], dtype=pl.String)
            for piece in pieces:
                whole = whole.append(pl.Series("text", piece, dtype=pl.String))
            column = whole.slice(cut)
            codes = texts.codes(column)
            wanted = [known.setdefault(text or "", len(known)) for text in column]
            assert codes.tolist() == wanted
            assert texts.every() == list(known)


@pytest.mark.parametrize("kernel", ENGINES)
def test_numbers_are_as_wide_as_the_texts_need(kernel):
    """255 texts and the empty one fit one byte; 65,535 two; then it takes four."""
    texts, last = new_texts(kernel), 0
    for many, width in ((255, 1), (256, 2), (65_535, 2), (65_536, 4)):
        column = pl.int_range(last, many, eager=True).cast(pl.String)
        codes = texts.codes(column)
        assert codes.itemsize == width
        assert codes.tolist() == list(range(last + 1, many + 1))
        last = many
    again = texts.codes(pl.Series(["0", "65535", ""]))
    assert again.tolist() == [1, 65_536, 0]


@given(st.lists(st.lists(st.text("ab9ñ", max_size=15), max_size=4), max_size=4))
def test_ids_stand_at_the_stride_of_the_longest(tmp_path_factory, batches):
    """Oracle: `bytes.ljust`, by the longest of all batches."""
    every = [each.encode() for batch in batches for each in batch]
    longest = max([1, *map(len, every)])
    for kernel in ENGINES:
        path = tmp_path_factory.mktemp("ids") / "ids.bin"
        with Ids(path, kernel) as ids:
            for batch in batches:
                ids.add(pl.Series(batch, dtype=pl.String))
        assert ids.stride == longest
        assert path.read_bytes() == b"".join(
            each.ljust(longest, b"\0") for each in every
        )
        assert [each.name for each in path.parent.iterdir()] == ["ids.bin"]


@pytest.mark.parametrize("kernel", ENGINES)
@pytest.mark.parametrize("odd", ["99\0", "\0", "9" * 65, "ñ" * 33])
def test_an_id_with_a_zero_byte_or_too_many_bytes_is_refused(tmp_path, kernel, odd):
    with (
        pytest.raises(InputError, match=r"a voter id .*give ids"),
        Ids(tmp_path / "ids.bin", kernel) as ids,
    ):
        ids.add(pl.Series(["9", odd]))


MACS = ["MAC", "MACDONALD", "MACIAS", "MCCOY"]
APART = ["SAINT", "ST", "DE", "LA", "JR", "II", "MD"]
WORDS = st.sampled_from(
    [*MACS, *APART, "GARCIA", "CRUZ", "LI", "X", "O'NEIL", "Núñez", "lee", "", "9"]
)
SURNAME = st.builds(
    lambda words, joins: "".join(a + b for a, b in zip(words, joins, strict=False)),
    st.lists(WORDS, max_size=4),
    st.lists(st.sampled_from(["-", " ", "", "\n", "  "]), min_size=4, max_size=4),
)


@given(st.lists(SURNAME, max_size=12))
@example(["GARCIA-LOPEZ", "MACDONALD SMITH", "SAINT JOHN", "SAINT", "", "GARCIA\n"])
def test_a_column_of_surnames_is_read_as_one_by_one(texts):
    """Oracle: `written.name`, by which lines are read."""
    read = read_surnames(texts)
    split = [split_suffix(fold(text)) for text in texts]
    parts = [last_parts(bare) for bare, _ in split]
    assert read.form.to_list() == [last_form(bare) for bare, _ in split]
    assert read.suffix.to_list() == [suffix for _, suffix in split]
    assert read.many.tolist() == [len(some) for some in parts]
    assert read.parts.to_list() == [part for some in parts for part in some]
    assert read.many.dtype == np.int64


@given(st.from_regex("[0-9]{1,11}[A-C]?", fullmatch=True))
def test_a_house_number_of_a_roll_is_read_as_a_lines(text):
    """Oracle: `written.address`, by which lines are read."""
    line = written_address.read_split(text, None, None, None, None)
    assert _READ["house"](text) == (line.house,)
