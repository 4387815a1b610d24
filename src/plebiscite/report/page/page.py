"""The page of a measure, whole: one value that the web page and its JSON are made of.

>>> from datetime import date
>>> page = assemble(open_record("us/ca/16-0011", date(2017, 3, 1)))
>>> page.glance.whom, page.glance.by
('the proponents', datetime.date(2017, 7, 25))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plebiscite.docket.agenda import Entry, NextStep, calendar, next_steps
from plebiscite.docket.folder import Record, open_record
from plebiscite.docket.store import FILE as DOCKET
from plebiscite.errors import PlebisciteError
from plebiscite.petition.measure_text import Amended, amended
from plebiscite.report.claims.known.context import Figure as Setting
from plebiscite.report.life.law_of import book_of
from plebiscite.report.life.setting import setting
from plebiscite.report.page import level as levels
from plebiscite.report.page.beside import Beside, beside
from plebiscite.report.page.certified import Shown, certificates
from plebiscite.report.page.drawn.tiles import Tile
from plebiscite.report.page.figure import Apart, Figure, counted
from plebiscite.report.page.glance import Glance, glance
from plebiscite.report.page.hurdles import Path, path
from plebiscite.report.page.judged import Judged, judged, required
from plebiscite.report.page.level import Level
from plebiscite.report.page.progress import Progress, Window, progress, window
from plebiscite.report.page.taken.sheet import Sheet
from plebiscite.report.page.taken.tables import county_tiles, sheets

__all__ = ["Page", "assemble", "open_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything the public page of a measure shows.

    Attributes:
        record: the measure as of the day, with what may not be shown left out.
        glance: the answers that stand first.
        steps: what is expected next.
        figures: every figure by name, with its revisions; `verdicts` what the law
            makes of the value that stands.
        apart: what counties said of their own lines that stands in none of them.
        required: what the law asks for, and by which rule.
        progress, window: how far it has come; None where that is not known.
        path: the hurdles to the end.
        certificates: oldest first; the page shows the last.
        tiles: the map of its counties; empty without counts by county.
        provisions: the text it changes; empty where it is not recorded.
        days: its calendar.
        setting: figures given of its setting.
        beside: polls, forecasts, money: what stands beside the record.
        sheets: every table, by name.
        kept_back: what is not published at this stage, in a sentence; or "".
        has_docket: whether its docket may be taken away.

    """

    record: Record
    glance: Glance
    steps: tuple[NextStep, ...]
    figures: Mapping[str, Figure]
    verdicts: Mapping[str, Judged | None]
    apart: tuple[Apart, ...]
    required: Judged | None
    progress: Progress | None
    window: Window | None
    path: Path
    certificates: tuple[Shown, ...]
    tiles: tuple[Tile, ...]
    provisions: tuple[Amended, ...]
    days: tuple[Entry, ...]
    setting: tuple[Setting, ...]
    beside: Beside
    sheets: Mapping[str, Sheet]
    kept_back: str
    has_docket: bool

    @property
    def id(self) -> str:
        """The measure's id."""
        return self.record.measure.id

    @property
    def on(self) -> date:
        """The day it is shown as of."""
        return self.record.on

    @property
    def certificate(self) -> Shown | None:
        """The certificate the page shows whole: the last."""
        return self.certificates[-1] if self.certificates else None


def assemble(whole: Record, level: Level = Level.ALL) -> Page:
    """Return the page of a measure on the record's day, at a level of publication."""
    kept = levels.kept_back(level, whole.life.stage)
    record = levels.shown_of(whole, level)
    told = counted(whole)
    found, apart = dict(told.figures), told.apart
    raw = found["raw"].now if "raw" in found else None
    papers = tuple(certificates(whole.folder, book_of(whole), raw))
    if kept:
        found = levels.shown_figures(found, level)
        apart, papers = (), ()
    steps = tuple(next_steps(record))
    come = progress(record, found)
    time = window(record)
    way = path(record)
    aside = beside(record)
    days = tuple(calendar(record))
    return Page(
        record=record,
        glance=glance(
            record,
            steps=steps,
            progress=come,
            window=time,
            path=way,
            chance=aside.words,
        ),
        steps=steps,
        figures=found,
        verdicts={
            name: judged(record, found, each, each.now) for name, each in found.items()
        },
        apart=apart,
        required=required(record),
        progress=come,
        window=time,
        path=way,
        certificates=papers,
        tiles=tuple(county_tiles(papers, found)),
        provisions=_provisions(record),
        days=days,
        setting=tuple(setting(record)),
        beside=aside,
        sheets=sheets(record, found, papers, way=way, days=days, aside=aside),
        kept_back=levels.WORDS[level] if kept else "",
        has_docket=not kept and (whole.folder / DOCKET).exists(),
    )


def _provisions(record: Record) -> tuple[Amended, ...]:
    try:
        return tuple(amended(record.measure))
    except PlebisciteError:
        return ()
