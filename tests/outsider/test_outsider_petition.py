"""A petition of twenty lines, each with its right answer written beside it.

Oracle: the person who wrote it, who knows the law and nothing of the program.
"""

import csv

import polars as pl
import pytest
from click.testing import CliRunner

from plebiscite.cli import main

ROLL = """\
voter_id,last,first,middle,suffix,house,unit,street,city,zip,county,birth_year,registered_on,status,confidential
A1,Garcia,Maria,Elena,,12,,Oak St,Alta,96120,Alpine,1970,2010-05-01,active,0
A2,Smith,John,,Jr,44,,Elm Ave,Alta,96120,Alpine,1980,2010-05-01,active,0
A3,Smith,John,,Sr,44,,Elm Ave,Alta,96120,Alpine,1950,2010-05-01,active,0
A4,Nguyen,William,,,9,3,Pine Rd,Alta,96120,Alpine,1970,2010-05-01,active,0
A5,Okafor,Chidi,,,101,,Main St,Alta,96120,Alpine,1970,2010-05-01,active,0
A6,Lopez,Ana,,,7,,Cedar Ct,Alta,96120,Alpine,1970,2017-06-01,active,0
A7,Brown,Peter,,,8,,Cedar Ct,Alta,96120,Alpine,1970,2010-05-01,cancelled,0
A8,Kimura,Sachiko,,,77,,Secret Way,Alta,96120,Alpine,1970,2010-05-01,active,1
A9,Olsen,Greta,,,15,,Oak St,Alta,96120,Alpine,1970,2010-05-01,active,0
A10,Weber,Klaus,,,16,,Oak St,Alta,96120,Alpine,1970,2010-05-01,active,0
A11,Dubois,Claire,,,17,,Oak St,Alta,96120,Alpine,1970,2010-05-01,active,0
A12,Rossi,Paolo,,,18,,Oak St,Alta,96120,Alpine,1970,2010-05-01,active,0
B1,Johnson,Robert,,,300,,Esplanade,Chico,95926,Butte,1970,2010-05-01,active,0
B2,Zamora,Lucia,,,301,,Esplanade,Chico,95926,Butte,1970,2010-05-01,active,0
"""
LINES = """\
line_id,section,row,county,name,address,city,zip,signed_on,signature_present,struck,withdrawn_on
plain,1,1,Alpine,Maria Garcia,12 Oak St,Alta,96120,2017-05-01,yes,0,
nickname,1,2,Alpine,Bill Nguyen,9 Pine Road,Alta,96120,2017-05-01,yes,0,
father or son,1,3,Alpine,John Smith,44 Elm Ave,Alta,96120,2017-05-01,yes,0,
moved,1,4,Alpine,Chidi Okafor,5 Birch Ln,Alta,96120,2017-05-01,yes,0,
late,1,5,Alpine,Ana Lopez,7 Cedar Ct,Alta,96120,2017-05-01,yes,0,
cancelled,1,6,Alpine,Peter Brown,8 Cedar Ct,Alta,96120,2017-05-01,yes,0,
elsewhere,1,7,Alpine,Robert Johnson,300 Esplanade,Chico,95926,2017-05-01,yes,0,
struck,1,8,Alpine,Paolo Rossi,18 Oak St,Alta,96120,2017-05-01,yes,1,
secret,1,9,Alpine,Sachiko Kimura,77 Secret Way,Alta,96120,2017-05-01,yes,0,
unsigned,1,10,Alpine,Greta Olsen,15 Oak St,Alta,96120,2017-05-01,no,0,
withdrawn,1,11,Alpine,Klaus Weber,16 Oak St,Alta,96120,2017-05-01,yes,0,2017-07-24
too late,1,12,Alpine,Claire Dubois,17 Oak St,Alta,96120,2017-05-01,yes,0,2017-07-25
again,2,1,Alpine,Maria E. Garcia,12 Oak St,Alta,96120,2017-03-05,yes,0,
out of time,2,2,Alpine,Paolo Rossi,18 Oak St,Alta,96120,2017-04-02,yes,0,
stranger,2,3,Alpine,Xerxes Quillfeather,999 Nowhere Blvd,Alta,96120,2017-03-05,yes,0,
no declaration,1,1,Butte,Lucia Zamora,301 Esplanade,Chico,95926,2017-05-01,yes,0,
first,2,1,Butte,Lucia Zamora,301 Esplanade,Chico,95926,2017-05-01,yes,0,
second,2,2,Butte,Lucia Zamora,301 Esplanade,Chico,95926,2017-05-01,yes,0,
at home,2,3,Butte,Robert Johnson,300 Esplanade,Chico,95926,2017-05-01,yes,0,
"""
SECTIONS = """\
section,county,from,to,declaration
1,Alpine,2017-02-01,2017-07-01,complete
2,Alpine,2017-03-01,2017-03-31,complete
1,Butte,2017-02-01,2017-07-01,unsigned
2,Butte,,,complete
"""
MEASURE = """\
id: us/ca/by-hand
title: By hand
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 5}
"""
ALONE = {  # what the program may say before anybody has looked
    "plain": ("valid", None, "A1"),
    "nickname": ("valid", None, "A4"),
    "father or son": ("undecided", None, None),
    "moved": ("undecided", None, None),
    "late": ("invalid", "REG_LATE", None),
    "cancelled": ("invalid", "REG_CANCELLED", None),
    "elsewhere": ("invalid", "WRONG_COUNTY", None),
    "secret": ("valid", None, "A8"),
    "unsigned": ("invalid", "SIG_MISSING", None),
    "withdrawn": ("invalid", "WITHDRAWN", None),
    "too late": ("valid", None, "A11"),
    "again": ("duplicate", "DUPLICATE", "A1"),
    "out of time": ("invalid", "DATE_OUT_OF_RANGE", None),
    "stranger": ("invalid", "NOT_REGISTERED", None),
    "no declaration": ("invalid", "CIRC_DECL_DEFECT", None),
    "first": ("valid", None, "B2"),
    "second": ("duplicate", "DUPLICATE", "B2"),
    "at home": ("valid", None, "B1"),
}
REASONS = {
    "moved": "ADDR_DIFFERENT",
    "late": "REG_LATE",
    "cancelled": "REG_CANCELLED",
    "elsewhere": "WRONG_COUNTY",
}
DECISIONS = """\
line_id,decision,reason,voter_id,by,at
plain,invalid,SIG_MISMATCH,,anna,2017-08-01T09:00
father or son,valid,,A3,anna,2017-08-01T09:00
moved,invalid,ADDR_DIFFERENT,,anna,2017-08-01T09:00
cancelled,valid,,,anna,2017-08-01T09:00
unsigned,valid,,,anna,2017-08-01T09:00
withdrawn,valid,,,anna,2017-08-01T09:00
out of time,valid,,,anna,2017-08-01T09:00
stranger,valid,,A12,anna,2017-08-01T09:00
second,valid,,,anna,2017-08-01T09:00
second,invalid,ILLEGIBLE,,bob,2017-08-02T09:00
at home,undecided,,,bob,2017-08-02T09:00
at home,undo,,,bob,2017-08-03T09:00
"""
DECIDED = ALONE | {
    "plain": ("invalid", "SIG_MISMATCH", None),
    "father or son": ("valid", None, "A3"),
    "moved": ("invalid", "ADDR_DIFFERENT", None),
    "cancelled": ("valid", None, "A7"),
    "unsigned": ("valid", None, "A9"),
    "again": ("valid", None, "A1"),  # the first copy does not count any more
    "stranger": ("valid", None, "A12"),
    "second": ("invalid", "ILLEGIBLE", None),
}


