"""A chapter reaches its own, and nothing of another: read or written.

Oracle: the chapters of the demonstration; the north's account against what is the
south's, tried page by page and form by form.
"""

import pytest

DESK = "/campaign/simulated/26-0001"
OF_SOUTH = (
    "from pathlib import Path\n"
    "from django.conf import settings\n"
    "from plebiscite.petition.campaign.bundles import bundles, returns\n"
    "from plebiscite.petition.campaign.circulators import circulators\n"
    "from plebiscite.petition.campaign.volunteers import volunteers\n"
    "c = Path(settings.HOME) / 'measures/simulated/26-0001/campaign'\n"
    "def of(found): return [e for e in found.values() if e.chapter == 'south'][0]\n"
    "b, r = of(bundles(c)), of(returns(c))\n"
    "print(json.dumps({'bundle': b.bundle, 'entry': b.entry, 'serials': b.serials,"
    " 'receipt': r.receipt, 'circulator': of(circulators(c)).circulator,"
    " 'name': of(circulators(c)).name, 'volunteer': of(volunteers(c)).volunteer,"
    " 'person': of(volunteers(c)).person,"
    " 'records': {p.name: p.read_text() for p in c.glob('*.jsonl')}}))"
)


@pytest.fixture(scope="module")
def south(site):
    return site.do(OF_SOUTH)


@pytest.fixture
def north(site):
    return site.sign_in("chapter")


def test_no_page_of_the_north_names_anybody_of_the_south(north, south):
    for page in ("", "chapters/", "circulators/", "volunteers/", "sheets/",
                 "bundles/", "intake/"):  # fmt: skip
        text = north.get(f"{DESK}/{page}").text
        for word in (south["name"], south["person"], f">{south['bundle']}<"):
            assert word not in text, page


def test_what_is_the_souths_is_not_there_for_the_north(north, south):
    found = {
        path: north.get(f"{DESK}/{path}").status
        for path in (
            f"circulators/{south['circulator']}/",
            f"bundles/{south['bundle']}/",
            f"receipts/{south['receipt']}.pdf",
            "sheets/south/000001.pdf",
            "sheets/-/000001.pdf",
            "sheets/north/..%2F..%2Fsecret",
        )
    }

    assert set(found.values()) == {404}, found


def test_where_a_section_of_the_south_is_is_not_told_to_the_north(north, south):
    first = south["serials"].split("-")[0]

    text = north.get(f"{DESK}/bundles/?serial={first}").text

    assert "not with your chapter" in text
    assert south["name"] not in text


def test_the_north_writes_nothing_of_the_souths(site, north, south):
    """And no form of a chapter changes what is the whole campaign's."""
    person, first = south["circulator"], south["serials"].split("-")[0]
    order = {"many": 1, "county": "Fresno", "language": "en", "paper": "LEGAL"}
    tries = [
        ("chapters/", {"act": "add", "chapter": "west"}),
        ("chapters/", {"act": "change", "chapter": "north", "quota": 1}),
        ("circulators/", {"name": "X", "chapter": "south"}),
        ("circulators/C0001/", {"name": "X", "chapter": "south"}),
        (f"circulators/{person}/", {"name": "X", "chapter": "north"}),
        ("volunteers/", {"act": "link", "chapter": "south"}),
        ("volunteers/", {"act": "end", "chapter": "south"}),
        ("volunteers/", {"act": "forget", "volunteer": south["volunteer"]}),
        ("sheets/", {**order, "chapter": "south"}),
        ("sheets/", {**order, "chapter": ""}),
        ("bundles/", {"to": f"circulator:{person}", "serials": "901"}),
        ("bundles/", {"to": "chapter:north", "serials": "901"}),
        ("bundles/", {"to": "circulator:C0001", "serials": first}),
        ("bundles/", {"to": "circulator:C0001", "serials": "900"}),
        ("bundles/undo/", {"entry": south["entry"], "why": "x"}),
        (f"bundles/{south['bundle']}/", {"lines": 1}),
        ("records/", {}),
    ]
    before = site.do(OF_SOUTH)["records"]

    found = [(path, north.post(f"{DESK}/{path}", **form)) for path, form in tries]

    told = [(path, answer.status) for path, answer in found]
    assert [each for each in told if each[1] not in {403, 404, 422}] == []
    assert site.do(OF_SOUTH)["records"] == before


def test_an_auditor_reads_the_desk_and_no_volunteer(site, south):
    auditor = site.sign_in("auditor")

    assert south["name"] in auditor.get(f"{DESK}/circulators/").text
    assert auditor.get(f"{DESK}/volunteers/").status == 403
    assert auditor.post(f"{DESK}/chapters/", act="add", chapter="west").status == 403


def test_who_has_two_chapters_sees_the_pace_of_these_two_and_not_of_the_third(site):
    """Oracle: the lines of north and east, added up from the registers."""
    told = site.do(
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from django.utils import timezone\n"
        "from plebiscite.petition.campaign.status import status\n"
        "from plebiscite.web.accounts.invitations import Place, accept, give, invite\n"
        "from plebiscite.web.accounts.roles import Role\n"
        "m = 'simulated/26-0001'\n"
        "at = lambda key: Place(measure=m, chapter=key)\n"
        "said = ('two-chapters@demo.invalid', 'Two')\n"
        "token = invite(*said, Role.CHAPTER, at('north'), by='t')\n"
        "user = accept(token, 'four horses by')\n"
        "give(user, Role.CHAPTER, at('east'), by='t')\n"
        "c = Path(settings.HOME) / 'measures' / m / 'campaign'\n"
        "found = status(c, timezone.localdate())\n"
        "lines = {e.key: e.lines for e in found.chapters}\n"
        "print(json.dumps([lines, found.whole.lines]))"
    )
    lines, whole = told
    account = {"email": "two-chapters@demo.invalid", "password": "four horses by"}

    page = site.visitor().sign_in(account).get(f"{DESK}/pace/").text

    assert f"<dd>{lines['north'] + lines['east']:,}</dd>" in page
    for hidden in (f"{whole:,}", f"{lines['south']:,}", "South Coast"):
        assert hidden not in page
