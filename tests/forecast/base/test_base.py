"""What measures alike came to: closed forms held to plain ones, and to Swiss votes."""

from datetime import date

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.base import (
    Measured,
    Voted,
    foretell,
    learn,
    left_out,
    swiss_cell,
    swiss_vote,
)


def measures(seed=1, many=60):
    rng = np.random.default_rng(seed)
    return [
        Measured(
            on=date(1950 + n // 5, 11, 5),
            kind=("bond", "charter")[n % 2],
            source=("mayor", "initiative")[n % 3 == 0],
            title=f"{('school', 'park', 'harbor')[n % 3]} improvement {n % 7}",
            yes=float(60 - 12 * (n % 2) + rng.normal(0, 6)),
        )
        for n in range(many)
    ]


def test_leaving_an_election_out_is_foretelling_it_from_the_others():
    """The block formula against solving anew without the block."""
    known = measures()
    day = known[30].on
    rest = [each for each in known if each.on != day]
    own = [each for each in known if each.on == day]
    block = [e for e, m in zip(left_out(known), known, strict=True) if m.on == day]
    for one, other in zip(block, foretell(rest, own), strict=True):
        assert one.mean == pytest.approx(other.mean, abs=1e-6)
        assert one.scale == pytest.approx(other.scale, abs=1e-6)


def test_kinds_that_differ_are_told_apart():
    known = measures()
    coming = [Measured(on=date(1963, 11, 5), kind=kind) for kind in ("bond", "charter")]
    bond, charter = foretell(known, coming)
    assert bond.mean > charter.mean + 4


def test_a_need_of_two_thirds_is_asked_of_the_same_forecast():
    (found,) = foretell(measures(), [Measured(on=date(1963, 11, 5), kind="bond")])
    assert found.chance(200 / 3) < found.chance(50.0)


def test_too_few_measures_are_refused():
    with pytest.raises(InputError, match="at least 20"):
        left_out(measures(many=10))


def test_recent_votes_count_more_and_few_are_drawn_to_all():
    votes = [
        Voted(on=date(1950 + n, 1, 1), cell="a", yes=40 + n, passed=n > 30)
        for n in range(60)
    ]
    votes += [Voted(on=date(2009, 1, 1), cell="b", yes=90.0, passed=True)]
    cells = learn(votes, as_of=date(2010, 1, 1))
    first, second = cells.expected("a"), cells.expected("b")
    assert first.mean > np.mean([vote.yes for vote in votes[:60]])
    assert cells.other.mean < second.mean < 90
    assert cells.expected("never seen") == cells.other


def test_nothing_held_later_is_learned_from():
    votes = [
        Voted(on=date(1990 + n, 1, 1), cell="a", yes=40 + n, passed=False)
        for n in range(10)
    ]
    later = [Voted(on=date(2000, 1, 1), cell="a", yes=100.0, passed=True)]
    assert learn(votes, as_of=date(2000, 1, 1)) == learn(
        votes + later, as_of=date(2000, 1, 1)
    )


def test_swiss_initiatives_without_parliament_hardly_ever_pass():
    against = swiss_vote(swiss_cell("3", "2", "2"))
    mandatory = swiss_vote(swiss_cell("1", "1", "1"))
    assert against.passed is not None
    assert mandatory.passed is not None
    assert 0.05 < against.passed < 0.15
    assert 0.7 < mandatory.passed < 0.85
    assert against.mean < 40 < mandatory.mean


def test_a_form_that_swissvotes_has_not_is_refused():
    with pytest.raises(InputError, match="popular initiative"):
        swiss_cell("9", "1", "1")