def verified(folder, *more):
    files = {
        "roll.csv": ROLL,
        "lines.csv": LINES,
        "sections.csv": SECTIONS,
        "measure.yaml": MEASURE,
        "decisions.csv": DECISIONS,
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    arguments = ["--law", "us/ca/constitutional_initiative"]
    for name in ("roll.csv", "lines.csv", "sections.csv", "measure.yaml"):
        arguments += [f"--{name.partition('.')[0]}", str(folder / name)]
    arguments += ["--out", str(folder / "out"), *map(str, more)]
    ended = CliRunner().invoke(main, ["petition", "verify", *arguments])
    assert ended.exit_code in {0, 1, 3}, ended.output
    return folder / "out" / "confidential"


def findings(folder):
    table = pl.read_parquet(folder / "findings.parquet")
    rows = table.select("line_id", "finding", "reason", "voter_id").iter_rows()
    return {line: tuple(rest) for line, *rest in rows}


@pytest.mark.parametrize("how", [("--seed", "314159265358"), ("--full-count",)])
def test_each_line_is_found_as_its_writer_knows_it(tmp_path, how):
    folder = verified(tmp_path, *how)
    matches = pl.read_parquet(folder / "matches.parquet")
    reasons = dict(matches.select("line_id", "reason").iter_rows())

    assert findings(folder) == ALONE
    assert {line: reasons[line] for line in REASONS} == REASONS
    assert dict(matches.select("line_id", "ties").iter_rows())["father or son"] == 2


@pytest.mark.parametrize("how", [("--seed", "314159265358"), ("--full-count",)])
def test_a_person_wins_over_the_matcher_and_the_record_over_both(tmp_path, how):
    folder = verified(tmp_path, *how, "--decisions", tmp_path / "decisions.csv")

    assert findings(folder) == DECIDED


def test_a_confidential_voter_is_on_no_work_list(tmp_path):
    folder = verified(tmp_path, "--full-count")
    text = (folder / "to_decide.csv").read_text()
    rows = {row["line_id"]: row for row in csv.DictReader(text.splitlines())}

    assert rows["secret"]["voter_id"] == ""
    assert rows["plain"]["voter_id"] == "A1"
    assert "A8" not in text


def test_a_line_named_like_a_formula_is_known_again_from_the_work_list(tmp_path):
    named = tmp_path / "named.csv"
    named.write_text(LINES.replace("plain,", "=1+1,"))
    back = tmp_path / "back.csv"
    folder = verified(tmp_path, "--full-count", "--lines", named)
    listed = (folder / "to_decide.csv").read_text()
    back.write_text(
        "line_id,decision,reason,voter_id,by,at\n"
        "'=1+1,invalid,SIG_MISMATCH,,anna,2017-08-01T09:00\n"
    )

    given_back = ("--decisions", back, "--out", tmp_path / "again")
    verified(tmp_path, "--full-count", "--lines", named, *given_back)

    assert "\n'=1+1,,,A1," in listed
    again = findings(tmp_path / "again" / "confidential")
    assert again["=1+1"] == ("invalid", "SIG_MISMATCH", None)


def test_a_withdrawal_without_a_day_of_filing_is_pointed_out(tmp_path):
    unfiled = tmp_path / "unfiled.yaml"
    unfiled.write_text(MEASURE.replace(", filed_with_counties: 2017-07-25", ""))

    folder = verified(tmp_path, "--full-count", "--measure", unfiled)

    assert (
        "2 line(s) were withdrawn; the measure does not say"
        in (folder / "found.json").read_text()
    )


def test_who_registered_after_the_filing_is_late_though_no_day_was_written(tmp_path):
    """Oracle: Elec. Code § 2102(b)."""
    (tmp_path / "undated.csv").write_text(
        "line_id,section,row,county,name,address,city,zip\n"
        "after,3,1,Alpine,Ana Lopez,7 Cedar Ct,Alta,96120\n"
        "before,3,2,Alpine,Greta Olsen,15 Oak St,Alta,96120\n"
    )
    (tmp_path / "later.csv").write_text(ROLL.replace("2017-06-01", "2017-07-26"))
    files = ("--lines", tmp_path / "undated.csv", "--roll", tmp_path / "later.csv")

    folder = verified(tmp_path, "--full-count", *files)

    matches = pl.read_parquet(folder / "matches.parquet")
    assert dict(matches.select("line_id", "reason").iter_rows()) == {
        "after": "REG_LATE",
        "before": None,
    }
    assert findings(folder)["after"][:2] == ("invalid", "REG_LATE")
    assert findings(folder)["before"][0] == "valid"
