"""Where readers find what they need besides the file that is tried.

Made once by real commands: a built roll, lines of a petition, a measure with a docket,
registers, a plan of an audit. The files double as seeds: each was written by plebiscite
itself, so a change of one cell or byte reaches far into its reader.
"""

from __future__ import annotations

import os
import shutil
from fractions import Fraction
from pathlib import Path

import plebiscite
from plebiscite.petition.keying.card import Finding
from plebiscite.petition.keying.journal import opened
from plebiscite.petition.keying.scanned import cards_of_serials
from plebiscite.petition.keying.session import Session
from prove.faults.acts.office import AT, EVENTS, MEASURE, SEED, do
from prove.input.fed.known import packed

WHO = ("--by", "a clerk", "--day", "2017-02-01")
READY = "ready"
PROGRAM = Path(plebiscite.__file__).parent
SHIPPED = PROGRAM / "petition/measures/us/ca/16-0011"
ARTICLE = """\
January 26, 2017

The secretary of state cleared the Calexit initiative. Its backers need 585,407
signatures by July 25, 2017, 8 per cent of the votes for governor. It would repeal a
section of the Constitution and ask 39.7 million people in November 2018.
"""
FORM = """\
identifier: 17-0001
title: A test measure. Initiative Constitutional Amendment.
summary: Changes a section of the Constitution, for the sake of a test.
fiscal: "Summary of estimate of fiscal impact: no impact at all."
proposes: amendments to the Constitution of California
full_text: |
  SECTION 1. Section 1 of Article III is repealed.
languages:
  es: {title: Una medida, summary: Cambia la ley., fiscal: Nada.}
"""
MAPPING = """\
columns: {last: last, street: [house, street], zip: zip}
constants: {city: Alpine}
values: {status: {A: active}}
date_format: "%Y-%m-%d"
separator: ","
"""
PACE = """\
petition_id,day,count,district,required,deadline
p,2017-02-01,100,A,9000,2017-07-25
p,2017-03-01,4100,A,9000,2017-07-25
p,2017-03-01,100,B,9000,2017-07-25
"""
RESULTS = """\
question: Shall the club move to a larger hall?
parts:
  North: {registered: 40, cast: 31, valid: 30, blank: 1, yes: 17, no: 13}
  South: {registered: 25, cast: , yes: , no: }
"""
_VOTES = """\
<BallotSelection xsi:type="BallotMeasureSelection"><VoteCountsCollection>
<VoteCounts><GpUnitId>p1</GpUnitId><Type>total</Type><Count>10</Count></VoteCounts>
<VoteCounts><GpUnitId>p2</GpUnitId><Type>total</Type><Count>3</Count></VoteCounts>
</VoteCountsCollection><Selection><Text>{word}</Text></Selection></BallotSelection>
"""
NIST = f"""\
<?xml version="1.0"?>
<ElectionReport xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Election><ContestCollection>
<Contest objectId="c" xsi:type="BallotMeasureContest">
{_VOTES.format(word="Yes")}{_VOTES.format(word="No")}
<Name>Measure A</Name>
</Contest></ContestCollection></Election>
<GpUnitCollection>
<GpUnit objectId="p1"><Name>One</Name><VotersRegistered>30</VotersRegistered></GpUnit>
<GpUnit objectId="p2"><Name>Two</Name><VotersRegistered>20</VotersRegistered></GpUnit>
</GpUnitCollection></ElectionReport>
"""


def ground(at: Path) -> Path:
    """Return the ground at `at`, made if it is not there."""
    if not (at / READY).exists():
        shutil.rmtree(at, ignore_errors=True)
        at.mkdir(parents=True, mode=0o700)
        before = Path.cwd()
        os.chdir(at)
        try:
            _lay_out(at)
        finally:
            os.chdir(before)
        (at / READY).touch()
    return at


