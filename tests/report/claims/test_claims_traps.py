"""Sentences alone: true ones that look wrong, and wrong ones that look true.

Oracle: the published record of 16-0011. A trap is true, of something else, a plan or
arithmetic; each wrong sentence gives a number that the record has otherwise.
"""

from datetime import date
from pathlib import Path

import pytest

from plebiscite.docket.folder import open_record
from plebiscite.report.claims.claim import Standing
from plebiscite.report.claims.read import claims
from plebiscite.report.claims.said.numbers import numbers_in

RECORD = open_record("us/ca/16-0011", date(2026, 11, 22))
SENTENCES = Path(__file__).parent / "articles"


def lines(name):
    return (SENTENCES / name).read_text(encoding="utf-8").splitlines()


def wrong(text):
    held = {Standing.CONTRADICTS, Standing.OUT_OF_DATE}
    return [each.said for each in claims(text, RECORD) if each.standing in held]


@pytest.mark.parametrize("text", lines("traps.txt"))
def test_a_trap_is_not_held_against_the_record(text):
    found = claims(text, RECORD)

    assert [c.said for c in found if c.standing is Standing.CONTRADICTS] == []


@pytest.mark.parametrize("text", lines("errors.txt"))
def test_an_error_is_held_against_the_record(text):
    assert wrong(text)


@pytest.mark.parametrize(
    ("text", "kind", "record"),
    [
        ("Clinton beat Donald Trump by more than 4 million votes here.",
         "lead_for_president", "4,269,978"),
        ("Donald Trump got 4.48 million votes in California.",
         "votes_for_president", "4,483,810"),
        ("California has 55 electoral votes.", "electors", "55 electors"),
        ("A candidate needs 270 electors to win.", "electors", "270 electors"),
        ("The Reuters/Ipsos poll was taken from Dec. 6, 2016.",
         "poll_days", "2016-12-06"),
        ("The petition needs 585 407 signatures.", "required_signatures", "585,407"),
        ("The petition needs 585.407 signatures.", "required_signatures", "585,407"),
    ],
)  # fmt: skip
def test_figures_are_told_apart_by_their_words(text, kind, record):
    (found,) = (c for c in claims(text, RECORD) if c.kind == kind)

    assert found.standing in {Standing.AGREES, Standing.ROUNDED}
    assert record in (found.record or "")


def test_what_the_next_sentence_denies_is_not_held_against_the_record():
    assert wrong("The petition needs 485,407 signatures. It is due.")
    assert not wrong("The petition needs 485,407 signatures. False. It is due.")
    assert not wrong("Does the petition need 485,407 signatures?")


def test_a_million_is_not_said_of_half_a_million():
    (found,) = claims("The petition needs a million signatures.", RECORD)

    assert found.standing is not Standing.ROUNDED


def test_a_point_that_groups_is_told_from_one_that_divides():
    values = [
        [str(each.value) for each in numbers_in(text, [])]
        for text in ("7.317.581 votes", "1.234 percent", "51,9 percent of them")
    ]
    assert values == [["7317581"], ["617/50000"], ["519/1000"]]
