"""Words found by text, by number and by their beginning."""

from __future__ import annotations

import os
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.match.index.near import fnv, keys_of, near_table, near_table_by
from plebiscite.match.index.sums import kernel_for
from plebiscite.match.index.words import Words, packed

TEXT = st.text(st.sampled_from("ABCÑ陳9/\N{LATIN SMALL LETTER SHARP S}😀"), max_size=6)


def words_of(texts) -> tuple[Words, list[str]]:
    ordered = sorted({"", *texts})
    return Words(*packed(ordered)), ordered


@given(st.sets(TEXT), st.lists(TEXT))
def test_a_word_is_found_where_it_stands_and_no_other_is(texts, asked):
    """Oracle: a list and its `index`."""
    words, ordered = words_of(texts)
    known = {text: at for at, text in enumerate(ordered)}
    assert [words.text(at) for at in range(len(words))] == ordered
    assert words.all_texts() == ordered
    for text in [*asked, *ordered]:
        assert words.find(text) == known.get(text)
    expected = [known.get(text, len(ordered)) for text in asked]
    for engine in ("", "reference"):
        with patch.dict(os.environ, PLEBISCITE_ENGINE=engine):
            found = words.find_all(pl.Series(asked, dtype=pl.String))
        assert found.tolist() == expected


@given(st.sets(TEXT), TEXT)
def test_words_that_begin_alike_are_a_range(texts, begins):
    """Oracle: `str.startswith`."""
    words, ordered = words_of(texts)
    found = [words.text(at) for at in words.starting(begins)]
    assert found == [text for text in ordered if text.startswith(begins)]


@given(st.sets(TEXT, max_size=40), st.lists(TEXT))
def test_texts_asked_together_stand_where_their_beginnings_do(texts, asked):
    """Oracle: `str.startswith` and `in`; in a text that is no Unicode, nothing."""
    words, ordered = words_of(texts)
    no_text = "A\ud800"
    for engine in ("", "reference"):
        with patch.dict(os.environ, PLEBISCITE_ENGINE=engine):
            found = words.standing([*asked, *ordered, no_text])
        assert found.keys() == {*asked, *ordered, no_text}
        assert (*found[no_text][0], found[no_text][1]) == (False,)
        for text, (begun, is_word) in found.items():
            start_so = [word for word in ordered if word.startswith(text)]
            assert [words.text(at) for at in begun] == start_so
            assert is_word == (text in ordered)


@pytest.mark.parametrize("engine", ["", "reference"])
def test_a_missing_text_is_the_empty_word(monkeypatch, engine):
    monkeypatch.setenv("PLEBISCITE_ENGINE", engine)
    words, _ = words_of({"GARCIA"})
    assert words.find_all([None, "GARCIA", "LEE"]).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "hashed"),
    [
        (b"", 0xCBF29CE484222325),
        (b"a", 0xAF63DC4C8601EC8C),
        (b"foobar", 0x85944171F73967E8),
    ],
)
def test_the_hash_of_near_words_is_fnv_1a(text, hashed):
    """Oracle: the test vectors published with the hash (draft-eastlake-fnv)."""
    assert fnv(text) == hashed


def less_a_letter(word: str) -> set[str]:
    """Return a word, and it without each of its first 24 letters."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(min(24, len(word)))}


@given(st.sets(TEXT, max_size=12), TEXT)
def test_near_words_are_those_that_a_letter_left_out_makes_equal(texts, asked):
    """Oracle: sets of what remains of each word."""
    words = sorted({"", *texts, "GARCIA", "GARZIA", "A" * 30, "A" * 29})
    key, word = near_table(words, range(len(words)))
    if kernel := kernel_for("kernel"):
        theirs = near_table_by(kernel, *packed(words), range(len(words)))
        assert [each.tolist() for each in theirs] == [key.tolist(), word.tolist()]
    wanted = keys_of(asked)
    found = {int(w) for k, w in zip(key, word, strict=True) if int(k) in wanted}
    expected = {
        at
        for at, text in enumerate(words)
        if len(text) >= 4 and less_a_letter(text) & less_a_letter(asked)
    }
    assert found == expected
    rows = list(zip(key.tolist(), word.tolist(), strict=True))
    assert rows == sorted(set(rows))
