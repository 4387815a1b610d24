"""Sample sizes, against published tables and an exact calculation."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from plebiscite.vote.audit.claim import Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method, Walk
from plebiscite.vote.audit.normal import above, below
from plebiscite.vote.audit.sizes import CHANCES, foreseen

TENTH, TWENTIETH = Decimal("0.1"), Decimal("0.05")


def design(method, yes, no, other=0, *, required="majority", limit=TENTH, replaced):
    made = claim(Totals(yes=yes, no=no, other=other), Requirement.parse(required))
    return Design(claim=made, method=method, limit=limit, replaced=replaced)


@pytest.mark.parametrize(
    ("yes", "expected"), [(50_500, 46_151), (52_000, 2_902), (60_000, 119)]
)
def test_bravo_s_expected_sizes_are_those_of_its_table_1(yes, expected):
    """Oracle: Lindeman, Stark and Yates (2012), table 1, average sample numbers."""
    made = design(Method.BRAVO, yes, 100_000 - yes, replaced=True)

    assert foreseen(made).expected == expected


def test_quantiles_stand_to_the_expected_size_as_in_the_paper():
    """Oracle: table 1's quantiles are 0.41, 0.71, 1.25, 2.09 and 4.64 of the mean."""
    made = foreseen(design(Method.BRAVO, 52_000, 48_000, replaced=True))
    parts = [made.by_chance[chance] / made.expected for chance in CHANCES]

    assert parts == pytest.approx([0.41, 0.71, 1.25, 2.09, 4.64], abs=0.015)


def exact_quantiles(share, chances, limit=0.1):
    """Draws until Wald's test stops, by following every count of yes (in floats)."""
    up, down = math.log(2 * share), math.log(2 - 2 * share)
    alive, low, drawn, stopped, found = [1.0], 0, 0, 0.0, []
    while len(found) < len(chances):
        drawn += 1
        stay = [*(p * (1 - share) for p in alive), 0.0]
        move = [0.0, *(p * share for p in alive)]
        alive = [a + b for a, b in zip(stay, move, strict=True)]
        bound = math.ceil((-math.log(limit) - drawn * down) / (up - down) - 1e-12)
        stopped += sum(alive[bound - low :])
        alive = alive[: bound - low]
        while len(alive) > 1 and alive[0] < 1e-13:
            alive, low = alive[1:], low + 1
        while len(found) < len(chances) and stopped >= chances[len(found)]:
            found.append(drawn)
    return found


@pytest.mark.parametrize("percent", [55, 60, 70])
def test_quantiles_are_near_the_exact_ones(percent):
    """Oracle: the exact law of the draws; also printed, by simulation, in table 1."""
    made = foreseen(
        design(Method.BRAVO, percent * 100, 10_000 - percent * 100, replaced=True)
    )
    exact = exact_quantiles(percent / 100, [float(chance) for chance in CHANCES])

    for chance, true in zip(CHANCES, exact, strict=True):
        assert abs(made.by_chance[chance] - true) <= max(3, 0.01 * true)


@pytest.mark.parametrize(
    ("yes", "draws"), [(60_000, 24), (55_000, 48), (52_500, 96), (50_100, 2_393)]
)
def test_a_comparison_without_errors_needs_no_more_than_was_published(yes, draws):
    """Oracle: Lindeman and Stark (2012), p. 5, at 10%: "4.8 over the margin".

    Their formula is a bound; ours, from the evidence itself, lies a ballot below.
    """
    made = foreseen(
        design(Method.KAPLAN_MARKOV, yes, 100_000 - yes, replaced=True),
        errors=Fraction(0),
    )

    assert draws - 1 <= made.expected <= draws
    assert set(made.by_chance.values()) == {made.expected}


def test_a_comparison_of_new_hampshire_2016_needs_what_was_published():
    """Oracle: Stark's course: 291 ballots at 5%, one error in a thousand."""
    made = design(
        *(Method.KAPLAN_MARKOV, 354_040, 337_589, 33_234),
        limit=TWENTIETH,
        replaced=True,
    )

    assert foreseen(made).expected == 291


@pytest.mark.parametrize("required", ["majority", "55%", "2/3"])
def test_a_comparison_without_errors_stops_at_the_size_foreseen(required):
    """Oracle: the evidence itself, ballot by ballot."""
    made = design(
        Method.KAPLAN_MARKOV, 7_200, 2_700, 100, required=required, replaced=True
    )
    audit = Walk(made)
    while not audit.may_stop:
        audit.take(made.claim.unit, made.claim.unit)

    assert foreseen(made, errors=Fraction(0)).expected == audit.looked


def test_without_replacement_no_size_exceeds_the_ballots():
    made = foreseen(design(Method.ALPHA, 503, 497, replaced=False))

    assert made.expected <= 1000
    assert max(made.by_chance.values()) <= 1000


def test_alpha_without_replacement_needs_about_what_others_measured():
    """Oracle: J. Caron's simulations of ALPHA, 5%: 549 and 152 of 10,000 ballots."""
    sizes = [
        foreseen(
            design(Method.ALPHA, yes, 10_000 - yes, limit=TWENTIETH, replaced=False)
        ).expected
        for yes in (5_500, 6_000)
    ]

    assert sizes == pytest.approx([549, 152], rel=0.06)


def test_evidence_gathered_shortens_what_is_left():
    made = design(Method.ALPHA, 600, 400, replaced=False)

    assert foreseen(made, evidence=Decimal(5), looked=50).expected < 40
    assert foreseen(made, evidence=Decimal(11)).expected == 0
    assert foreseen(made, evidence=Decimal(0), looked=50).expected == 950


def test_errors_beyond_what_the_margin_bears_call_for_every_ballot():
    made = design(Method.KAPLAN_MARKOV, 505, 495, replaced=False)

    assert foreseen(made, errors=Fraction(1, 10)).expected == 1000


@pytest.mark.parametrize("x", [0, 0.5, 1.96, 3, 5.9, 6.1, 12, 30])
def test_the_bell_curve_agrees_with_the_standard_library(x):
    expected = math.erfc(x / math.sqrt(2)) / 2

    assert float(above(Decimal(str(x)))) == pytest.approx(expected, rel=1e-12)
    assert float(below(Decimal(str(-x)))) == pytest.approx(expected, rel=1e-12)
