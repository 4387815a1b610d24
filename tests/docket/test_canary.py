"""Nothing personal enters a docket. Oracle: canary signers, searched for."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from living import NOON, calexit, event, tell

from plebiscite.cli import main
from plebiscite.docket.store import Happening, append, read
from plebiscite.errors import InputError

CANARIES = [
    ("Zephyrine", "Quackenbush", "417 Xanadu Hollow Rd"),
    ("Thaddeus", "Vandersloot", "9 Ypsilanti Ct"),
    ("Philomena", "Ogilthorpe", "2201 Zanzibar Ave"),
]
ROLL = (
    "voter_id,last,first,middle,suffix,former_last,house,unit,street,city,zip,"
    "mail_address,county,precinct,birth_year,registered_on,status,confidential"
)
LINES = (
    "line_id,section,row,county,circulator_id,name,address,city,zip,signed_on,"
    "signature_present"
)


def write(folder: Path):
    roll, lines = [ROLL], [LINES]
    for n, (first, last, address) in enumerate(CANARIES, start=1):
        house, _, street = address.partition(" ")
        roll.append(
            f"CANARY{n},{last},{first},,,,{house},,{street},Alpine City,96120,,Alpine,"
            f"1,19{n}0,2001-01-01,active,0"
        )
        lines.append(
            f"CANLINE{n},1,{n},Alpine,,{first} {last},{address},Alpine City,96120,"
            "2017-03-01,yes"
        )
    (folder / "roll.csv").write_text("\n".join(roll) + "\n", "utf-8")
    (folder / "lines.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "small.yaml").write_text(
        "id: us/ca/16-0011\ntitle: T\nkind: amendment\n"
        "law: us/ca/constitutional_initiative\ndates: {summary: 2017-01-26}\n"
        "facts: {required: 2}\n",
        "utf-8",
    )


def test_a_whole_verification_leaves_no_canary_in_the_docket(tmp_path):
    write(tmp_path)
    folder = tmp_path / "kept"
    folder.mkdir()
    command = ["petition", "verify", "--law", "us/ca/constitutional_initiative"]
    command += ["--measure", tmp_path / "small.yaml", "--roll", tmp_path / "roll.csv"]
    command += ["--lines", tmp_path / "lines.csv", "--full-count"]
    command += ["--out", tmp_path / "out", "--measure-folder", folder]
    ended = CliRunner().invoke(main, [str(each) for each in command])
    assert ended.exit_code in {0, 1, 3}, ended.output

    raw = (folder / "docket.jsonl").read_bytes().decode()
    assert len(read(folder)) >= 3
    for n, (first, last, address) in enumerate(CANARIES, start=1):
        told = [first, last, *address.split(), f"CANARY{n}", f"CANLINE{n}"]
        found = [word for word in told if len(word) > 3 and word in raw]
        assert found == []
    found = [json.loads(line) for line in raw.splitlines()]
    assert any(each["kind"] == "certified" for each in found)


@pytest.mark.parametrize(
    "body",
    [
        {"voter_id": "CANARY1"},
        {"found": {"Alpine": {"signer_name": "Quackenbush"}}},
        {"house": "417"},
        {"contact": "zephyrine@example.org"},
        {"notes": ["write to zephyrine@example.org"]},
    ],
)
def test_a_canary_in_a_body_is_refused_and_never_repeated(tmp_path, body):
    with pytest.raises(InputError, match="no personal data") as caught:
        tell(tmp_path, event("noted", "2017-07-01", **body))

    assert "CANARY" not in str(caught.value)
    assert "zephyrine" not in str(caught.value)
    assert not (tmp_path / "docket.jsonl").exists()


def test_an_office_is_no_mailbox(tmp_path):
    mailed = Happening(
        day=date(2017, 7, 1), kind="noted", by="z@example.org", authority="x"
    )
    with pytest.raises(InputError, match="leave 'by' out"):
        append(tmp_path, [mailed], recorded_at=NOON)


def test_votes_in_a_chamber_are_no_address(tmp_path):
    """Oracle: house_yes and house_no count members of Congress."""
    tell(tmp_path, event("noted", "2017-07-01", house_yes=218, house_no=217))

    assert read(tmp_path)[0]["body"] == {"house_yes": 218, "house_no": 217}


def test_a_later_measure_folder_keeps_the_docket_it_had(tmp_path):
    """Oracle: certify adds to a docket that has a life already."""
    folder = calexit(tmp_path / "m")
    tell(folder, event("titled", "2017-01-26"), event("circulating", "2017-01-26"))
    write(tmp_path)
    command = ["petition", "verify", "--law", "us/ca/constitutional_initiative"]
    command += ["--measure", tmp_path / "small.yaml", "--roll", tmp_path / "roll.csv"]
    command += ["--lines", tmp_path / "lines.csv", "--full-count"]
    command += ["--out", tmp_path / "out", "--measure-folder", folder]
    command += ["--day", "2017-09-01"]
    ended = CliRunner().invoke(main, [str(each) for each in command])

    assert ended.exit_code in {0, 1, 3}, ended.output
    kinds = [each["kind"] for each in read(folder)]
    assert kinds[:2] == ["titled", "circulating"]
    assert kinds[-1] == "certified"
    assert datetime.fromisoformat(read(folder)[-1]["recorded_at"]).tzinfo == UTC


def test_a_measure_that_has_ended_is_not_certified(tmp_path):
    """Oracle: what was withdrawn is counted no more; nothing is written."""
    folder = calexit(tmp_path / "m")
    tell(folder, event("titled", "2017-01-26"), event("withdrawn", "2017-04-17"))
    write(tmp_path)
    command = ["petition", "verify", "--law", "us/ca/constitutional_initiative"]
    command += ["--measure", tmp_path / "small.yaml", "--roll", tmp_path / "roll.csv"]
    command += ["--lines", tmp_path / "lines.csv", "--full-count"]
    command += ["--out", tmp_path / "out", "--measure-folder", folder]
    ended = CliRunner().invoke(main, [str(each) for each in command])

    assert ended.exit_code == 2
    assert "the measure is 'withdrawn'" in ended.output
    assert not (tmp_path / "out").exists()
