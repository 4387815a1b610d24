"""What a page is held against can fail, and forgets a page at the next one.

Oracle: a page made wrong in each way by hand, seen in the browser page that stays.
"""

from contextlib import suppress

from looked_at import DESK, Watched, faults_of_access, faults_of_html, overflows
from playwright.sync_api import Error

ELSEWHERE = "http://elsewhere.invalid/x.png"
WRONG = f"""<!DOCTYPE html>
<p style="color: red"><img src="{ELSEWHERE}"></i>
<pre>{"x" * 3_000}</pre>
"""
HEADERS = {"Content-Security-Policy": "default-src 'none'; img-src *"}


def test_every_fault_is_seen_and_none_stays_with_the_next_page(site, stays):
    page = stays(site, "county")
    page.set_viewport_size({"width": 300, "height": 300})
    page.route(ELSEWHERE, lambda route: route.abort())
    page.route(
        "**/wrong/",
        lambda route: route.fulfill(
            body=WRONG, headers=HEADERS, content_type="text/html"
        ),
    )
    with Watched(page, site.url) as watched:
        text = page.goto("/wrong/").text()
        assert "image-alt" in " ".join(faults_of_access(page))
        assert overflows(page)
    assert watched.foreign == [ELSEWHERE]
    assert any("style" in each for each in watched.refused)
    assert faults_of_html(text) != []
    page.unroute_all()

    again = stays(site)
    assert again is page
    assert again.viewport_size == DESK
    assert again.context.cookies() == []
    with Watched(again, site.url) as watched:
        text = again.goto("/sign-in/").text()
        assert faults_of_access(again) == []
        assert not overflows(again)
    assert (watched.foreign, watched.refused, faults_of_html(text)) == ([], [], [])


def test_a_page_that_crashed_is_no_longer_the_one_that_stays(site, stays):
    page = stays(site)
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")

    again = stays(site)

    assert again is not page
    assert again.goto("/sign-in/").status == 200
