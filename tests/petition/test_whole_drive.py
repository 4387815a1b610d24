"""A whole drive, from the printer to the certificate, with every count conserved.

3 chapters, 40 circulators, 2,000 sections in 6 counties: printed serials, bundles out
and back. One section in a hundred is really printed, filled in with the very lines that
are filed, worn, scanned and keyed from the scan; as many are keyed from the sheets, a
tenth of all these lines by two people; the others stand keyed as two careful people
would. Checked, mended, credited, filed and verified. Oracle: the simulated petition's
own truth, and sums that must come out the same at every step.
"""

import csv
import json
from collections import Counter
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from click.testing import CliRunner
from made_campaign import AT, on
from made_drive import (
    BY_HAND,
    CHAPTERS,
    CIRCULATORS,
    COUNTIES,
    LINES,
    SECTIONS,
    handed_out,
    on_sheets,
    scanned,
    typed,
)

from plebiscite.cli import main
from plebiscite.cli.faults import Exit
from plebiscite.petition.campaign.bundles import bundles, returns, where
from plebiscite.petition.campaign.issue import known_sections
from plebiscite.petition.campaign.status import status
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.intake import read_lines
from plebiscite.petition.keying.card import Finding, Turn
from plebiscite.petition.keying.double import agreement, keyed_twice
from plebiscite.petition.keying.journal import opened
from plebiscite.petition.keying.scanned import cards_of_serials
from plebiscite.petition.keying.session import Session
from plebiscite.petition.keying.written import write_keyed

pytestmark = pytest.mark.long

LAW = "us/ca/constitutional_initiative"
FAULTY = set(range(100, SECTIONS + 1, 100))
"""Sections whose circulator forgot to sign."""
MEASURE = """\
id: us/ca/drive
title: A whole drive
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 8000}
"""
OPENS, CLOSES = date(2017, 1, 26), date(2017, 7, 25)


def run(*arguments, code=0):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.fixture(scope="module")
def drive(tmp_path_factory):
    """A measure's folder, and what its signers wrote, put on our own sections."""
    home = tmp_path_factory.mktemp("drive")
    (home / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    run(
        "simulate", "roll", "--voters", 60_000, "--seed", 4, "--out", home / "r.parquet"
    )
    run(
        *("simulate", "petition", "--roll", home / "r.parquet", "--lines", LINES),
        *("--seed", 5, "--out", home / "petition"),
        *(part for county in COUNTIES for part in ("--counties", county)),
    )
    return home


def declared(serial, rows, who, known):
    days = [row["signed_on"] for row in rows if row["signed_on"]]
    return {
        **known[serial_text(serial)],
        "circulator_id": who,
        "from": max(min(days, default=OPENS), OPENS).isoformat(),
        "to": min(max(days, default=CLOSES), CLOSES).isoformat(),
        "declaration": "unsigned" if serial in FAULTY else "complete",
    }


def answers_of(home, sheets, filed):
    """Return what a careful person finds each card to be, by place."""
    known = known_sections(home / "campaign")
    answers = {}
    for serial, (_, rows) in sheets.items():
        section = serial_text(serial)
        said = declared(serial, rows, filed[serial], known)
        answers[section, 0] = Finding.WRITTEN, said
        for at, row in enumerate(rows, start=1):
            found = Finding.STRUCK if row["struck"] else Finding.WRITTEN
            answers[section, at] = found, typed(row)
    return answers


def session(cards, journal, by):
    share = Fraction(1, 10)
    return Session(cards=cards, journal=journal, by=by, seed="271828", share=share)


def keyed(home, sheets, answers):
    """Key some sections card by card: one person, a second who slips, a third."""
    known = known_sections(home / "campaign")
    room = {number: len(sheets[number][1]) for number in BY_HAND}
    cards = [
        *scanned(home, sheets),
        *cards_of_serials(BY_HAND, room, dates=True, known=known),
    ]
    for by in ("Lee", "Kim", "Pat"):
        with opened(home / "some") as journal:
            desk = session(cards, journal, by)
            while due := desk.next():
                card, turn = due
                finding, texts = answers[card.place]
                if turn is Turn.SECOND and card.row == 2:
                    texts = {**texts, "zip": "00000"}
                if (turn is Turn.SETTLED) is (by == "Pat"):
                    desk.decide(card, turn, finding, texts, at=AT)
                else:
                    desk.skip(card)
                    break
            far = desk.progress()
            write_keyed(home / "some", desk, counties={}, county="", holders={})
            both = agreement(journal.decided.values())
    assert far.done
    assert far.again == far.twice == both.lines > 0
    slips = {card.place for card in cards if card.row == 2}
    assert 0 < both.alike < both.lines
    assert both.lines - both.alike == sum(
        keyed_twice("271828", *place, Fraction(1, 10)) for place in slips
    )
    return cards


def whole(home, cards, answers):
    """Put what was keyed here and everywhere else into one folder, as filed."""
    here = {card.place for card in cards}
    lines, sections = (
        rows_of(home / "some" / f) for f in ("lines.csv", "sections.csv")
    )
    for (section, row), (finding, texts) in answers.items():
        if (section, row) in here:
            continue
        if not row:
            sections.append({"section": section, **texts})
            continue
        of = answers[section, 0][1]
        lines.append(
            {
                "line_id": f"{section}-{row}",
                "section": section,
                "row": str(row),
                "county": of["county"],
                "circulator_id": of["circulator_id"],
                **texts,
                "struck": str(int(finding is Finding.STRUCK)),
            }
        )
    (home / "keyed").mkdir()
    put(home / "keyed/lines.csv", lines)
    put(home / "keyed/sections.csv", sections)
    return home / "keyed"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]), restval="")
        sheet.writeheader()
        sheet.writerows(rows)


