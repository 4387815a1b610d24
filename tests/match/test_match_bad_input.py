"""Bad input: none of it is a fault; each line is decided or a person's, with a reason.

Oracle: what a clerk would make of the line, as the law has it.
"""

from __future__ import annotations

import polars as pl
import pytest
from invented_roll import Roll, lines, voters

from plebiscite.match import engine
from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
NAME = {"first": "Maria", "last": "Garcia"}
PLACES = {
    "PO BOX 12": "a box",
    "RR 2 BOX 15": "a rural route",
    "PSC 1234 BOX 5678": "a military address",
    "UNIT 2050 BOX 4190": "another",
    "HC 61 BOX 8": "a highway contract route",
    "HOGAN 3 CHURCH ROCK RD": "a tribal address",
}


def found(line, *rows):
    return match_lines(lines(line), voters(*rows)).row(0, named=True)


def whole(name, address="12 Oak St, Oakland 94601"):
    return {"name": name, "address": address}


CROWD = [
    {"first": f"F{n % 89}", "last": f"L{n % 97}", "house": str(n)}
    for n in range(1_000, 3_000)
]
"""Strangers among whom the name of Maria Garcia is hers alone."""


@pytest.mark.parametrize(
    ("line", "outcome", "reason"),
    [
        (whole(""), "none", "NAME_MISSING"),
        (whole("   "), "none", "NAME_MISSING"),
        (whole("\t\x07\x1b"), "none", "NAME_MISSING"),
        (whole("🙂🙂"), "none", "NAME_MISSING"),
        (whole("..."), "none", "NAME_MISSING"),
        (whole("Garcia"), "none", "NOT_REGISTERED"),
        (whole("M" * 200), "none", "NOT_REGISTERED"),
        (whole("مريم غارسيا"), "none", "NOT_REGISTERED"),
        (whole("מרים גרסיה"), "none", "NOT_REGISTERED"),
        (whole("王 小明"), "none", "NOT_REGISTERED"),
        (whole("María García"), "voter", None),
        (whole("MARÍA GARCÍA"), "voter", None),
        (whole("\x00Maria\x00 Garcia\x07"), "voter", None),
        (whole("Maria\u202e Garcia"), "voter", None),
        (whole("\ufeffMaria Garcia"), "voter", None),
        (whole("Maria Garcia 🙂"), "voter", None),
        (whole("Maria Garcia", "🙂"), "voter", "ADDR_MISSING"),
        (whole("Maria Garcia", "same as above"), "voter", "ADDR_MISSING"),
        (whole("Maria Garcia", '"'), "voter", "ADDR_MISSING"),
        (whole("Maria Garcia", "12½ Oak St, Oakland 94601"), "voter", None),
        (whole("Maria Garcia", "12-B Oak St, Oakland 94601"), "voter", None),
        (whole("Maria Garcia", "12C Oak St., Oakland 94601"), "voter", None),
        (whole("Maria Garcia", "PO Box 9, 12 Oak St, Oakland 94601"), "voter", None),
        (whole("Maria Garcia", "PO Box 9, Oakland 94601"), "voter", "ADDR_MISSING"),
    ],
)
def test_an_odd_line_is_decided_or_a_persons_with_a_reason(line, outcome, reason):
    answer = found(line, {}, *CROWD)

    assert answer["reason"] == reason
    assert answer["outcome"] == outcome
    assert answer["decision"] == "review" or outcome == "voter" or reason


@pytest.mark.parametrize(
    ("written", "voter"),
    [
        (
            "Nguyễn Thị Hồng Đào",
            {"first": "DAO", "middle": "THI HONG", "last": "NGUYEN"},
        ),
        ("Nguyen Thi Hong Dao", {"first": "ĐÀO", "middle": "THỊ", "last": "NGUYỄN"}),
        ("Begoña Peña Muñoz", {"first": "BEGONA", "last": "PENA MUNOZ"}),
    ],
)
def test_accents_neither_make_nor_break_a_person(written, voter):
    """A person may look; nobody is turned away for an accent."""
    answer = found(whole(written), voter)

    assert answer["voter_id"] == "V1" or answer["decision"] == "review"


