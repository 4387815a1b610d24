"""The demonstration, end to end and small. Oracles: the kit's stand-alone scripts, the
truth of the simulation, published figures, and sums that must meet."""

import io
import json
import os
import stat
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pypdfium2
import pytest

from plebiscite.cli.demo.real import real_cases
from plebiscite.match.engine import engine_name

PROGRAM = Path(sys.executable).parent / "plebiscite"
PATIENCE_S = 1_200
"""Nobody waits so long but where something is wrong."""


def run(*arguments, cwd):
    return subprocess.run(
        [PROGRAM, "demo", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """One small demonstration, and what it printed; the first worker to come plays it.

    Where the tests run in several processes, the others wait for its last file.
    """
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "one-demo"
    said = home / "said.json"
    try:
        home.mkdir()
    except FileExistsError:
        patience = time.monotonic() + PATIENCE_S
        while not said.is_file() and time.monotonic() < patience:
            time.sleep(0.1)
    else:
        ended = run("--scale", "200", "--out", "out", cwd=home)
        draft = home / "said.draft"
        draft.write_text(json.dumps([ended.returncode, ended.stdout, ended.stderr]))
        draft.rename(said)
    code, stdout, stderr = json.loads(said.read_text(encoding="utf-8"))
    assert code == 0, stderr
    return home / "out", stdout


@pytest.fixture(scope="module")
def facts(told):
    return json.loads((told[0] / "demo.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def final(told):
    return json.loads((told[0] / "final/public/certificate.json").read_bytes())


def test_the_summary_says_first_that_it_is_simulated(told):
    assert told[1].startswith("SIMULATED: the Calexit petition (16-0011) at 1/200")
    assert "Look at out/report.html" in told[1]


def test_the_summary_says_last_which_engine_compared(told):
    """The kernel where it was built, and else the reference."""
    assert f"lines compared by the {engine_name()}." in " ".join(told[1].split())


def test_the_scripts_of_the_bundle_agree_from_outside(told, facts):
    """Run here again, apart from the demonstration, by the interpreter alone."""
    assert len(facts["kit"]) == 6
    assert set(facts["kit"].values()) == {0}
    for name in ("final", "full_count"):
        public = told[0] / name / "public"
        head = (public / "head.txt").read_text(encoding="utf-8").strip()
        assert facts[name]["bundle_head"] == head
        for call in (["redraw.py"], ["recompute.py"], ["check.py", head]):
            ended = subprocess.run(
                [sys.executable, "-I", "-S", *call],
                cwd=public / "bundle",
                capture_output=True,
                text=True,
                check=False,
            )
            assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_line_drawn_is_valid_or_has_a_reason_or_is_open(final):
    for county in final["counties"]:
        found = county["valid"] + county["undecided"] + county["reasons_withheld"]
        assert found + sum(county["reasons"].values()) == county["sampled"]
    assert sum(c["projected"] for c in final["counties"]) == final["projected"]
    assert sum(c["raw"] for c in final["counties"]) == final["raw"] == 4_000


def test_only_the_document_that_people_decided_is_final(told, final):
    before = json.loads((told[0] / "preliminary/public/certificate.json").read_bytes())
    assert (before["status"], final["status"]) == ("preliminary", "final")
    assert before["if_none_valid"]["projected"] <= before["if_all_valid"]["projected"]
    page = (told[0] / "preliminary/public/certificate.html").read_text(encoding="utf-8")
    assert "<h1>Preliminary: names and addresses only</h1>" in page


def test_the_projection_is_near_the_truth(facts):
    """Four standard errors: the chance of missing it is one in sixteen thousand."""
    width = (facts["final"]["high"] - facts["final"]["low"]) / 2
    off = abs(facts["final"]["projected"] - facts["truth"]["valid"])
    assert off <= 2.05 * width


def test_a_count_of_every_line_differs_from_the_truth_by_the_clerks_slips_only(
    told, facts
):
    """Oracle: the truth. A slip takes a voter away or adds one, and stands in no file;
    what the slips come to is read off the clerk's decisions."""
    petition = told[0] / "simulated/petition"
    decided = pl.read_csv(petition / "decisions.csv", infer_schema=False)
    credited = decided.filter(pl.col("decision") == "valid")["voter_id"].n_unique()
    counted = facts["full_count"]

    assert (counted["raw"], counted["status"]) == (4_000, "final")
    assert abs(counted["verified"] - facts["truth"]["valid"]) <= 0.005 * 4_000
    assert abs(counted["verified"] - credited) <= 5


def test_the_demonstration_ends_with_an_outcome_and_says_whether_it_is_right(
    told, facts
):
    counted = facts["full_count"]
    met = counted["verified"] >= counted["required"]

    assert facts["final"]["band"] == "full_count"
    assert facts["outcome"] == counted["standing"] == ("met" if met else "not_met")
    right = facts["outcome"] == facts["truth"]["standing"]
    said = f"so it ends {'rightly' if right else 'wrongly'}"
    assert said in " ".join(told[1].split())
    assert said in (told[0] / "report.html").read_text(encoding="utf-8")


def test_the_check_could_stop_at_the_very_line_that_settles_it(told, facts):
    """Oracle: the findings counted one by one, in the order of the count."""
    found = told[0] / "full_count/confidential/findings.parquet"
    lines = pl.read_parquet(found).sort("county", "section", "row")
    counted, looked_at, verified = facts["full_count"], 0, 0
    for finding in lines["finding"]:
        looked_at += 1
        verified += finding == "valid"
        most = verified + lines.height - looked_at
        if verified >= counted["required"] or most < counted["required"]:
            break
    assert counted["settled_after"] == looked_at
    assert counted["settled_in"] == lines["county"][looked_at - 1]


def test_no_line_is_matched_otherwise_the_second_time(told):
    """Matches kept from the sample are what matching every line anew would give."""
    from plebiscite.match.find import match_lines
    from plebiscite.petition.intake import read_lines
    from plebiscite.roll.store import open_roll

    simulated = told[0] / "simulated"
    kept = pl.read_parquet(told[0] / "full_count/confidential/matches.parquet")
    lines = read_lines(simulated / "petition/lines.csv").filter(~pl.col("struck"))
    anew = match_lines(lines, open_roll(simulated / "roll"))
    assert kept.sort("line_id").equals(anew.sort("line_id"))


def test_the_matcher_alone_credits_hardly_anybody_who_did_not_sign(facts):
    assert facts["matched"]["lines"] == facts["drawn"]
    assert facts["matched"]["wrong_voter"] <= 0.005 * facts["matched"]["lines"]


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.ids = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        found = dict(attrs)
        self.links += [found["href"]] if "href" in found else []
        self.ids += [found["id"]] if "id" in found else []


def test_the_report_stands_alone_and_its_links_lead_somewhere(told):
    page = (told[0] / "report.html").read_text(encoding="utf-8")
    found = Links(page)

    assert not {"script", "link", "img", "iframe"} & set(found.tags)
    assert [each for each in found.links if not (told[0] / each).is_file()] == []
    assert len(found.ids) == len(set(found.ids))
    assert page.count("SIMULATED") >= 2
    assert found.tags.count("svg") >= 4


def test_the_certificate_says_in_its_title_that_it_is_simulated(told, final):
    pdf = pypdfium2.PdfDocument(
        io.BytesIO((told[0] / "final/public/certificate.pdf").read_bytes())
    )
    first = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert final["title"].startswith("SIMULATED at 1/200 of its size")
    assert "SIMULATED at 1/200 of its size" in " ".join(first.split())


def test_what_could_name_a_person_is_for_the_owner_only(told):
    for folder in told[0].rglob("confidential"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_demonstration_twice_is_the_same(told, facts, tmp_path):
    again = run(
        "--scale", "200", "--out", str(tmp_path / "out"), "--json", cwd=tmp_path
    )
    assert again.returncode == 0, again.stderr
    said = json.loads(again.stdout)
    assert {key: said[key] for key in facts} == facts
    for name in ("report.html", "final/public/certificate.pdf"):
        assert (tmp_path / "out" / name).read_bytes() == (told[0] / name).read_bytes()


def test_it_takes_the_place_of_an_earlier_demonstration_and_of_nothing_else(tmp_path):
    mine = tmp_path / "letters"
    mine.mkdir()
    (mine / "to-my-aunt.txt").write_text("Dear aunt", encoding="utf-8")

    ended = run("--scale", "1000", "--out", str(mine), cwd=tmp_path)

    assert ended.returncode == 2
    assert "no earlier demonstration" in ended.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "to-my-aunt.txt"]


def test_a_seed_that_is_no_public_seed_is_refused(tmp_path):
    ended = run("--scale", "1000", "--seed", "lucky", "--out", "out", cwd=tmp_path)
    assert ended.returncode == 2
    assert "digits" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["folder made", "folder named"])
def test_stopping_it_leaves_nothing_behind(tmp_path, step):
    """At its first file, and once a roll is whole; it asks itself, to be in time."""
    asked = (
        "import os, signal; from plebiscite.core import faultpoints as f\n"
        "def stop(name):\n"
        f"    if name == {step!r}:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "f.step = stop\n"
        "from plebiscite.cli import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", asked, "demo", "--scale", "1000", "--out", "out"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert ended.returncode == 130, ended.stderr
    assert "nothing half-written" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: case.key)
def test_a_published_figure_comes_out_as_published(case):
    assert [each for each in case.comparisons if not each.agrees] == []
