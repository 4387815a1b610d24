"""Every table of a measure's page, as something to take away; and its map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from plebiscite.docket.agenda import Entry
from plebiscite.docket.folder import Record
from plebiscite.docket.table import table
from plebiscite.report.page.beside import Beside
from plebiscite.report.page.certified import Shown
from plebiscite.report.page.drawn.tiles import Tile, tiles
from plebiscite.report.page.figure import Figure
from plebiscite.report.page.hurdles import Path
from plebiscite.report.page.judged import Cite
from plebiscite.report.page.taken.sheet import Cell, Sheet, sheet_of
from plebiscite.verify.certificate import FEWEST_SHOWN

COUNTY = (
    "county",
    "raw",
    "sampled",
    "valid",
    "duplicates",
    "undecided",
    "percent",
    "uncorrected",
    "value",
    "weight",
    "deducted",
    "projected",
    "projected_literal",
    "standard_error",
    "mode",
)
SMALL = (
    f"A reason found fewer than {FEWEST_SHOWN} times in a county might point at a "
    "person: it is counted under withheld, and in the state's total by name."
)


def sheets(
    record: Record,
    found: Mapping[str, Figure],
    papers: Sequence[Shown],
    *,
    way: Path,
    days: Sequence[Entry],
    aside: Beside,
) -> dict[str, Sheet]:
    """Return every table that has a row, by name."""
    made = [
        _figures(found),
        _events(record),
        sheet_of("days", "Days: happened, due, planned", list(_days(days))),
        sheet_of("hurdles", "Hurdles to the end", list(_hurdles(way))),
        sheet_of("consents", "Consents of others", list(_consents(way))),
        _parts(found),
        sheet_of("polls", "Polls, as published", _polls(aside)),
        sheet_of("money", "Money, as filed", _money(aside)),
    ]
    if papers:
        made += [_counties(papers[-1]), _reasons(papers[-1])]
    return {each.name: each for each in made if each.rows}


def _figures(found: Mapping[str, Figure]) -> Sheet:
    rows: list[dict[str, Cell]] = [
        {
            "figure": figure.name,
            "kind": figure.kind,
            "question": figure.question or None,
            "revision": each.number,
            "stands": "yes" if each is figure.now else "no",
            "value": each.value,
            "day": each.day,
            "by": each.by,
            "authority": each.authority or None,
            "source": each.source or None,
            "event": each.seq or None,
            "why": each.why or None,
            "hash": each.hash or None,
        }
        for figure in found.values()
        for each in figure.revisions
    ]
    return sheet_of("figures", "Figures and their revisions", rows)


def _events(record: Record) -> Sheet:
    rows: list[dict[str, Cell]] = [
        {
            "event": each.seq,
            "day": each.day,
            "kind": each.kind,
            "words": table().kind(each.kind).words,
            "by": each.by,
            "authority": each.authority,
            "source": each.source or None,
            "says": json.dumps(dict(each.body), ensure_ascii=False, sort_keys=True),
            "struck": "yes" if each.struck else "no",
            "corrected_by": ", ".join(map(str, each.corrections)) or None,
            "recorded_at": each.recorded_at.isoformat() if each.recorded_at else None,
            "hash": each.hash,
        }
        for each in record.events
    ]
    return sheet_of("events", "Events of the docket", rows)


def _days(days: Sequence[Entry]) -> Iterator[dict[str, Cell]]:
    for each in days:
        yield {
            "day": each.day,
            "status": each.status,
            "what": each.title,
            "detail": each.detail,
            "authority": "; ".join(each.cite),
            "assumes": "; ".join(each.assumes) or None,
        }


def _hurdles(way: Path) -> Iterator[dict[str, Cell]]:
    for each in way.hurdles:
        yield {
            "hurdle": each.name,
            "words": each.words,
            "state": each.state,
            "decided_by": each.whose,
            "asks": each.asks or None,
            "authority": _titles(each.cites),
            "day": each.day,
            "event": each.seq or None,
        }


def _consents(way: Path) -> Iterator[dict[str, Cell]]:
    for route in way.routes:
        for number, step in enumerate(route.steps, start=1):
            yield {
                "route": route.words,
                "needed": "no" if route.optional else "yes",
                "step": number,
                "body": step.body,
                "asks": step.asks or None,
                "standing": step.standing,
                "asked": step.asked,
                "answered": step.answered,
                "authority": _titles(step.cites),
            }


def _titles(cites: Sequence[Cite]) -> str:
    return "; ".join(
        each.title if each.checked else f"{each.title} (not checked)" for each in cites
    )


def _parts(found: Mapping[str, Figure]) -> Sheet:
    """Return counts by county, as the docket itself gives them."""
    rows: list[dict[str, Cell]] = [
        {"figure": figure.name, "county": county, "count": count}
        for figure in found.values()
        for county, count in (figure.now.parts or {}).items()
    ]
    return sheet_of("parts", "Counts by county, as reported", rows)


def _counties(paper: Shown) -> Sheet:
    rows: list[dict[str, Cell]] = [
        {name: county[name] for name in COUNTY} for county in paper.data["counties"]
    ]
    return sheet_of("counties", "The certificate, county by county", rows)


def _reasons(paper: Shown) -> Sheet:
    totals: Mapping[str, int] = paper.data["reasons"]
    rows: list[dict[str, Cell]] = []
    for county in paper.data["counties"]:
        own, withheld = county["reasons"], county["reasons_withheld"]
        if not own and not withheld:
            continue
        # A zero beside withheld lines would say which reasons those are not.
        row: dict[str, Cell] = {"county": county["county"]}
        row |= {c: own.get(c, None if withheld else 0) for c in totals}
        rows.append({**row, "withheld": withheld})
    if rows:
        rows.append({"county": "all together", **totals, "withheld": 0})
    return sheet_of("reasons", "Lines not valid, by reason", rows, SMALL)


def _polls(found: Beside) -> list[dict[str, Cell]]:
    """Return the polls as rows of a table to take away."""
    return [
        {
            "end": each.end,
            "pollster": each.pollster,
            "sponsor": each.sponsor or None,
            "population": each.population or None,
            "n": each.n,
            "support": each.support,
            "oppose": each.oppose or None,
            "unsure": each.unsure or None,
            "wording": each.wording or None,
            "source": each.source or None,
        }
        for each in found.polls
    ]


def _money(found: Beside) -> list[dict[str, Cell]]:
    """Return the money as rows of a table to take away: sides first."""
    return [
        {
            "side": each.side or None,
            "committee": each.committee or None,
            "currency": each.currency,
            "raised": f"{each.raised:.2f}",
            "spent": f"{each.spent:.2f}",
            "cash": f"{each.cash:.2f}",
            "owed": f"{each.owed:.2f}",
        }
        for each in (*found.money, *found.committees)
    ]


def county_tiles(papers: Sequence[Shown], found: Mapping[str, Figure]) -> list[Tile]:
    """Return the map: valid lines in percent where certified, else lines filed."""
    if papers:
        counties = papers[-1].data["counties"]
        if len(counties) > 1:
            shares = {
                each["county"]: Fraction(each["projected"], each["raw"])
                if each["raw"]
                else None
                for each in counties
            }
            said = {
                n: "" if s is None else f"{float(s * 100):.1f}%"
                for n, s in shares.items()
            }
            n = {each["county"]: (each["sampled"], each["raw"]) for each in counties}
            return tiles(shares, said, n)
    raw = found.get("raw")
    parts = raw.now.parts if raw else None
    if not parts or len(parts) < 2:  # noqa: PLR2004 - one county is no map
        return []
    counts = {n: None if c is None else Fraction(c) for n, c in parts.items()}
    return tiles(counts, {n: "" if c is None else f"{c:,}" for n, c in parts.items()})
