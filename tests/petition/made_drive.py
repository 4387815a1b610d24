"""A drive made for the tests: sections printed, handed out, brought back, scanned."""

from datetime import date

import polars as pl
from made_campaign import on
from made_forms import order as made_order
from made_forms import wording

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.issue import known_sections
from plebiscite.petition.form.issued.ledger import Issue, issued
from plebiscite.petition.form.layout import Paper, serial_text
from plebiscite.petition.form.section import plan
from plebiscite.petition.keying.scanned import cards_of_scan
from plebiscite.petition.scan.folder import scan
from plebiscite.simulate.sheets.given import write_given

COUNTIES = ("Alameda", "Fresno", "Los Angeles", "Orange", "San Diego", "Ventura")
CHAPTERS = {"north": COUNTIES[:2], "middle": COUNTIES[2:4], "south": COUNTIES[4:]}
SECTIONS, CIRCULATORS, BUNDLE = 2_000, 40, 10
LINES = 12_000
SHARE = 100
"""One section in so many is scanned; one more is keyed card by card from its sheets."""
SCANNED = range(SHARE // 2, SECTIONS + 1, SHARE)
BY_HAND = range(7, SECTIONS + 1, SHARE)


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


def printed(county, lines):
    """How the sections of a county are printed."""
    said = wording(summary="Requires every county to publish its count.")
    made = made_order(
        measure="us/ca/drive", county=county, said=said, paper=Paper.LEGAL, lines=lines
    )
    return plan(made)


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
            paper="LEGAL",
            lines=max(len(sheets[n][1]) for n in serials),
            pages=printed(county, max(len(sheets[n][1]) for n in serials)).pages,
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


def scanned(home, sheets):
    """Print, fill in, wear and scan a share of the sections; return their cards."""
    known, pages = known_sections(home / "campaign"), 0
    for county in COUNTIES:
        most = max(len(rows) for of, rows in sheets.values() if of == county)
        given = {n: on_paper(sheets[n][1]) for n in SCANNED if sheets[n][0] == county}
        place = home / "pictures" / county.replace(" ", "-")
        pages += write_given(place, printed(county, most), given, seed=8)
    box = scan(
        [home / "pictures"],
        home / "scanned",
        measure="us/ca/drive",
        counties=lambda section: known[section]["county"],
        workers=2,
    )
    counts = box.as_data()["counts"]
    assert counts["read"] == counts["pages"] == pages
    assert (counts["sections"], counts["missing"]) == (len(SCANNED), 0)
    assert counts["written"] == sum(len(sheets[n][1]) for n in SCANNED)
    cards = cards_of_scan(home / "scanned", dates=True, known=known)
    assert {card.place for card in cards} == {
        (serial_text(n), row) for n in SCANNED for row in range(len(sheets[n][1]) + 1)
    }
    assert all(card.picture.exists() for card in cards)
    return cards


def on_paper(rows):
    """Return what each signer writes on their line."""
    return [
        {
            "name": typed(row)["name"],
            "residence": typed(row)["address"],
            "city": typed(row)["city"],
            "zip": typed(row)["zip"],
            "signed": row["signature_present"] != "no",
            "struck": row["struck"],
        }
        for row in rows
    ]
