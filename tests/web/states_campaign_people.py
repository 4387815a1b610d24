"""The states of the campaign desk that show people and sheets."""

from functools import cache

from states import EVERYBODY, State

MEASURE = "simulated/26-0001"
DESK = f"/campaign/{MEASURE}"
READERS = frozenset({"proponent", "chapter", "auditor"})
HANDS = frozenset({"proponent", "chapter"})
LEAD = frozenset({"proponent"})
START = (
    "from pathlib import Path\n"
    "from django.conf import settings\n"
    "from django.utils import timezone\n"
    f"measure = {MEASURE!r}\n"
    "campaign = Path(settings.HOME) / 'measures' / measure / 'campaign'\n"
)


@cache
def _made(_url, do, code):
    return do(START + code)


def made(site, code):
    """Return what code prints that makes something on the site; done once for each."""
    return _made(site.url, site.do, code)


def _join(site):
    code = (
        "from plebiscite.web.campaign.joining.links import new_link, standing_link\n"
        "link = standing_link(measure, 'north') or new_link(measure, 'north', by='t')\n"
        "print(json.dumps(link.token))"
    )
    return f"/campaign/join/{made(site, code)}/"


def _mine(gone):
    code = (
        "from plebiscite.petition.campaign.register import Booking\n"
        "from plebiscite.petition.campaign.volunteers import *\n"
        "from plebiscite.web.campaign.joining.links import own_link\n"
        "now = timezone.now()\n"
        "on = Booking(by='t', day=timezone.localdate(), at=now)\n"
        "made = add_volunteer(campaign, on, person='Wes Oak', chapter='east')\n"
        f"if {gone}: forget_volunteer(campaign, on, made.volunteer)\n"
        "print(json.dumps(own_link(measure, made.volunteer)))"
    )
    return lambda site: f"/campaign/mine/{made(site, code)}/"


def _carry(site):
    code = (
        "from plebiscite.web.campaign.sheets.carrying import new_link\n"
        "print(json.dumps(new_link(measure, 'C0001', by='t')))"
    )
    return f"/campaign/carry/{made(site, code)}/"


def _carried(site):
    path = _carry(site)
    order = {"many": "1", "county": "Fresno", "language": "en", "paper": "LEGAL"}
    if ".pdf" not in site.visitor().get(path).text:
        answer = site.visitor().post(path, act="take", **order)
        assert answer.status == 302, answer.text
    page = site.visitor().get(path).text
    start = page.index(f'href="{path}') + len('href="')
    return page[start : page.index('"', start)]


def _checked(site):
    remark = {
        "weight": "section",
        "code": "DECLARATION_INCOMPLETE",
        "county": "Alpine",
        "section": "000001",
        "circulator": "C0001",
        "lines": 2,
        "rows": "1-2",
        "words": "the declaration lacks the day",
        "remedy": "have it written by the circulator",
        "cite": ["Cal. Elec. Code § 104"],
    }
    found = {
        "sections": 4,
        "lines": 20,
        "struck": 1,
        "to_fix": 1,
        "opens": "2026-01-01",
        "closes": None,
        "counts": {"DECLARATION_INCOMPLETE": 1},
        "remarks": [remark],
        "left_out": 3,
    }
    code = (
        "from plebiscite.web.jobs.models import Job\n"
        "job = Job.objects.create(kind='campaign.check', title='Check', "
        "by='proponent@demo.invalid', given={'measure': measure}, state='done', "
        f"result={found!r})\n"
        "print(json.dumps(str(job.pk)))"
    )
    return f"{DESK}/intake/{made(site, code)}/"


@cache
def _printed_once(_url, site):
    order = {"many": "1", "county": "Fresno", "language": "en", "paper": "LEGAL"}
    answer = site.sign_in("chapter").post(f"{DESK}/sheets/", chapter="north", **order)
    assert answer.status == 302, answer.text
    page = site.sign_in("chapter").get(f"{DESK}/sheets/").text
    start = page.index(f"{DESK}/sheets/north/")
    return page[start : page.index('"', start)]


