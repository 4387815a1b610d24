"""Volunteers stand apart from signers. Oracle: Elections Code 18650, as a schema."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest
from made_campaign import on, small_campaign

import plebiscite
from plebiscite.errors import InputError
from plebiscite.petition.campaign.circulators import Circulator
from plebiscite.petition.campaign.volunteers import (
    Volunteer,
    add_volunteer,
    forget_volunteer,
    volunteers,
    withdraw_consent,
)
from plebiscite.petition.line import LINE_COLUMNS
from plebiscite.petition.section import SECTION_COLUMNS
from plebiscite.roll.voter import ROLL_COLUMNS

HOUSE = Path(plebiscite.__file__).parent
REGISTER = "plebiscite.petition.campaign.volunteers"
SIGNERS = (
    "plebiscite.match",
    "plebiscite.petition.check",
    "plebiscite.petition.intake",
    "plebiscite.petition.keying",
    "plebiscite.petition.line",
    "plebiscite.petition.scan",
    "plebiscite.roll",
    "plebiscite.verify",
)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def test_the_register_shares_no_column_with_what_signers_are_known_by():
    own = {each.name for each in fields(Volunteer)}
    signers = {
        each.name for each in (*LINE_COLUMNS, *SECTION_COLUMNS, *ROLL_COLUMNS)
    } | {"line_id", "voter_id", "second_voter_id", "circulator", "circulator_id"}

    assert own & signers == set()


def test_the_register_shares_no_key_with_circulators():
    """Both say the chapter, which many share; neither names the other."""
    own = {each.name for each in fields(Volunteer)}

    assert own & {each.name for each in fields(Circulator)} == {"chapter", "since"}


def test_nobody_who_reads_the_register_reads_signers():
    readers = {
        path: set(imports(path))
        for path in HOUSE.rglob("*.py")
        if REGISTER in set(imports(path))
    }
    joined = {
        str(path.relative_to(HOUSE)): sorted(
            each for each in names if each.startswith(SIGNERS)
        )
        for path, names in readers.items()
    }

    assert readers  # the command line, at least
    assert {path: names for path, names in joined.items() if names} == {}


def test_an_address_is_kept_only_with_consent(tmp_path):
    campaign = small_campaign(tmp_path)

    with pytest.raises(InputError, match="agreed to be written to"):
        add_volunteer(
            campaign, on("02-02"), person="Dee Moss", chapter="north", contact="dee@x"
        )

    assert volunteers(campaign) == {}


def test_consent_withdrawn_erases_the_address_from_the_whole_file(tmp_path):
    campaign = small_campaign(tmp_path)
    for person in ("Dee Moss", "Eli Park"):
        add_volunteer(
            campaign,
            on("02-02"),
            person=person,
            chapter="north",
            sheets=3,
            may_contact=True,
            contact=f"{person[:3].lower()}@example.org",
        )

    withdraw_consent(campaign, on("02-03"), "V0001")
    forget_volunteer(campaign, on("02-04"), "V0002")

    text = (campaign / "volunteers.jsonl").read_text()
    assert "example.org" not in text
    assert "Dee Moss" in text
    assert "Eli Park" not in text
    found = volunteers(campaign)
    assert [each.may_contact for each in found.values()] == [False, False]
    assert [each.sheets for each in found.values()] == [3, 3]
