"""The number line of a certificate: the law's lines, the count, and how sure it is.

Positions are shares of the line's length in percent, so that the drawing keeps its
letters at reading size on a phone and on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from plebiscite.report import words
from plebiscite.report.words import Certified

SHARE_OF_REQUIRED = re.compile(r"(\d+(?:\.\d+)?)% of (?:the )?required")

CROWDED = 28.0
"""Percent of the line: outer marks nearer than this have no room abreast."""
MIDDLE = 50.0
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One of the law's lines.

    Attributes:
        at: place on the line, in percent of its length.
        share: what it is of the requirement, such as "95%".
        count: the signatures it means, as printed.
        row: how far down its label stands, 0 to 2, so that labels do not meet.
        anchor: start, middle or end: the part of the label that stands at the mark.

    """

    at: float
    share: str
    count: str
    row: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of the line: its name and its ends in percent of the line's length.

    Attributes:
        kind: low, middle or high; how the stretch is filled.

    """

    name: str
    kind: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandLine:
    """Where a count lies among the law's lines, ready to be drawn.

    Attributes:
        marks: the law's lines, lowest first.
        count_at, low_at, high_at: the count and the ends of its interval.
        count: the count, as printed; `low` and `high` likewise.
        bands: what the law says between the marks, from left to right.
        often: how often the interval holds, and on what supposition.
        words: the whole picture in a sentence, for who does not see it.

    """

    marks: tuple[Mark, ...]
    count_at: float
    low_at: float
    high_at: float
    count: str
    low: str
    high: str
    bands: tuple[Band, ...]
    often: str
    words: str


def band_line(data: Certified) -> BandLine | None:
    """Return the number line of a certificate.

    None where nothing is required, or where what is out has no known size.
    """
    required = Decimal(data["required"])
    if required <= 0 or words.is_part(data):
        return None
    shares = sorted({WHOLE, *_shares(data["verdict"])})
    count = words.counted(data)
    low, high = words.interval(data)
    places = [required * share / 100 for share in shares]
    left, right = _ends([*places, Decimal(low), Decimal(high), Decimal(count)])

    def at(place: Decimal | int) -> float:
        return round(float((Decimal(place) - left) / (right - left) * 100), 3)

    marks = tuple(
        Mark(
            at=at(place),
            share=f"{share.normalize():f}%",
            count=words.whole(place),
            row=row,
            anchor=anchor,
        )
        for share, place, (row, anchor) in zip(
            shares, places, _labels([at(place) for place in places]), strict=True
        )
    )
    return BandLine(
        marks=marks,
        count_at=at(count),
        low_at=at(low),
        high_at=at(high),
        count=f"{count:,}",
        low=f"{low:,}",
        high=f"{high:,}",
        bands=_bands(marks, above=shares[-1] > WHOLE),
        often=words.how_often(data),
        words=_picture(marks, count, low, high, words.how_often(data)),
    )


def _shares(verdict: Mapping[str, Any]) -> Iterator[Decimal]:
    """Yield the shares of the requirement at which the verdict draws lines."""
    for share in SHARE_OF_REQUIRED.findall(verdict["words"]):
        yield Decimal(share)
    for part in verdict["parts"]:
        yield from _shares(part)


def _ends(places: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of the line: all places, and a sixth of air on both sides."""
    low, high = min(places), max(places)
    air = max((high - low) / 4, high / 100, Decimal(1))
    return low - air, high + air


def _labels(places: list[float]) -> list[tuple[int, str]]:
    """Return row and anchor of each mark's label.

    Crowded labels stand on that side of their strokes where the strokes that pass
    their row are not.
    """
    if places[-1] - places[0] > CROWDED or len(places) == 1:
        return [(number % 2, "middle") for number in range(len(places))]
    rows = range(len(places))
    if places[0] > MIDDLE:
        return [(row, "end") for row in rows]
    return [(row, "start") for row in reversed(rows)]