class _Same:
    """A site that `cache` can hold."""

    def __init__(self, site):
        self.site = site

    def __getattr__(self, name):
        return getattr(self.site, name)

    def __hash__(self):
        return hash(self.site.url)

    def __eq__(self, other):
        return self.site.url == other.site.url


def _printed(site):
    return _printed_once(site.url, _Same(site))


def _refused(page):
    page.get_by_label("Sections, such as").fill("1-3")
    page.get_by_label("To", exact=True).select_option(index=1)
    page.get_by_role("button", name="Hand out").click()
    page.get_by_role("alert").wait_for()


def _no_consent(page):
    page.get_by_label("Your name").fill("Jo Doe")
    page.get_by_label("Where to").fill("jo@example.org")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("alert").wait_for()


def _made_link(page):
    page.get_by_role("button", name="Make a new link").click()
    page.get_by_role("img", name="QR code").wait_for()


def _told_nothing(page):
    page.get_by_label("Lines you are bringing").first.fill("many")
    page.get_by_role("button", name="Tell").first.click()
    page.get_by_role("alert").wait_for()


def _undo_open(page):
    page.locator("summary").first.click()


def _page(route, path, opens_to=READERS, who="proponent", **more):
    return State(
        route=f"campaign:{route}", path=path, opens_to=opens_to, who=who, **more
    )


STATES = [
    _page("home", "/campaign/"),
    _page("desk", f"{DESK}/"),
    _page("desk", f"{DESK}/", who="chapter", words="of a chapter"),
    _page("desk", "/campaign/simulated/16-0012/", words="not begun"),
    _page("desk", f"/es{DESK}/", words="in Spanish"),
    _page("chapters", f"{DESK}/chapters/"),
    _page("chapters", f"{DESK}/chapters/", who="auditor", words="to an auditor"),
    _page("circulators", f"{DESK}/circulators/"),
    _page("circulator", f"{DESK}/circulators/C0001/"),
    _page("circulator", f"{DESK}/circulators/C9999/", status=404, words="unknown"),
    _page("volunteers", f"{DESK}/volunteers/", HANDS),
    _page("volunteers", f"{DESK}/volunteers/", HANDS, "chapter", words="of a chapter"),
    _page("sheets", f"{DESK}/sheets/"),
    _page("sheets", f"{DESK}/sheets/", who="auditor", words="to an auditor"),
    _page("sheets", "/campaign/us/ca/16-0011/sheets/", words="specimens only"),
    _page("sheets_file", _printed, page=False),
    _page("bundles", f"{DESK}/bundles/?serial=1-30,999999"),
    _page("bundles", f"{DESK}/bundles/", act=_refused, words="hand out refused"),
    _page("bundle", f"{DESK}/bundles/B0001/", act=_undo_open, who="chapter"),
    _page("bundle", f"{DESK}/bundles/B0003/", words="of many sections"),
    _page("bundle", f"{DESK}/bundles/B0001/", who="auditor", words="to an auditor"),
    _page("undo", f"{DESK}/bundles/undo/", HANDS, posts=True, fields={"entry": "1"}),
    _page("receipt", f"{DESK}/receipts/R0001.pdf", page=False),
    _page("intake", f"{DESK}/intake/"),
    _page("checked", _checked),
    _page("records", f"{DESK}/records/", LEAD),
    _page("records_zip", f"{DESK}/records.zip", LEAD, page=False),
    _page("circulator", f"{DESK}/circulators/C0002/", act=_made_link, words="link"),
    _page("carry", _carry, EVERYBODY, None),
    _page("carry", _carry, EVERYBODY, None, act=_told_nothing, words="told nothing"),
    _page("carry", "/campaign/carry/none/", EVERYBODY, None, status=410, words="ended"),
    _page("carried_file", _carried, EVERYBODY, None, page=False),
    _page("join", _join, EVERYBODY, None),
    _page("join", _join, EVERYBODY, None, act=_no_consent, words="without consent"),
    _page("join", "/campaign/join/none/", EVERYBODY, None, status=410, words="ended"),
    _page("mine", _mine(gone=False), EVERYBODY, None),
    _page("mine", _mine(gone=True), EVERYBODY, None, words="erased"),
]
