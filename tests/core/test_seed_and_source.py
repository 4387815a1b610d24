"""A public seed, and a source as it is cited.

Oracle: the recipe of the draw, which asks for 6 to 200 decimal digits; a source says
by itself whether anybody read it.
"""

from datetime import date

import pytest

from plebiscite.core.citation import Source
from plebiscite.core.draw import checked_seed, draw
from plebiscite.errors import InputError


@pytest.mark.parametrize("seed", ["012345", "1" * 200])
def test_digits_rolled_in_public_are_taken_as_they_are(seed):
    assert checked_seed(seed) == seed


@pytest.mark.parametrize(
    "seed", ["", "12345", "1" * 201, "12345a", "12345\u0666", "-123456"]
)
def test_anything_else_is_refused_with_what_a_seed_is(seed):
    with pytest.raises(InputError, match="6 to 200 decimal digits") as caught:
        checked_seed(seed)
    assert repr(seed) in str(caught.value)


def test_no_more_lines_are_drawn_than_there_are():
    places = [("1", 1), ("1", 2), ("2", 1)]

    assert sorted(draw("314159", "Alpine", places, 3)) == sorted(places)
    with pytest.raises(InputError, match="Alpine: cannot draw 4 lines, only 3 are"):
        draw("314159", "Alpine", places, 4)


def test_a_source_nobody_read_says_so():
    read = Source(key="s", title="Elec. Code § 1", checked=date(2026, 1, 2), url=None)
    unread = Source(key="s", title="Elec. Code § 1", checked=None, url=None)

    assert (str(read), str(unread)) == (
        "Elec. Code § 1",
        "Elec. Code § 1 (not checked)",
    )
