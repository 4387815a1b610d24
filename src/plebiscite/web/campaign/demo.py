"""A campaign in the middle of its drive, for the demonstration: every page is full.

Everything goes through the records themselves; only people, days and amounts are
invented. It begins 75 days before the demonstration is first started, so that there is
a deadline ahead of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

from django.utils import timezone

from plebiscite.core.canonical import Json
from plebiscite.docket.store import Happening, append
from plebiscite.petition.campaign.bundles import returns
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.credit import Credit, note_check
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.volunteers import add_volunteer, forget_volunteer
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.issued.ledger import Issue, issued
from plebiscite.petition.measure import FILE
from plebiscite.web.campaign.demo_money import books
from plebiscite.web.demo import DemoScene
from plebiscite.web.measures import shelf

On: TypeAlias = Callable[[int], Booking]
"""Who writes down what happened so many days ago."""
MEASURE = "simulated/26-0001"
BEGAN, WEEKS, LINES = 75, 10, 8
REQUIRED = 8_000
MEASURE_YAML = """\
# SIMULATED: a petition in circulation, invented for the demonstration.
id: simulated/26-0001
title: >-
  SIMULATED: Public Libraries Open on Sundays. Initiative Constitutional Amendment.
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates:
  filed: {filed}
  summary: {summary}
facts:
  votes_for_governor: 100000   # invented
  required: 8000               # eight per cent of it
note: >-
  Invented: every public library of the state would be open on Sundays from noon to six.
counterfactual: true
"""
FORM_YAML = """\
identifier: 26-0001
title: "Public Libraries Open on Sundays. Initiative Constitutional Amendment."
summary: >-
  Requires every public library to open for four hours on Sundays. Requires the State to
  bear the cost. SIMULATED, for the demonstration of plebiscite only.
fiscal: >-
  Summary of estimate by Legislative Analyst and Director of Finance of fiscal impact on
  state and local government: Increased state costs of an invented amount.
full_text: |
  SECTION 1. Section 99 is added to Article IX of the California Constitution, to read:

  SEC. 99. Every public library shall be open to the public for at least four hours on
  each Sunday. The State shall bear the cost.
proposes: amendments to the Constitution of California
source: invented for the demonstration
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A circulator of the demonstration: bundles of so many sections, week by week."""

    key: str
    name: str
    chapter: str
    paid: bool
    sections: int
    valid: int  # of 100 lines


CHAPTERS = (
    ("north", "North Bay", 3_600, "Alameda", (1, 300)),
    ("south", "South Coast", 6_300, "San Diego", (301, 700)),
    ("east", "East Valley", 2_900, "Fresno", (701, 920)),
)
HANDS = (
    Hand(
        key="C0001", name="Ana Ruiz", chapter="north", paid=False, sections=9, valid=81
    ),
    Hand(
        key="C0002", name="Ben Cole", chapter="north", paid=True, sections=10, valid=77
    ),
    Hand(
        key="C0003", name="Dora Lin", chapter="south", paid=True, sections=14, valid=73
    ),
    Hand(
        key="C0004", name="Eli Novak", chapter="south", paid=True, sections=14, valid=58
    ),
    Hand(
        key="C0005", name="Fay Ortiz", chapter="south", paid=False, sections=8, valid=80
    ),
    Hand(
        key="C0006", name="Gil Reyes", chapter="east", paid=False, sections=8, valid=84
    ),
    Hand(
        key="C0007", name="Hana Sato", chapter="east", paid=False, sections=7, valid=79
    ),
)
FIRST = 80
"""The first sections of the north are handed out one by one, see `_first_bundles`."""


def fill(scene: DemoScene) -> None:
    """Take the campaign's measure in and work its drive some way; once."""
    place = shelf.shelf() / MEASURE
    if (place / FILE).exists():
        shelf.index(MEASURE)
        return
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as name:
        draft = Path(name) / "measure"
        draw_up(draft, today, by=scene.people["proponent"].name)
        shelf.take_in(draft)


def draw_up(folder: Path, today: date, *, by: str) -> None:
    """Write the folder of a measure in circulation on `today`, with its campaign."""
    summary = today - timedelta(days=BEGAN)
    folder.mkdir(parents=True)
    dates = {"filed": summary - timedelta(days=60), "summary": summary}
    (folder / FILE).write_text(MEASURE_YAML.format(**dates), encoding="utf-8")
    (folder / "form.yaml").write_text(FORM_YAML, encoding="utf-8")
    _docket(folder, dates["filed"], summary)
    campaign, at = folder / "campaign", timezone.now()

    def on(days_ago: int) -> Booking:
        return Booking(by=by, day=today - timedelta(days=days_ago), at=at)

    _people(campaign, on(BEGAN))
    _print(campaign, summary)
    _first_bundles(campaign, on)
    _weeks(campaign, on)
    _checks(campaign, on(8))
    books(folder, on)


