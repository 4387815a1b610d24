"""A whole drive, from the printer to the certificate, with every count conserved.

3 chapters, 40 circulators, 2,000 sections in 6 counties: printed serials, bundles out
and back, pages of a few sections scanned, lines keyed (some by two people, the rest as
two careful people would), checked, mended, credited, filed and verified. Oracle: the
simulated petition's own truth, and sums that must come out the same at every step.
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
from made_forms import order as made_order

from plebiscite.cli import main
from plebiscite.petition.campaign.bundles import bundles, returns, where
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.issue import known_sections
from plebiscite.petition.campaign.status import status
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.issued.ledger import Issue, issued
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.intake import read_lines
from plebiscite.petition.keying.card import Finding, Turn
from plebiscite.petition.keying.double import agreement, keyed_twice
from plebiscite.petition.keying.journal import opened
from plebiscite.petition.keying.scanned import cards_of_scan, cards_of_serials
from plebiscite.petition.keying.session import Session
from plebiscite.petition.keying.written import write_keyed
from plebiscite.petition.scan.folder import scan
from plebiscite.simulate.sheets.write import write_sheets

LAW = "us/ca/constitutional_initiative"
COUNTIES = ("Alameda", "Fresno", "Los Angeles", "Orange", "San Diego", "Ventura")
CHAPTERS = {"north": COUNTIES[:2], "middle": COUNTIES[2:4], "south": COUNTIES[4:]}
SECTIONS, CIRCULATORS, BUNDLE = 2_000, 40, 10
FAULTY = set(range(100, SECTIONS + 1, 100))
"""Sections whose circulator forgot to sign."""
LINES = 12_000
KEYED_HERE = 40
"""Sections keyed card by card; the others stand as keyed already."""
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


def on_sheets(lines):
    """Return the simulated lines on sections of ours, by serial: 2,000, of one county.

    Every county gets a share of the sections, each filled as evenly as it goes.
    """
    by_county = {
        county: lines.filter(pl.col("county") == county).to_dicts()
        for county in COUNTIES
    }
    total = sum(map(len, by_county.values()))
    sheets, serial = {}, 0
    for county, rows in by_county.items():
        left = SECTIONS - serial
        many = left if county == COUNTIES[-1] else SECTIONS * len(rows) // total
        for number in range(many):
            serial += 1
            sheets[serial] = (county, rows[number::many])
    return sheets


def handed_out(campaign, sheets):
    """Print, hand out and take back every section; return what is filed, by serial."""
    issue_all(campaign, sheets)
    for chapter in CHAPTERS:
        add_chapter(campaign, on("01-26"), chapter, quota=LINES // 3)
    of_county = {c: chapter for chapter, own in CHAPTERS.items() for c in own}
    own = {chapter: [] for chapter in CHAPTERS}
    for number in range(CIRCULATORS):
        chapter = list(CHAPTERS)[number % 3]
        made = add_circulator(
            campaign,
            on("01-27"),
            name=f"Person {number}",
            chapter=chapter,
            paid=number % 4 == 0,
        )
        own[chapter].append(made.circulator)
    filed = {}
    for chapter in CHAPTERS:
        serials = [
            n for n, (county, _) in sheets.items() if of_county[county] == chapter
        ]
        for at in range(0, len(serials), BUNDLE):
            part = serials[at : at + BUNDLE]
            who = own[chapter][at // BUNDLE % len(own[chapter])]
            bundle = hand_out(campaign, on("02-01"), part, circulator=who).bundle
            counted = {n: len(sheets[n][1]) for n in part}
            first = part[: len(part) // 2]
            rest = part[len(part) // 2 :]
            take_back(
                campaign,
                on("03-01"),
                bundle,
                lines=sum(counted[n] for n in first),
                still_out=rest,
                counted={n: counted[n] for n in first},
            )
            take_back(
                campaign,
                on("05-01"),
                bundle,
                lines=sum(counted[n] for n in rest),
                counted={n: counted[n] for n in rest},
            )
            filed |= dict.fromkeys(part, who)
    return filed


def issue_all(campaign, sheets):
    of_county = {}
    for serial, (county, _) in sheets.items():
        of_county.setdefault(county, []).append(serial)
    issues = [
        Issue(
            first=serials[0],
            last=serials[-1],
            measure="us/ca/drive",
            county=county,
            language="en",
            paper="LETTER",
            lines=max(len(sheets[n][1]) for n in serials),
            pages=2,
            specimen=False,
            day=date(2017, 1, 26),
        )
        for county, serials in of_county.items()
    ]
    with issued(campaign, lambda _: issues):
        pass


def typed(row):
    """Return what stands on a line, as a careful person keys it."""
    name = " ".join(
        row[part] for part in ("first", "middle", "last", "suffix") if row[part]
    )
    parts = ("house", "street", "unit")
    return {
        "name": name,
        "address": " ".join(row[part] for part in parts if row[part]),
        "city": row["city"] or "",
        "zip": row["zip"] or "",
        "signed_on": row["signed_on"].isoformat() if row["signed_on"] else "",
        "signature_present": row["signature_present"],
    }


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
    some = list(sheets)[:KEYED_HERE]
    known = known_sections(home / "campaign")
    room = {number: len(sheets[number][1]) for number in some}
    cards = cards_of_serials(some, room, dates=True, known=known)
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
    CliRunner().invoke(
        main,
        [
            *("petition", "verify", "--law", LAW, "--measure", str(home)),
            *("--roll", str(home / "r.parquet"), "--lines", str(folder / "lines.csv")),
            *("--sections", str(folder / "sections.csv"), "--seed", "123456"),
            *("--out", str(home / "filed"), "--day", "2017-09-01"),
        ],
    )
    made = json.loads((home / "filed/public/certificate.json").read_text())
    assert {each["county"]: each["raw"] for each in made["counties"]} == dict(truth)
    assert made["raw"] == truth.total() == LINES


def test_scanned_sections_are_keyed_line_for_line(tmp_path):
    """Oracle: the simulated sheets' own truth of which lines are written."""
    pytest.importorskip("cv2")
    pytest.importorskip("zxingcpp")
    made = write_sheets(tmp_path / "sheets", made_order(), pages=2, seed=7, clean=True)
    scan(
        [tmp_path / "sheets/sheets"], tmp_path / "scanned", counties=lambda _: "Alpine"
    )

    cards = cards_of_scan(tmp_path / "scanned")

    lines = [card for card in cards if card.row]
    assert len(lines) == sum(made.lines.values()) - made.lines.get("blank", 0)
    assert all(image.exists() for card in lines for image in card.images.values())
    assert [card.row for card in cards if card.section == lines[-1].section][-1] == 0
