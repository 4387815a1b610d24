"""The four acts by an office that calls its files what it likes.

Oracle: the sample drawn a second time here, from the seed and the counts alone.
"""

import csv
import json
from hashlib import sha256

import polars as pl
import pytest
from click.testing import CliRunner

from plebiscite.cli import main

SECTIONS = {"0001": (400, {3, 7}), "0002": (300, {1}), "B 3": (120, set())}
SEED, FRESH = "271828182845", "999999000001"
MEASURE = """\
id: us/ca/acts
title: Acts
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 300}
"""


def petition(*arguments, code=0):
    done = CliRunner().invoke(main, ["petition", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.output


def rows_left():
    """Return by section the rows of the sheet that are not struck."""
    return {
        name: [row for row in range(1, 1 + claimed) if row not in struck]
        for name, (claimed, struck) in SECTIONS.items()
    }


def lowest(seed, places, size):
    def ticket(place):
        return sha256(f"{seed},Inyo,{place[0]},{place[1]}".encode()).hexdigest()

    return sorted(places, key=ticket)[:size]


def write(path, rows):
    with path.open("w", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    return path


@pytest.fixture(params=[True, False], ids=["rows named", "rows not named"])
def office(request, tmp_path):
    """Return a folder with everything filed, and whether struck rows are named."""
    manifest = [
        {
            "county": "Inyo",
            "section": name,
            "lines_claimed": claimed,
            "lines_struck": len(struck),
        }
        | ({"struck_rows": ";".join(map(str, sorted(struck)))} if request.param else {})
        for name, (claimed, struck) in SECTIONS.items()
    ]
    voters, lines = [], []
    for name, (claimed, struck) in SECTIONS.items():
        for row in range(1, 1 + claimed):
            number = len(lines)
            home = {
                "house": number + 1,
                "street": "Elm St",
                "city": "Bishop",
                "zip": "93514",
                "county": "Inyo",
            }
            last = f"Bar{''.join(chr(97 + int(digit)) for digit in str(number))}"
            voter = {"voter_id": f"V{number}", "first": "Ada", "last": last, **home}
            voters.append({**voter, "registered_on": "2010-01-01", "status": "active"})
            line = {"line_id": f"{name}/{row}", "section": name, "row": row}
            line |= {"name": f"Ada {last}", "struck": int(row in struck), **home}
            lines.append(line)
    write(tmp_path / "as we count.csv", manifest)
    write(tmp_path / "roll.csv", voters)
    write(tmp_path / "keyed.csv", lines)
    (tmp_path / "measure.yaml").write_text(MEASURE)
    return tmp_path, request.param


def drawn(folder):
    where = ("--commitment", folder / "c.json")
    counted = folder / "as we count.csv"
    petition(
        *("commit", "--manifest", counted, "--measure", folder / "measure.yaml"),
        *("--out", folder / "c.json"),
    )
    petition("draw", *where, "--seed", SEED, "--out", folder / "one.csv")
    petition("draw", *where, "--seed", SEED, "--out", folder / "two.csv", code=2)
    more = ("--extend", "Inyo=30", "--out", folder / "two.csv")
    petition("draw", *where, "--seed", FRESH, *more)
    return ("--drawn", folder / "one.csv", "--drawn", folder / "two.csv")


def found(folder, lists, keyed, out, code=0):
    return petition(
        *("find", *lists, "--lines", keyed, "--roll", folder / "roll.csv"),
        *("--measure", folder / "measure.yaml", "--out", folder / out),
        code=code,
    )


def expected(named):
    """Return the drawn places and the ids of the lines that stand there."""
    kept = rows_left()
    ids = {
        (name, row if named else number): f"{name}/{row}"
        for name, rows in kept.items()
        for number, row in enumerate(rows, start=1)
    }
    first = lowest(SEED, ids, 500)
    second = lowest(FRESH, set(ids) - set(first), 30)
    return first, second, {ids[place] for place in (*first, *second)}


def test_the_sample_is_the_seeds_and_each_line_the_one_on_the_sheet(office):
    folder, named = office
    lists = drawn(folder)
    first, second, ids = expected(named)
    found(folder, lists, folder / "keyed.csv", "out")

    for path, places, before in (("one", first, 0), ("two", second, 500)):
        rows = list(csv.reader((folder / f"{path}.csv").read_text().splitlines()))
        assert rows[1:] == [
            ["Inyo", name, str(row), str(order)]
            for order, (name, row) in enumerate(places, start=before + 1)
        ]
    table = pl.read_parquet(folder / "out" / "confidential" / "findings.parquet")
    assert set(table["line_id"]) == ids
    certify = ("--law", "us/ca/constitutional_initiative", "--day", "2017-09-01")
    measure = ("--measure", folder / "measure.yaml", "--json")
    said = json.loads(petition("certify", folder / "out", *certify, *measure))
    assert said["raw"] == 817
    assert said["seeds"] == [SEED, FRESH]
    assert said["counties"][0]["sampled"] == 530


def test_a_line_is_never_taken_for_the_one_below_it(office):
    """Keyed: the drawn lines with all struck ones; or with one of section 1 only."""
    folder, named = office
    lists = drawn(folder)
    *_, ids = expected(named)
    rows = list(csv.DictReader((folder / "keyed.csv").read_text().splitlines()))
    kept = [row for row in rows if row["line_id"] in ids or row["struck"] == "1"]
    doubtful = [row for row in kept if row["line_id"] != "0001/7"]

    found(folder, lists, write(folder / "kept.csv", kept), "out")
    table = pl.read_parquet(folder / "out" / "confidential" / "findings.parquet")
    assert set(table["line_id"]) == ids
    keyed = write(folder / "doubtful.csv", doubtful)
    said = found(folder, lists, keyed, "other", code=0 if named else 2)
    assert named or "which rows are struck? ('Inyo, section 0001')" in said
