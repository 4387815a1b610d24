"""Chandra's chapter prints sheets, gives them to Ana, and takes them back.

Oracle: what she counts by hand, and the registers on the disk, which the command line
reads as well.
"""

import json
import subprocess

from served import PLEBISCITE

DESK = "/campaign/simulated/26-0001"


def told(site, *words):
    """Return what the command line says of the same registers."""
    folder = site.home / "measures" / "simulated" / "26-0001"
    command = [str(PLEBISCITE), "campaign", *words, "--measure", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def prints_four_sheets(page):
    page.goto(f"{DESK}/sheets/")
    page.get_by_label("How many sections").fill("4")
    page.get_by_label("County of the signers").select_option("Fresno")
    page.get_by_label("Paper").select_option("LEGAL")
    page.get_by_role("button", name="Print").click()
    link = page.locator("table a").first
    with page.expect_download() as sheets:
        link.click()
    assert sheets.value.suggested_filename == f"sections-{link.inner_text()}"
    first, last = link.inner_text().removesuffix(".pdf").split("-")
    return int(first), int(last)


def gives_them_to_ana(page, first, last):
    page.goto(f"{DESK}/bundles/")
    page.get_by_label("Sections, such as").fill(f"{first}-{last}")
    page.get_by_label("To", exact=True).select_option(value="circulator:C0001")
    page.get_by_role("button", name="Hand out").click()
    return page.get_by_role("status").inner_text().split()[1]


def test_chandra_takes_a_bundle_back(any_site, opened, picture):
    site, page = any_site, opened(any_site, "chapter", javascript=False)
    before = told(site, "status")
    first, last = prints_four_sheets(page)
    assert last - first == 3
    bundle = gives_them_to_ana(page, first, last)

    page.goto(f"{DESK}/bundles/{bundle}/")
    for section, lines in ((first, "5"), (first + 1, "7")):
        page.get_by_label(f"Lines of {section:06d}").fill(lines)
    page.get_by_label(f"What became of {first + 2:06d}").select_option(label="lost")
    page.get_by_label(f"What became of {last:06d}").select_option(label="still out")
    picture(page, "web-campaign-bundle")
    page.get_by_role("button", name="Take back").click()

    said = page.get_by_role("status").inner_text()
    assert "12 lines received" in said
    receipt = page.get_by_role("link", name="Receipt")
    answer = site.sign_in("chapter").get(receipt.get_attribute("href"))
    assert answer.body.startswith(b"%PDF")
    after = told(site, "status")
    assert after["whole"]["lines"] - before["whole"]["lines"] == 12

    # The last comes a day later, with more lines than a sheet has: a slip, and refused.
    page.get_by_label(f"Lines of {last:06d}").fill("80")
    page.get_by_role("button", name="Take back").click()
    assert "has" in page.get_by_role("alert").inner_text()
    page.get_by_label(f"Lines of {last:06d}").fill("8")
    page.get_by_role("button", name="Take back").click()
    assert "8 lines received" in page.get_by_role("status").inner_text()

    # She wrote it to the wrong bundle: undone, with why; the entry stays.
    page.locator("summary").last.click()
    page.get_by_label("Why").last.fill("another's sheet")
    page.get_by_role("button", name="Undo").last.click()
    assert "counts no more" in page.get_by_role("status").inner_text()
    assert told(site, "status")["whole"]["lines"] == after["whole"]["lines"]
    page.goto(f"{DESK}/bundles/?serial={last}")
    assert "out with Ana Ruiz" in page.get_by_role("status").inner_text()
    page.goto(f"{DESK}/")
    picture(page, "web-campaign-desk")