def _docket(folder: Path, filed: date, summary: date) -> None:
    acts: tuple[tuple[date, str, str, str, Mapping[str, Json]], ...] = (
        (filed, "filed", "9001", "the proponent", {"proponents": 1}),
        (summary, "titled", "9004", "Attorney General", {"required": REQUIRED}),
        (summary, "circulating", "9014", "Secretary of State", {}),
    )
    append(
        folder,
        [
            Happening(
                day=day,
                kind=kind,
                by=who,
                authority=f"Cal. Elec. Code § {section}",
                source="SIMULATED for the demonstration",
                body={"simulated": True, **body},
            )
            for day, kind, section, who, body in acts
        ],
        recorded_at=datetime.combine(summary, time(12), tzinfo=UTC),
        once=True,
    )


def _people(campaign: Path, booking: Booking) -> None:
    for key, name, quota, _, _ in CHAPTERS:
        add_chapter(campaign, booking, key, name=name, quota=quota)
    for hand in HANDS:
        add_circulator(
            campaign, booking, name=hand.name, chapter=hand.chapter, paid=hand.paid
        )
    for person, chapter, contact in (
        ("Dee Moss", "north", "dee@example.org"),
        ("Lou Hart", "north", ""),
        ("Max Wood", "south", "max@example.org"),
        ("Ida Bell", "east", ""),
    ):
        add_volunteer(
            campaign,
            booking,
            person=person,
            chapter=chapter,
            sheets=3,
            may_contact=bool(contact),
            contact=contact,
        )
    forget_volunteer(campaign, booking, "V0002")


def _print(campaign: Path, day: date) -> None:
    """Write the ledger of printed sections; the paper itself is not made."""
    runs = [
        Issue(
            first=first,
            last=last,
            measure=MEASURE,
            county=county,
            language="en",
            paper="LEGAL",
            lines=LINES,
            pages=2,
            specimen=False,
            day=day,
        )
        for _, _, _, county, (first, last) in CHAPTERS
    ]
    with issued(campaign, lambda _next: runs):
        pass


def lines_on(serial: int) -> int:
    """Return how many lines a section of the demonstration holds."""
    return 4 + (serial * 7_919 + serial // 7) % (LINES - 3)


def _first_bundles(campaign: Path, on: On) -> None:
    """Hand out what the pages tell of one by one: some out, some lost, some stock."""
    hand_out(campaign, on(72), range(1, 21), circulator="C0001")
    whole = {n: lines_on(n) for n in range(1, 18)}
    take_back(
        campaign,
        on(60),
        "B0001",
        lines=sum(whole.values()),
        lost=[18],
        still_out=[19, 20],
        counted=whole,
    )
    hand_out(campaign, on(60), range(21, 41), circulator="C0002")
    whole = {n: lines_on(n) for n in range(21, 41)}
    take_back(campaign, on(52), "B0002", lines=sum(whole.values()), counted=whole)
    hand_out(campaign, on(50), range(41, 61), chapter="north")
    hand_out(campaign, on(50), range(61, FIRST + 1), circulator="C0002")
    take_back(
        campaign, on(45), "B0004", lines=0, unused=range(66, 81), lost=range(61, 66)
    )


def _weeks(campaign: Path, on: On) -> None:
    """Hand out a bundle a week to each circulator, and take it back six days later."""
    free = {key: iter(range(_first(key, run), run[1] + 1)) for key, *_, run in CHAPTERS}
    for week in range(WEEKS):
        out = []
        for hand in HANDS:
            mine = list(_next(free[hand.chapter], hand.sections))
            if mine:
                days_ago = 43 - 4 * week
                bundle = hand_out(campaign, on(days_ago), mine, circulator=hand.key)
                out.append((days_ago - 3, bundle.bundle, mine))
        for at, (days_ago, bundle_key, mine) in enumerate(out):
            if week == WEEKS - 1 and at % 2:
                continue  # still out today
            counted = {n: lines_on(n) for n in mine[:-1]}
            take_back(
                campaign,
                on(days_ago),
                bundle_key,
                lines=sum(counted.values()),
                spoilt=mine[-1:],
                counted=counted,
            )


def _first(key: str, run: tuple[int, int]) -> int:
    return FIRST + 1 if key == "north" else run[0]


def _next(free: Iterator[int], many: int) -> Iterator[int]:
    for _, number in zip(range(many), free, strict=False):
        yield number


def _checks(campaign: Path, booking: Booking) -> None:
    """Note own checks of what came back until then: two counts a section."""
    shares = {hand.key: hand.valid for hand in HANDS}
    found = {}
    for back in returns(campaign).values():
        if back.day > booking.day or back.circulator is None:
            continue
        for number in back.sheets[Sheet.RETURNED]:
            if number % 3:
                continue  # every third section is checked
            checked = back.counted[number]
            share = shares[back.circulator] * checked + (number * 37) % 100
            found[number] = Credit(checked=checked, valid=min(share // 100, checked))
    note_check(campaign, booking, found, how="held against the county's roll")
