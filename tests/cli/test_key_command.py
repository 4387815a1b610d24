"""`petition key` without its screen: what is left, what agrees, what is written.

Oracle: a journal written by hand.
"""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.petition.intake import read_lines, read_sections


def run(*arguments, code):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done


def entry(seq, row, by, turn, finding="written", **texts):
    body = {"section": "000001", "row": row, "by": by, "turn": turn}
    body |= {"finding": finding, "voter": "", "texts": texts}
    kept = {"v": 1, "seq": seq, "kind": "keyed", "at": "2017-03-01T12:00:00+00:00"}
    return json.dumps({**kept, "body": body}) + "\n"


MARIA = {"name": "Maria Lopez", "address": "12 Oak St", "signature_present": "yes"}
DECLARED = {"county": "Alpine", "declaration": "complete", "from": "2017-02-01"}
WHOLE = [
    entry(1, 1, "Lee", "first", **MARIA),
    entry(2, 2, "Lee", "first", "blank"),
    entry(3, 0, "Lee", "first", **DECLARED, circulator_id="C1", paid="1"),
    entry(4, 1, "Kim", "second", **{**MARIA, "name": "MARIA LOPES"}),
    entry(5, 2, "Kim", "second", "blank"),
]
SETTLED = entry(6, 1, "Pat", "settled", **MARIA, zip="96120")


def keyed(folder, entries, *more, code):
    folder.mkdir(exist_ok=True)
    (folder / "keyed.jsonl").write_text("".join(entries), encoding="utf-8")
    return run(
        *("petition", "key", "--sections", "1", "--rows", 2, "--by", "Lee"),
        *("--twice", "100%", "--out", folder, "--json", *more),
        code=code,
    )


def test_two_people_who_differ_leave_it_open(tmp_path):
    said = json.loads(keyed(tmp_path / "k", WHOLE, code=3).stdout)

    assert (said["cards"], said["keyed"], said["twice"], said["second"]) == (3, 3, 2, 2)
    assert said["differ"] == 1
    assert said["agreement"]["share"] == "1/2"
    assert said["agreement"]["fields"]["name"] == {"alike": 0, "of": 1}


def test_settled_it_is_done_and_the_files_are_ours_to_read(tmp_path):
    folder = tmp_path / "k"
    said = json.loads(keyed(folder, [*WHOLE, SETTLED], code=0).stdout)

    assert (said["differ"], said["lines"], said["sections"]) == (0, 1, 1)
    lines = read_lines(folder / "lines.csv")
    assert lines.select("section", "row", "county", "circulator_id", "zip").rows() == [
        ("000001", 1, "Alpine", "C1", "96120")
    ]
    assert read_sections(folder / "sections.csv").row(0)[:3] == (
        *("000001", "Alpine"),
        "C1",
    )
    modes = {(p.stat().st_mode & 0o777) for p in folder.iterdir() if p.suffix == ".csv"}
    assert modes == {0o600}


def test_a_torn_last_line_is_set_aside_and_its_card_comes_again(tmp_path):
    folder = tmp_path / "k"
    said = json.loads(keyed(folder, [*WHOLE[:2], WHOLE[2][:40]], code=3).stdout)

    assert said["keyed"] == 2
    assert (folder / "keyed.torn").read_text() == WHOLE[2][:40] + "\n"
    assert (folder / "keyed.jsonl").read_text() == "".join(WHOLE[:2])


def test_a_journal_damaged_before_its_end_is_refused(tmp_path):
    done = keyed(tmp_path / "k", [WHOLE[0], WHOLE[2]], code=2)

    assert "line 2 is not of a journal" in done.output


def test_the_seed_of_a_folder_stays(tmp_path):
    keyed(tmp_path / "k", WHOLE, "--seed", "314159", code=3)
    done = keyed(tmp_path / "k", WHOLE, "--seed", "271828", code=2)

    assert "by the seed 314159" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sections", "1"), "say --rows"),
        ((), "--scan FOLDER, or --sections"),
        (("--sections", "1", "--rows", "2", "--twice", "half"), "5% or 1/20"),
        (("--sections", "1", "--rows", "2", "--seed", "12"), "6 to 200"),
        (("--scan", "."), "holds no pages.json"),
    ],
)
def test_a_slip_is_refused_in_words(tmp_path, arguments, words):
    done = run(
        *("petition", "key", *arguments, "--by", "Lee", "--out", tmp_path / "k"),
        "--json",
        code=2,
    )

    assert words in done.output


def test_without_a_terminal_nothing_is_asked(tmp_path):
    done = run(
        *("petition", "key", "--sections", "1", "--rows", 2, "--by", "Lee"),
        *("--out", tmp_path / "k"),
        code=2,
    )

    assert "needs a terminal" in done.output
