"""Every act of the house that writes what is acknowledged, as flows to be cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from prove.faults.acts import office, others, rare
from prove.faults.killed.cut import Flow

HERE, OTHERS = "prove.faults.acts.office:", "prove.faults.acts.others:"
RARE = "prove.faults.acts.rare:"


def _flow(name: str, ground: str, act: Sequence[str] | str, **more: Any) -> Flow:
    """Return an act whose ground is one of `acts`, or is named with its module."""
    at = ground if ":" in ground else HERE + ground
    return Flow(name=name, ground=at, act=act, **more)


FLOWS = (
    _flow(
        "docket: an event recorded", "docket_begun", office.recorded(*office.EVENTS[1])
    ),
    _flow(
        "docket: an event recorded after a torn tail",
        "docket_torn",
        office.recorded(*office.EVENTS[1]),
    ),
    _flow(
        "docket: another copy's events taken over",
        "docket_behind",
        ("measure", "merge", "m", "other"),
    ),
    _flow(
        "roll: built",
        "flat_roll",
        ("roll", "build", "v.csv", "--as-of", "2017-07-25", "--out", "roll"),
    ),
    _flow("roll: its index", "roll", ("roll", "index", "roll")),
    _flow(
        "roll: its index for look-ups",
        "roll",
        ("roll", "find", "Garcia", "--roll", "roll"),
    ),
    _flow("counts committed to", "petition", office.COMMIT),
    _flow("sample drawn", "committed", office.DRAW),
    _flow("sample extended", "drawn", office.EXTEND),
    _flow("counts revised", "corrected", office.REVISE),
    _flow("lines taken in, decisions taken over, lines found", "drawn", office.FIND),
    _flow("certified, and the docket told", "found", office.CERTIFY),
    _flow("the four acts in one", "petition", office.VERIFY),
    _flow(
        "signers' data destroyed",
        "certified",
        office.PURGE,
        passing=frozenset({"found/purged.json"}),
    ),
    _flow("sections printed: serials issued", "campaign", office.PRINT, spent=True),
    _flow(
        "campaign: a circulator registered",
        "campaign",
        office.circulator("Ben Cole", "C0002"),
    ),
    _flow("campaign: a bundle handed out", "campaign", office.HAND_OUT),
    _flow(
        "campaign: a bundle taken back, with its receipt",
        "handed_out",
        office.TAKE_BACK,
        spent=True,
    ),
    _flow(
        "keying: line after line",
        "sheets",
        HERE + "key",
        passing=frozenset({"keyed/keyed.jsonl"}),
        aside=frozenset({"keyed.torn"}),
    ),
    _flow("campaign: somebody forgotten", "helped", HERE + "forget"),
    _flow(
        "keying: settled, and written out",
        "sheets",
        office.KEY,
        passing=frozenset({"keyed/keyed.jsonl"}),
    ),
    _flow(
        "a forecast published: frozen, and the docket told",
        OTHERS + "forecastable",
        OTHERS + "forecast",
    ),
    _flow("money: a report handed in", OTHERS + "reports", OTHERS + "hand_in_money"),
    _flow("money: a report taken out", OTHERS + "reported", OTHERS + "take_out_money"),
    _flow(
        "sheets scanned, page after page",
        OTHERS + "box",
        others.SCAN,
        passing=frozenset({"scanned/read.jsonl"}),
        aside=frozenset({"read.torn"}),
    ),
    _flow("an audit planned", OTHERS + "ballots", others.PLAN),
    _flow("an audit's ballots drawn", OTHERS + "planned", others.NEXT),
    _flow("files asked for, one after the other", OTHERS + "results", OTHERS + "made"),
    _flow("a roll, a petition and results invented", "sheets", OTHERS + "invented"),
    _flow("sheets of given signers invented", "sheets", RARE + "draw"),
    _flow("fields cut out by a worker of a scan", OTHERS + "box", RARE + "cut_out"),
    _flow(
        "handwriting suggested, line after line",
        RARE + "scanned",
        RARE + "suggest",
        passing=frozenset({"scanned/suggestions.jsonl"}),
        aside=frozenset({"suggestions.torn"}),
    ),
    _flow("lines matched on a roll indexed for once", "petition", RARE + "once"),
    _flow("answers of Spark given their place", RARE + "answered", RARE + "place"),
)
SHOWN = (
    _flow(
        "demonstration: in place of an earlier one", RARE + "demonstrated", rare.DEMO
    ),
    _flow("demonstration: the petition of a site", RARE + "at_home", RARE + "show"),
)
"""Acts of many seconds, of which a bounded proof tries the first steps of each kind."""

SITE, KEPT = "prove.faults.acts.site:", "prove.faults.acts.kept:"
SHELVED = "prove.faults.acts.shelved:"
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
    replace(
        _of_the_site(
            "sections printed",
            "begun",
            SHELVED + "print_some",
            state=SHELVED + "in_print",
        ),
        # A machine that dies while it prints loses the serials it had claimed: the
        # next file has others. What must hold, the state tells.
        aside=ASIDE | {"prints", "issued.jsonl"},
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
