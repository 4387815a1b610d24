"""The statistics of the proof, small: the same functions, fewer simulations.

Oracle: simulations of known truth, with three Monte Carlo errors. `make prove
PART=chances` runs them at their full number.
"""

from __future__ import annotations

import time
from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pytest

from plebiscite.vote.audit.evidence import Design, Method, Walk
from prove.chances import audits, luck, matching, petitions, projections, samples


def held(figures):
    """Return the figures, none of which may fail."""
    figures = list(figures)
    assert not [each for each in figures if each.held is False]
    return figures


def test_every_line_is_as_likely_to_be_drawn_and_no_struck_row_is():
    assert len(held(samples.drawn_often(1_500, seed=3))) == 5


def test_in_a_statewide_pool_too():
    held(samples.drawn_often(400, unit="state", seed=3))


def test_every_ballot_is_as_likely_to_be_drawn():
    assert len(held(samples.ballots_drawn_often(1_500, seed=3))) == 2


def test_a_draw_that_favours_a_line_would_be_seen():
    """The test itself: one line of forty drawn half again as often as the others."""
    counts = np.full(40, 2_000.0)
    counts[0] = 3_000

    assert luck.inclusion_p(counts, 8_000, 10)[1] < luck.ONE_IN_A_THOUSAND


@pytest.mark.parametrize(("z", "freedom"), [(18.31, 10), (49.80, 35), (101.88, 80)])
def test_the_chi_square_is_the_tabled_one(z, freedom):
    """Oracle: tables: 5% at 18.31 (10) and 49.80 (35), and at 101.88 (80)."""
    assert luck.chi_square_p(z, freedom) == pytest.approx(0.05, abs=0.001)


def test_pairs_and_bad_lines_lie_as_asked():
    """Oracle: counting: two of ten thousand lines a pair, a hundred in threes."""
    rng = np.random.default_rng(4)

    made = petitions.petition(
        10_000, 500, rng, pairs=0.02, triples=0.01, near=True, sheets=True
    )

    valid = made.signers[made.signers != petitions.NOBODY]
    often = np.bincount(np.unique(valid, return_counts=True)[1])
    assert often.tolist() == [0, 7_400 - 400 - 300, 200, 100]
    assert made.truth == 7_400 - 200 - 200
    runs = np.diff(np.flatnonzero(np.diff(made.signers == petitions.NOBODY)))
    assert np.mean(runs % petitions.PER_SHEET == 0) > 0.9
    every = made.count(np.arange(10_000))
    assert (every.valid, every.duplicates) == (made.truth, 400)


def test_projections_are_right_on_average_and_intervals_hold():
    rng = np.random.default_rng(5)
    scene = projections.SCENES[3]
    made = scene.made(rng)

    counts = petitions.sampled_often(made, 300, rng)

    held(projections._county(scene.name, made, counts))
    held(projections.triple_signers(300, rng))
    held(projections.washington(200, rng))


def test_the_projection_of_lines_drawn_by_ticket_is_right_on_average():
    held(projections.by_ticket(80, 7, np.random.default_rng(6)))


def test_a_biased_projection_would_be_seen():
    off = luck.mean_of(np.random.default_rng(1).normal(5, 10, 1_000))

    assert projections._bias("it", off, 0).held is False


def test_every_pile_that_is_audited_is_wrong_by_the_least_there_is():
    for name, totals, whole in audits.QUESTIONS:
        made = audits.asked(name, totals, whole)
        for truth in audits.TRUTHS:
            found = [worth for worth, _ in audits.wrong_pile(made, truth)]
            needed = made.line * len(found)
            assert needed - made.unit < sum(found) <= needed


def test_wrong_outcomes_are_confirmed_no_oftener_than_the_limit():
    rng = np.random.default_rng(7)

    tried = list(audits.tried(time.monotonic(), rng, least=50))

    assert len(tried) == 50
    assert sum(each.stopped for each in tried)  # now and then one slips through
    held(audits.figures(tried))


def test_an_audit_that_stops_too_soon_would_be_seen():
    made = audits.asked(*audits.QUESTIONS[0])
    design = Design(
        claim=made, method=Method.ALPHA, limit=Decimal("0.5"), replaced=False
    )
    pile, rng = audits.wrong_pile(made, "turned"), np.random.default_rng(8)
    stopped = sum(audits.audited(design, pile, rng) for _ in range(200))
    words = "bravo with replacement"
    tried = [
        audits.Tried(name=f"{method.value} {how} replacement, x", runs=200, stopped=0)
        for method, replaced in audits.WAYS
        for how in ["with" if replaced else "without"]
        if (method.value, how) != ("bravo", "with")
    ]

    found = list(
        audits.figures(
            [audits.Tried(name=f"{words}, x", runs=200, stopped=stopped), *tried]
        )
    )

    assert [each.held for each in found].count(False) == 1
    assert Walk(design).risk == 1


def test_probabilities_of_the_matcher_come_true_on_another_roll(tmp_path):
    figures = held(matching.figures(tmp_path, seed=8, voters=20_000, lines=1_000))

    assert len(figures) == 4


def test_a_share_has_an_error_even_where_all_hit():
    sure = luck.share_of(100, 100)

    assert 0 < sure.error < 0.02
    assert luck.widest_of(1) == pytest.approx(NormalDist().inv_cdf(0.9995))
