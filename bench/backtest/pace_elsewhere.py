"""Looks beyond Italy: a petition with purges, and a check of every line as it went on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from page import figure, table

from plebiscite.forecast.pace import Channel, Kind, Series, Validity, finish
from plebiscite.forecast.pace.filing import Check
from plebiscite.forecast.pace.filing.checks import learn
from plebiscite.forecast.pace.filing.drawn import draw
from plebiscite.rules.rulebook import open_law

BRITISH = "uk_petition_131215_euref2_timeseries.csv"
CHECKED = "wa_referendum71_2009_cumulative_checks_to_21_aug.csv"
SURGE = datetime(2016, 6, 24)  # noqa: DTZ001 - the file names no zone
UNIT = timedelta(hours=3)
PARTS = (0.25, 0.5, 0.75)
FILED, ACCEPTED = 137_881, 0.882
"""Referendum 71: lines filed, and the share accepted in the end (Secretary of State)."""
SHOWN = (0.1, 0.5, 0.9)


def elsewhere(data: Path | None) -> list[str]:
    """Return what is to be told of the files that are there."""
    told: list[str] = []
    for name, lines in ((BRITISH, _british), (CHECKED, _washington)):
        found = sorted(data.rglob(name)) if data else []
        if found:
            told += lines(found[0])
    return told


def _british(path: Path) -> list[str]:
    """A week of petition 131215, each three hours taken for a day of a drive."""
    counts: dict[int, int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            since = datetime.fromisoformat(row["time"]) - SURGE
            counts[since // UNIT] = int(row["total"])
    first, last = min(counts), max(counts)
    opened = date(2016, 1, 1)
    rows = []
    for part in PARTS:
        cut = first + round((last - first) * part)
        seen = sorted(unit for unit in counts if unit <= cut)
        series = Series(
            petition="131215",
            kind=Kind.VERIFIED,
            channel=Channel.ONLINE,
            days=tuple(opened + timedelta(days=unit) for unit in seen),
            counts=tuple(counts[unit] for unit in seen),
            opened=opened,
            required=100_000,
        )
        told = finish(
            series, as_of=series.days[-1], deadline=opened + timedelta(days=last)
        )
        line = counts[seen[-1]] * last / seen[-1]
        low, middle, high = (f"{told.quantile(p) / 1e6:.2f}" for p in SHOWN)
        rows.append([f"{part:.0%}", f"{line / 1e6:.1f}", middle, f"{low} to {high}"])
    heads = ("of the week", "straight line", "ours", "8 of 10")
    return [
        f"The British petition 131215 came to {counts[last] / 1e6:.2f} million in a week, "
        "up to 75,169 of them removed at once. In millions, and with nothing but Italian "
        "petitions to learn from:",
        "",
        *table(heads, rows),
    ]


def _washington(path: Path) -> list[str]:
    """Referendum 71 of 2009: what the lines checked so far say of all."""
    law = open_law("us/wa/referendum")
    rows = []
    for check in _checks(path):
        rng = np.random.default_rng(1)
        held = Validity.prior(Channel.VOLUNTEER)
        learnt = learn([check], prior=held, rng=rng, draws=4_000)
        drawn = draw(
            {law.place: 1.0},
            held=held,
            checks=[check],
            learnt=learnt,
            rng=rng,
            draws=4_000,
        )
        low, middle, high = (figure(float(np.quantile(drawn.valid, p))) for p in SHOWN)
        rows.append([f"{check.checked:,}", middle, f"{low} to {high}"])
    return [
        f"Washington checked every line of referendum 71 ({FILED:,} lines, "
        f"{figure(ACCEPTED)} accepted). From the lines checked by a day, which "
        "were no random sample:",
        "",
        *table(("lines checked", "share that counts, ours", "8 of 10"), rows),
    ]


def _checks(path: Path) -> Iterator[Check]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["duplicates"].isdigit():
                yield Check(
                    chapter="",
                    circulator="",
                    checked=int(row["checked"]),
                    valid=int(row["accepted"]),
                    duplicates=int(row["duplicates"]),
                    raw=FILED,
                )
