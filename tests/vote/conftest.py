"""Results made for tests: a few parts, their figures in one line each."""

import polars as pl
import pytest

from plebiscite.vote.results import FIGURES, made


def results_of(parts, question="the question"):
    """Return results from part → figures; a figure left out is not given."""
    rows = [{"part": name, **row} for name, row in parts.items()]
    schema = {"part": pl.String, **dict.fromkeys(FIGURES, pl.Int64)}
    return made(pl.DataFrame(rows, schema=schema), question=question)


@pytest.fixture
def make():
    return results_of


@pytest.fixture
def montenegro(make):
    """The final count of 31 May 2006, Republic Referendum Commission."""
    figures = {"registered": 484_718, "cast": 419_240, "valid": 415_663}
    return make({"all": {**figures, "blank": 3_577, "yes": 230_661, "no": 185_002}})


@pytest.fixture
def federation(tmp_path):
    """A made-up law: people and five cantons, two of which weigh one half."""
    path = tmp_path / "federation.yaml"
    path.write_text(FEDERATION, encoding="utf-8")
    return path


FEDERATION = """\
title: A made-up federation
place: Nowhere
governed_by: election
sources:
  charter: {title: "The charter, invented", checked: no}
tables:
  cantons:
    - from: 2000-01-01
      parts:
        A: {weight: 1}
        B: {weight: 1}
        C: {weight: 1/2}
        D: {weight: 1/2}
      cite: [charter]
passing:
  - from: 2000-01-01
    test:
      all:
        - {yes: {more_than: no}}
        - parts:
            of: cantons
            meet: {yes: {more_than: no}}
            weight: weight
            in: {more_than: 1/2 of cantons}
    cite: [charter]
either:
  - from: 2000-01-01
    test:
      any:
        - {yes: {at_least: 60% of valid}}
        - parts:
            of: cantons
            meet: {yes: {at_least: 55% of valid}}
            weight: weight
            in: {at_least: 2}
    cite: [charter]
"""
