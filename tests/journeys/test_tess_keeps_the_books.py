"""Tess is the treasurer: she hands a report in, sees what is left, and mends the plan.

Oracles: her own sums of the reports, on paper; and the law's 180 days.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from looked_at import DESK, PHONE

CAMPAIGN = "/campaign/simulated/26-0001"
DAYS_TO_GATHER = 180
BEGAN = 75
BILL = "Printing, second run"


def today():
    """Return the day, anew each time: a test may run across midnight."""
    return datetime.now(tz=UTC).date()


def figure(page, name):
    """Return what stands below a name among a page's figures."""
    return (
        page.locator("dl.figures div", has_text=name).first.locator("dd").inner_text()
    )


def money(text):
    return Decimal(text.replace("$", "").replace(",", ""))


def test_tess_sees_how_many_days_are_left_and_what_is_needed_a_day(
    site, opened, picture
):
    tall = {**DESK, "height": 1060}
    page = opened(site, "proponent", size=tall, javascript=False)

    before = today()
    page.goto(f"{CAMPAIGN}/pace/")
    days = {before, today()}
    picture(page, "web-campaign-pace")

    last = date.fromisoformat(page.locator(".clock time").get_attribute("datetime"))
    left = int(re.search(r"\d+", page.locator(".clock strong").inner_text())[0])
    lines = int(figure(page, "Lines in hand").replace(",", ""))
    goal = int(figure(page, "To file").replace(",", ""))
    made = last - timedelta(days=DAYS_TO_GATHER - BEGAN)
    assert made in days | {day - timedelta(days=1) for day in days}
    assert left in {(last - day).days + 1 for day in days}
    assert int(figure(page, "Needed a day")) == -(-(goal - lines) // left)
    rows = page.locator("table", has_text="Of the quota").locator("tbody tr")
    cells = [
        int(n.replace(",", ""))
        for n in rows.locator("td:nth-of-type(1)").all_inner_texts()
    ]
    assert sum(cells) == lines


def test_tess_reads_the_pace_on_her_phone_and_its_table_says_what_the_chart_says(
    site, opened, picture
):
    page = opened(site, "proponent", size=PHONE, javascript=False)

    page.goto(f"{CAMPAIGN}/pace/")
    page.mouse.wheel(0, 470)
    page.wait_for_timeout(300)
    picture(page, "web-campaign-phone")
    page.get_by_text("The chart as a table").click()

    last = page.locator("table", has_text="Lines in hand, by day").locator("tr").last
    assert last.locator("td").inner_text() == figure(page, "Lines in hand")


def test_tess_hands_a_report_in_and_the_budget_knows(any_site, opened, picture):
    page = opened(any_site, "proponent", size=DESK, javascript=False)
    page.goto(f"{CAMPAIGN}/budget/")
    picture(page, "web-campaign-budget")
    before = {name: money(figure(page, name)) for name in ("Spent", "In hand")}

    hand_in(page, "bill.csv", f"payment,Sundays for Libraries,{today()},12;50,x")
    assert "bill.csv" in page.get_by_role("alert").inner_text()
    assert "row 2" in page.get_by_role("alert").inner_text()
    hand_in(page, "bill.csv", f"payment,Sundays for Libraries,{today()},12.50,x")
    assert "bill.csv is in" in page.get_by_role("status").inner_text()
    page.goto(f"{CAMPAIGN}/budget/")

    assert money(figure(page, "Spent")) == before["Spent"] + Decimal("12.50")
    assert money(figure(page, "In hand")) == before["In hand"] - Decimal("12.50")
    page.goto(f"{CAMPAIGN}/money/")
    page.get_by_role("button", name="Take bill.csv out").click()
    page.goto(f"{CAMPAIGN}/budget/")
    assert money(figure(page, "Spent")) == before["Spent"]


def hand_in(page, name, row):
    page.goto(f"{CAMPAIGN}/money/")
    text = f"kind,committee,day,amount,name\n{row}\n"
    page.get_by_label("A report of contributions").set_input_files(
        files=[{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]
    )
    page.get_by_label("It was filed").check()
    page.get_by_role("button", name="Hand it in").click()


def test_tess_mends_the_plan_with_the_keyboard_alone(site, opened):
    page = opened(site, "proponent", size=DESK)
    page.goto(f"{CAMPAIGN}/budget/")
    planned = money(
        page.locator("table.plan tbody tr").first.locator("td").nth(2).inner_text()
    )

    page.get_by_label("Heading, row 5").focus()
    page.keyboard.type(BILL)
    page.keyboard.press("Tab")
    page.keyboard.type("1,250.50")
    page.keyboard.press("Tab")
    page.keyboard.type("prt")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()

    row = page.locator("table.plan tbody tr", has_text=BILL)
    assert "PRT" in row.inner_text()
    assert "$1,250.50" in row.inner_text()
    assert planned > 0


def test_a_chapter_sees_its_own_pace_and_not_the_others(site):
    page = site.sign_in("chapter").get(f"{CAMPAIGN}/pace/").text

    assert "North Bay" in page
    assert "South Coast" not in page
    assert "East Valley" not in page
    assert "To file" not in page
