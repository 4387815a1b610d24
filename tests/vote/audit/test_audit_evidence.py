"""The evidence of ballots, against published figures and against every order there is.

Figures from the field: the Colorado counties' 2018 risk levels and the New Hampshire
2016 example of Stark's course, as N. McBurnett's `rlacalc` prints them; the 27 ballots
of VotingWorks' Arlo, from Stark's tool.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method, Walk

LIMIT = Decimal("0.1")


def walk(method, totals, *, required="majority", replaced=False, limit=LIMIT, **more):
    made = claim(totals, Requirement.parse(required))
    return Walk(
        Design(claim=made, method=method, limit=limit, replaced=replaced, **more)
    )


def near(said, published):
    return abs(1 / said - Decimal(published)) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("reported", "seen", "risk"),
    [
        ((1410, 1132), (170, 135), "0.1342382069344729"),  # Custer County
        ((2894, 1695), (45, 32), "0.47002027242290234"),  # Las Animas County
    ],
)
def test_bravo_gives_the_risk_colorado_counties_had_in_2018(reported, seen, risk):
    audit = walk(Method.BRAVO, Totals(yes=reported[0], no=reported[1]), replaced=True)
    for worth, many in zip((2, 0), seen, strict=True):
        for _ in range(many):
            audit.take(worth)

    assert near(audit.now, risk)


def test_kaplan_markov_gives_the_published_risk_of_new_hampshire_2016():
    """Oracle: 200 ballots, one overstatement of one vote: 0.21438135077031842."""
    totals = Totals(yes=354_040, no=337_589, other=33_234)
    audit = walk(Method.KAPLAN_MARKOV, totals, replaced=True)
    for found in [2] * 199 + [1]:
        audit.take(found, 2)

    assert near(audit.now, "0.21438135077031842")


def test_kaplan_markov_gives_the_published_risk_of_27_ballots_at_a_fifth():
    audit = walk(Method.KAPLAN_MARKOV, Totals(yes=60_000, no=40_000), replaced=True)
    for _ in range(27):
        audit.take(2, 2)

    assert round(1 / audit.now, 5) == Decimal("0.06507")


def test_kaplan_markov_weighs_a_ballot_of_two_votes_as_published():
    """Oracle: the printed p-value, (1 - m/2g)^n (1 - 1/g)^-1, in fractions."""
    audit = walk(Method.KAPLAN_MARKOV, Totals(yes=6, no=4), replaced=True)
    audit.take(2, 2)
    audit.take(0, 2)
    g, m = Fraction("1.03905"), Fraction(1, 5)

    risk = (1 - m / (2 * g)) ** 2 / (1 - 1 / g)
    assert abs(Fraction(audit.now) * risk - 1) < Fraction(1, 10**45)


def test_a_supermajority_is_wald_s_test_at_its_own_line():
    """Oracle: BRAVO's ratio written out: 0.7 / (2/3) for yes, 0.3 / (1/3) for no."""
    audit = walk(Method.BRAVO, Totals(yes=700, no=300), required="2/3", replaced=True)
    for found in (3, 3, 0, 2):
        audit.take(found)

    ratio = (Fraction(7, 10) * 3 / 2) ** 2 * Fraction(3, 10) * 3
    assert abs(Fraction(audit.now) / ratio - 1) < Fraction(1, 10**45)


def float_alpha(found, *, ballots, line, eta, replaced, d=100):
    """Stark's ALPHA with truncated shrinkage, as printed (2023, sections 2.2, 2.5)."""
    evidence, total, c = 1.0, 0.0, (eta - line) / 2
    for j, x in enumerate(found, 1):
        mu = line if replaced else (ballots * line - total) / (ballots - j + 1)
        share = (d * eta + total) / (d + j - 1)
        share = min(max(share, mu + c / (d + j - 1) ** 0.5), 1 - (1 - mu) / 100)
        evidence *= x * share / mu + (1 - x) * (1 - share) / (1 - mu)
        total += x
    return evidence


@pytest.mark.parametrize("replaced", [False, True])
def test_alpha_agrees_with_its_formula_in_floating_point(replaced):
    totals = Totals(yes=130, no=60, other=10)
    steps = [5, 0, 5, 5, 3, 5, 0, 5, 5, 5] * 8
    audit = walk(Method.ALPHA, totals, required="60%", replaced=replaced)
    for found in steps:
        audit.take(found)
    worths = [found / 5 for found in steps]
    eta = (130 + 10 * 0.6) / 200

    expected = float_alpha(worths, ballots=200, line=0.6, eta=eta, replaced=replaced)
    assert float(audit.now) == pytest.approx(expected, rel=1e-9)


CASES = [
    # required, reported, and a pile on the line: the hardest wrong outcome
    ("majority", Totals(yes=5, no=2), [2, 2, 2, 1, 0, 0, 0]),
    ("2/3", Totals(yes=6, no=1), [3, 3, 3, 3, 2, 0, 0]),
    ("60%", Totals(yes=2, no=5), [5, 5, 2, 2, 0, 0, 0]),
]


