"""The grounds and the acts that are cut off: an office's, a campaign's, a clerk's.

Each ground is laid out in the working folder by real commands; what is costly (a roll,
a petition) is made once, in the folder that `PROVE_BASE` names.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from plebiscite.cli import main as plebiscite

LAW = "us/ca/constitutional_initiative"
SEED, OTHER = "314159265358", "271828182845"
BY = ("--by", "a clerk", "--day", "2017-02-01")
ISSUED = ("--day", "2017-09-01")
MEASURE = """\
id: us/ca/test
title: A test measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 100}
"""
EVENTS = (
    ("filed", "2016-11-21"),
    ("titled", "2017-01-26"),
    ("circulating", "2017-01-26"),
    ("sections_filed", "2017-07-25"),
)
AT = datetime(2017, 7, 1, 12, tzinfo=UTC)


def do(*words: object) -> None:
    """Run a command; anything but an answer is an error here.

    Raises:
        RuntimeError: it was refused.

    """
    try:
        plebiscite([str(each) for each in words], prog_name="plebiscite")
    except SystemExit as end:
        if end.code not in (None, 0, 1, 3):
            raise RuntimeError(f"{words}: {end.code}") from end


def base() -> Path:
    """Return the folder with a roll of 3,000 voters and a petition of 700 lines."""
    place = Path(os.environ["PROVE_BASE"])
    if not (place / "roll" / "roll.json").exists():
        do("simulate", "roll", "--voters", 3000, "--seed", 1, "--out", place / "v.csv")
        do(
            *("simulate", "petition", "--roll", place / "v.csv", "--lines", 700),
            *("--seed", 2, "--counties", "Los Angeles", "--out", place / "petition"),
        )
        do(
            *("roll", "build", place / "v.csv", "--as-of", "2017-07-25"),
            *("--out", place / "roll"),
        )
        do("roll", "find", "Garcia", "--roll", place / "roll")
    return place


def _measure(at: Path) -> None:
    at.mkdir(parents=True, exist_ok=True)
    (at / "measure.yaml").write_text(MEASURE, encoding="utf-8")


def docket(at: Path) -> None:
    """A measure whose petition was filed."""
    _measure(at / "m")
    for kind, day in EVENTS:
        do(*recorded(kind, day))


def recorded(kind: str, day: str) -> tuple[str, ...]:
    """Return the words that record an event."""
    office = ("--by", "an office", "--authority", "Cal. Elec. Code § 9001")
    return ("measure", "record", "m", kind, "--day", day, *office)


def docket_begun(at: Path) -> None:
    """A measure with one event."""
    _measure(at / "m")
    do(*recorded(*EVENTS[0]))


def docket_torn(at: Path) -> None:
    """The same, with a tail that some other program tore."""
    docket_begun(at)
    with (at / "m" / "docket.jsonl").open("ab") as file:
        file.write(b'{"authority":"Cal. Elec')


def docket_behind(at: Path) -> None:
    """A docket, and a copy of it that goes on."""
    docket(at)
    shutil.copytree(at / "m", at / "other")
    path = at / "m" / "docket.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def flat_roll(at: Path) -> None:
    """A flat roll."""
    shutil.copyfile(base() / "v.csv", at / "v.csv")


def roll(at: Path) -> None:
    """A built roll without its indexes."""
    shutil.copytree(base() / "roll", at / "roll")
    for index in ("index", "look-up"):
        shutil.rmtree(at / "roll" / index, ignore_errors=True)


def petition(at: Path) -> None:
    """A petition as handed in, with roll, measure and docket."""
    shutil.copytree(base() / "petition", at / "petition")
    shutil.copytree(base() / "roll", at / "roll")
    docket(at)


def committed(at: Path) -> None:
    """The same, its counts committed to."""
    petition(at)
    do(*COMMIT)


def drawn(at: Path) -> None:
    """The same, drawn from."""
    committed(at)
    do(*DRAW)


def corrected(at: Path) -> None:
    """The same, with a manifest that was corrected since."""
    drawn(at)
    path = at / "petition" / "manifest.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    county, section, *_ = rows[1].split(",")
    rows[1] = f'{county},{section},45,0,""'
    (at / "corrected.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def found(at: Path) -> None:
    """The same, its lines found."""
    drawn(at)
    do(*FIND)


def certified(at: Path) -> None:
    """The same, certified, and the term of keeping over."""
    found(at)
    do(*CERTIFY)


COMMIT = (
    *("petition", "commit", "--manifest", "petition/manifest.csv"),
    *("--measure", "m", "--out", "commitment.json"),
)
DRAW = (
    *("petition", "draw", "--commitment", "commitment.json", "--seed", SEED),
    *("--out", "drawn.csv"),
)
EXTEND = (
    *("petition", "draw", "--commitment", "commitment.json", "--seed", OTHER),
    *("--extend", "Los Angeles=20", "--out", "more.csv"),
)
REVISE = (
    *("petition", "commit", "--manifest", "corrected.csv", "--measure", "m"),
    *("--revises", "commitment.json", "--out", "revised.json"),
)
FIND = (
    *("petition", "find", "--drawn", "drawn.csv", "--lines", "petition/lines.csv"),
    *("--sections", "petition/sections.csv", "--roll", "roll"),
    *("--decisions", "petition/decisions.csv", "--measure", "m", "--out", "found"),
)
CERTIFY = (
    *("petition", "certify", "found", "--law", LAW, "--measure", "m"),
    *("--measure-folder", "m", *ISSUED),
)
VERIFY = (
    *("petition", "verify", "--law", LAW, "--measure", "m", "--roll", "roll"),
    *("--lines", "petition/lines.csv", "--decisions", "petition/decisions.csv"),
    *("--sections", "petition/sections.csv", "--seed", SEED, "--out", "found"),
    *("--measure-folder", "m", *ISSUED),
)
PURGE = (
    *("petition", "purge", "found", "--law", LAW, "--no-vote", "--day", "2026-11-23"),
    *("--date", "final_examination", "2018-03-22"),
)


def campaign(at: Path) -> None:
    """A campaign with a chapter and a circulator."""
    _measure(at / "m")
    do("campaign", "chapters", "add", "north", "--measure", "m", *BY)
    do(*circulator("Ana Ruiz", "C0001"))


def circulator(name: str, key: str) -> tuple[str, ...]:
    """Return the words that add a circulator."""
    return (
        *("campaign", "circulators", "add", name, "--chapter", "north"),
        *("--key", key, "--measure", "m", "--paid", *BY),
    )


def handed_out(at: Path) -> None:
    """The same, with sections handed out."""
    campaign(at)
    do(*HAND_OUT)


def helped(at: Path) -> None:
    """The same, with two who offered to help."""
    campaign(at)
    for name, contact in (("Dee Moss", "dee@test.invalid"), ("Eve", "e@test.invalid")):
        do(
            *("campaign", "volunteers", "add", name, "--chapter", "north"),
            *("--consents", "--contact", contact, "--measure", "m", *BY),
        )


def forget(at: Path) -> int:
    """Forget the first who offered to help, unless that was done."""
    from plebiscite.petition.campaign.volunteers import volunteers

    if volunteers(at / "m" / "campaign")["V0001"].person:
        do(
            *("campaign", "volunteers", "withdraw", "V0001", "--forget"),
            *("--measure", "m", *BY),
        )
    return 0


PRINT = (
    *("petition", "print", "--measure", "m", "--county", "Alpine"),
    *("--serials", "1-2", "--out", "sheets", "--day", "2017-02-01"),
)
HAND_OUT = (
    *("campaign", "bundles", "out", "1-10", "--to", "C0001", "--measure", "m", *BY),
)
TAKE_BACK = (
    *("campaign", "bundles", "back", "B0001", "--lines", "57", "--still-out", "10"),
    *("--receipt", "receipt.pdf", "--measure", "m", *BY),
)


KEY = (
    *("petition", "key", "--sections", "1-2", "--rows", "2", "--by", "Lee"),
    *("--seed", SEED, "--twice", "50%", "--json", "--out", "keyed"),
)


def sheets(_at: Path) -> None:
    """Two sections, not keyed yet."""


def key(at: Path) -> int:
    """Key what is left of two sections, a line after another, and write it out."""
    from fractions import Fraction

    from plebiscite.petition.keying.card import Finding
    from plebiscite.petition.keying.journal import opened
    from plebiscite.petition.keying.scanned import cards_of_serials
    from plebiscite.petition.keying.session import Session

    cards = cards_of_serials([1, 2], {1: 2, 2: 2})
    with opened(at / "keyed") as journal:
        desk = Session(
            cards=cards, journal=journal, by="Lee", seed=SEED, share=Fraction(0)
        )
        while due := desk.next():
            desk.decide(*due, Finding.BLANK, {}, at=AT)
    return 0


def careless(at: Path) -> int:
    """Write as nobody may: the harness must see it."""
    from plebiscite.core import faultpoints

    with (at / "kept").open("w", encoding="utf-8") as file:
        file.write("half of ")
        file.flush()
        faultpoints.step("half written")
        file.write("it")
    return 0