def test_every_count_is_conserved_from_the_printer_to_the_certificate(drive):
    pytest.importorskip("cv2")
    pytest.importorskip("zxingcpp")
    home = drive
    written = read_lines(home / "petition/lines.csv")
    truth = Counter(written.filter(~pl.col("struck"))["county"])
    sheets = on_sheets(written)
    campaign = home / "campaign"

    # Out and back: every section and every line is somewhere, once.
    filed = handed_out(campaign, sheets)
    now = status(campaign, on("06-01").day)
    assert len(sheets) == len(where(campaign).of(Sheet.RETURNED)) == SECTIONS
    assert now.whole.lines == written.height
    assert sum(each.lines for each in now.circulators) == written.height
    assert sum(each.sections for each in bundles(campaign).values()) == SECTIONS
    assert sum(each.lines for each in returns(campaign).values()) == written.height
    assert len({each.circulator for each in returns(campaign).values()}) == CIRCULATORS

    # Keyed: a row for every line.
    answers = answers_of(home, sheets, filed)
    folder = whole(home, keyed(home, sheets, answers), answers)
    lines = read_lines(folder / "lines.csv")
    assert lines.height == written.height
    assert Counter(lines.filter(~pl.col("struck"))["county"]) == truth

    # Checked: the sections whose circulator forgot to sign, and no other.
    said = json.loads(
        run("petition", "check", folder, "--measure", home, "--json", code=1)
    )
    assert (said["lines"], said["struck"]) == (
        truth.total(),
        written.height - truth.total(),
    )
    assert {int(each["section"]) for each in said["to_fix"]} == FAULTY
    sections = rows_of(folder / "sections.csv")
    put(
        folder / "sections.csv",
        [{**row, "declaration": "complete"} for row in sections],
    )
    run("petition", "check", folder, "--measure", home)

    # Credited: each line checked once, and every chapter's share of them its own.
    matches = home / "m.parquet"
    run(
        *("match", "run", "--roll", home / "r.parquet"),
        *("--lines", folder / "lines.csv", "--out", matches),
    )
    run(
        *("campaign", "credit", "--lines", folder / "lines.csv", "--matches", matches),
        *("--measure", home, "--by", "Lee"),
    )
    now = status(campaign, on("06-01").day)
    assert now.whole.credit.checked == truth.total()
    for rows in (now.chapters, now.circulators):
        assert sum(each.credit.checked for each in rows) == truth.total()
        assert sum(each.credit.valid for each in rows) == now.whole.credit.valid
    by_chapter = {each.key: each.credit.checked for each in now.chapters}
    assert by_chapter == {
        chapter: sum(truth[county] for county in own)
        for chapter, own in CHAPTERS.items()
    }

    # Filed: the office's raw count of each county is what came back from it.
    run(
        *("petition", "verify", "--law", LAW, "--measure", home),
        *("--roll", home / "r.parquet", "--lines", folder / "lines.csv"),
        *("--sections", folder / "sections.csv", "--seed", "123456"),
        *("--out", home / "filed", "--day", "2017-09-01"),
        code=Exit.OPEN,
    )
    made = json.loads((home / "filed/public/certificate.json").read_text())
    assert (made["status"], made["standing"]) == ("preliminary", "open")
    assert {each["county"]: each["raw"] for each in made["counties"]} == dict(truth)
    assert made["raw"] == truth.total() == LINES
