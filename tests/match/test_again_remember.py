"""Findings used again: only in the same case, and never in silence.

Oracle: small rolls and lines on which it is plain whether anything has changed.
"""

from __future__ import annotations

import polars as pl
import pytest
from invented_roll import lines, voters

from plebiscite.errors import InputError
from plebiscite.match.again.remember import (
    as_table,
    read_resolutions,
    remembered,
    used_again,
)
from plebiscite.match.find import match_lines

NAME = {"first": "Maria", "last": "Garcia", "middle": "E"}
HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
DOUBTFUL = {**NAME, **HOME}
"""The roll has a Maria T. Garcia there: a person must look."""
ROLL = voters({"middle": "TERESA"}, {"first": "JOHN"})


def decided(decision="valid", **told):
    said = {"decision": decision, "reason": None, "voter_id": None, **told}
    row = {"line_id": "L1", **said, "by": "anna", "at": "2017-08-01T10:00"}
    return pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))


def found(*rows, roll=ROLL, decision=None, resolutions=None):
    """Return what is said of lines, where a finding is known of another petition."""
    first = lines(DOUBTFUL)
    known = (
        remembered(
            first,
            decided() if decision is None else decision,
            match_lines(first, ROLL),
            ROLL,
        )
        if resolutions is None
        else resolutions
    )
    later = lines(*rows)
    return used_again(later, match_lines(later, roll), known, roll)


def test_a_line_in_doubt_is_for_a_person_at_first():
    answer = match_lines(lines(DOUBTFUL), ROLL).row(0, named=True)

    assert (answer["decision"], answer["reason"]) == ("review", "ADDR_DIFFERENT")


def test_the_same_case_is_not_asked_twice_and_says_so():
    answer = found({"name": "Maria E. Garcia", **HOME}).row(0, named=True)

    assert (answer["voter_id"], answer["decision"]) == ("V1", "clear")
    assert answer["reason"] is None
    assert answer["pattern"].endswith("· as anna found on 2017-08-01T10:00")


@pytest.mark.parametrize(
    "other", [{"middle": "F"}, {"house": "14"}, {"last": "Garza"}, {"county": "Kern"}]
)
def test_another_line_is_another_case(other):
    answer = found({**DOUBTFUL, **other}).row(0, named=True)

    assert "anna" not in answer["pattern"]


@pytest.mark.parametrize(
    "changed", [{"status": "inactive"}, {"unit": "4"}, {"birth_year": 1971}]
)
def test_a_changed_record_is_never_decided_by_what_was_found_before(changed):
    roll = voters({"middle": "TERESA", **changed}, {"first": "JOHN"})

    answer = found(DOUBTFUL, roll=roll).row(0, named=True)

    assert answer["decision"] == "review"
    assert "anna" not in answer["pattern"]


def test_a_tie_that_a_person_resolved_holds_while_it_is_the_same_tie():
    line = {"first": "Jose", "last": "Garcia", **HOME}
    two = [{"first": "JOSE", "suffix": "SR"}, {"first": "JOSE", "suffix": "JR"}]
    first, roll = lines(line), voters(*two)
    known = remembered(first, decided(voter_id="V2"), match_lines(first, roll), roll)
    more = voters(*two, {"first": "JOSE", "suffix": "III"})

    same = found(line, roll=roll, resolutions=known).row(0, named=True)
    other = found(line, roll=more, resolutions=known).row(0, named=True)

    assert (same["outcome"], same["voter_id"], same["ties"]) == ("voter", "V2", 0)
    assert (other["outcome"], other["ties"]) == ("tie", 3)


def test_another_candidate_is_another_case():
    roll = voters({"middle": "TERESA", "voter_id": "X9"}, {"first": "JOHN"})

    assert "anna" not in found(DOUBTFUL, roll=roll)["pattern"][0]


def test_a_reason_of_the_place_is_remembered_and_one_of_the_signature_is_not():
    away = decided("invalid", reason="NOT_REGISTERED")
    hand = decided("invalid", reason="SIG_MISMATCH")

    one = found(DOUBTFUL, decision=away).row(0, named=True)
    other = found(DOUBTFUL, decision=hand).row(0, named=True)

    assert (one["outcome"], one["voter_id"]) == ("none", None)
    assert (one["reason"], one["decision"]) == ("NOT_REGISTERED", "clear")
    assert (other["reason"], other["decision"]) == ("ADDR_DIFFERENT", "review")


def test_a_finding_does_not_outlive_the_day_of_the_line():
    """Signed before the registration: the record says more than any finding."""
    from datetime import date

    answer = found({**DOUBTFUL, "signed_on": date(2009, 1, 1)}).row(0, named=True)

    assert (answer["reason"], answer["decision"]) == ("REG_LATE", "review")


def test_two_findings_of_one_moment_that_differ_hold_neither():
    first, other = lines(DOUBTFUL), decided("invalid", reason="NOT_REGISTERED")
    said = match_lines(first, ROLL)
    both = [
        *remembered(first, decided(), said, ROLL),
        *remembered(first, other, said, ROLL),
    ]

    assert "anna" not in found(DOUBTFUL, resolutions=both)["pattern"][0]


def test_what_is_written_is_read_again_and_holds_no_name(tmp_path):
    first = lines(DOUBTFUL)
    known = remembered(first, decided(), match_lines(first, ROLL), ROLL)
    path = tmp_path / "resolutions.csv"
    as_table(known).write_csv(path)

    assert read_resolutions(path) == known
    assert not {"GARCIA", "OAK", "94601"} & set(path.read_text().upper().split(","))


def test_a_file_that_holds_no_resolutions_is_refused(tmp_path):
    path = tmp_path / "resolutions.csv"
    path.write_text("line_id,decision\nL1,valid\n")

    with pytest.raises(InputError, match="line_key"):
        read_resolutions(path)


def test_a_finding_that_names_nobody_of_the_roll_is_refused_by_its_line():
    """Used again it would credit a voter who is not there; the id is not shown."""
    said = decided(voter_id="V99")

    with pytest.raises(InputError, match="not on the roll") as refused:
        found(DOUBTFUL, decision=said)

    assert "'L1'" in str(refused.value)
    assert "V99" not in str(refused.value)
