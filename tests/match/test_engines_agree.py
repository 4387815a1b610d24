"""The kernel and the reference, written apart from each other, say the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from invented_roll import invented_roll, lines, signed_lines, voters
from odd_rolls import roll_of, rolls_and_lines

from plebiscite.match import engine
from plebiscite.match.index.build import build_index, index_for
from plebiscite.match.index.layout import ARRAYS, MANIFEST, Roll, file_name
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.encode import encode, numbered
from plebiscite.match.lines.tidy import as_written, read_part, tidy_lines
from plebiscite.match.model import shipped, weights
from plebiscite.match.reference import weigh

kernel = pytest.importorskip(
    "plebiscite.match._kernel", reason="the kernel was not built here"
)


def by_kernel(function, index, encoded, chosen, *rest):
    """Return what the kernel answers, as arrays of the reference's kinds."""
    kinds = weigh.PAIR if function is kernel.candidates else weigh.BEST
    answer = function(
        index.buffers(), index.meta(), encoded.buffers(), chosen.buffers(), *rest
    )
    assert set(answer) == set(kinds)
    return {name: np.frombuffer(answer[name], kind) for name, kind in kinds.items()}


def assert_same(ours, theirs):
    for name, array in ours.items():
        np.testing.assert_array_equal(array, theirs[name], err_msg=name)


def assert_agree(roll, written, *, index=None):
    """Compare every array of both engines, with one thread and with three."""
    index = index or index_for(roll)
    encoded = encode(tidy_lines(written), index)
    chosen = weights(shipped())
    best = weigh.best(index, encoded, chosen)
    for threads in (1, 3):
        assert_same(best, by_kernel(kernel.best, index, encoded, chosen, threads))
    pairs = weigh.candidates(index, encoded, chosen)
    assert_same(pairs, by_kernel(kernel.candidates, index, encoded, chosen, 2))
    return best


@settings(max_examples=30)
@given(rolls_and_lines())
def test_both_engines_say_the_same_of_odd_rolls_and_lines(made):
    """Oracle: the reference, array by array; a roll may hold no voter, or one."""
    people, written = made
    assert_agree(roll_of(people), lines(*written))


@pytest.mark.long
@settings(max_examples=200)
@given(rolls_and_lines())
def test_both_engines_say_the_same_of_many_odd_rolls_and_lines(made):
    people, written = made
    assert_agree(roll_of(people), lines(*written))


@pytest.mark.long
@settings(max_examples=150)
@given(rolls_and_lines())
def test_both_arrangements_of_a_roll_are_the_same_bytes(made):
    """Oracle: the numpy arrangement, file by file."""
    people, _ = made
    assert_built_alike(roll_of(people))


def test_both_engines_make_the_same_index_of_ordinary_people():
    """Oracle: numpy, file by file; of families, double surnames, people who moved."""
    assert_built_alike(invented_roll(3_000, seed=83))


def assert_built_alike(roll: Roll) -> None:
    ours = build_index(roll, engine="reference")
    theirs = build_index(roll, engine="kernel")
    for name in (*map(file_name, ARRAYS), MANIFEST):
        mine, its = (each.path / name for each in (ours, theirs))
        assert mine.read_bytes() == its.read_bytes(), name


def test_both_engines_say_the_same_of_a_roll_of_ordinary_people():
    roll = invented_roll(3_000, seed=81)
    written, _ = signed_lines(roll, 400, seed=82)
    best = assert_agree(roll, written)
    assert (best["candidates"] > 1).mean() > 0.5


def test_lines_in_parts_share_what_the_kernel_prepares():
    """Oracle: the reference, of all lines at once; slips are words of their own."""
    roll = invented_roll(3_000, seed=84)
    written, _ = signed_lines(roll, 400, seed=85)
    index, chosen = index_for(roll), weights(shipped())
    every = numbered(read_part(without_dittos(as_written(written))), index)
    parts = [every.part(start, 150).code for start in range(0, 400, 150)]
    tables = engine.Tables(index)

    found = [engine.best(index, part, chosen, tables=tables) for part in parts]

    best = weigh.best(index, encode(tidy_lines(written), index), chosen)
    assert_same(
        best, {name: np.concatenate([each[name] for each in found]) for name in best}
    )


def test_tables_of_lines_with_other_words_are_refused():
    index, chosen = index_for(voters({})), weights(shipped())
    one, other = (
        encode(tidy_lines(lines(*({"last": word} for word in words))), index)
        for words in (["Qx"] * 80, ["Qx", "Qy"] * 40)
    )
    arrays = index.buffers(), index.meta()
    tables = kernel.Tables(*arrays, one.buffers())

    with pytest.raises(ValueError, match="of lines with other words"):
        kernel.best(*arrays, other.buffers(), chosen.buffers(), 1, None, None, tables)


CROWDS = {
    "150 of one house": [
        {"first": f"N{n:03}", "last": "LEE" if n % 2 else "CRUZ"} for n in range(150)
    ],
    "400 namesakes, a house each": [{"house": str(n)} for n in range(1, 401)],
    "400 namesakes of three counties": [
        {"house": str(n), "county": ("Alameda", "Kern", "Yolo")[n % 3]}
        for n in range(1, 401)
    ],
    "500 namesakes of 200 counties": [
        {"house": str(n), "county": f"County {n % 200:03}", "former_last": "LEE"}
        for n in range(500)
    ],
    "5,000 at one address": [
        {"first": f"N{n:04}", "last": f"L{n % 300:03}"} for n in range(5_000)
    ],
    "half a double surname each": [
        {"last": f"GARCIA-L{n:03}", "house": str(n)} for n in range(1, 130)
    ],
    "70,000 in one street": [
        {"house": str(n // 2 + 1), "last": f"L{n % 2000:04}"} for n in range(70_000)
    ],
    "a second home each": [
        {
            "house": str(n),
            "former_last": "LEE",
            "former_street": "OAK ST",
            "former_house": "7",
            "former_zip": "94601",
        }
        for n in range(1, 140)
    ],
}
ASKED = [
    {"first": "Maria", "last": "Garcia", "house": "12", "street": "Oak St"},
    {"first": "Maria", "last": "Garcia", "zip": "94601", "county": "Kern"},
    {"first": "N003", "last": "Lee", "house": "12", "street": "Oak St", "zip": "94601"},
    {"first": "Maria", "last": "Lee", "house": "7", "street": "Oak", "city": "Oakland"},
    {"first": "Garcia", "last": "Maria", "street": "Oak St", "zip": "94601"},
    {"first": "Maria", "last": "Garcai", "house": "12", "county": None},
    {"first": "N0004", "last": "L004", "house": "12", "street": "Oek St", "zip": "9"},
    {"first": "Maria", "last": "L0004", "house": "3", "street": "Oak St",
     "zip": "94601", "county": "Nowhere"},
    *(
        {"first": "Maria", "last": last, "house": "12", "county": f"County {county:03}"}
        for last in ("Garcia", "Lee")
        for county in (0, 126, 127, 128, 199, 200)
    ),
    {"first": "", "last": ""},
]  # fmt: skip


@pytest.mark.parametrize("people", CROWDS.values(), ids=CROWDS)
def test_both_engines_say_the_same_where_very_many_share_a_key(people):
    assert_agree(voters(*people), lines(*ASKED))
