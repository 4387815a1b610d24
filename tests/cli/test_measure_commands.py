"""`plebiscite measure`: what a reader, an office and a script see of it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.petition.measure import measure_folder

REAL, MADE_UP = "us/ca/16-0011", "us/ca/16-0011-counterfactual"


def measure(*arguments, code=0):
    ended = CliRunner().invoke(main, ["measure", *map(str, arguments)])
    assert ended.exit_code == code, ended.output
    return ended


def data(*arguments, code=0):
    return json.loads(measure(*arguments, "--json", code=code).stdout)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "16-0011"
    path.mkdir()
    shutil.copy(measure_folder(REAL) / "measure.yaml", path)
    return path


def record(folder, kind, day, *more, code=0):
    return measure(
        *("record", folder, kind, "--day", day, "--by", "Attorney General"),
        *("--authority", "Cal. Elec. Code", "--source", "a public notice", *more),
        code=code,
    )


def test_the_story_tells_every_number_with_its_source():
    """Oracle: the published figures of 16-0011."""
    said = measure("show", REAL, "--as-of", "2026-11-22").stdout

    for told in (
        "withdrawn by its proponents since 2017-04-17",
        "585,407",
        "7,317,581",
        "8% of votes for governor, rounded up",
        "day of circulation 81",
        "2019-03-05",
        "55%",
        "Texas v. White",
        "Scalia",
        "Legislative Analyst",
        "California Constitution Center",
        "both houses of Congress",
        "nobody has to act",
    ):
        assert told in said, told


def test_the_story_as_data_says_the_same():
    told = data("show", REAL, "--as-of", "2026-11-22")

    assert (told["stage"], told["since"], told["ended"]) == (
        "withdrawn",
        "2017-04-17",
        True,
    )
    assert told["required"]["value"] == 585_407
    assert [each["standing"] for each in told["consents"]["routes"]] == ["open"] * 4
    assert all(each["source"] for each in told["facts"] + told["events"])
    assert told["docket"]["events"] == 6


def test_looking_back_shows_the_day_as_it_was_known():
    told = data("show", REAL, "--as-of", "2016-12-01")

    assert told["stage"] == "proposed"
    assert told["later_events"] == 5
    assert [each["kind"] for each in told["events"]] == ["filed"]
    assert told["next"][0]["by"] == "2017-01-10"


def test_the_counterfactual_says_so_everywhere():
    told = data("show", MADE_UP, "--as-of", "2020-03-01")

    assert told["counterfactual"] is True
    assert all(each["counterfactual"] for each in told["events"])
    assert "COUNTERFACTUAL" in measure("show", MADE_UP).stdout.splitlines()[1]
    standings = {r["route"]: r["standing"] for r in told["consents"]["routes"]}
    assert standings["article_v_by_congress"] == "not_met"
    steps = told["consents"]["routes"][2]["steps"]
    assert [each["standing"] for each in steps] == ["met", "open"]
    [question] = told["follow_ups"]
    assert question["standing"] == "met"


def test_next_says_who_by_when_on_which_authority_and_what_if_not():
    [first, *_] = data("next", REAL, "--as-of", "2017-02-01")["next"]

    assert first["who"] == "the proponents"
    assert first["does"] == "sections_filed"
    assert first["by"] == "2017-07-25"
    assert "Cal. Elec. Code § 9014" in first["authority"]
    assert first["if_not"] == "the petition lapses"


def test_the_calendar_is_an_icalendar_file(tmp_path):
    """Oracle: RFC 5545: lines end in CRLF and have at most 75 bytes."""
    path = tmp_path / "days.ics"
    measure("calendar", REAL, "--as-of", "2017-02-01", "--out", path)
    raw = path.read_bytes()
    lines = raw.split(b"\r\n")

    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") > 10
    uids = [line for line in lines if line.startswith(b"UID:")]
    assert len(uids) == len(set(uids)) == lines.count(b"BEGIN:VEVENT")
    assert b"DTSTART;VALUE=DATE:20170725" in lines
    assert b"\n" not in raw.replace(b"\r\n", b"")
    printed = measure("calendar", REAL, "--as-of", "2017-02-01", "--ics").stdout
    assert printed.splitlines() == raw.decode().splitlines()


def test_the_timeline_is_text_drawing_and_page(tmp_path):
    svg, page = tmp_path / "days.svg", tmp_path / "days.html"
    said = measure(
        *("timeline", REAL, "--as-of", "2017-02-01", "--svg", svg, "--html", page)
    ).stdout

    assert "2017-02-01  ── as of this day: circulating for signatures ──" in said
    drawn = svg.read_text("utf-8")
    assert drawn.startswith("<svg xmlns=")
    assert ">as of 2017-02-01: circulating for signatures<" in drawn
    assert "180 days</text>" in drawn or "174 days</text>" in drawn
    assert "…" not in drawn
    whole = page.read_text("utf-8")
    assert "2017-07-25" in whole
    assert "<script" not in whole
    assert "http://www.w3.org/2000/svg" in whole
    assert "src=" not in whole


def test_the_text_is_a_redline(tmp_path):
    page = tmp_path / "text.html"
    said = measure("text", REAL, "--html", page).stdout

    assert (
        "[-The State of California is an inseparable part of the United States" in said
    )
    assert "supreme law of the land.-]" in said
    assert "after:  (repealed)" in said
    whole = page.read_text("utf-8")
    assert "<del>The State of California is an inseparable part" in whole
    assert "[-an inseparable-] {+a+} part" in measure("text", "us/ca/17-0005").stdout


def test_a_change_whose_words_do_not_occur_is_refused(folder):
    path = folder / "measure.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('old: "The State', 'old: "The Realm'), "utf-8")
    ended = measure("text", folder, code=2)

    assert "do not occur in Cal. Const. art. III, § 1, which reads:" in ended.stderr


def test_an_office_records_events_and_sees_where_it_stands(folder):
    record(folder, "filed", "2016-11-21")
    record(folder, "fiscal estimate", "2017-01-11")
    record(folder, "titled", "2017-01-26", "--set", "required=585407")
    said = record(folder, "circulating", "2017-01-26").stdout
    assert "stands: circulating" in said
    refused = record(folder, "outcome", "2017-02-01", "--set", "standing=met", code=2)
    assert "'outcome' cannot follow" in refused.stderr
    assert "can take:" in refused.stderr
    late = record(folder, "sections filed", "2017-07-26", code=2)
    assert "the last day was 2017-07-25" in late.stderr

    lines = (folder / "docket.jsonl").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert [each["kind"] for each in events] == [
        "filed",
        "fiscal_estimate",
        "titled",
        "circulating",
    ]
    assert events[2]["body"] == {"required": 585_407}
    assert events[0]["by"] == "Attorney General"
    assert measure("verify", folder, "--head", events[-1]["hash"]).stdout.startswith(
        "whole"
    )


def test_a_source_file_is_recorded_by_name_and_hash(folder, tmp_path):
    """Oracle: SHA-256 of "abc" (FIPS 180-2)."""
    paper = tmp_path / "summary.txt"
    paper.write_text("abc", "utf-8")
    answer = ["--source", paper, "--set", "now.required=1", "--json"]
    said = json.loads(record(folder, "titled", "2017-01-26", *answer).stdout)

    assert said["source"] == (
        "summary.txt (SHA-256 "
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad)"
    )
    assert said["body"] == {"now": {"required": 1}}
    assert said["stage"] == "titled"
    missing = record(folder, "circulating", "2017-01-26", "--source", "no.pdf", code=2)
    assert "there is no such file" in missing.stderr
    titled = record(folder, "circulating", "2017-01-26", "--source", "SoS", "--json")
    assert json.loads(titled.stdout)["source"] == "SoS"


def test_a_correction_stands_beside_what_it_corrects(folder):
    record(folder, "titled", "2017-01-26", "--set", "required=585406")
    record(
        *(folder, "corrected", "2017-01-27", "--set", "corrects=1"),
        *("--set", "now.required=585407", "--set", "why=a slip"),
    )
    said = measure("show", folder, "--as-of", "2017-02-01").stdout

    assert "corrected by event 2" in said
    assert "required 585,407" in said
    assert '"required":585406' in (folder / "docket.jsonl").read_text("utf-8")


def test_a_torn_tail_is_set_aside_and_told(folder):
    record(folder, "titled", "2017-01-26")
    record(folder, "circulating", "2017-01-26")
    path = folder / "docket.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert "torn: line 2" in measure("verify", folder, code=1).stdout
    again = record(folder, "circulating", "2017-01-26")

    assert "set aside: torn: line 2 breaks off" in again.stderr
    assert (folder / "docket.torn-1").exists()
    assert measure("verify", folder).stdout.startswith("whole")


def test_copies_are_merged_or_their_fork_is_named(folder, tmp_path):
    record(folder, "titled", "2017-01-26")
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    record(copy, "circulating", "2017-01-26")
    assert "taken over" in measure("merge", folder, copy).stdout
    record(folder, "noted", "2017-02-01", "--set", "n=1")
    record(copy, "noted", "2017-02-01", "--set", "n=2")

    assert "forked after event 2" in measure("merge", folder, copy, code=1).stdout


def test_a_checkpoint_is_a_head_to_verify_against(folder, tmp_path):
    record(folder, "titled", "2017-01-26")
    paper = tmp_path / "checkpoint.json"
    measure("checkpoint", folder, "--out", paper)
    record(folder, "circulating", "2017-01-26")

    said = measure("verify", folder, "--checkpoint", paper).stdout
    assert "1 of them after the head that was published" in said


def test_a_shipped_measure_is_verified_by_its_id():
    assert measure("verify", "us/ca/16-0011").stdout.startswith("whole, head unverif")


@pytest.mark.parametrize("head", ["nonsense", "", "ab" * 31, "ag" * 32, "ab" * 33])
def test_a_head_that_is_no_hash_is_refused_and_not_called_a_change(head):
    said = measure("verify", "us/ca/16-0011", "--head", head, code=2)

    assert "a head is 64 hex digits" in said.stderr


def test_a_head_may_be_written_in_capitals(folder):
    """As other programs print a SHA-256."""
    record(folder, "titled", "2017-01-26")
    last = (folder / "docket.jsonl").read_text("utf-8").splitlines()[-1]

    head = json.loads(last)["hash"].upper()
    assert "unverified" not in measure("verify", folder, "--head", head).stdout


def test_as_of_a_day_before_everything_the_story_keeps_silent():
    """Oracle: nothing of 16-0011 was known on the day before it was filed."""
    for command in ("show", "next", "calendar", "timeline"):
        said = measure(command, "us/ca/16-0011", "--as-of", "2016-11-20").stdout
        assert "2019-" not in said
        assert "2018-" not in said
        assert "inseparable" not in said


def test_one_route_is_not_called_one_of_several():
    said = measure("show", "us/ca/17-0018").stdout

    assert "    together: open\n" in said
    assert "Congress must say yes to “Does Congress consent?”" in said
    assert "365,880, which is what it computes to" not in said
    assert "published as 365,880" in said


def test_what_might_have_been_done_until_a_day_gone_by_is_left_out():
    """Oracle: the text of 16-0011 could be amended until 26 December 2016."""
    for day, there in (("2016-12-26", True), ("2016-12-27", False)):
        said = measure("next", "us/ca/16-0011", "--as-of", day).stdout
        assert ("amended by its proponents" in said) is there


def test_a_docket_no_table_allows_is_told_though_its_hashes_hold(folder):
    """Oracle: a docket written around the table: qualified, then filed."""
    from datetime import UTC, date, datetime

    from plebiscite.docket.event import Event

    raw, prev = b"", "0" * 64
    for seq, kind in enumerate(("qualified", "filed"), start=1):
        made = Event(
            seq=seq,
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            day=date(2017, 1, seq),
            kind=kind,
            by="x",
            authority="y",
            prev=prev,
        )
        raw, prev = raw + made.line() + b"\n", made.hash
    (folder / "docket.jsonl").write_bytes(raw)

    assert "'filed' cannot follow" in measure("verify", folder, code=1).stdout
