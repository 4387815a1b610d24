"""Every act of the house that writes what is acknowledged, as flows to be cut off."""

from __future__ import annotations

from dataclasses import replace

from prove.faults import acts, others
from prove.faults.cut import Flow

HERE, OTHERS = "prove.faults.acts:", "prove.faults.others:"

FLOWS = (
    Flow(
        name="docket: an event recorded",
        ground=HERE + "docket_begun",
        act=acts.recorded(*acts.EVENTS[1]),
    ),
    Flow(
        name="docket: an event recorded after a torn tail",
        ground=HERE + "docket_torn",
        act=acts.recorded(*acts.EVENTS[1]),
    ),
    Flow(
        name="docket: another copy's events taken over",
        ground=HERE + "docket_behind",
        act=("measure", "merge", "m", "other"),
    ),
    Flow(
        name="roll: built",
        ground=HERE + "flat_roll",
        act=("roll", "build", "v.csv", "--as-of", "2017-07-25", "--out", "roll"),
    ),
    Flow(
        name="roll: its index",
        ground=HERE + "roll",
        act=("roll", "find", "Garcia", "--roll", "roll"),
    ),
    Flow(name="counts committed to", ground=HERE + "petition", act=acts.COMMIT),
    Flow(name="sample drawn", ground=HERE + "committed", act=acts.DRAW),
    Flow(name="sample extended", ground=HERE + "drawn", act=acts.EXTEND),
    Flow(name="counts revised", ground=HERE + "corrected", act=acts.REVISE),
    Flow(
        name="lines taken in, decisions taken over, lines found",
        ground=HERE + "drawn",
        act=acts.FIND,
    ),
    Flow(
        name="certified, and the docket told",
        ground=HERE + "found",
        act=acts.CERTIFY,
    ),
    Flow(name="the four acts in one", ground=HERE + "petition", act=acts.VERIFY),
    Flow(
        name="signers' data destroyed",
        ground=HERE + "certified",
        act=acts.PURGE,
        passing=frozenset({"found/purged.json"}),
    ),
    Flow(
        name="sections printed: serials issued",
        ground=HERE + "campaign",
        act=acts.PRINT,
        spent=True,
    ),
    Flow(
        name="campaign: a circulator registered",
        ground=HERE + "campaign",
        act=acts.circulator("Ben Cole", "C0002"),
    ),
    Flow(
        name="campaign: a bundle handed out",
        ground=HERE + "campaign",
        act=acts.HAND_OUT,
    ),
    Flow(
        name="campaign: a bundle taken back, with its receipt",
        ground=HERE + "handed_out",
        act=acts.TAKE_BACK,
        spent=True,
    ),
    Flow(
        name="keying: line after line",
        ground=HERE + "sheets",
        act=HERE + "key",
        passing=frozenset({"keyed/keyed.jsonl"}),
        aside=frozenset({"keyed.torn"}),
    ),
    Flow(
        name="campaign: somebody forgotten",
        ground=HERE + "helped",
        act=HERE + "forget",
    ),
    Flow(
        name="keying: settled, and written out",
        ground=HERE + "sheets",
        act=acts.KEY,
        passing=frozenset({"keyed/keyed.jsonl"}),
    ),
    Flow(
        name="a forecast published: frozen, and the docket told",
        ground=OTHERS + "forecastable",
        act=OTHERS + "forecast",
    ),
    Flow(
        name="money: a report handed in",
        ground=OTHERS + "reports",
        act=OTHERS + "hand_in_money",
    ),
    Flow(
        name="money: a report taken out",
        ground=OTHERS + "reported",
        act=OTHERS + "take_out_money",
    ),
    Flow(
        name="sheets scanned, page after page",
        ground=OTHERS + "box",
        act=others.SCAN,
        passing=frozenset({"scanned/read.jsonl"}),
        aside=frozenset({"read.torn"}),
    ),
    Flow(name="an audit planned", ground=OTHERS + "ballots", act=others.PLAN),
    Flow(name="an audit's ballots drawn", ground=OTHERS + "planned", act=others.NEXT),
    Flow(
        name="files asked for, one after the other",
        ground=OTHERS + "results",
        act=OTHERS + "made",
    ),
    Flow(
        name="a roll, a petition and results invented",
        ground=HERE + "sheets",
        act=OTHERS + "invented",
    ),
)

