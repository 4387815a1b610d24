"""From the files to the certificate on a running site, by forms alone.

One desk is opened, filled, drawn, worked and certified; each test asks of what came of
it. Oracles: the engine's own kit over the published bundle, and the truth of the
simulation.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile

import pytest
from county_live import (
    drawn_lines,
    finished,
    hand_in,
    new_desk,
    opened_line,
    paper,
    told,
    wait_for_queue,
)

pytestmark = pytest.mark.long

SEED = "2718281828459045"


@pytest.fixture(scope="module")
def work(site, tmp_path_factory):
    """A desk with its roll read, its counts committed to and its sample drawn."""
    folder = paper(site, tmp_path_factory.mktemp("county") / "paper")
    where, county = new_desk(site), site.sign_in("county")
    assert "3,000 voters" in hand_in(site, where, "roll", folder / "roll.csv")
    petition = folder / "petition"
    hand_in(site, where, "manifest", petition / "manifest.csv")
    hand_in(site, where, "sections", petition / "sections.csv")
    early = county.post(f"{where}/draw/", seed=SEED, act="draw")
    assert county.post(f"{where}/commit/").status == 302
    assert county.post(f"{where}/draw/", seed=" ".join(SEED), act="draw").status == 302
    keyed = folder / "keyed.csv"
    keyed.write_bytes(drawn_lines(site, where, petition / "lines.csv"))
    hand_in(site, where, "lines", keyed)
    wait_for_queue(site, where)
    return where, folder, early


@pytest.fixture(scope="module")
def settled(site, work):
    """The same desk once every line is settled, by people who know the truth."""
    where, folder, _early = work
    with (folder / "petition" / "decisions.csv").open(encoding="utf-8") as file:
        truth = {row["line_id"]: row for row in csv.DictReader(file)}
    asked = "{str(n.pk): [n.line_id, n.matched['secret']] for n in desk.lines.all()}"
    lines = told(site, where, asked)
    for key, kind in (("reviewer", "find"), ("second", "second"), ("second", "rekey")):
        visitor = site.sign_in(key)
        while True:
            place, seen, page = opened_line(visitor, where, kind)
            if place is None:
                break
            line_id, secret = lines[place.split("/")[-2]]
            said = truth[line_id]
            act = said["decision"] + (f":{said['reason']}" if said["reason"] else "")
            voter = secret if secret and secret in page else said["voter_id"]
            answer = visitor.post(place, seen=seen, work=kind, act=act, voter=voter)
            if answer.status != 302:
                act = "undecided"
                visitor.post(place, seen=seen, work=kind, act=act)
    county = site.sign_in("county")
    for kind in ("second", "dispute"):
        while (found := opened_line(county, where, kind))[0]:
            county.post(found[0], seen=found[1], work=kind, act="undecided")
    return where, folder


@pytest.fixture(scope="module")
def certified(site, settled):
    where, folder = settled
    answer = site.sign_in("county").post(
        f"{where}/certify/", day="2017-09-20", part="1"
    )
    assert answer.status == 302, answer.text
    assert finished(site, answer.headers["Location"]) == "done"
    return where, folder


@pytest.fixture(scope="module")
def bundle(site, certified):
    where, _folder = certified
    answer = site.sign_in("county").get(f"{where}/bundle.zip")
    return zipfile.ZipFile(io.BytesIO(answer.body))


def test_nobody_draws_before_the_counts_are_committed_to(work):
    _where, _folder, early = work

    assert early.status == 409
    assert "commit to the counts first" in early.text


def test_a_second_draw_is_refused(site, work):
    where, _folder, _early = work
    again = site.sign_in("county").post(f"{where}/draw/", seed="123123123", act="draw")

    assert again.status == 409
    assert "drawn already" in again.text


def test_only_the_county_office_draws_and_certifies(site, work):
    where, _folder, _early = work
    for key in ("reviewer", "state", "auditor"):
        for page in ("commit", "draw", "certify", "files", "rules"):
            assert site.sign_in(key).post(f"{where}/{page}/").status == 403


def test_the_docket_holds_the_commitment_and_the_draw_and_no_name(site, settled):
    where, _folder = settled
    measure = where.removeprefix("/county/").rpartition("/")[0]
    text = (site.home / "measures" / measure / "docket.jsonl").read_text()
    kinds = [json.loads(line)["kind"] for line in text.splitlines()]

    assert kinds.count("raw_counts_committed") == kinds.count("sample_drawn") == 1
    assert SEED in text
    assert "Ravi" not in text


def test_nothing_is_certified_while_a_line_waits(site, settled):
    where, _folder = settled
    number, version, word, voter = told(
        site,
        where,
        "desk.lines.filter(version=1, pair=False, word='valid')"
        ".values_list('pk', 'version', 'word', 'voter_id')[0]",
    )
    county = site.sign_in("county")
    line = f"{where}/lines/{number}/"
    assert county.post(f"{line}undo/", seen=version, work="find").status == 302
    answer = county.post(f"{where}/certify/", day="2017-09-20", part="1")

    assert answer.status == 409
    assert "1 line still waits" in answer.text
    done = county.post(line, seen=version + 1, work="find", act=word, voter=voter)
    assert done.status == 302


def test_the_certificate_counts_what_people_found(site, certified, bundle):
    """Oracle: the desk's own decisions, counted here by hand."""
    where, _folder = certified
    data = json.loads(bundle.read("certificate.json"))
    found = told(
        site,
        where,
        "[(n.word, n.voter_id, n.state) for n in desk.lines.all()]",
    )
    credited = [voter for word, voter, _state in found if word == "valid"]
    (county,) = data["counties"]

    assert county["sampled"] == len(found) == 500
    assert county["valid"] == len(set(credited))
    assert county["duplicates"] == len(credited) - len(set(credited))
    assert county["undecided"] == sum(word == "undecided" for word, *_ in found)


