"""Cora's county draws a sample with dice, two clerks work it, and she certifies.

Ravi and Rosa find 200 lines with single keys in two browsers (on SQLite 30: the browser
does the same there, and `make test` goes that way), and differ on one; what is left of
the 500 is found by the acts behind the forms, which test_county_certify.py sends for a
whole desk. Oracles: the truth of the simulation, and the desk's own record of who found
what.
"""

import csv
import re
import time

import pytest
from county_live import (
    drawn_lines,
    found_by_acts,
    new_measure,
    paper,
    told,
    wait_for_queue,
)

DICE = "6 1 4 2 2 9 0 7 3 8 5 5"
BY_KEYS = {"sqlite": 30, "postgresql": 200}
KEYS = {
    "NOT_REGISTERED": "r",
    "REG_LATE": "l",
    "REG_CANCELLED": "c",
    "WRONG_COUNTY": "w",
    "ADDR_DIFFERENT": "a",
}


def hands_in(page, where, kind, path, *, as_of=""):
    """Hand a file in by the page, and wait until it was taken over."""
    page.goto(f"{where}/files/")
    page.get_by_label("What it is").select_option(label=kind)
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label("the day it shows").fill(as_of)
    page.get_by_role("button", name="Hand it in").click()
    _done(page)


def _done(page):
    """Wait for a job on its page, as a person does: it tells when it is over."""
    end = time.monotonic() + 900
    while not page.get_by_role("link", name="Go on").count():
        assert time.monotonic() < end, page.locator("main").inner_text()
        page.wait_for_timeout(200)
        page.reload()
    page.get_by_role("link", name="Go on").click()


def opens_the_desk(page, measure):
    page.goto("/county/")
    page.get_by_label("Measure").select_option(value=measure)
    page.get_by_label("County, as the roll writes it").fill("Alpine")
    page.get_by_role("button", name="Open the desk").click()
    return f"/county/{measure}/Alpine"


def commits_and_rolls_the_dice(page, where):
    page.goto(f"{where}/commit/")
    page.get_by_role("button", name="Commit to these counts").click()
    hash_published = page.locator(".hash.big").inner_text()
    page.get_by_role("link", name="Go on to the draw").click()
    page.get_by_label("Digits of the dice").fill(DICE)
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_text("The drawn list").wait_for()
    return hash_published


class Clerk:
    """Somebody who works the queue with keys alone, and knows the truth."""

    def __init__(self, page, where, truth):
        self.page, self.where, self.truth = page, where, truth

    def starts(self, work="find"):
        self.page.goto(f"{self.where}/queue/?work={work}")

    def line(self):
        """Return the number of the line on the screen; None where none is."""
        form = self.page.locator("form#found")
        if not form.count():
            return None
        return re.search(r"/lines/(\d+)/", form.get_attribute("action"))[1]

    def finds(self, *keys):
        """Press keys, and wait for the next page."""
        with self.page.expect_navigation():
            for key in keys:
                self.page.keyboard.press(key)

    def finds_truly(self):
        """Find the line on the screen as it is; return its number."""
        number = self.line()
        said = self.truth[number]
        voter = self.page.locator(f'input[name=voter][value="{said["voter_id"]}"]')
        if said["decision"] == "valid" and voter.count():
            self.finds(voter.get_attribute("data-key"), "v")
        elif said["reason"] in KEYS:
            self.finds(KEYS[said["reason"]])
        else:
            self.finds("u")
        return number


TURNS = [
    ("reviewer", "find"),
    ("second", "second"),
    ("reviewer", "second"),
    ("county", "second"),
    ("county", "dispute"),
]


def act_of(said):
    """Return what the form says of a line whose truth is known."""
    return said["decision"] + (f":{said['reason']}" if said["reason"] else "")


def finds_the_rest(site, where, truth):
    """Have everything else found: what is open, then by a second person."""
    acts = {n: (act_of(said), said["voter_id"]) for n, said in truth.items()}
    found_by_acts(site, where, acts, TURNS)


