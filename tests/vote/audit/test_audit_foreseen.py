"""Sizes foreseen, at their edges, against the published formulas worked out in floats.

Nothing here is taken from the code: the steps of the evidence, the first-passage law
and the Poisson law are written out from their sources, in another arithmetic.
"""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from plebiscite.vote.audit.claim import Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.normal import above
from plebiscite.vote.audit.sizes import CHANCES, foreseen

TENTH = Decimal("0.1")


def design(method, yes, no, other=0, *, limit=TENTH, replaced=True):
    made = claim(Totals(yes=yes, no=no, other=other), Requirement.parse("majority"))
    return Design(claim=made, method=method, limit=limit, replaced=replaced)


def normal(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def first_passage(chance, height, mean, variance):
    """Return the time of a first passage, by halving (Wald 1947, in floats)."""
    mu, shape = height / mean, height**2 / variance
    low, high = 0.0, 100 * mu
    for _ in range(200):
        t = (low + high) / 2
        a = math.sqrt(shape / t)
        by_then = normal(a * (t / mu - 1)) + math.exp(2 * shape / mu) * normal(
            -a * (t / mu + 1)
        )
        low, high = (t, high) if by_then < chance else (low, t)
    return high


@pytest.mark.parametrize("percent", [55, 75, 90, 97])
@pytest.mark.parametrize("limit", ["0.1", "0.000001"])
def test_the_quantiles_are_those_of_the_first_passage_law(percent, limit):
    """Oracle: the law with Wald's mean and variance a ballot, overshoot halved."""
    made = foreseen(design(Method.BRAVO, percent, 100 - percent, limit=Decimal(limit)))
    p = percent / 100
    up, down = math.log(2 * p), math.log(2 - 2 * p)
    mean = p * up + (1 - p) * down
    variance = p * up**2 + (1 - p) * down**2 - mean**2
    height = -math.log(float(limit)) + up / 2

    assert made.expected == math.ceil(height / mean)
    for chance in CHANCES:
        true = first_passage(float(chance), height, mean, variance)
        assert math.ceil(true) <= made.by_chance[chance] <= math.ceil(true + 0.11)


def test_where_all_voted_alike_every_chance_needs_the_same():
    """Oracle: at a share of 99.5% each ballot adds ln 1.99; there is no other."""
    made = foreseen(design(Method.BRAVO, 1_000, 0), evidence=Decimal("1e-29999"))
    step = math.log(1.99)
    needed = math.ceil(30_000 * math.log(10) / step + 0.5)

    assert made.expected == needed
    assert dict(made.by_chance) == dict.fromkeys(CHANCES, needed)


@pytest.mark.parametrize("replaced", [True, False])
def test_without_any_evidence_every_ballot_left_is_the_answer(replaced):
    """Oracle: 1,000 ballots; those looked at are left only where they go back."""
    method = Method.BRAVO if replaced else Method.ALPHA
    made = design(method, 600, 400, replaced=replaced)
    fresh = foreseen(made, evidence=Decimal(0))
    later = foreseen(made, evidence=Decimal(0), looked=50)
    left = 1_000 if replaced else 950

    assert (fresh.expected, later.expected) == (1_000, left)
    assert dict(fresh.by_chance) == dict.fromkeys(CHANCES, 1_000)
    assert dict(later.by_chance) == dict.fromkeys(CHANCES, left)


def test_an_audit_that_may_stop_needs_no_ballot_more():
    """Oracle: evidence of ten is just enough at a limit of a tenth, nine is not."""
    made = design(Method.BRAVO, 600, 400)
    enough = foreseen(made, evidence=Decimal(10))

    assert enough.expected == 0
    assert dict(enough.by_chance) == dict.fromkeys(CHANCES, 0)
    assert foreseen(made, evidence=Decimal(9)).expected > 0


def test_evidence_of_five_leaves_the_logarithm_of_two():
    """Oracle: ln 2 and half of ln 1.2, over what a ballot adds at 60%."""
    made = foreseen(design(Method.BRAVO, 600, 400), evidence=Decimal(5))
    up, down = math.log(1.2), math.log(0.8)

    assert made.expected == math.ceil((math.log(2) + up / 2) / (0.6 * up + 0.4 * down))


def test_ballots_for_neither_side_add_nothing_and_take_their_share():
    """Oracle: 52% of those voting, but only every second ballot votes."""
    made = foreseen(design(Method.BRAVO, 26_000, 24_000, 50_000))
    up, down = math.log(1.04), math.log(0.96)
    mean = 0.26 * up + 0.24 * down

    assert made.expected == math.ceil((math.log(10) + up / 2) / mean)


def test_alpha_averages_over_all_ballots_and_is_shortened_without_replacement():
    """Oracle: its share is half and half the lead a ballot, 51%; n N / (n + N)."""
    made = foreseen(design(Method.ALPHA, 26_000, 24_000, 50_000, replaced=False))
    up, down = math.log(1.02), math.log(0.98)
    mean = 0.26 * up + 0.24 * down
    number = (math.log(10) + up / 2) / mean

    assert made.expected == math.ceil(number * 100_000 / (number + 100_000))


def test_no_comparison_needs_more_than_every_ballot():
    """Oracle: a lead of a thousandth needs 2,400 draws, and there are 1,000 ballots."""
    found = foreseen(
        design(Method.KAPLAN_MARKOV, 501, 499, replaced=False), errors=Fraction(0)
    )

    assert found.expected == 1_000
    assert dict(found.by_chance) == dict.fromkeys(CHANCES, 1_000)
    again = foreseen(design(Method.KAPLAN_MARKOV, 501, 499), errors=Fraction(0))
    assert again.expected > 1_000


@pytest.mark.parametrize("x", ["-0.5", "-1.96", "-8"])
def test_what_lies_above_a_negative_number_is_what_lies_below_its_opposite(x):
    """Oracle: the error function of the standard library."""
    assert float(above(Decimal(x))) == pytest.approx(normal(-float(x)), rel=1e-12)


def poisson(count, mean):
    return sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(count + 1))