@pytest.mark.parametrize("limit", ["0.05", "0.2", "0.4"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_alpha_stops_wrongly_in_no_more_orders_than_its_limit(case, limit):
    """Oracle: all orders of a small pile, each as likely; nothing is left to luck."""
    required, totals, pile = case
    orders = list(permutations(pile))
    stopped, last = 0, Fraction(0)
    for order in orders:
        audit = walk(Method.ALPHA, totals, required=required, limit=Decimal(limit))
        for found in order[:-1]:
            audit.take(found)
        stopped += audit.may_stop
        last += Fraction(audit.now)

    assert sum(pile) <= audit.design.claim.line * len(pile)
    assert Fraction(stopped, len(orders)) <= Fraction(limit)
    assert last / len(orders) <= 1


@pytest.mark.parametrize("limit", ["0.05", "0.2", "0.4"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_comparison_stops_wrongly_in_no_more_orders_than_its_limit(case, limit):
    """Oracle: all orders of a small pile set beside records that add to the report."""
    required, totals, pile = case
    made = walk(Method.KAPLAN_MARKOV, totals, required=required).design.claim
    for_it, _, against = made.counts
    records = [made.unit] * for_it + [0] * against
    orders = list(permutations(zip(pile, records, strict=True)))
    stopped = 0
    for order in orders:
        audit = walk(
            Method.KAPLAN_MARKOV, totals, required=required, limit=Decimal(limit)
        )
        for found, recorded in order[:-1]:
            audit.take(found, recorded)
        stopped += audit.may_stop

    assert Fraction(stopped, len(orders)) <= Fraction(limit)


@pytest.mark.parametrize("method", list(Method))
def test_with_replacement_the_average_factor_is_at_most_one_on_the_line(method):
    """Oracle: every triple of draws from a pile on the line, averaged exactly."""
    totals = Totals(yes=5, no=1, other=1)
    pile = [(2, 2), (2, 2), (2, 2), (1, 1), (0, 2), (0, 2), (0, 0)]
    total = Fraction(0)
    for draws in product(pile, repeat=3):
        audit = walk(method, totals, replaced=True)
        for found, recorded in draws:
            audit.take(found, recorded)
        total += Fraction(audit.now)

    assert total / len(pile) ** 3 <= 1


def test_what_is_certain_carries_no_risk():
    """Five yes of nine ballots: whatever is left, yes has more than half."""
    audit = walk(Method.ALPHA, Totals(yes=8, no=1), limit=Decimal("0.000001"))
    for _ in range(4):
        audit.take(2)
    assert not audit.may_stop
    audit.take(2)
    audit.take(2)

    assert audit.risk == 0
    assert audit.may_stop


def test_an_outcome_that_can_no_longer_be_right_is_lost():
    audit = walk(Method.ALPHA, Totals(yes=6, no=3))
    for _ in range(6):
        audit.take(0)

    assert audit.is_lost
    assert audit.risk == 1


def test_the_risk_goes_by_the_best_evidence_so_far():
    """Ville's inequality bounds the chance that the evidence ever reaches 1 / limit."""
    audit = walk(Method.BRAVO, Totals(yes=80, no=20), replaced=True)
    for found in [2] * 5 + [0] * 4:
        audit.take(found)

    assert audit.may_stop
    assert audit.now < 1


def test_alpha_leaves_a_ballot_against_a_hundredth_of_its_weight_exactly():
    """Oracle: 999 of 1,000 by report are held to 1 - (1 - 1/2)/100; so .995 / (1/2).

    The rest of each ballot's evidence: .005 / (1/2), a hundredth, in whole numbers.
    """
    every = Totals(yes=999, no=1)
    said = {}
    for found in (2, 0):
        audit = walk(Method.ALPHA, every, replaced=True)
        audit.take(found)
        said[found] = audit.now

    assert said == {2: Decimal("1.99"), 0: Decimal("0.01")}


def test_the_risk_is_rounded_up_and_the_evidence_down():
    audit = walk(Method.BRAVO, Totals(yes=2, no=1), replaced=True)
    for _ in range(8):
        audit.take(2)
    exact = Fraction(3, 4) ** 8

    assert Fraction(audit.now) <= 1 / exact
    assert exact <= Fraction(audit.risk) < exact + Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limit": Decimal(0)}, "a risk limit is above 0%"),
        ({"limit": Decimal(1)}, "a risk limit is above 0%"),
        ({"limit": Decimal("0.0000001")}, "at most four decimals"),
        ({"method": Method.BRAVO}, "BRAVO draws with replacement"),
        ({"inflator": Fraction(1)}, "inflator must be more than 1"),
        ({"steadiness": 0}, "steadiness is 1 or more"),
    ],
)
def test_a_design_that_cannot_hold_is_refused(change, said):
    plain = {"method": Method.ALPHA, "limit": LIMIT, "replaced": False}
    made = claim(Totals(yes=3, no=1), Requirement.parse("majority"))

    with pytest.raises(InputError, match=said):
        Design(claim=made, **(plain | change))


def test_ballots_enough_to_rule_a_wrong_outcome_out_leave_no_risk():
    """Oracle: of 6 yes and 2 no, 5 yes seen: the 3 left cannot turn the outcome."""
    audit = walk(Method.KAPLAN_MARKOV, Totals(yes=6, no=2), limit=Decimal("0.01"))
    for _ in range(4):
        audit.take(2, 2)
        assert not audit.may_stop
    for found in (2, 2, 0, 0):
        audit.take(found, found)

    assert audit.may_stop
    assert not audit.is_lost
    assert audit.risk == 0