SITE, KEPT = "prove.faults.site:", "prove.faults.kept:"
SHELVED = "prove.faults.shelved:"
ASIDE = frozenset({"jobs", "plebiscite.sqlite3", "plebiscite.sqlite3-journal"})


def _of_the_site(
    name: str,
    ground: str,
    act: str,
    *,
    passing: frozenset[str] = frozenset(),
    state: str = SITE + "tables",
) -> Flow:
    return Flow(
        name=f"site: {name}",
        ground=ground if ":" in ground else SITE + ground,
        act=act if ":" in act else SITE + act,
        state=state,
        fresh=SITE + "fresh",
        aside=ASIDE,
        passing=passing,
    )


SITE_FLOWS = (
    _of_the_site("a roll handed in", "begun", "hand_in"),
    _of_the_site("files read by the jobs", "handed_in", "work"),
    _of_the_site("counts committed to", "taken", "commit"),
    _of_the_site("sample drawn", "committed", "draw"),
    _of_the_site("the queue made by a job", "drawn", "work"),
    _of_the_site("lines decided", "queued", "decide"),
    _of_the_site(
        "certified by a job",
        "settled",
        "work",
        passing=frozenset({"home/county/desk-1/decisions.csv"}),
    ),
    _of_the_site("counts revised", SHELVED + "to_revise", SHELVED + "revise"),
    _of_the_site("images unpacked by a job", SHELVED + "with_images", "work"),
    _of_the_site("lines handed in to be checked", "begun", SHELVED + "check"),
    _of_the_site(
        "a measure taken in, given back, a campaign's records taken in",
        SHELVED + "grown",
        SHELVED + "take_in",
        state=SHELVED + "shelf",
    ),
    Flow(
        name="site: backed up",
        ground=SITE + "queued",
        act=KEPT + "backup",
        state=KEPT + "backed_up",
        aside=ASIDE | {"site.backup"},
    ),
    Flow(
        name="site: brought back from its backup",
        ground=KEPT + "archived",
        act=KEPT + "restore",
        state=SITE + "tables",
        aside=ASIDE,
        passing=frozenset({"home/restoring.json", "home/secret"}),
    ),
    Flow(
        name="site: the public pages published as a mirror",
        ground=KEPT + "mirrored",
        act=KEPT + "publish",
        fresh=SITE + "fresh",
        aside=ASIDE,
    ),
    Flow(
        name="site: signers' data destroyed at a desk",
        ground=KEPT + "overdue",
        act=SITE + "work",
        state=KEPT + "ends",
        fresh=SITE + "fresh",
        passing=frozenset({"home/county/desk-1/purged.json"}),
        aside=ASIDE,
    ),
)
ON_POSTGRESQL = tuple(
    # Files are named by numbers of the tables, of which PostgreSQL gives none twice,
    # not even after a cut. What the files hold, the tables' own state tells.
    replace(each, aside=each.aside | {"uploads"})
    for each in SITE_FLOWS
    if each.name
    in {
        "site: a roll handed in",
        "site: lines decided",
        "site: certified by a job",
        "site: signers' data destroyed at a desk",
    }
)
FULL_DISKS = (
    "docket: an event recorded",
    "counts committed to",
    "sample drawn",
    "lines taken in, decisions taken over, lines found",
    "certified, and the docket told",
)
"""Acts for which the disk is made full."""


def flow(name: str) -> Flow:
    """Return the act of this name.

    Raises:
        KeyError: there is none.

    """
    return {each.name: each for each in FLOWS}[name]
