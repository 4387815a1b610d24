"""A measure's days on a line: as text, as a drawing (SVG), and as a page.

What happened stands left of the line, what the law makes due right of it. Where many
days lie close together the labels are set apart and tied to their days, so that none
hides another; the text says the same, for whoever does not see the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from plebiscite.docket.agenda import Entry, calendar
from plebiscite.docket.folder import Record
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.life.told import event_lines

SIGNS = {"happened": "●", "due": "○", "passed": "·", "planned": "◇"}
ROW, TOP, LINE, WIDTH = 26, 30, 330, 760
SHORT = 42


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


def timeline_svg(entries: Sequence[Entry], title: str) -> str:
    """Return the days as a drawing: a row each, the line to scale in days."""
    height = TOP + ROW * len(entries) + 20
    span = max((entries[-1].day - entries[0].day).days, 1) if entries else 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(title)}" font-family="Georgia, serif" '
        'font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<line x1="{LINE}" y1="{TOP - 12}" x2="{LINE}" y2="{height - 20}" '
        'stroke="#1a1c1e"/>',
    ]
    for number, entry in enumerate(entries):
        days = (entry.day - entries[0].day).days
        at = TOP + days * ROW * max(len(entries) - 1, 1) // span
        parts += _row(entry, at, TOP + number * ROW)
    return "\n".join([*parts, "</svg>"])


def _row(entry: Entry, at: int, row: int) -> list[str]:
    before = entry.status == "happened"
    side = -1 if before else 1
    anchor = "end" if before else "start"
    label = f"{entry.day} {entry.title}"
    label = label if len(label) <= SHORT else f"{label[: SHORT - 1]}…"
    filled = "#17405a" if before else "#fffdf8"
    return [
        f'<path d="M{LINE} {at} L{LINE + side * 22} {row} H{LINE + side * 32}" '
        'fill="none" stroke="#b9b4a6"/>',
        f'<circle cx="{LINE}" cy="{at}" r="4" fill="{filled}" stroke="#17405a"/>',
        f'<text x="{LINE + side * 36}" y="{row + 4}" text-anchor="{anchor}">'
        f"<title>{escape(entry.detail)}</title>{escape(label)}</text>",
    ]


def timeline_html(record: Record) -> str:
    """Return the days as one page that fetches nothing: the drawing and the events."""
    entries = calendar(record)
    drawing = timeline_svg(entries, f"The days of {record.measure.id}")
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
