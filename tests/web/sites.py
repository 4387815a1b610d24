"""A site, a browser and people, shared by the tests of one worker."""

import os
from functools import partial
from pathlib import Path

import pytest
from cluster import postgresql, why_not
from looked_at import DESK
from served import home_of, running

CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()),
    None,
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE_MS = 300_000
"""Only a page that never comes waits so long; a busy machine is no fault of a page."""
# Playwright's loop runs in the thread of the tests, which Django would take for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory, worker_id):
    """Copy a home that is ready: `ready_made(to, demo=…, tables=…)`, see `home_of`."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "homes"
    return partial(home_of, folder)


@pytest.fixture(scope="session")
def site(ready_made, tmp_path_factory):
    """The demonstration on SQLite."""
    with running(ready_made(tmp_path_factory.mktemp("site") / "home")) as found:
        yield found


@pytest.fixture(scope="session")
def site_on_postgresql(ready_made, tmp_path_factory):
    """The demonstration on PostgreSQL; skipped by name where there is none."""
    if reason := why_not():
        pytest.skip(reason)
    home = ready_made(tmp_path_factory.mktemp("pg") / "home", tables=False)
    with postgresql() as address, running(home, database=address) as found:
        yield found


@pytest.fixture(scope="session")
def office(ready_made, tmp_path_factory):
    """A site as an office has it: no demonstration, second factors asked for."""
    home = ready_made(tmp_path_factory.mktemp("office") / "home", demo=False)
    with running(home, demo=False) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def any_site(request):
    """The demonstration, once on each database."""
    name = "site" if request.param == "sqlite" else "site_on_postgresql"
    return request.getfixturevalue(name)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, without a window; skipped by name where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE_MS
        )
        yield found
        found.close()


def window(browser, site, key=None, *, size=DESK, **how):
    """Open an empty page with cookies of its own, signed in if there is a key."""
    how.setdefault("base_url", site.url)
    how["java_script_enabled"] = how.pop("javascript", True)
    context = browser.new_context(viewport=size, **how)
    context.set_default_timeout(PATIENCE_MS)
    if key is not None:
        context.add_cookies(site.sign_in(key).cookies())
    return context.new_page()


@pytest.fixture
def opened(browser):
    """Open browser pages: `opened(site, "county", size=PHONE, javascript=False)`."""
    pages = []

    def open_page(site, key=None, **how):
        pages.append(window(browser, site, key, **how))
        return pages[-1]

    yield open_page
    for each in pages:
        each.context.close()


@pytest.fixture(scope="session")
def stays(browser):
    """Give a site's page that stays from test to test: `stays(site, "county")`.

    To open a page takes the browser a profile and a process, as long again as to look
    at what it shows. Whose eyes to look with, cookies and size are set anew each time.
    """
    pages = {}

    def same_page(site, key=None):
        if site.url not in pages:
            pages[site.url] = page = window(browser, site)
            page.on("crash", lambda _page: pages.pop(site.url, None))
        page = pages[site.url]
        page.context.clear_cookies()
        if key is not None:
            page.context.add_cookies(site.sign_in(key).cookies())
        page.set_viewport_size(DESK)
        return page

    return same_page
