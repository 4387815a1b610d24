"""Looking voters up, held to the plain definition: face by face, word by word."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_rolls import VOTER, roll_of

from plebiscite.match.index.build import index_for
from plebiscite.match.index.faces import field
from plebiscite.match.look import beginnings
from plebiscite.match.look.fits import Fits
from plebiscite.match.look.typed import PREFIX, _called, typed

RUNS = st.lists(st.lists(st.integers(0, 9)), min_size=1, max_size=8)
ALIKE = {
    "last": ["GARCIA", "LOPEZ", "GARCIA-LOPEZ"],
    "first": ["WILLIAM", "BILL", "MARIA JOSE"],
    "middle": ["WILLIAM", "ANN"],
    "house": ["12", "125", ""],
    "street": ["125TH ST", "N OAK AVE", "EL CAMINO REAL"],
}
"""Namesakes and neighbours, whom rolls of any text at all hardly ever have."""
NEAR = st.builds(
    dict.__or__,
    VOTER,
    st.fixed_dictionaries(
        {name: st.sampled_from(each) for name, each in ALIKE.items()}
    ),
)
PEOPLE = st.one_of(st.lists(each, min_size=1, max_size=8) for each in (NEAR, VOTER))
ROLLS = PEOPLE.map(roll_of)
ASKED = ("last", "first", "middle", "house", "street", "city", "zip", "county")
CALLED = ["BILL", "125TH", "OAK ST", "SAN JOSE"]


@st.composite
def queried(draw):
    """A roll, and a query of words of its people's, whole or begun."""
    people = draw(PEOPLE)
    told = [each[name] for each in people for name in ASKED if each.get(name)]
    asked = st.sampled_from(told) | st.sampled_from(CALLED)
    texts = draw(st.lists(asked, min_size=1, max_size=4))
    words = [word for text in texts for word in text.split()][:6]
    cut = [word[: draw(st.integers(1, len(word)))] for word in words]
    return roll_of(people), " ".join(draw(st.sampled_from([words, words, cut])))


@given(RUNS, st.lists(st.integers(-1, 11), min_size=1, max_size=6))
def test_bounds_are_placed_in_many_runs_as_in_each_alone(runs, bounds):
    """Oracle: `bisect_left` within each run."""
    ordered = [n for run in runs for n in sorted(run)]
    if not ordered:
        return
    stop = np.cumsum([len(run) for run in runs])
    start = stop - [len(run) for run in runs]

    found = beginnings._placed(
        np.array(ordered, dtype=np.uint32), start, stop, np.array(bounds)[:, None]
    )

    assert found.tolist() == [
        [
            bisect_left(ordered, bound, low, high)
            for low, high in zip(start, stop, strict=True)
        ]
        for bound in bounds
    ]


class Plain:
    """Every face of an index, read one by one into the texts of its words."""

    def __init__(self, index):
        self.index = index
        self.packed = index.arrays["faces"].reshape(-1, 32).view("<u8")
        self.text = index.words.text

    def __len__(self):
        return self.index.faces

    def of(self, face, name):
        return int(field(self.packed[face : face + 1], name)[0])

    def read(self, array, at):
        return self.text(int(self.index.arrays[array][at]))

    def name(self, face):
        """The numbers of its surname and its first name, 0 for none."""
        arrays = self.index.arrays
        surname, first = self.of(face, "surname"), self.of(face, "given")
        return int(arrays["surname_form"][surname]), int(
            arrays["given_forename"][first]
        )

    def fields(self, face):
        """What stands in each field of a face: field -> its texts."""
        surname, first = self.of(face, "surname"), self.of(face, "given")
        street, city = self.of(face, "street"), self.of(face, "city")
        at = self.index.arrays["surname_parts_at"]
        parts = range(at[surname], at[surname + 1])
        parts = [self.read("surname_parts", n) for n in parts] if len(parts) > 1 else []
        county = self.of(face, "county")
        names = self.index.counties
        return {
            "last": [self.read("surname_form", surname), *parts[:2]],
            "first": [
                self.read(f"given_{which}", first) for which in ("forename", "first")
            ],
            "middle": [self.text(self.of(face, "middle"))],
            "house": [self.text(self.of(face, "house"))],
            "street": [
                self.read(f"street_{part}", street)
                for part in ("core", "kind", "direction")
            ],
            "city": [
                self.read(f"city_{which}", city) for which in ("name", "initials")
            ],
            "zip": [self.text(self.of(face, "zip"))],
            "county": [names[county]] if county < len(names) else [],
        }

    def points(self, word, name, text, *, begun):
        """What a word earns from a text of a field: 4 whole, 3 called so, 2 begun."""
        allowed = {"house", "zip", "street"} if word.figures else {"house", "zip"}
        if not text or (name in allowed) is not word.figures:
            return 0
        long = len(word.text) >= PREFIX
        if name == "county":
            if word.text in text.split():
                return 4
            return 2 if begun and long and text.startswith(word.text) else 0
        meant = {self.text(each) for each in (*word.same, *word.beside)}
        if text in meant:
            return 4
        if name == "first" and text in _called(word.text):
            return 3
        given = name in {"first", "middle"}
        whole = word.figures or not (given or long)
        starts = text == word.text if whole else text.startswith(word.text)
        return 2 if begun and starts else 0

    def fit(self, face, words, *, begun):
        """All points of a face, and whether it may be listed."""
        earned = [
            {
                name: max(
                    (self.points(word, name, each, begun=begun) for each in texts),
                    default=0,
                )
                for name, texts in self.fields(face).items()
            }
            for word in words
        ]
        hit = {name for each in earned for name, points in each.items() if points}
        listed = bool(hit & {"last", "first"}) or {"house", "street"} <= hit
        return sum(max(each.values()) for each in earned), listed


