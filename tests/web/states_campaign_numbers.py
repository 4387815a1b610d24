"""The states of a campaign's numbers: pace, validity, money, budget, filing."""

from states import State

DESK = "/campaign/simulated/26-0001"
EMPTY = "/campaign/simulated/16-0012"
READERS = frozenset({"proponent", "chapter", "auditor"})
WHOLE = frozenset({"proponent", "auditor"})
LEAD = frozenset({"proponent"})


def _report_refused(page):
    page.get_by_label("A report of contributions").set_input_files(
        files=[
            {
                "name": "gifts.csv",
                "mimeType": "text/csv",
                "buffer": b"kind,committee,day,amount\npayment,X,2026-10-01,lots\n",
            }
        ]
    )
    page.get_by_label("It was filed").check()
    page.get_by_role("button", name="Hand it in").click()
    page.get_by_role("alert").wait_for()


def _plan_refused(page):
    page.get_by_label("Amount, row 2").fill("1,5")
    page.get_by_role("button", name="Write the plan down").click()
    page.get_by_role("alert").wait_for()


def _opened(page):
    page.locator("summary").first.click()


def everybody(name, words="", **more):
    return State(
        f"campaign:{name}",
        more.pop("path", f"{DESK}/{name.replace('_', '-')}/"),
        more.pop("opens_to", READERS),
        more.pop("who", "proponent"),
        words=words,
        **more,
    )


def whole(name, words="", **more):
    return everybody(name, words, opens_to=WHOLE, **more)


STATES = [
    everybody("pace"),
    everybody("pace", "its table open", act=_opened),
    everybody("pace", "one chapter's own", who="chapter"),
    everybody("pace", "nothing came back, and all is over", path=f"{EMPTY}/pace/"),
    everybody("pace", "in Spanish", path=f"/es{DESK}/pace/"),
    everybody("pace", "of no measure", path="/campaign/us/zz/9/pace/", status=404),
    everybody("validity"),
    everybody("validity", "one chapter's own", who="chapter"),
    everybody("validity", "nothing checked", path=f"{EMPTY}/validity/"),
    whole("to_file"),
    whole("to_file", "nothing checked", path=f"{EMPTY}/to-file/"),
    whole("to_file", "in Spanish", path=f"/es{DESK}/to-file/"),
    whole("money"),
    whole("money", "read by the auditor", who="auditor"),
    whole("money", "nothing filed", path=f"{EMPTY}/money/"),
    whole("money", "a report refused", act=_report_refused, status=200),
    whole("money", "in Spanish", path=f"/es{DESK}/money/"),
    State("campaign:money_remove", f"{DESK}/money/remove/", LEAD, posts=True),
    State("campaign:ledger", f"{DESK}/money/ledger.csv", WHOLE, "auditor", page=False),
    whole("budget"),
    whole("budget", "read by the auditor", who="auditor"),
    whole("budget", "without a plan", path=f"{EMPTY}/budget/"),
    whole("budget", "a plan refused", act=_plan_refused),
    whole("budget", "in Spanish", path=f"/es{DESK}/budget/"),
    whole("filing"),
    whole("filing", "all is over", path=f"{EMPTY}/filing/"),
    whole("filing", "in Spanish", path=f"/es{DESK}/filing/"),
]
