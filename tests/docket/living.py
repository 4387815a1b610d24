"""What the tests of the docket tell of: a measure's folder, and events in order."""

import shutil
from datetime import UTC, date, datetime

from plebiscite.docket.happened import happened
from plebiscite.docket.life import life
from plebiscite.docket.store import Happening, append, read
from plebiscite.petition.measure import measure_folder

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def event(kind, day, **body):
    return Happening(
        day=date.fromisoformat(day),
        kind=kind,
        by="an office",
        authority="a law",
        source="a document",
        body=body,
    )


def tell(folder, *events):
    return append(folder, events, recorded_at=NOON)


def stage(folder):
    return life(happened(read(folder))).stage


def calexit(folder):
    """A folder with the measure 16-0011 and no docket yet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(measure_folder("us/ca/16-0011") / "measure.yaml", folder)
    return folder


CIRCULATING = (
    event("filed", "2016-11-21"),
    event("fiscal_estimate", "2017-01-11"),
    event("titled", "2017-01-26"),
    event("circulating", "2017-01-26"),
)
"""The first events of 16-0011, on their real days."""

COUNTED = (
    *CIRCULATING,
    event("sections_filed", "2017-07-25"),
    event("raw_count", "2017-08-04", raw=900_000),
    event("sample_committed", "2017-08-04"),
    event("seed_revealed", "2017-08-05"),
    event("sample_drawn", "2017-08-05"),
    event("findings_counted", "2017-09-18"),
    event("projected", "2017-09-18", projected=650_000),
    event("certified", "2017-09-18", band="qualified"),
)
VOTED = (
    *COUNTED,
    event("qualified", "2018-06-28"),
    event("question_put", "2018-11-06"),
    event("canvassed", "2018-12-10", registered=1000, cast=700, yes=400, no=290),
    event("outcome", "2018-12-14", standing="met"),
    event("in_force", "2018-12-19"),
    event(
        "follow_up_scheduled", "2018-12-19", question="independence", on="2019-03-05"
    ),
)