def _bands(marks: tuple[Mark, ...], *, above: bool) -> tuple[Band, ...]:
    """Name the stretches: two around one line, three around a lowest and a highest.

    A verdict that fails needs no line `above` the requirement, and names none; what
    lies there is then not told apart.
    """
    first, last = marks[0].at, marks[-1].at
    if len(marks) == 1:
        return (
            Band(name="too few", kind="low", start=0.0, end=first),
            Band(name="enough", kind="high", start=first, end=100.0),
        )
    fails = Band(name="fails", kind="low", start=0.0, end=first)
    if not above:
        name = "full count or qualified" if 100.0 - first > CROWDED else ""
        return fails, Band(name=name, kind="middle", start=first, end=100.0)
    return (
        fails,
        Band(
            name="full count" if last - first > CROWDED else "",
            kind="middle",
            start=first,
            end=last,
        ),
        Band(name="qualifies", kind="high", start=last, end=100.0),
    )


def _picture(
    marks: tuple[Mark, ...], count: int, low: int, high: int, often: str
) -> str:
    lines = ", ".join(f"{mark.share} at {mark.count}" for mark in marks)
    sure = f", {low:,} to {high:,} {often}" * (low != high)
    return (
        "Number line of signatures. Lines of the law, in shares of the requirement: "
        f"{lines}. The count: {count:,}{sure}."
    )


def band_svg(line: BandLine) -> str:
    """Draw the number line as SVG for the page; colours come from the page's style."""
    height = 104 + 20 * max(mark.row for mark in line.marks)
    opening = (
        f'<svg class="band-line" role="img" aria-label="{escape(line.words)}" '
        f'width="100%" height="{height}" xmlns="http://www.w3.org/2000/svg">'
    )
    drawn = [
        opening,
        *_stretches(line),
        *_marks(line),
        *_count(line),
        "</svg>",
    ]
    return "\n".join(drawn)


def _stretches(line: BandLine) -> Iterator[str]:
    for band in line.bands:
        width = band.end - band.start
        yield (
            f'<rect class="{band.kind}" x="{band.start:.3f}%" y="52" '
            f'width="{width:.3f}%" height="24"/>'
        )
        if band.name:
            yield (
                f'<text class="name" x="{band.start + width / 2:.3f}%" y="69" '
                f'text-anchor="middle">{band.name}</text>'
            )


def _marks(line: BandLine) -> Iterator[str]:
    for mark in line.marks:
        drop = 20 * mark.row
        yield (
            f'<line class="mark" x1="{mark.at}%" x2="{mark.at}%" y1="48" '
            f'y2="{(82 if mark.anchor == "middle" else 99) + drop}"/>'
        )
        aside = {"start": 5, "middle": 0, "end": -5}[mark.anchor]
        yield (
            f'<text x="{mark.at}%" dx="{aside}" y="{97 + drop}" '
            f'text-anchor="{mark.anchor}">'
            f'<tspan class="share">{mark.share}</tspan> {mark.count}</text>'
        )


def _count(line: BandLine) -> Iterator[str]:
    if line.low_at != line.high_at:
        yield _stroke("sure", (line.low_at, 36), (line.high_at, 36))
        for end in (line.low_at, line.high_at):
            yield _stroke("sure", (end, 31), (end, 41))
    yield _stroke("count", (line.count_at, 36), (line.count_at, 51))
    yield f'<circle class="count" cx="{line.count_at}%" cy="36" r="6"/>'
    yield (
        f'<text class="count" x="{line.count_at}%" y="20" '
        f'text-anchor="{_anchor(line.count_at)}">{line.count}</text>'
    )


def _stroke(kind: str, start: tuple[float, int], end: tuple[float, int]) -> str:
    return (
        f'<line class="{kind}" x1="{start[0]}%" y1="{start[1]}" '
        f'x2="{end[0]}%" y2="{end[1]}"/>'
    )


def _anchor(at: float) -> str:
    """Keep a label inside the picture when its place is near an end."""
    margin = 15
    if at < margin:
        return "start"
    return "end" if at > 100 - margin else "middle"
