"""What the public pages answer, asked without a browser."""

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
REAL, FICTION = "/measures/us/ca/16-0011/", "/measures/us/ca/16-0011-counterfactual/"


@pytest.fixture
def ask(client, home):  # noqa: ARG001 - the site's own
    """Get an address of a site that has Calexit, and what might have become of it."""
    from plebiscite.web.measures import shelf

    for each in ("us/ca/16-0011", "us/ca/16-0011-counterfactual"):
        shelf.take_in(shelf.SHIPPED / each)
    return client.get


def test_a_measures_page_is_under_100_kb_and_sets_no_cookie(ask):
    for path in (REAL, FICTION, f"/es{FICTION}", f"{REAL}?on=2017-03-01"):
        answer = ask(path)

        assert answer.status_code == 200
        assert len(answer.content) < 100_000
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_no_page_has_a_style_or_a_script_of_its_own(ask):
    """The CSP would drop them: everything is in our two style sheets."""
    for path in ("/", REAL, FICTION, "/laws/compare/", f"{FICTION}figures/raw/8/"):
        text = ask(path).content.decode()

        assert not re.search(r"<style|<script|\sstyle=|\son\w+=", text)


def test_the_page_says_the_same_in_json_as_the_terminal_does(ask):
    """Oracle: `measure show --json`, which tests of its own hold."""
    from plebiscite.docket.folder import open_record
    from plebiscite.report.life.story import story_data

    data = json.loads(ask("/measures/us/ca/16-0011.json").content)
    story = story_data(open_record("us/ca/16-0011", date.fromisoformat(data["as_of"])))

    assert json.loads(json.dumps(story, default=str)).items() <= data.items()


def test_both_ways_to_write_json_and_a_missing_slash_are_understood(ask):
    assert ask(f"{REAL}.json").content == ask("/measures/us/ca/16-0011.json").content
    assert ask("/measures/us/ca/16-0011").headers["Location"] == REAL


def test_a_page_is_kept_by_its_etag_until_something_changes(ask):
    first = ask(REAL)

    again = ask(REAL, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert not first.headers.get("Vary", "").startswith(",")


def test_the_docket_is_the_file_itself(ask):
    from plebiscite.petition.measure import SHIPPED

    raw = (SHIPPED / "us/ca/16-0011" / "docket.jsonl").read_bytes()

    assert ask(f"{REAL}docket.jsonl").content == raw


def test_the_verify_page_runs_the_verifier_and_tells_a_wrong_head(ask):
    head = json.loads(ask("/measures/us/ca/16-0011.json").content)["verify"]["head"]

    whole = ask(f"{REAL}verify/?head={head}").content.decode()
    other = ask(f"{REAL}verify/?head={'0' * 64}").content.decode()

    assert "head as published" in whole.lower()
    assert "The record is whole." in whole
    assert "The record is NOT whole." in other


def test_a_changed_byte_on_disk_takes_the_numbers_away_and_says_so(ask):
    """The docket's own check refuses it; nothing of it may be shown as true."""
    from plebiscite.web.measures import shelf

    path = shelf.folder_of("us/ca/16-0011") / "docket.jsonl"
    path.write_bytes(path.read_bytes().replace(b"585407", b"585408", 1))

    for rest in ("", "verify/", "figures/required/", "tables/events.csv", "badge.svg"):
        answer = ask(REAL + rest)
        assert answer.status_code == 503
        assert "The record is NOT whole." in answer.content.decode()
        assert "585,40" not in answer.content.decode()
    assert ask("/").status_code == ask("/feed.atom").status_code == 200


def test_an_old_value_stays_at_its_address_and_says_what_became_of_it(ask):
    text = ask(f"{FICTION}figures/raw/8/").content.decode()

    assert "823,110" in text
    assert "it was changed to 823,098 on 24 August 2017" in text
    assert "docket event 8" in text


def test_every_link_of_a_page_leads_somewhere(ask):
    """Walks each address a measure's page names, fragments too."""
    text = ask(FICTION).content.decode()
    pages = {FICTION: text}

    for found in sorted(set(re.findall(r'(?:href|src)="(/[^"]*|#[^"]*)"', text))):
        path, _, fragment = found.partition("#")
        path = path or FICTION
        if path.startswith(("/static/", "/account/")):
            continue
        if path not in pages:
            answer = ask(path)
            assert answer.status_code == 200, path
            is_page = answer.headers["Content-Type"].startswith("text/html")
            pages[path] = answer.content.decode() if is_page else ""
        if fragment:
            assert f'id="{fragment}"' in pages[path], found


def test_a_source_nobody_read_is_marked_so_on_the_page_and_in_the_law(ask):
    text = ask(f"{REAL}?on=2017-03-01").content.decode()
    law = ask("/laws/us/ca/constitutional_initiative/").content.decode()

    assert 'class="unchecked">not checked<' in text
    assert 'class="unchecked">not checked<' in law


def test_a_file_outside_public_is_never_given(ask):
    for name in ("../measure.yaml", "..%2fdocket.jsonl", "/etc/passwd", "%2e%2e/x"):
        assert ask(f"{REAL}public/{name}").status_code in {301, 404}


def test_data_and_badges_may_stand_in_other_sites_pages_and_pages_may_not(ask):
    badge = ask(f"{REAL}badge.svg")
    page = ask(REAL)

    assert badge.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert badge.headers["Access-Control-Allow-Origin"] == "*"
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert ET.fromstring(badge.content).tag.endswith("svg")  # noqa: S314 - our own


@pytest.mark.usefixtures("ask")
def test_nothing_of_the_public_pages_can_be_posted_to(client):
    for path in ("/", REAL, f"{REAL}verify/", f"{REAL}figures/required/"):
        assert client.post(path).status_code in {403, 405}


@pytest.mark.parametrize(
    "said",
    ["\0", "'; DROP TABLE", "%", "\u202e", "🜁" * 200, "-1", "9999-12-31", "0000-00-00"],
)
def test_whatever_is_asked_in_an_address_never_breaks_the_site(ask, said):
    asked = {"q": said, "on": said, "head": said, "law": said, "all": said}

    for path in ("/", REAL, f"{REAL}verify/", "/laws/compare/", f"{REAL}feed.atom"):
        assert ask(path, asked).status_code in {200, 404}


def test_the_feed_of_the_site_leaves_suppositions_out(ask):
    assert b"counterfactual" not in ask("/feed.atom").content
