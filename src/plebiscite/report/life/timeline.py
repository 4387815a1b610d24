"""A measure's days on a line: as text, as a drawing (SVG), and as a page.

What happened stands left of the line, what the law makes due right of it. Each day has
a row, however close to the next, and a long gap says how long it is; the text says the
same, for whoever does not see the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby

from markupsafe import Markup

from plebiscite.docket.agenda import Entry, calendar
from plebiscite.docket.folder import Record
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.life.told import event_lines

SIGNS = {"happened": "●", "due": "○", "passed": "·", "planned": "◇"}
ROW, TOP, LINE, WIDTH = 26, 30, 430, 860
SHORT = 52
LONG = 45
"""Days between two rows from which on their number is told."""
INK, BLUE, RED, GREY, PAPER = "#1a1c1e", "#17405a", "#7d2a13", "#5d6166", "#fffdf8"


def timeline_lines(record: Record) -> list[str]:
    """Return the days as lines for a terminal, the day asked about among them."""
    lines = [f"{record.measure.id}  {record.measure.title}"]
    if record.measure.counterfactual:
        lines.append("COUNTERFACTUAL: this never happened.")
    lines.append("")
    placed = False
    for entry in calendar(record):
        if not placed and entry.day > record.on:
            lines.append(f"{record.on}  ── as of this day: {record.life.words} ──")
            placed = True
        lines.append(
            f"{entry.day}  {SIGNS[entry.status]} {entry.title}, {entry.detail}"
        )
    if not placed:
        lines.append(f"{record.on}  ── as of this day: {record.life.words} ──")
    marks = ", ".join(f"{sign} {status}" for status, sign in SIGNS.items())
    return [*lines, "", marks]


def timeline_svg(entries: Sequence[Entry], title: str, *, on: date, words: str) -> str:
    """Return the days as a drawing: a row each day, long gaps told between them.

    A dashed line stands at `on`, the day asked about, with `words` on where the measure
    stood then.
    """
    parts: list[str] = []
    row, last, told = TOP, None, False
    for day, group in groupby(entries, key=lambda each: each.day):
        if not told and day > on:
            parts, row, told = [*parts, *_asked(on, words, row)], row + ROW, True
        if last and (day - last).days >= LONG:
            parts.append(_gap((day - last).days, row - ROW // 2))
            row += ROW // 2
        row = _day(list(group), parts, row)
        last = day
    if not told:
        parts, row = [*parts, *_asked(on, words, row)], row + ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {row}" '
            f'role="img" aria-label="{escape(title)}" font-family="Georgia, serif" '
            'font-size="13">',
            f"<title>{escape(title)}</title>",
            f'<line x1="{LINE}" y1="{TOP - 14}" x2="{LINE}" y2="{row - ROW + 10}" '
            f'stroke="{INK}"/>',
            *parts,
            "</svg>",
        ]
    )


def _day(entries: Sequence[Entry], parts: list[str], row: int) -> int:
    """Draw the rows of one day, and return where the next begins."""
    left = [each for each in entries if each.status == "happened"]
    right = [each for each in entries if each.status != "happened"]
    for side, labels in ((-1, left), (1, right)):
        for number, entry in enumerate(labels):
            parts.append(_label(entry, side, row + number * ROW))
    filled = BLUE if left else PAPER
    parts.append(
        f'<circle cx="{LINE}" cy="{row}" r="4.5" fill="{filled}" stroke="{BLUE}"/>'
    )
    return row + ROW * max(len(left), len(right))


def _label(entry: Entry, side: int, row: int) -> str:
    anchor = "end" if side < 0 else "start"
    title = entry.title
    title = title if len(title) <= SHORT else f"{title[: SHORT - 1]}…"
    day = f'<tspan fill="{GREY}">{entry.day}</tspan>'
    inner = f"{escape(title)} {day}" if side < 0 else f"{day} {escape(title)}"
    return (
        f'<text x="{LINE + side * 16}" y="{row + 4}" text-anchor="{anchor}">'
        f"<title>{escape(entry.detail)}</title>{inner}</text>"
    )


def _gap(days: int, at: int) -> str:
    return (
        f'<text x="{LINE + 16}" y="{at + 8}" fill="{GREY}" font-size="11" '
        f'font-style="italic">{days:,} days</text>'
    )


def _asked(on: date, words: str, row: int) -> list[str]:
    return [
        f'<line x1="20" y1="{row}" x2="{WIDTH - 20}" y2="{row}" stroke="{RED}" '
        'stroke-dasharray="4 3"/>',
        f'<rect x="{LINE - 6}" y="{row - 6}" width="12" height="12" fill="{RED}"/>',
        f'<text x="{WIDTH - 20}" y="{row - 6}" text-anchor="end" fill="{RED}" '
        f'font-size="12">as of {on}: {escape(words)}</text>',
    ]


def timeline_html(record: Record) -> str:
    """Return the days as one page that fetches nothing: the drawing and the events."""
    entries = calendar(record)
    drawing = timeline_svg(
        entries,
        f"The days of {record.measure.id}",
        on=record.on,
        words=record.life.words,
    )
    return (
        environment()
        .get_template("timeline.html")
        .render(
            record=record,
            measure=record.measure,
            entries=entries,
            told=[event_lines(each) for each in record.events],
            drawing=Markup(drawing),  # noqa: S704 - ours, every text in it escaped
            style=style("certificate.css"),
        )
    )