@pytest.mark.parametrize("street", PLACES)
def test_an_address_that_is_no_house_and_street_finds_its_voter(street):
    home = {"house": None, "street": street, "city": "WEED", "zip": "96094"}
    reasons = {"PO BOX 12": "ADDR_MISSING", "HOGAN 3 CHURCH ROCK RD": "ADDR_DIFFERENT"}

    answer = found({**NAME, **home, "street": street.title()}, home)

    # Without any number two voters' homes cannot be told apart: a person looks.
    assert answer["voter_id"] == "V1"
    assert answer["reason"] == reasons.get(street)
    assert answer["decision"] == ("review" if street in reasons else "clear")


def test_a_line_of_a_county_without_voters_is_looked_for_everywhere():
    answer = found({**NAME, **HOME, "county": "Alpine"}, {}, *CROWD)

    assert (answer["voter_id"], answer["reason"]) == ("V1", "WRONG_COUNTY")


def test_a_roll_with_an_empty_county_is_no_fault():
    roll = voters({})
    roll.counties = {"Alameda": 1, "Alpine": 0}

    answer = match_lines(lines({**NAME, **HOME, "county": "Alpine"}), roll)

    assert answer["reason"].to_list() == ["WRONG_COUNTY"]


@pytest.mark.skipif(
    engine.engine_name() == engine.REFERENCE, reason="a million voters in plain Python"
)
def test_a_million_namesakes_are_a_tie_of_a_million():
    one = voters({"house": "0"}).voters
    many = pl.concat([one] * 1_000_000).with_columns(
        voter_id=pl.format("V{}", pl.int_range(pl.len())),
        house=(pl.int_range(pl.len()) % 997 + 1_000).cast(pl.String),
    )
    away = {**NAME, **HOME, "street": "Nowhere Rd"}

    roll = Roll(pl.concat([many, one.with_columns(voter_id=pl.lit("W"))]))
    answers = match_lines(lines(away, {**NAME, **HOME, "house": "0"}), roll)

    assert answers["ties"].to_list()[0] == 1_000_001
    assert answers["voter_id"].to_list()[1] == "W"


def test_the_memory_asked_for_is_what_lines_are_parted_by(monkeypatch):
    """With little memory fewer lines are compared together, and pages are let go."""
    from plebiscite.match import find
    from plebiscite.match.room import Room

    seen, gone = [], []
    best, let_go = engine.best, engine.let_go

    def looked(index, code, law, **limit):
        seen.append(len(code))
        return best(index, code, law, **limit)

    monkeypatch.setattr(engine, "best", looked)
    monkeypatch.setattr(engine, "let_go", lambda *said: gone.append(let_go(*said)))
    monkeypatch.setattr(
        find, "room", lambda *_, **__: Room(lines=40, together=120, limit=1)
    )

    match_lines(lines(*[{**NAME, **HOME}] * 100), voters({}), memory=1)

    assert seen == [40, 40, 20]
    assert len(gone) >= 3


def test_an_engine_that_is_not_there_is_refused_with_the_remedy(monkeypatch):
    from plebiscite.errors import InputError

    monkeypatch.setenv(engine.ASKED, "abacus")

    with pytest.raises(InputError, match="may be 'kernel' or 'reference'"):
        match_lines(lines({**NAME, **HOME}), voters({}))


def test_who_waits_for_the_reference_is_told_why(monkeypatch):
    monkeypatch.setenv(engine.ASKED, engine.REFERENCE)

    assert engine.notice(engine.SLOW_LINES) is None
    said = engine.notice(1_000_000)
    assert "1,000,000 lines in Python" in said
    assert engine.ASKED in said
