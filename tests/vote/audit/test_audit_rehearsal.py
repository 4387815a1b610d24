"""The risk limit holds where the outcome is wrong, by simulation with fixed seeds.

`make test` rehearses each design a thousand times; `make prove-long` ten thousand.
"""

import os
from decimal import Decimal

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.rehearsal import Rehearsed, rehearse

RUNS = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 1_000
WAYS = [
    (Method.BRAVO, True),
    (Method.ALPHA, False),
    (Method.ALPHA, True),
    (Method.KAPLAN_MARKOV, True),
    (Method.KAPLAN_MARKOV, False),
]
QUESTIONS = {
    "majority": Totals(yes=72, no=46, other=2),
    "55%": Totals(yes=75, no=41, other=4),
    "60%": Totals(yes=52, no=60, other=8),  # failed, as reported
    "2/3": Totals(yes=88, no=26, other=6),
}


def rehearsed(required, way, *, wrong, runs=RUNS, limit="0.1", seed="27182818"):
    totals = QUESTIONS[required]
    design = Design(
        claim=claim(totals, Requirement.parse(required)),
        method=way[0],
        limit=Decimal(limit),
        replaced=way[1],
    )
    most = totals.ballots
    return rehearse(design, wrong=wrong, runs=runs, seed=seed, at_most=most)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
@pytest.mark.parametrize("required", QUESTIONS)
def test_a_wrong_outcome_is_confirmed_no_oftener_than_the_limit(required, way):
    """Oracle: the limit, 10%, with three Monte Carlo errors."""
    done = rehearsed(required, way, wrong=True)

    luck = 3 * (0.1 * 0.9 / done.runs) ** 0.5
    assert done.stopped / done.runs <= 0.1 + luck
    assert done.stopped  # the hardest wrong outcome slips through now and then
    assert done.is_held


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def test_a_right_outcome_is_mostly_confirmed_with_less_than_a_full_count(way):
    done = rehearsed("majority", way, wrong=False, runs=200)

    assert done.stopped > 130
    assert done.mean < 90
    assert done.quantile(Decimal("0.25")) <= done.quantile(Decimal("0.75"))


def test_a_comparison_needs_far_fewer_ballots_than_polling():
    polled = rehearsed("majority", (Method.ALPHA, False), wrong=False, runs=200)
    compared = rehearsed(
        "majority", (Method.KAPLAN_MARKOV, False), wrong=False, runs=200
    )

    assert 2 * compared.mean < polled.mean


def test_the_same_seed_rehearses_the_same():
    way = (Method.ALPHA, False)
    first, again, other = (
        rehearsed("55%", way, wrong=True, runs=40, seed=seed)
        for seed in ("1234567", "1234567", "7654321")
    )

    assert first == again
    assert first.draws != other.draws


def test_a_limit_broken_beyond_luck_is_called_broken():
    """Oracle: three standard errors of 10% in 100 runs are 9 points."""
    held, broken = (
        Rehearsed(
            runs=100, wrong=True, stopped=stopped, draws=(1,), limit=Decimal("0.1")
        )
        for stopped in (19, 20)
    )

    assert (held.is_held, broken.is_held) == (True, False)


def test_no_rehearsal_at_all_is_refused():
    with pytest.raises(InputError, match="one run or more"):
        rehearsed("majority", WAYS[0], wrong=True, runs=0)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def test_a_single_ballot_never_confirms(way):
    """Oracle: one ballot multiplies the evidence by 2 at most, and 10 are needed."""
    totals = QUESTIONS["majority"]
    design = Design(
        claim=claim(totals, Requirement.parse("majority")),
        method=way[0],
        limit=Decimal("0.1"),
        replaced=way[1],
    )

    done = rehearse(design, wrong=False, runs=7, seed="1", at_most=1)

    assert (done.stopped, done.draws) == (0, (1,) * 7)


def test_each_rehearsal_is_told_as_it_ends():
    """Oracle: four rehearsals, told one after the other and of how many."""
    totals = QUESTIONS["majority"]
    design = Design(
        claim=claim(totals, Requirement.parse("majority")),
        method=Method.BRAVO,
        limit=Decimal("0.1"),
        replaced=True,
    )
    told = []
    rehearse(
        design,
        wrong=False,
        runs=4,
        seed="1",
        at_most=20,
        progress=lambda *said: told.append(said),
    )

    assert told == [("rehearsing", run, 4) for run in (1, 2, 3, 4)]
