"""The states of the county desk: every route, in the conditions people meet it in."""

from functools import cache

from states import State

DESK = "/county/simulated/16-0012/Alpine"
READERS = frozenset({"state", "county", "reviewer", "auditor"})
CLERKS = frozenset({"county", "reviewer"})
OFFICE = frozenset({"county"})
EXAMINERS = frozenset({"state", "county", "proponent", "auditor"})
MODELS = "from plebiscite.web.county.models import Line, Upload\n"
# Other tests open desks of the same county on this site; theirs are not meant.
HERE = "desk__county='Alpine', desk__measure='simulated/16-0012'"


@cache
def _asked(_url, do, code):
    return do(f"{MODELS}print(json.dumps({code}))")


def asked(site, code):
    """Return what a question to the site's tables gives; each is asked once."""
    return _asked(site.url, site.do, code)


def first(rows, order):
    """Return the question for the number of this desk's first row of some."""
    model, _, more = rows.partition(" ")
    found = f"{model}.objects.filter({HERE}{more and ', ' + more})"
    return f"{found}.order_by('{order}').first().pk"


def line(state):
    """Return what finds the page of the first line in a state."""
    query = first(f"Line state='{state}'", "position")
    return lambda site: f"{DESK}/lines/{asked(site, query)}/"


def _upload(site):
    query = first("Upload kind='lines'", "pk")
    return f"{DESK}/files/{asked(site, query)}/"


def _image(site):
    query = first("Line", "position")
    return f"{DESK}/lines/{asked(site, query)}/image/"


def _specimen(site):
    page = site.sign_in("county").get(line("dispute")(site)).text
    start = page.index(f"{DESK}/specimens/")
    return page[start : page.index('"', start)]


def _undo(site):
    return f"{line('settled')(site)}undo/"


def _looked_up(page):
    page.get_by_label("Name or address").fill("garcia")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("heading", name="fit").wait_for()


def _found_nobody(page):
    page.get_by_label("Name or address").fill("!!")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("alert").wait_for()


def _wrong_file(page):
    page.get_by_label("What it is").select_option("roll")
    page.get_by_label("File", exact=True).set_input_files(
        files=[{"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}]
    )
    page.get_by_role("button", name="Hand it in").click()
    page.get_by_role("alert").wait_for()


def _too_late(page):
    page.evaluate("document.querySelector('.voters input').value = 'nobody'")
    page.get_by_role("button", name="Valid, the chosen").click()
    page.get_by_role("alert").wait_for()


def read(route, path, **more):
    return State(route, path, READERS, more.pop("who", "county"), **more)


STATES = [
    read("county:home", "/county/"),
    State("county:open", "/county/open/", frozenset({"state", "county"}), posts=True),
    read("county:board", f"{DESK}/"),
    read("county:board", f"{DESK}/", who="auditor", words="read by the auditor"),
    read("county:files", f"{DESK}/files/"),
    read("county:files", f"{DESK}/files/", words="a day missing", act=_wrong_file),
    read("county:upload", _upload),
    State("county:policy", f"{DESK}/rules/", OFFICE, posts=True),
    read("county:commit", f"{DESK}/commit/"),
    read("county:draw", f"{DESK}/draw/"),
    read("county:office_file", f"{DESK}/office/drawn/", page=False),
    read(
        "county:office_file",
        f"{DESK}/office/secret/",
        page=False,
        status=404,
        words="of another name",
    ),
    State("county:queue", f"{DESK}/queue/", CLERKS, "reviewer"),
    State(
        "county:queue", f"{DESK}/queue/?work=second", CLERKS, "county", words="second"
    ),
    State("county:queue", f"{DESK}/queue/?work=rekey", CLERKS, "second", words="blind"),
    State(
        "county:queue",
        f"{DESK}/queue/?work=dispute",
        CLERKS,
        "county",
        words="disputed",
    ),
    State(
        "county:queue",
        f"{DESK}/queue/?work=dispute",
        CLERKS,
        "reviewer",
        words="nothing for you",
    ),
    State(
        "county:queue",
        f"{DESK}/queue/?work=sing",
        CLERKS,
        "county",
        words="of no kind",
        status=400,
    ),
    read("county:lines", f"{DESK}/lines/"),
    read("county:lines", f"{DESK}/lines/?state=dispute", words="disputed"),
    read("county:line", line("open")),
    read("county:line", line("open"), words="decided for nobody", act=_too_late),
    read("county:line", line("settled"), words="settled"),
    read("county:line", line("dispute"), who="auditor", words="read by the auditor"),
    State("county:undo", _undo, CLERKS, posts=True),
    read("county:image", _image, page=False),
    read("county:specimen", _specimen, page=False),
    State("county:find", f"{DESK}/find/", CLERKS, "reviewer"),
    State(
        "county:find",
        f"{DESK}/find/",
        CLERKS,
        "reviewer",
        words="voters found",
        act=_looked_up,
    ),
    State(
        "county:find",
        f"{DESK}/find/",
        CLERKS,
        "reviewer",
        words="nothing typed",
        act=_found_nobody,
    ),
    read("county:pairs", f"{DESK}/pairs/"),
    read("county:history", f"{DESK}/history/"),
    read("county:certify", f"{DESK}/certify/"),
    read("county:bundle", f"{DESK}/bundle.zip", page=False, status=404),
    read("county:retention", f"{DESK}/retention/"),
    read("county:retention", f"{DESK}/retention/", who="auditor", words="read only"),
    State("county:examination", f"{DESK}/examination/", EXAMINERS, "county"),
]