def of_comparison(chance, errors, lead, inflator, limit):
    """Return draws that suffice with a chance: errors come as a Poisson law says."""
    good = math.log(inflator / (inflator - lead))
    bad = good + math.log((inflator - 0.5) / inflator)
    for found in range(1_000):
        draws = (-math.log(limit) + found * (good - bad)) / good
        if poisson(found, errors * draws) >= chance:
            return draws
    raise AssertionError(chance)


@pytest.mark.parametrize("errors", ["0", "0.001", "0.01"])
@pytest.mark.parametrize("replaced", [True, False])
def test_a_comparison_needs_more_for_each_error_that_comes(errors, replaced):
    """Oracle: Kaplan-Markov and the Poisson law; a comparison is not shortened."""
    made = design(Method.KAPLAN_MARKOV, 55_000, 45_000, replaced=replaced)
    found = foreseen(made, errors=Fraction(errors))
    inflator, rate = float(made.inflator), float(errors)
    lead = 0.05  # five worths in a hundred ballots beyond the line
    good = math.log(inflator / (inflator - lead))
    bad = good + math.log((inflator - 0.5) / inflator)
    mean = (1 - rate) * good + rate * bad

    assert found.expected == math.ceil(math.log(10) / mean)
    assert {chance: found.by_chance[chance] for chance in CHANCES} == {
        chance: math.ceil(of_comparison(float(chance), rate, lead, inflator, 0.1))
        for chance in CHANCES
    }


@pytest.mark.parametrize("blank", [10**27, 10**30, 10**300])
def test_hardly_any_vote_among_very_many_ballots_still_has_sizes(blank):
    """Oracle: every ballot is drawn so often as its share; blank ones add nothing.

    A tenth of a ballot is then less than a decimal tells apart.
    """
    few = foreseen(design(Method.BRAVO, 2, 1))
    many = foreseen(design(Method.BRAVO, 2, 1, blank))

    stretched = few.expected * blank / 3
    assert many.expected == pytest.approx(stretched, rel=0.2)
    assert list(many.by_chance.values()) == sorted(many.by_chance.values())
    assert many.by_chance[CHANCES[-1]] > many.expected


@pytest.mark.parametrize("yes", [10**7, 10**9, 10**18])
def test_a_vote_all_but_undisputed_leaves_nothing_to_chance(yes):
    """Oracle: with one ballot against, each draw adds log 1.99 (the cap) for it."""
    made = foreseen(design(Method.BRAVO, yes, 1))

    draws = math.ceil((math.log(10) + math.log(1.99) / 2) / math.log(1.99))
    assert made.expected == draws
    assert set(made.by_chance.values()) <= {draws - 1, draws, draws + 1}


def compared(lead, ballots=10**8):
    yes = ballots // 2 + lead
    return design(
        Method.KAPLAN_MARKOV, yes, ballots - yes, limit=Decimal("0.05"), replaced=False
    )


@pytest.mark.parametrize(
    "lead", [68_168, 68_169, 68_170, 68_269, 69_169, 71_000, 73_169, 88_169]
)
def test_a_lead_that_errors_all_but_eat_up_has_sizes_in_order(lead):
    """At a lead of 68,168 the errors foreseen cost what the other ballots add."""
    made = foreseen(compared(lead))
    sizes = list(made.by_chance.values())

    assert sizes == sorted(sizes)
    assert sizes[0] < made.expected <= 10**8
    assert foreseen(compared(lead + 5_000)).expected < made.expected


def test_a_size_is_the_same_asked_alone_and_among_others():
    for lead in (69_169, 73_169, 88_169):
        together = foreseen(compared(lead)).by_chance
        for chance in CHANCES:
            alone = foreseen(compared(lead), chances=(chance,)).by_chance
            assert alone == {chance: together[chance]}
