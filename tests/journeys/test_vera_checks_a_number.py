"""Vera votes in California. She read a number, and wants to know whether it is right.

She has a phone, and no JavaScript; at home she has Python.
"""

import subprocess
import sys
import zipfile

import pytest
from looked_at import DESK, PHONE

REAL, WORKED = "/measures/us/ca/16-0011/", "/measures/simulated/16-0011/"


def test_vera_sees_in_half_a_minute_where_it_stands(site, opened, picture):
    """Everything she needs stands on the first screen of a phone."""
    page = opened(site, size=PHONE, javascript=False)

    page.goto(REAL)

    seen = page.locator(".glance").inner_text()
    assert "Withdrawn by its proponents, 17 April 2017." in seen
    assert "It was day 81 of the 180" in seen
    assert "Nobody has to act." in seen
    assert "None any more: it has ended." in seen
    box = page.locator(".glance dl").bounding_box()
    assert box["y"] + box["height"] < PHONE["height"]
    picture(page, "web-measure-phone")


def test_vera_follows_a_figure_to_its_verdict_its_law_and_its_source(site, opened):
    page = opened(site, size=PHONE, javascript=False)
    page.goto(REAL)

    page.get_by_role("link", name="585,407").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Signatures required: 585,407"
    )
    page.get_by_role("link", name="Cal. Const. art. II, § 8(b)").first.click()

    assert "/laws/us/ca/constitutional_initiative/#source-" in page.url
    target = page.locator(":target")
    assert "Cal. Const. art. II, § 8(b)" in target.inner_text()
    assert target.locator("text=read").count() == 1


def test_vera_checks_the_record_and_then_recomputes_the_certificate_at_home(
    any_site, opened, tmp_path
):
    """Oracle: stand-alone scripts in a Python that knows nothing of us."""
    page = opened(any_site, size=PHONE, javascript=False)
    page.goto(WORKED)

    page.get_by_role("link", name="Check it now").click()
    assert "The record is whole." in page.get_by_role("status").inner_text()
    head = page.get_by_role("status").locator("code").inner_text()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Take the kit (ZIP)").click()

    kit = tmp_path / "kit.zip"
    kept.value.save_as(kit)
    zipfile.ZipFile(kit).extractall(tmp_path / "kit")
    home = tmp_path / "kit"
    assert _run(home, "verify_docket.py", "docket.jsonl", head).returncode == 0
    bundles = sorted((home / "public").glob("*/bundle"))
    assert len(bundles) >= 2
    for bundle in bundles:
        assert _run(bundle, "recompute.py").returncode == 0
        bundle_head = (bundle.parent / "head.txt").read_text().strip()
        assert _run(bundle, "check.py", bundle_head).returncode == 0


def _run(folder, script, *args):
    return subprocess.run(
        [sys.executable, "-I", script, *args],
        cwd=folder,
        capture_output=True,
        check=False,
    )


def test_vera_looks_back_to_the_day_it_circulated(site, opened, picture):
    page = opened(site, size=DESK, javascript=False)
    page.goto(REAL)

    page.get_by_label("See this page as of a day").fill("2017-03-01")
    page.get_by_role("button", name="Show").click()

    seen = page.locator(".glance").inner_text()
    assert "file the signed petition sections" in seen.lower()
    assert "by 25 July 2017 (146 days left)" in seen
    assert page.locator("#chance").is_visible()
    picture(page, "web-measure-desk")


def test_vera_reads_it_in_spanish_and_finds_the_way_back(site, opened):
    page = opened(site, size=PHONE, javascript=False, locale="es-US")
    page.goto(REAL)

    page.get_by_role("link", name="Español").click()

    assert page.url.endswith(f"/es{REAL}")
    assert "Retirada por sus promotores" in page.locator(".glance").inner_text()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(REAL)


@pytest.mark.parametrize("path", [REAL, WORKED, "/", "/laws/compare/"])
def test_vera_enlarges_the_letters_to_200_per_cent_and_nothing_is_cut(
    site, opened, path
):
    """At 1280 points wide, 200% leaves 640: WCAG 1.4.4, and 1.4.10 at 320."""
    for width in (640, 320):
        page = opened(site, size={"width": width, "height": 900})
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width + 1


@pytest.mark.parametrize("path", [REAL, WORKED, "/", "/laws/compare/"])
def test_a_page_set_from_right_to_left_keeps_its_width(site, opened, path):
    """No language here is; the style must not stand in the way of one that is."""
    page = opened(site, size=PHONE)
    page.goto(path)

    page.evaluate("document.documentElement.dir = 'rtl'")

    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"] + 1
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("e => getComputedStyle(e).textAlign") in {"start", "right"}


def test_vera_reaches_every_link_with_the_keyboard_alone(site, opened):
    page = opened(site, size=DESK)
    page.goto(REAL)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")
    want = page.locator("main a:visible, main button:visible").count()
    reached = set()
    for _ in range(want + 40):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(e => [e.tagName, e.getAttribute('href') || e.textContent,"
            " getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        if said[0] in {"A", "BUTTON"}:
            assert said[2] != "none", said
            reached.add(said[1])
    assert f"{REAL}kit.zip" in reached
    assert f"{REAL}feed.atom" in reached
