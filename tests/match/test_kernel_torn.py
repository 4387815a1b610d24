"""Torn arrays. Oracle: an error or an answer comes back; the process lives on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import invented_roll, signed_lines

from plebiscite.match.index.build import index_for
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import shipped, weights

kernel = pytest.importorskip(
    "plebiscite.match._kernel", reason="the kernel was not built here"
)


@pytest.fixture(scope="module")
def whole():
    roll = invented_roll(400, seed=3)
    signed, _ = signed_lines(roll, 60, seed=4)
    index = index_for(roll)
    lines = encode(tidy_lines(signed), index).buffers()
    return index.buffers(), index.meta(), lines, weights(shipped()).buffers()


def torn(array, how, seed):
    """Return a copy of an array that is short, or holds what it should not."""
    chance = np.random.default_rng(seed)
    array = np.array(array)
    if how == "short":
        return array[: len(array) // 2]
    if how == "noise":
        array.view(np.uint8)[:] = chance.integers(0, 256, array.nbytes, dtype=np.uint8)
    elif how == "full":
        array.view(np.uint8)[:] = 255
    elif len(array):
        array[chance.integers(0, len(array), 3)] = chance.integers(0, 200, 3)
    return array


def why_refused(asked, *arrays):
    """Return what the kernel says against the arrays, or nothing."""
    try:
        getattr(kernel, asked)(*arrays, 2)
    except ValueError as refused:
        return str(refused)
    return ""


@settings(max_examples=150)
@given(
    data=st.data(),
    how=st.sampled_from(["short", "noise", "full", "specks"]),
    seed=st.integers(0, 9),
)
@pytest.mark.parametrize("asked", ["best", "candidates"])
def test_a_torn_array_is_an_error_or_an_answer_and_never_a_crash(
    whole, asked, data, how, seed
):
    buffers, meta, lines, chosen = whole
    index, written = dict(buffers), dict(lines)
    name = data.draw(st.sampled_from([*index, *written]))
    where = index if name in index else written
    where[name] = torn(where[name], how, seed)

    refused = why_refused(asked, index, meta, written, chosen)

    assert refused == "" or "does not" in refused or "is not" in refused


def test_a_short_array_is_refused_by_name(whole):
    buffers, meta, lines, chosen = whole
    short = {**buffers, "ids": np.asarray(buffers["ids"])[:-1]}

    with pytest.raises(ValueError, match="ids of the index does not fit the rest"):
        kernel.best(short, meta, lines, chosen, 1)


def test_a_missing_array_is_named(whole):
    buffers, meta, lines, chosen = whole
    without = {name: array for name, array in buffers.items() if name != "door"}

    with pytest.raises(KeyError, match="the index has no door"):
        kernel.best(without, meta, lines, chosen, 1)


def test_words_that_point_nowhere_are_said_to_be_torn(whole):
    buffers, meta, lines, chosen = whole
    wild = {**lines, "last": np.full_like(lines["last"], 2**31)}

    with pytest.raises(ValueError, match="does not hold together"):
        kernel.best(buffers, meta, wild, chosen, 1)


def test_plain_faces_must_be_the_rolls_rows_in_order(tmp_path):
    faces = np.zeros((2, 32), dtype=np.uint8)
    words = np.zeros(1, dtype=np.uint32)

    with pytest.raises(ValueError, match="not those of the roll's rows"):
        kernel.arrange(str(tmp_path), faces, words, words, words, 1, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path):
    faces = np.zeros((1, 32), dtype=np.uint8)
    words = np.zeros(1, dtype=np.uint32)

    with pytest.raises(FileNotFoundError):
        kernel.arrange(str(tmp_path / "no"), faces, words, words, words, 1, 1)


@pytest.fixture
def packing():
    """Nobody yet, to be packed: of each sort there is the empty text alone."""
    zero, two = np.zeros(1, dtype=np.uint32), np.zeros(2, dtype=np.uint32)
    names = (
        "last reading,last suffix,first reading,first suffix,first rest,middle word,"
        "suffix suffix,house word,unit word,street reading,street house,street unit,"
        "city reading,zip word,street_core,surname_form,given_forename,city_name,halves"
    )
    tables = dict.fromkeys(names.split(","), zero) | {"surname_parts_at": two}
    none = np.zeros(0, dtype=np.uint32)
    return kernel.Packing(tables, none, none, 1, 1, 2)


def test_codes_that_are_not_of_the_same_voters_are_refused(packing):
    one, two = np.zeros(1, dtype=np.uint8), np.zeros(2, dtype=np.uint8)

    with pytest.raises(ValueError, match="a column of codes is missing"):
        packing.add([one] * 9, 0, 0)
    with pytest.raises(ValueError, match="differ in length"):
        packing.add([one] * 9 + [two], 0, 0)
    assert packing.faces() == 0


def test_a_code_that_no_text_has_is_said_to_be_torn(packing):
    codes = [np.zeros(1, dtype=np.uint8) for _ in range(9)]

    with pytest.raises(ValueError, match="does not hold together"):
        packing.add([np.ones(1, dtype=np.uint8), *codes], 0, 0)


def test_a_further_face_that_is_a_plain_one_or_nobodys_is_refused(packing, tmp_path):
    packing.add([np.zeros(1, dtype=np.uint8) for _ in range(10)], 0, 0)
    faces = np.zeros((1, 32), dtype=np.uint8)
    with pytest.raises(ValueError, match="is a plain one"):
        packing.further(faces)
    faces[0, 27], faces[0, 28] = 1, 9
    packing.further(faces)

    with pytest.raises(ValueError, match="does not hold together"):
        packing.arrange(str(tmp_path), 1)


def test_what_was_packed_is_written_as_faces(packing, tmp_path):
    """Oracle: the layout; one voter of nothing but empty texts."""
    packing.add([np.zeros(1, dtype=np.uint8) for _ in range(10)], 0, 7)

    packing.arrange(str(tmp_path), 1)

    (face,) = np.fromfile(tmp_path / "faces.bin", dtype="S32")
    assert face == bytes(24) + bytes([7])
    assert (tmp_path / "plain_face.u32").read_bytes() == bytes(4)
