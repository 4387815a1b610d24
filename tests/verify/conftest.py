"""A small petition whose signers and voters bear names found nowhere else.

Surnames and streets are invented, and voters' numbers hold CANARY, so that a search
through what is published finds any of them that got out.
"""

import csv
import hashlib
from datetime import date
from types import SimpleNamespace

import pytest

from plebiscite.petition.intake import read_lines
from plebiscite.petition.measure import read_measure
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.draw.evidence import of_all, of_draws
from plebiscite.verify.draw.sample import draw_sample
from plebiscite.verify.find.folder import stage, write_findings
from plebiscite.verify.find.look import ground, look
from plebiscite.verify.publish.certify import certify

LAW = "us/ca/constitutional_initiative"
COUNTIES = ("Alpine", "Los Angeles")
MEASURE = """\
id: us/ca/test
title: A test measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 100}
"""
FIRST = ("Abigail", "Bertram", "Clement", "Deirdre", "Ephraim", "Fiona", "Gustave")
SYLLABLES = "barchodemfilgorhusjankellimmosnorpraquoristotavungvekwolyar"


def word(text, syllables):
    """Return an invented word, another for every text."""
    digest = hashlib.sha256(text.encode()).digest()
    return "".join(
        SYLLABLES[byte % 19 * 3 :][:3] for byte in digest[:syllables]
    ).title()


def surname(n):
    return word(f"surname {n}", 4)


def street(n):
    return f"{word(f'street {n % 37}', 4)} St"


def voter(n, county):
    return {
        "voter_id": f"VCANARY{n}",
        "last": surname(n),
        "first": FIRST[n % 7],
        "middle": "",
        "suffix": "",
        "former_last": "",
        "house": str(100 + n),
        "unit": "",
        "street": street(n),
        "city": "Town",
        "zip": "95001" if county == "Alpine" else "90001",
        "mail_address": "",
        "county": county,
        "precinct": "1",
        "birth_year": str(1950 + n % 40),
        "registered_on": "2010-01-01",
        "status": "active",
        "confidential": "1" if n % 50 == 2 else "0",
    }


def line(n, county, section, row, **changed):
    person = voter(n, county)
    return {
        "line_id": f"{county}/{section}/{row}",
        "section": section,
        "row": row,
        "county": county,
        "circulator_id": "C1",
        "first": person["first"],
        "middle": "",
        "last": person["last"],
        "suffix": "",
        "house": person["house"],
        "unit": "",
        "street": person["street"],
        "city": person["city"],
        "zip": person["zip"],
        "signed_on": "2017-03-01",
        "signature_present": "yes",
        "struck": 0,
        "withdrawn_on": "",
    } | changed


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, fieldnames=list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    return path


def petition(folder, *, alpine=60, los_angeles=80):
    """Write a petition; in each county the last eight lines repeat the first eight."""
    rows = []
    for county, size, base in (
        ("Alpine", alpine, 0),
        ("Los Angeles", los_angeles, 600),
    ):
        people = [*range(base, base + size - 8), *range(base, base + 8)]
        for place, n in enumerate(people):
            section = f"{place // 10:04d}"
            rows.append(line(n, county, section, place % 10 + 1))
    # Every fifth signer is on no roll.
    voters = [voter(n, "Alpine") for n in range(alpine) if n % 5]
    voters += [voter(n, "Los Angeles") for n in range(600, 600 + los_angeles) if n % 5]
    counts = {}
    for row in rows:
        place = row["county"], row["section"]
        counts[place] = max(counts.get(place, 0), row["row"])
    manifest = [
        {"county": c, "section": s, "lines_claimed": n, "lines_struck": 0}
        for (c, s), n in counts.items()
    ]
    (folder / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    return SimpleNamespace(
        folder=folder,
        personal=[word for row in rows for word in (row["last"], row["street"])],
        rows=rows,
        manifest=write(folder / "manifest.csv", manifest),
        lines=write(folder / "lines.csv", rows),
        roll=write(folder / "roll.csv", voters),
        measure=read_measure(folder / "measure.yaml"),
        measure_file=folder / "measure.yaml",
        dates={
            "official_summary_date": date(2017, 1, 26),
            "filed_with_counties": date(2017, 7, 25),
        },
    )


@pytest.fixture
def small(tmp_path):
    """140 lines in two counties, all of which are drawn."""
    return petition(tmp_path)


def certified(folder, *, lines=560, seed="314159", full_count=False, decisions=None):
    """Carry a petition through the four acts, and return where everything lies."""
    made = petition(folder, los_angeles=lines)
    path = folder / "commitment.json"
    made.committed = commit(
        made.manifest,
        law=LAW,
        governed_by=made.dates,
        measure="us/ca/test",
        folder=folder,
    )
    path.write_text(made.committed.written(), encoding="utf-8")
    made.commitment, made.drawn = path, folder / "drawn.csv"
    if full_count:
        evidence = of_all(path)
    else:
        draw_sample(path, seed=seed, out=made.drawn)
        evidence = of_draws([made.drawn])
    made.out = folder / "out"
    roll = open_roll(made.roll)
    rules = made.committed.rulebook()
    looked = look(
        evidence,
        lines=read_lines(made.lines),
        lines_path=made.lines,
        roll=roll,
        decisions=decisions or [],
        ground=ground(rules, made.dates, None),
    )
    made.looked = looked
    made.stage = stage(
        evidence,
        looked,
        law=LAW,
        governed_by=made.dates,
        law_version=rules.version,
        measure="us/ca/test",
        roll=roll,
    )
    write_findings(
        made.out,
        stage=made.stage,
        looked=looked,
        evidence=evidence,
        decisions=decisions or [],
        roll=roll,
    )
    return made


def issued(made, **changed):
    """Certify the findings of `certified`."""
    given = {
        "law": LAW,
        "measure": made.measure,
        "issued_on": date(2017, 9, 1),
        "page": certificate_html,
        "paper": certificate_pdf,
    }
    return certify(made.out, **(given | changed))


@pytest.fixture(scope="session")
def bundle(tmp_path_factory):
    """A certified sample: 60 lines of Alpine, all drawn; 500 of 560 of Los Angeles."""
    made = certified(tmp_path_factory.mktemp("bundle"))
    made.certified = issued(made)
    made.bundle = made.out / "public" / "bundle"
    return made


@pytest.fixture
def acts():
    """The two steps above, for tests that change something between them."""
    return SimpleNamespace(certified=certified, issued=issued, petition=petition)
