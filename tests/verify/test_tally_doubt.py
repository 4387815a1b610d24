"""What a certificate says of doubt while lines are open, and of whose estimate it is.

Oracle: the chance computed for each supposition apart; the remarks, word by word.
"""

from dataclasses import replace

import pytest
from count_strategies import CALIFORNIA, I_1351, SIX, WASHINGTON

from plebiscite.verify.count import FullCount
from plebiscite.verify.tally import conclude


def concluded(counts, required, rulebook=CALIFORNIA):
    return conclude(
        counts,
        rulebook=rulebook,
        required=required,
        measure_id="test",
        title="A test",
        signatures_compared=True,
    )


def test_the_chance_is_that_of_the_worse_supposition():
    """Oracle: the same counts with the open lines decided one way, and the other.

    With every open line valid the sum comes near the line of the full count, and a
    contrary full count is likelier there than with none.
    """
    big = replace(SIX[0], valid=5_000, undecided=500)
    open_ = concluded([big, *SIX[1:]], 326_000)
    none = concluded([replace(big, undecided=0), *SIX[1:]], 326_000)
    all_ = concluded([replace(big, valid=5_500, undecided=0), *SIX[1:]], 326_000)

    assert open_.band is none.band is all_.band
    assert all_.chance_full_count_differs > none.chance_full_count_differs
    assert open_.chance_full_count_differs > none.chance_full_count_differs


def test_where_too_few_lines_were_filed_nothing_is_in_doubt():
    """Oracle: 1,000 lines can be no 1,001 signatures; of 1,000 they might be all."""
    few = [replace(SIX[-2], raw=1_000, sampled=500, valid=500, duplicates=0)]

    assert concluded(few, 1_001).chance_full_count_differs == 0


@pytest.mark.parametrize(
    ("counts", "book", "said"),
    [
        ([I_1351], WASHINGTON, True),
        (SIX, CALIFORNIA, False),
        (
            [FullCount(county="W", raw=300_000, sampled=300_000, valid=250_000)],
            WASHINGTON,
            False,
        ),
    ],
)
def test_only_of_washingtons_sample_it_is_said_whose_estimate_it_is(counts, book, said):
    """Oracle: the law there tests a sample and estimates nothing."""
    notes = concluded(counts, 246_372, book).notes

    assert any("the pair estimator's" in note for note in notes) is said