def hold_to_the_definition(roll, query, *, begun):
    index = index_for(roll)
    words = typed(query, index)
    plain = Plain(index)

    fits = Fits(index, np.arange(len(plain), dtype=np.uint32), words, begun=begun)

    expected = [plain.fit(face, words, begun=begun) for face in range(len(plain))]
    assert fits.points.tolist() == [points for points, _ in expected]
    assert fits.anchored.tolist() == [listed for _, listed in expected]
    assert fits.best == max(
        [points for points, listed in expected if listed], default=0
    )


@settings(max_examples=40, deadline=None)
@given(queried(), st.booleans())
def test_points_are_those_of_each_face_and_word_by_itself(asked, begun):
    """Oracle: the definition in words, on texts, one face and one word at a time."""
    hold_to_the_definition(*asked, begun=begun)


ALL_ALIKE = roll_of(
    [
        dict(zip(ALIKE, each, strict=True)) | {"county": "Los Angeles"}
        for each in product(*ALIKE.values())
    ]
)


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize(
    "query",
    ["bill", "bill 125th", "12 125th", "joe n oak", "w g", "gar mar 12", "los lopez"],
)
def test_points_are_so_among_namesakes_and_neighbours(query, begun):
    """Oracle: as above; every mixture of a few names and homes is on the roll."""
    hold_to_the_definition(ALL_ALIKE, query, begun=begun)


def every_bearer(plain, surnames, firsts):
    """Faces of these surnames, one after another, with a first name of a range."""
    names = [plain.name(face) for face in range(len(plain))]
    return [
        {face for face, name in enumerate(names) if name == (last, first)}
        for last in surnames
        for first in sorted({first for _, first in names if first in firsts and first})
    ]


@st.composite
def looked_for(draw):
    index = index_for(draw(ROLLS))
    many = len(index.words)
    # Word 0 is the empty text, which no query is and nobody is asked for.
    bounds = st.tuples(st.integers(1, many), st.integers(1, many))
    ranges = bounds.map(lambda pair: range(min(pair), max(pair)))
    return index, draw(ranges), draw(st.lists(ranges, min_size=1, max_size=3))


@settings(max_examples=40, deadline=None)
@given(looked_for())
def test_bearers_of_names_are_all_that_a_look_at_every_face_finds(asked):
    """Oracle: every face looked at; in order by surname, then by first name."""
    index, lasts, firsts = asked
    plain = Plain(index)
    surnames = beginnings.borne(index, lasts)

    found = [each.tolist() for each in beginnings.bearing(index, surnames, firsts)]

    borne = {plain.name(face)[1] for face in range(len(plain))} - {0}
    told = [
        every_bearer(plain, surnames.tolist(), each)
        for each in firsts
        if len(surnames) and borne & set(each)
    ]
    assert len(found) == len(told)
    for faces, groups in zip(found, told, strict=True):
        ends = np.cumsum([0, *map(len, groups)])
        assert [set(faces[a:b]) for a, b in pairwise(ends)] == groups
        assert len(faces) == ends[-1]


@pytest.mark.parametrize("most", [1, 5, 40])
def test_no_more_bearers_than_are_looked_at_are_found_and_those_the_first(
    most, monkeypatch
):
    """Of 162 voters, each name is borne by several; a word may begin many names."""
    index = index_for(ALL_ALIKE)
    surnames = beginnings.borne(index, range(len(index.words)))
    given = [range(len(index.words)), index.words.starting("W"), range(1, 3)]
    every = list(beginnings.bearing(index, surnames, given))

    monkeypatch.setattr(beginnings, "MOST_FACES", most)
    some = list(beginnings.bearing(index, surnames, given))

    assert len(every[0]) > len(every[1]) > max(most, 40)
    assert [each.tolist() for each in some] == [each[:most].tolist() for each in every]
