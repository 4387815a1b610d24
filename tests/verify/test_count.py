"""Oracle: an invariant; counts that contradict each other cannot be made."""

import pytest

from plebiscite.errors import CountError
from plebiscite.verify.count import FullCount, SampleCount


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"raw": 10, "sampled": 11, "valid": 0}, "sampled 11 of only 10 lines"),
        ({"raw": 10, "sampled": 5, "valid": 5, "duplicates": 1}, "more than the 5"),
        ({"raw": 10, "sampled": 5, "valid": -1}, "valid is -1; a count is 0 or more"),
        ({"raw": 10, "sampled": 0, "valid": 0}, "10 lines filed and none sampled"),
        ({"raw": 9, "sampled": 5, "valid": 4, "undecided": 2}, "2 undecided lines"),
        # Was projected: the only line drawn, said to repeat another.
        ({"raw": 9, "sampled": 1, "valid": 0, "duplicates": 1}, "each repeats another"),
    ],
)
def test_a_contradiction_is_refused_by_name(figures, says):
    with pytest.raises(CountError, match="Alpine") as caught:
        SampleCount(county="Alpine", **figures)

    assert says in str(caught.value)


@pytest.mark.parametrize("kind", [SampleCount, FullCount])
@pytest.mark.parametrize("name", ["raw", "sampled", "valid", "duplicates", "undecided"])
def test_a_figure_below_nought_is_refused_by_its_own_name(kind, name):
    """Oracle: sound figures, one of them replaced."""
    sound = {"raw": 10, "sampled": 5, "valid": 1, "duplicates": 1, "undecided": 1}
    assert kind(county="Alpine", **sound)

    with pytest.raises(CountError) as caught:
        kind(county="Alpine", **{**sound, name: -1})
    assert str(caught.value) == f"Alpine: {name} is -1; a count is 0 or more"


def test_a_full_count_may_not_have_started():
    assert FullCount(county="Alpine", raw=8, sampled=0, valid=0).sampled == 0


def test_a_full_count_cannot_pass_the_raw_count():
    with pytest.raises(CountError, match="correct the raw count first"):
        FullCount(county="Alpine", raw=8, sampled=9, valid=0)


def test_the_regulations_own_example_need_not_add_up():
    """2 CCR § 20540 prints 516 valid and 205 not valid of 722 sampled."""
    SampleCount(county="Example", raw=24_034, sampled=722, valid=516, duplicates=2)
