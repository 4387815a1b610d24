"""Ladders for the tests: Calexit's as its law gives it, and any with few hurdles."""

from dataclasses import replace
from datetime import date

import pytest

from plebiscite.forecast.hurdles.ladder import (
    Gathering,
    Hurdle,
    Ladder,
    Opinion,
    Turnout,
    hurdles_of,
    votes_of,
)
from plebiscite.forecast.hurdles.prior import read_priors, shipped
from plebiscite.petition.measure import measure_folder, read_measure
from plebiscite.rules.rulebook import open_law

MEASURE, DAY = "us/ca/16-0011", date(2017, 2, 1)


@pytest.fixture(scope="session")
def calexit():
    """The ladder of 16-0011 with the polls' own figures of 1 February 2017."""
    measure = read_measure(MEASURE)
    votes = votes_of(measure, open_law(measure.law).on_day(DAY), DAY)
    first = Opinion(mean=28.5, unit=12.6, known_badly=0.27, support=30.2, days=643)
    votes = (
        replace(votes[0], opinion=first),
        replace(
            votes[1],
            opinion=replace(first, unit=12.8, days=762),
            turnout=Turnout(centre=-0.27, deviation=0.46),
        ),
    )
    return Ladder(
        hurdles=hurdles_of(measure, votes, required=585_407, last=date(2017, 7, 25)),
        votes=votes,
        priors=read_priors(measure_folder(MEASURE), consents="article_v_by_congress"),
        gathering=Gathering(required=585_407),
    )


@pytest.fixture(scope="session")
def of_chances():
    """A ladder of hurdles whose chances are known: courts and consents, fixed."""

    def made(courts=None, consents=None):
        priors = shipped()
        hurdles = []
        for name, chance in (("courts", courts), ("consents", consents)):
            if chance is None:
                continue
            hurdles.append(Hurdle(name=name, kind=name, words=name, elicited=True))
            priors[name] = replace(priors[name], centre=chance, spread=0.0, moved=True)
        return Ladder(hurdles=tuple(hurdles), votes=(), priors=priors)

    return made