def test_the_bundle_recomputes_with_its_own_kit(bundle, tmp_path):
    bundle.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "check.py"],
        cwd=tmp_path / "bundle",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_number_of_a_voter_is_in_the_bundle(certified, bundle):
    _where, folder = certified
    every = b"".join(bundle.read(name) for name in bundle.namelist())
    with (folder / "roll.csv").open(encoding="utf-8") as file:
        voters = list(csv.DictReader(file))

    assert not [row["voter_id"] for row in voters if row["voter_id"].encode() in every]


def test_after_the_certificate_no_decision_is_added_or_taken_back(site, certified):
    where, _folder = certified
    number, version = told(
        site, where, "desk.lines.filter(version__gt=0).values_list('pk', 'version')[0]"
    )
    county = site.sign_in("county")
    line = f"{where}/lines/{number}/"

    for place, said in ((line, {"act": "undecided"}), (f"{line}undo/", {})):
        answer = county.post(place, seen=version, work="find", **said)
        assert answer.status == 409
        assert "closed its count" in answer.text


def test_every_look_at_a_line_was_written_down_without_a_name(site, certified):
    where, _folder = certified
    measure = where.removeprefix("/county/").rpartition("/")[0]
    looks = site.do(
        "from plebiscite.web.accounts.models import Look\n"
        f"found = Look.objects.filter(measure={measure!r}, what='line')\n"
        "print(json.dumps([[l.who, l.subject] for l in found]))"
    )

    assert len(looks) > 500
    assert all(subject.startswith("Alpine/") for _who, subject in looks)


def test_the_proponent_sees_the_refused_lines_alone_and_each_look_is_noted(
    site, certified
):
    where, folder = certified
    page = f"{where}/examination/"
    county, proponent = site.sign_in("county"), site.sign_in("proponent")
    assert "Nothing is open" in proponent.get(page).text
    opened = county.post(page, found_on="2025-09-21", source="the state, 2025-09-21")
    assert opened.status == 302
    text = proponent.get(page).text
    found = told(site, where, "[(n.word, n.voter_id) for n in desk.lines.all()]")
    credited = [voter for word, voter in found if word == "valid"]
    twice = len(credited) - len(set(credited))
    refused = sum(word in {"invalid", ""} for word, _voter in found) + twice

    # By Cal. Gov. Code § 7924.110(b): 21 days; nine of September, twelve of October.
    assert "may begin until 2025-10-12" in text
    assert "7924.110" in text
    assert "It has begun, and ends on" in proponent.get(page).text
    assert f"of {refused}" in text
    with (folder / "roll.csv").open(encoding="utf-8") as file:
        voters = {row["voter_id"] for row in csv.DictReader(file)}
    assert not [voter for voter in voters if voter in text]
    assert "Pat, proponent: lines 1-" in county.get(page).text
    assert site.sign_in("reviewer").get(page).status == 403
    assert site.sign_in("chapter").get(page).status == 403
