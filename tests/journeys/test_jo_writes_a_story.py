"""Jo is a journalist. She finds a measure, takes its data, and shows its badge."""

import csv
import io
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from looked_at import DESK

FICTION = "/measures/us/ca/16-0011-counterfactual/"
WORKED = "/measures/simulated/16-0011/"


@pytest.fixture
def paper():
    """Jo's newspaper: a site of its own that shows what it is given."""
    shown = {}

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown["html"].encode())

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Paper)
    Thread(target=server.serve_forever, daemon=True).start()
    yield shown, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_jo_finds_a_measure_by_a_word_and_its_list_favours_none(site, opened, picture):
    page = opened(site, size=DESK, javascript=False)
    page.goto("/")

    picture(page, "web-list")
    page.get_by_label("Find a measure").fill("six states")
    page.get_by_role("button", name="Find").click()

    assert page.locator(".measures li").count() == 1
    page.locator(".measures a").click()
    assert page.url.endswith("/measures/us/ca/13-0063/")


def test_jo_embeds_the_badge_in_her_paper(site, opened, paper):
    """The badge loads in a page of another site, and the page itself does not."""
    shown, address = paper
    page = opened(site, size=DESK)
    page.goto(FICTION)

    shown["html"] = page.get_by_label("Copy this:").input_value() + (
        f'<iframe src="{site.url}{FICTION}"></iframe>'
    )
    page.goto(address)
    page.wait_for_function("document.images[0].naturalWidth > 0")

    assert page.evaluate("document.images[0].naturalWidth") == 340
    assert page.frames[-1].locator(".glance").count() == 0


def test_jo_takes_a_table_and_it_holds_what_the_page_shows(site, opened):
    page = opened(site, size=DESK, javascript=False)
    page.goto(WORKED)

    with page.expect_download() as kept:
        page.get_by_role("link", name="CSV The certificate, county by county").click()

    rows = list(csv.DictReader(io.StringIO(kept.value.path().read_text())))
    said = {
        tile.locator("span").first.inner_text(): tile.locator("b").inner_text()
        for tile in page.locator(".tiles li").all()
    }
    assert len(rows) == len(said) > 20
    for row in rows:
        if int(row["raw"]):
            share = 100 * int(row["projected"]) / int(row["raw"])
            assert said[row["county"]] == f"{share:.1f}%"
    assert kept.value.suggested_filename == "simulated-16-0011-counties.csv"


def test_jo_quotes_a_number_and_the_address_keeps_it_for_good(site, opened):
    page = opened(site, size=DESK, javascript=False)
    page.goto(f"{FICTION}figures/raw/")

    page.get_by_role("link", name="823,110").click()

    quoted = page.get_by_label("Copy this:").input_value()
    assert "raw count of us/ca/16-0011-counterfactual: 823,110, 4 August 2017" in quoted
    address = quoted.rsplit(" ", 1)[1]
    page.goto(address)
    assert "Raw count: 823,110" in page.get_by_role("heading", level=1).inner_text()
    assert "it was changed to 823,098" in page.get_by_role("note").last.inner_text()


def test_jo_follows_the_feed_the_calendar_and_the_data_without_a_browser(site):
    visitor = site.visitor()

    feed = visitor.get(f"{WORKED}feed.atom")
    days = visitor.get(f"{WORKED}calendar.ics")
    data = visitor.get("/measures/simulated/16-0011.json")

    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert days.text.startswith("BEGIN:VCALENDAR\r\n")
    assert data.json["licence"]["name"] == "CC0-1.0"
    for table in data.json["tables"].values():
        answer = visitor.get(table["json"].removeprefix(site.url))
        assert len(json.loads(answer.body)["rows"]) > 0


def test_jo_shares_a_link_and_its_picture_is_there(site, opened):
    page = opened(site, size=DESK, javascript=False)
    page.goto(FICTION)

    address = page.locator('meta[property="og:image"]').get_attribute("content")

    answer = site.visitor().get(address.removeprefix(site.url))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body[:8] == b"\x89PNG\r\n\x1a\n"
