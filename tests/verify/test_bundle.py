"""The bundle holds the law whole, wherever its files lie."""

import json

from plebiscite import __version__
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.count import SampleCount
from plebiscite.verify.publish.bundle import counts_text, json_text, write_bundle

LAW = """\
title: Initiative of an invented city
governed_by: received
also: ../initiative.yaml
calendar: ../days/calendar.yaml
"""
SHARED = """\
title: What the cities share
governed_by: received
place: Example
"""
CALENDAR = "title: Working days\nplace: Example\n"
CERTIFICATE = {
    "measure": "m",
    "law": "initiative",
    "law_version": "none",
    "projection": "pair",
    "counties": [],
}


def test_law_files_of_one_name_stand_beside_each_other(tmp_path):
    """Oracle: the law opened from the bundle is the law it was made under."""
    for name, text in (
        ("city/initiative.yaml", LAW),
        ("initiative.yaml", SHARED),
        ("days/calendar.yaml", CALENDAR),
    ):
        path = tmp_path / "law" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    law = open_law(tmp_path / "law" / "city" / "initiative.yaml")
    (tmp_path / "evidence").mkdir()

    write_bundle(
        tmp_path / "bundle",
        evidence=tmp_path / "evidence",
        counts=[],
        certificate=CERTIFICATE,
        law=law,
    )
    about = json.loads((tmp_path / "bundle" / "bundle.json").read_bytes())
    assert about == {
        "format": 1,
        "program": "plebiscite",
        "program_version": __version__,
        "measure": "m",
        "law": "initiative",
        "law_version": "none",
        "law_sha256": law.digest,
    }
    again = open_law(tmp_path / "bundle" / "law" / "city" / "initiative.yaml")
    assert again.digest == law.digest
    assert again.title == law.title


def test_the_files_of_a_bundle_are_written_as_they_always_were():
    """Their bytes are hashed: spaced or named otherwise, old heads would be wrong."""
    count = SampleCount(
        county="state", raw=900, sampled=90, valid=80, duplicates=2, undecided=3
    )

    assert json_text({"a": ["é"]}) == '{\n "a": [\n  "é"\n ]\n}\n'
    assert counts_text([count], statewide=True) == (
        "filed,sampled,invalid,duplicates,undecided\n900,90,5,2,3\n"
    )