def _lay_out(at: Path) -> None:
    do("simulate", "roll", "--voters", 400, "--seed", 1, "--out", "roll.csv")
    do("simulate", "roll", "--voters", 9, "--seed", 1, "--out", "short.csv")
    do("simulate", "roll", "--voters", 9, "--seed", 1, "--out", "short.parquet")
    do("roll", "build", "roll.csv", "--as-of", "2017-07-25", "--out", "roll")
    do(
        *("simulate", "petition", "--roll", "roll", "--lines", 12, "--seed", 2),
        *("--counties", "Los Angeles", "--out", "petition"),
    )
    do(
        *("simulate", "petition", "--roll", "roll", "--lines", 12, "--seed", 2),
        *("--counties", "Los Angeles", "--out", "packed", "--format", "parquet"),
    )
    _measure(at / "m")
    _measure(at / "later")
    later = MEASURE.replace("2017-", "2023-")
    (at / "later" / "measure.yaml").write_text(later, encoding="utf-8")
    for kind, day in EVENTS:
        do(
            *("measure", "record", "m", kind, "--day", day, "--by", "an office"),
            *("--authority", "Cal. Elec. Code § 9001"),
        )
    do("measure", "checkpoint", "m", "--out", "checkpoint.json")
    lines = "petition/lines.csv"
    do("match", "run", "--roll", "roll", "--lines", lines, "--out", "matches.parquet")
    _campaign()
    _office(lines)
    _vote(at)
    (at / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (at / "pace.csv").write_text(PACE, encoding="utf-8")
    shutil.copytree(PROGRAM / "law/us/ca", at / "law")
    _keyed(at)
    packed.lay_out(at)


def _keyed(at: Path) -> None:
    """Key a section of two lines, as a person would."""
    with opened(at / "keyed") as journal:
        cards = cards_of_serials([1], {1: 2})
        desk = Session(
            cards=cards, journal=journal, by="Lee", seed=SEED, share=Fraction(0)
        )
        while due := desk.next():
            desk.decide(*due, Finding.WRITTEN, {"name": "Ann Lee"}, at=AT)


def _measure(at: Path) -> None:
    at.mkdir(mode=0o700)
    (at / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    for name in ("hurdles.yaml", "polls.csv"):
        shutil.copyfile(SHIPPED / name, at / name)
    (at / "form.yaml").write_text(FORM, encoding="utf-8")


def _campaign() -> None:
    of = ("--measure", "m", *WHO)
    do("campaign", "chapters", "add", "north", "--quota", 50, *of)
    do("campaign", "circulators", "add", "Ana Ruiz", "--chapter", "north", *of)
    do("campaign", "volunteers", "add", "Dee Moss", "--chapter", "north", *of)
    do(
        *("petition", "print", "--measure", "m", "--county", "Los Angeles"),
        *("--next", 10, "--lines", 5, "--day", "2017-02-01", "--out", "sheets"),
    )
    do("campaign", "bundles", "out", "1-10", "--to", "C0001", *of)
    do("campaign", "bundles", "back", "B0001", "--lines", 20, "--lost", 9, *of)


def _office(lines: str) -> None:
    do(
        *("petition", "commit", "--manifest", "petition/manifest.csv"),
        *("--measure", "m", "--out", "commitment.json"),
    )
    do(
        *("petition", "draw", "--commitment", "commitment.json", "--seed", SEED),
        *("--out", "drawn.csv"),
    )
    do(
        *("petition", "find", "--drawn", "drawn.csv", "--lines", lines),
        *("--roll", "roll", "--decisions", "petition/decisions.csv", "--out", "found"),
    )
    do(
        *("petition", "certify", "found", "--law", "us/ca/constitutional_initiative"),
        *("--measure", "m", "--day", "2017-09-01"),
    )
    do(
        *("match", "remember", "--lines", lines, "--matches", "matches.parquet"),
        *("--decisions", "petition/decisions.csv", "--roll", "roll"),
        *("--out", "resolutions.csv"),
    )


def _vote(at: Path) -> None:
    do(
        *("simulate", "results", "--precincts", 4, "--seed", 1),
        *("--out", "results.csv"),
    )
    (at / "ballots.csv").write_text("batch,ballots\nA,60\nB,40\n", encoding="utf-8")
    do(
        *("vote", "audit", "plan", "--manifest", "ballots.csv", "--yes", 55),
        *("--no", 40, "--other", 5, "--out", "audit.json"),
    )
    do(
        *("vote", "audit", "next", "--audit", "audit.json", "--seed", SEED),
        *("--out", "findings.csv"),
    )
    listed = (at / "findings.csv").read_text(encoding="utf-8")
    looked = listed.replace(",\n", ",yes\n", 60)
    (at / "findings.csv").write_text(looked, encoding="utf-8")