def fills_the_desk(cora, site, where, folder):
    """Hand in, commit, roll, key: the office's half; return hash and truth by line."""
    petition = folder / "petition"
    hands_in(cora, where, "Voter roll", folder / "roll.csv", as_of="2017-07-25")
    hands_in(cora, where, "Manifest", petition / "manifest.csv")
    hands_in(cora, where, "Sections", petition / "sections.csv")
    published = commits_and_rolls_the_dice(cora, where)
    keyed = folder / "keyed.csv"
    keyed.write_bytes(drawn_lines(site, where, petition / "lines.csv"))
    hands_in(cora, where, "Petition lines", keyed)
    wait_for_queue(site, where)
    with (petition / "decisions.csv").open(encoding="utf-8") as file:
        by_line = {row["line_id"]: row for row in csv.DictReader(file)}
    ids = told(site, where, "{str(n.pk): n.line_id for n in desk.lines.all()}")
    return published, {number: by_line[line_id] for number, line_id in ids.items()}


def work_by_keys(ravi, rosa, site, where):
    """Find lines in turn by keys, one of them in doubt; return the doubted one."""
    by_keys = BY_KEYS["postgresql" if site.database else "sqlite"]
    ravi.starts()
    rosa.starts()
    assert ravi.line() != rosa.line()
    done = set()
    while ravi.truth[ravi.line()]["decision"] != "valid":
        done.add(ravi.finds_truly())
    doubted = ravi.line()
    ravi.finds("s")  # the signature differs, he finds
    while len(done) < by_keys:
        done |= {ravi.finds_truly(), rosa.finds_truly()}
    made = told(
        site, where, "[(str(d.line_id), d.by_name) for d in desk.decisions.all()]"
    )
    assert len(made) == len({number for number, _by in made}) == len(done) + 1
    assert {by for _number, by in made} == {"Ravi, reviewer", "Rosa, second reviewer"}
    return doubted


@pytest.mark.parametrize(
    "any_site",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
    indirect=True,
)
def test_cora_certifies_a_sample_that_two_clerks_found(
    any_site, opened, picture, tmp_path
):
    site, cora = any_site, opened(any_site, "county")
    where = opens_the_desk(cora, new_measure(site))
    folder = paper(site, tmp_path / "paper")
    published, truth = fills_the_desk(cora, site, where, folder)
    ravi, rosa = (
        Clerk(opened(site, key), where, truth) for key in ("reviewer", "second")
    )
    doubted = work_by_keys(ravi, rosa, site, where)

    # He takes one back with a key, and finds it again.
    ravi.page.keyboard.press("z")
    ravi.page.locator(".made", has_text="taken back").wait_for()
    ravi.finds_truly()

    # Rosa finds that the doubted signature is the voter's: a dispute, and Cora ends it.
    rosa.page.goto(f"{where}/lines/{doubted}/")
    assert "Ravi" in rosa.page.locator(".made").inner_text()
    rosa.finds_truly()
    cora.goto(f"{where}/queue/?work=dispute")
    assert doubted in cora.locator("form#found").get_attribute("action")
    looks = cora.locator(".made").inner_text()
    assert "Signature differs" in looks
    assert "Rosa" in looks
    picture(cora, "web-county-dispute")
    with cora.expect_navigation():
        cora.keyboard.press("v")

    finds_the_rest(site, where, truth)
    cora.goto(f"{where}/certify/")
    assert cora.locator(".figures dd").first.inner_text() == "0"
    cora.get_by_label("Day of the certificate").fill("2017-09-20")
    cora.get_by_role("button", name="Close the count and certify").click()
    _done(cora)

    picture(cora, "web-county-certificate")
    assert told(site, where, "[desk.commitment, desk.seed]") == [
        published,
        DICE.replace(" ", ""),
    ]
    credited = told(
        site, where, "[n.voter_id for n in desk.lines.filter(word='valid')]"
    )
    right = {row["voter_id"] for row in truth.values() if row["decision"] == "valid"}
    assert {voter for voter in credited if not voter.startswith("~")} <= right
    with cora.expect_download() as bundle:
        cora.get_by_role("link", name="The bundle for the public").click()
    assert bundle.value.suggested_filename.endswith("-Alpine.zip")
