"""A measure's page as JSON data: the story, and everything the page adds to it.

Counts are integers, shares and decimals strings, days ISO; a value that is not known is
null. Keys are only ever added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plebiscite.report.life.story import story_data
from plebiscite.report.page.beside import Model
from plebiscite.report.page.certified import Shown
from plebiscite.report.page.figure import Figure, Revision
from plebiscite.report.page.judged import Cite, Judged
from plebiscite.report.page.page import Page
from plebiscite.report.page.taken.cited import LICENCE, LICENCE_URL, citation, notice

FORMAT = 1


def page_data(page: Page, address: str) -> dict[str, Any]:
    """Return the page of a measure as JSON data; `address` is the page's own."""
    docket = page.record.check
    return {
        "format": FORMAT,
        **story_data(page.record),
        "address": address,
        "licence": {"name": LICENCE, "url": LICENCE_URL},
        "glance": _glance(page),
        "counts": {
            name: _figure(page, each, address) for name, each in page.figures.items()
        },
        "apart": [
            {
                "kind": each.kind,
                "counties": list(each.counties),
                "value": each.value,
                "day": each.day.isoformat(),
                "by": each.by,
                "event": each.seq,
            }
            for each in page.apart
        ],
        "progress": _progress(page),
        "window": _window(page),
        "hurdles": [
            {
                "hurdle": each.name,
                "words": each.words,
                "state": each.state,
                "decided_by": each.whose,
                "asks": each.asks or None,
                "authority": _cites(each.cites),
                "day": each.day.isoformat() if each.day else None,
                "event": each.seq or None,
            }
            for each in page.path.hurdles
        ],
        "certificates": [_certificate(each) for each in page.certificates],
        "forecasts": [
            {
                "percent": each.percent,
                "of": each.about,
                "by": each.by,
                "day": each.day.isoformat(),
                "source": each.source,
            }
            for each in page.beside.forecasts
        ],
        "model": _model(page.beside.model),
        "tables": {
            name: {
                "title": sheet.title,
                "csv": f"{address}tables/{name}.csv",
                "json": f"{address}tables/{name}.json",
            }
            for name, sheet in page.sheets.items()
        },
        "kept_back": page.kept_back or None,
        "verify": {
            "head": docket.head if docket else None,
            "page": f"{address}verify/",
            "docket": f"{address}docket.jsonl" if page.has_docket else None,
            "kit": f"{address}kit.zip" if page.has_docket else None,
        },
    }


def _glance(page: Page) -> dict[str, Any]:
    glance = page.glance
    return {
        "stands": [str(each) for each in glance.stands],
        "next": glance.next or None,
        "by_whom": glance.whom or None,
        "by_when": glance.by.isoformat() if glance.by else None,
        "days_left": glance.left,
        "no_day": glance.why_no_day or None,
        "if_not": glance.if_not or None,
        "chance": [str(each) for each in glance.chance],
    }


def _figure(page: Page, figure: Figure, address: str) -> dict[str, Any]:
    own = f"{address}figures/{figure.name}/"
    return {
        "kind": figure.kind,
        "question": figure.question or None,
        "value": figure.now.value,
        "day": figure.now.day.isoformat() if figure.now.day else None,
        "by": figure.now.by,
        "authority": figure.now.authority or None,
        "source": figure.now.source or None,
        "preliminary": figure.now.preliminary,
        "address": own,
        "verdict": judged_data(page.verdicts.get(figure.name)),
        "revisions": [
            _revision(page.id, figure, each, f"{own}{each.seq}/")
            for each in figure.revisions
        ],
    }


def _revision(
    measure: str, figure: Figure, each: Revision, address: str
) -> dict[str, Any]:
    return {
        "revision": each.number,
        "event": each.seq or None,
        "value": each.value,
        "by_county": dict(each.parts) if each.parts else None,
        "day": each.day.isoformat() if each.day else None,
        "by": each.by,
        "authority": each.authority or None,
        "source": each.source or None,
        "why": each.why or None,
        "hash": each.hash or None,
        "address": address,
        "cite_as": citation(measure, figure, each, address),
        "correction": notice(figure, each) or None,
    }


def judged_data(found: Judged | None) -> dict[str, Any] | None:
    """Return a verdict as data: the rule, its words, its sources, and the sentences."""
    if found is None:
        return None
    return {
        "law": found.law or None,
        "rule": found.rule,
        "says": found.says,
        "standing": found.standing.replace(" ", "_") or None,
        "authority": _cites(found.cites),
        "findings": [
            {
                "depth": each.depth,
                "standing": each.standing.replace(" ", "_"),
                "words": each.words,
                "authority": _cites(each.cites),
            }
            for each in found.findings
        ],
        "remarks": list(found.remarks),
        "asks": found.asks,
    }


def _cites(cites: Sequence[Cite]) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title,
            "key": each.key,
            "law": each.law or None,
            "checked": each.checked.isoformat() if each.checked else "no",
        }
        for each in cites
    ]


def _model(found: Model | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "milestones": [{"words": w, "chance": c} for w, c in found.milestones],
        "hurdles": [
            {
                "words": each.words,
                "chance": each.shown,
                "percent": [each.low, each.middle, each.high],
                "elicited": each.elicited,
                "settled": each.settled,
            }
            for each in found.rungs
        ],
        "explained": found.explained or None,
        "inputs_hash": found.inputs or None,
    }


def _progress(page: Page) -> dict[str, Any] | None:
    found = page.progress
    if found is None:
        return None
    return {
        "required": found.required,
        "counts": dict(found.counts),
        "best": found.best or None,
        "percent": found.percent,
        "lines": [{"name": each.name, "at": each.at} for each in found.lines],
        "must_be_valid_percent": found.must_be_valid or None,
    }


def _window(page: Page) -> dict[str, Any] | None:
    found = page.window
    if found is None:
        return None
    return {
        "opens": found.opens.isoformat(),
        "closes": found.closes.isoformat(),
        "day": found.day,
        "days": found.days,
        "over": found.over or None,
        "rule": found.rule,
        "authority": _cites(found.cites),
    }


def _certificate(shown: Shown) -> dict[str, Any]:
    even = shown.break_even
    return {
        "folder": shown.place,
        "of_counties_alone": list(shown.alone) or None,
        "certificate": dict(shown.data),
        "interval": list(shown.interval) if shown.interval else None,
        "head": shown.head or None,
        "break_even": [
            {
                "name": each.name,
                "target": each.target,
                "needed": each.needed,
                "out": each.out,
                "percent": str(each.percent) if each.percent is not None else None,
                "reached": each.is_reached,
                "out_of_reach": each.is_out_of_reach,
            }
            for each in even.lines
        ]
        if even
        else None,
    }
