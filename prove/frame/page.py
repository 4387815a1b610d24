"""`docs/reliability.md`, made from the records alone: no figure is typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from prove.frame.figure import Figure
from prove.frame.record import Record
from prove.parts import Part

HEAD = """# Reliability: broken on purpose

What was tried against plebiscite, how often, what it was held to, and what came out.
`make prove` runs it again and writes this page anew; `make prove PART=NAME` one
chapter; `make prove-long` without bounds of time. A chapter keeps the date and the
commit at which it was last run. [SECURITY.md](../SECURITY.md) says how to report a
hole, and [the threat model](security.md) what stands against whom.

Each row is something that was tried. *Held to* says by what it was judged, which is
never the program's own word alone; *reach* is the figure it must come to. "Reported" is
a figure that nothing is promised of.
"""

LONG_S = 120
"""From here on, minutes are what a reader wants."""
MARK = {True: "holds", False: "**does not hold**", None: "reported"}
ALIKE = 3
"""So many figures after one another, held to the same, say only once to what."""
SHORT = 300
"""Characters of a reason on top of the page; the chapter has the whole of it."""
GLANCE = (
    "## At a glance",
    "",
    "| chapter | figures that hold | that do not | tried on |",
    "| --- | --- | --- | --- |",
)


def page(parts: Sequence[Part], records: Mapping[str, Record]) -> str:
    """Return the page: what is open first, then all in figures, then each part."""
    chapters = [chapter(part, records.get(part.name)) for part in parts]
    top = [*left_open(parts, records), "", *GLANCE]
    top += [at_a_glance(part, records.get(part.name)) for part in parts]
    return "\n".join([HEAD, *top, "", *chapters])


def left_open(parts: Sequence[Part], records: Mapping[str, Record]) -> list[str]:
    """Return the lines on what does not hold, or that nothing is known to fail."""
    rows = [
        f"- {part.title}: {flat(figure.what)}: {flat(figure.value)}. "
        f"{shortened(flat(figure.note))}"
        for part in parts
        if part.name in records
        for figure in records[part.name].open
    ]
    rows += [
        f"- {part.title}: the run ended early: {flat(records[part.name].failed)}"
        for part in parts
        if part.name in records and records[part.name].failed
    ]
    rows += [
        f"- {part.title}: not run yet." for part in parts if part.name not in records
    ]
    return ["## Left open", "", *(rows or ["Nothing that was tried fails."])]


def at_a_glance(part: Part, record: Record | None) -> str:
    """Return a part's row: how many figures hold, how many do not, and from when."""
    if record is None:
        return f"| {part.title} | not run yet | | |"
    holding = sum(figure.held is True for figure in record.figures)
    day = record.date.partition(" ")[0]
    return f"| {part.title} | {holding} | {len(record.open)} | {day} |"


def chapter(part: Part, record: Record | None) -> str:
    """Return a part's chapter."""
    head = f"## {part.title}\n\n{part.says}\n"
    if record is None:
        goal = "prove" if part.minutes else "prove-long"
        return f"{head}\nNot run yet: `make {goal} PART={part.name}`.\n"
    made = (
        f"{record.date}, commit `{record.commit}`, {minutes(record.seconds)} on "
        f"{record.machine}: `{record.command}`"
    )
    tables = "\n".join(tables_of(record.figures))
    notes = "".join(
        f"- {flat(figure.what)}: {flat(figure.note)}\n"
        for figure in record.figures
        if figure.note
    )
    return f"{head}\n{made}\n\n{tables}" + (f"\n{notes}" if notes else "")


def tables_of(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the figures in tables, in their order.

    `ALIKE` or more that are held to the same stand in a table of their own, below what
    they are held to.
    """
    runs = [list(each) for _, each in groupby(figures, key=_held_to)]
    for by_themselves, some in groupby(runs, key=lambda each: len(each) >= ALIKE):
        if by_themselves:
            yield from map(_alike, some)
        else:
            yield _mixed([figure for each in some for figure in each])


def _held_to(figure: Figure) -> tuple[str, str]:
    return figure.oracle, figure.reach


def _alike(figures: Sequence[Figure]) -> str:
    oracle, reach = _held_to(figures[0])
    held = f"Held to: {flat(oracle)}." if oracle else "Not held to anything."
    bound = f" Reach: {flat(reach)}." if reach else ""
    rows = [(each.what, each.value, MARK[each.held]) for each in figures]
    return f"{held}{bound}\n\n" + _table(("tried", "came out", ""), rows)


def _mixed(figures: Sequence[Figure]) -> str:
    rows = [(e.what, e.value, *_held_to(e), MARK[e.held]) for e in figures]
    return _table(("tried", "came out", "held to", "reach", ""), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown, with an empty line behind it."""
    lines = [head, ["---"] * len(head), *([cell(e) for e in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def cell(text: str) -> str:
    """Return `text` fit for a table of Markdown."""
    return flat(text).replace("|", "\\|")


def flat(text: str) -> str:
    """Return `text` as one line."""
    return " ".join(text.split())


def shortened(text: str) -> str:
    """Return `text`, cut at a word where it is long."""
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rpartition(" ")[0] + " … (the whole stands in its chapter)"


def minutes(seconds: float) -> str:
    """Return how long it took, in a reader's words."""
    return f"{seconds / 60:.0f} min" if seconds >= LONG_S else f"{seconds:.0f} s"
