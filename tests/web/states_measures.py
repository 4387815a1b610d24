"""The states of the public pages: everybody gets in, and sees the same."""

from states import State

REAL, FICTION = "us/ca/16-0011", "us/ca/16-0011-counterfactual"
WORKED = "simulated/16-0011"
LAW = "us/ca/constitutional_initiative"
HEAD = "0" * 64
OFFICE, READERS = frozenset({"state"}), frozenset({"state", "auditor"})


def _of(measure, rest=""):
    return f"/measures/{measure}/{rest}"


def _page(route, path, words="", **more):
    return State(f"measures:{route}", path, words=words, **more)


def _file(route, path, words="", **more):
    return State(f"measures:{route}", path, page=False, words=words, **more)


def _desk(route, path, opens_to, who, **more):
    return State(f"measures:{route}", path, opens_to=opens_to, who=who, **more)


STATES = [
    _page("home", "/"),
    _page("home", "/es/", "in Spanish"),
    _page("home", "/?q=nationhood", "with a search"),
    _page("home", "/?q=zzyzx", "with nothing found"),
    _page("list", "/measures/"),
    _page("about", "/about/"),
    _page("about", "/es/about/", "in Spanish"),
    _page("laws", "/laws/"),
    _page("law", f"/laws/{LAW}/"),
    _page("law", "/es/laws/ch/popular_initiative/", "in Spanish"),
    _page("compare", "/laws/compare/"),
    _page(
        "compare", f"/laws/compare/?law=ch/popular_initiative&law={LAW}&all=1", "two"
    ),
    _page("compare", "/es/laws/compare/?law=ch&alone=1", "one, in Spanish"),
    _page("measure", _of(REAL), "that ended"),
    _page("measure", _of(REAL, "?on=2017-03-01"), "while it circulated"),
    _page("measure", _of(REAL, "?on=2016-01-01"), "before it began"),
    _page("measure", f"/es{_of(REAL)}", "in Spanish"),
    _page("measure", _of(FICTION), "far along"),
    _page("measure", _of(WORKED), "with certificates"),
    _page("measure", _of("simulated/16-0012"), "being counted"),
    _page("measure", _of("us/ca/99-9999"), "that is none", status=404),
    _page("measure", _of(REAL, "?on=yesterday"), "on no day", status=404),
    _page("figure", _of(FICTION, "figures/raw/")),
    _page("revision", _of(FICTION, "figures/raw/8/"), "that was revised"),
    _page("revision", _of(REAL, "figures/required/4/"), "that stands"),
    _page("revision", _of(FICTION, "figures/independence-votes-yes/30/"), "of votes"),
    _page("revision", _of(FICTION, "figures/raw/1/"), "nobody gave", status=404),
    _page("figure", _of(REAL, "figures/verified/"), "there is none of", status=404),
    _page("verify", _of(REAL, "verify/")),
    _page("verify", f"/es{_of(WORKED, 'verify/')}", "in Spanish"),
    _page("verify", _of(REAL, f"verify/?head={HEAD}"), "against another head"),
    _page("verify", _of(REAL, "verify/?head=no+head"), "against no head"),
    _file("json", f"/measures/{REAL}.json"),
    _file("measures/<kept:measure>/.json", _of(REAL, ".json")),
    _file("measures/<kept:measure>", f"/measures/{REAL}", status=301),
    _file("csv", _of(WORKED, "tables/counties.csv")),
    _file("csv", _of(REAL, "tables/none.csv"), "there is none of", status=404),
    _file("table_json", _of(WORKED, "tables/events.json")),
    _file("docket", _of(REAL, "docket.jsonl")),
    _file("yaml", _of(REAL, "measure.yaml")),
    _file("kit", _of(WORKED, "kit.zip")),
    _file("file", _of(WORKED, "public/final/certificate.json")),
    _file("file", _of(WORKED, "public/%2e%2e/measure.yaml"), "outside", status=404),
    _file("feed", _of(REAL, "feed.atom")),
    _file("site_feed", "/feed.atom"),
    _file("calendar", _of(REAL, "calendar.ics")),
    _file("badge", _of(REAL, "badge.svg")),
    _file("card", _of(REAL, "card.png")),
    _file("law_json", f"/laws/{LAW}.json"),
    _file("all_csv", "/measures.csv"),
    _file("all_json", "/measures.json"),
    _file("laws_csv", "/laws.csv"),
    _file("laws_json", "/laws.json"),
    _desk("keeping", "/keeping/", READERS, "state"),
    _desk("take", "/keeping/take/", OFFICE, "state", posts=True),
    _desk("level", "/keeping/level/", OFFICE, "state", posts=True),
    _desk("give", f"/keeping/{REAL}/", OFFICE, "state", page=False),
    _file("compare_csv", f"/laws/compare.csv?law=ch&law={LAW}"),
    _file("robots", "/robots.txt"),
    _file("sitemap", "/sitemap.xml"),
]
