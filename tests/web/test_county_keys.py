"""The queue by keys alone, with the script and without it; and what keys never do."""

import pytest
from county_live import DESK, told
from looked_at import PHONE

QUEUE = f"{DESK}/queue/?work=find"


def number_on(page):
    return page.locator("form#found").get_attribute("action").split("/")[-2]


def decided(site, number):
    return told(
        site,
        DESK,
        f"[d.word for d in desk.decisions.filter(line={number}, turn='first')]",
    )


def test_without_javascript_a_line_is_decided_by_tab_and_enter(site, opened):
    page = opened(site, "reviewer", javascript=False)
    page.goto(QUEUE)
    number = number_on(page)
    button = page.get_by_role("button", name="Undecided")
    for _ in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert decided(site, number) == ["undecided"]
    assert page.get_by_role("button", name="Take it back").count() == 1


def test_single_keys_do_nothing_while_somebody_types_or_once_turned_off(site, opened):
    page = opened(site, "reviewer")
    page.goto(QUEUE)
    number = number_on(page)
    page.get_by_label("Note for the next person").press_sequentially("vurs")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Single keys").click()
    page.get_by_role("button", name="Single keys").blur()
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    assert number_on(page) == number
    page.reload()
    page.get_by_role("button", name="Single keys").click()
    with page.expect_navigation():
        page.keyboard.press("u")

    assert decided(site, number) == ["undecided"]


def test_every_key_shown_is_one_button_s_alone(site, opened):
    page = opened(site, "reviewer")
    page.goto(QUEUE)
    keys = page.locator("[data-key]").evaluate_all("all => all.map(e => e.dataset.key)")

    assert len(keys) == len(set(keys)) > 15
    hints = page.locator("kbd").all_inner_texts()
    assert set(keys) <= set(hints)


def test_who_only_reads_has_no_button_and_no_key_that_decides(site, opened):
    number = told(site, DESK, "desk.lines.filter(state='open').last().pk")
    page = opened(site, "auditor")
    page.goto(f"{DESK}/lines/{number}/")
    page.keyboard.press("u")
    page.wait_for_timeout(200)

    assert page.locator("[name=act]").count() == 0
    assert decided(site, number) == []


@pytest.mark.parametrize("size", [PHONE, {"width": 640, "height": 450}])
def test_on_a_phone_and_at_twice_the_size_nothing_is_cut_off(site, opened, size):
    """A window of 640 by 450 is one of 1280 by 900 at 200%."""
    page = opened(site, "reviewer", size=size)
    page.goto(QUEUE)
    wide = page.evaluate("document.documentElement.scrollWidth")

    assert wide <= size["width"] + 1
    page.get_by_role("button", name="Undecided").scroll_into_view_if_needed()
    assert page.get_by_role("button", name="Undecided").is_visible()


ODD = [
    "",
    "0",
    "-1",
    "9" * 30,
    "a\x00b",
    "%s",
    "<b>",
    "٣",
    "1e9",
    "valid:",
    "\ud7ff" * 50,
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_odd_form_is_a_fault_of_ours(site, odd):
    """Every field of every form of the desk with values nobody should send."""
    county = site.sign_in("county")
    number = told(site, DESK, "desk.lines.filter(state='open').last().pk")
    forms = {
        f"{DESK}/lines/{number}/": ("seen", "work", "act", "voter", "note"),
        f"{DESK}/lines/{number}/undo/": ("seen", "work"),
        f"{DESK}/find/": ("query", "line", "work"),
        f"{DESK}/draw/": ("seed", "act", "at_least"),
        f"{DESK}/files/": ("kind", "as_of", "layout"),
        f"{DESK}/rules/": ("policy", "share"),
        f"{DESK}/examination/": ("found_on", "source"),
        "/county/open/": ("measure", "county"),
    }
    for place, fields in forms.items():
        for chosen in fields:
            usual = {"seen": "0", "work": "find", "act": "undecided", "query": "lee"}
            said = {**{k: v for k, v in usual.items() if k in fields}, chosen: odd}
            if place.endswith(f"{number}/") and chosen == "note":
                said["act"] = "no such act"
            assert county.post(place, **said).status < 500, (place, chosen)
    for asked in (f"work={odd!r}", "after=x", "last=٣", "after=9999999999999999999"):
        assert county.get(f"{DESK}/queue/?{_quoted(asked)}").status < 500, asked
    for asked in ("page=x", "state=zzz", "from=٣", "from=99999999999999999999999"):
        for page in ("lines", "history", "examination"):
            answer = county.get(f"{DESK}/{page}/?{_quoted(asked)}")
            assert answer.status < 500, asked


def _quoted(text):
    from urllib.parse import quote

    return quote(text, safe="=")
