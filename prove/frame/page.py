"""`docs/reliability.md`, made from the records alone: no figure is typed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prove.frame.figure import Figure
from prove.frame.record import Record
from prove.parts import Part

HEAD = """# Reliability: broken on purpose

What was tried against plebiscite, how often, what it was held to, and what came out.
`make prove` runs it again and writes this page anew; `make prove PART=NAME` one
chapter; `make prove-long` without bounds of time. A chapter keeps the date and the
commit at which it was last run. [SECURITY.md](../SECURITY.md) says how to report a
hole, and [the threat model](security.md) what stands against whom.
"""

LONG_S = 120
"""From here on, minutes are what a reader wants."""
MARK = {True: "holds", False: "**does not hold**", None: "reported"}


def page(parts: Sequence[Part], records: Mapping[str, Record]) -> str:
    """Return the page: what is open first, then a chapter for each part."""
    chapters = [chapter(part, records.get(part.name)) for part in parts]
    return "\n".join([HEAD, *left_open(parts, records), "", *chapters])


def left_open(parts: Sequence[Part], records: Mapping[str, Record]) -> list[str]:
    """Return the lines on what does not hold, or that nothing is known to fail."""
    rows = [
        f"- {part.title}: {figure.what}: {figure.value}. {figure.note}"
        for part in parts
        if part.name in records
        for figure in records[part.name].open
    ]
    rows += [
        f"- {part.title}: the run ended early: {records[part.name].failed}"
        for part in parts
        if part.name in records and records[part.name].failed
    ]
    rows += [
        f"- {part.title}: not run yet." for part in parts if part.name not in records
    ]
    return ["## Left open", "", *(rows or ["Nothing that was tried fails."])]


def chapter(part: Part, record: Record | None) -> str:
    """Return a part's chapter."""
    head = f"## {part.title}\n\n{part.says}\n"
    if record is None:
        return f"{head}\nNot run yet: `make prove PART={part.name}`.\n"
    made = (
        f"{record.date}, commit `{record.commit}`, {minutes(record.seconds)} on "
        f"{record.machine}: `{record.command}`"
    )
    rows = "\n".join(row(figure) for figure in record.figures)
    table = (
        "| tried | came out | held to | reach | |\n| --- | --- | --- | --- | --- |\n"
        f"{rows}\n"
    )
    notes = "".join(
        f"- {cell(figure.what)}: {figure.note}\n"
        for figure in record.figures
        if figure.note
    )
    return f"{head}\n{made}\n\n{table}" + (f"\n{notes}" if notes else "")


def row(figure: Figure) -> str:
    """Return a figure as a row of the table."""
    cells = (figure.what, figure.value, figure.oracle, figure.reach, MARK[figure.held])
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def cell(text: str) -> str:
    """Return `text` fit for a table of Markdown."""
    return text.replace("|", "\\|").replace("\n", " ")


def minutes(seconds: float) -> str:
    """Return how long it took, in a reader's words."""
    return f"{seconds / 60:.0f} min" if seconds >= LONG_S else f"{seconds:.0f} s"
