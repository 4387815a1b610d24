"""The manifest: how many lines each section has. It holds no names, and is public.

A *place* is a line that can be drawn, as (section, row). What `row` counts depends on
what the office noted:

- with ``struck_rows`` (or no line struck), the line's physical place on the sheet;
- without, lines that are not struck are counted, from 1, and the drawn row must be
  found on the sheet by counting those.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plebiscite.core.canonical import Json, digest
from plebiscite.core.draw import Place
from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import Column, ColumnMapping, Refusals, read_table
from plebiscite.errors import CountError, InputError, Refusal
from plebiscite.petition.county import named_counties
from plebiscite.petition.line import MOST_ROWS

COLUMNS: tuple[Column, ...] = (
    Column(name="county", required=True),
    Column(name="section", required=True),
    Column(name="lines_claimed", kind="count", required=True),
    Column(name="lines_struck", kind="count", default=0),
    Column(name="struck_rows"),
)
# A row so far on, and so many times beyond the lines there are, is a slip.
FAR, FAR_TIMES = 1_000, 10
ROWS = re.compile(r"[1-9][0-9]{0,8}(\s*;\s*[1-9][0-9]{0,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLines:
    """How many lines one section has.

    Attributes:
        county: the county it was filed in.
        section: its number, as stamped on it.
        claimed: lines on it, whatever stands there.
        struck: those crossed out or blank; they cannot be drawn.
        struck_rows: which ones, from 1, ascending; None if nobody noted them.

    Raises:
        CountError: the figures contradict each other.

    """

    county: str
    section: str
    claimed: int
    struck: int = 0
    struck_rows: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        where = f"{self.county}, section {self.section}"
        if not 0 <= self.struck <= self.claimed:
            raise CountError(
                f"{where}: {self.struck:,} lines struck of {self.claimed:,} claimed"
            )
        if self.struck_rows is None:
            return
        if len(set(self.struck_rows)) != self.struck:
            raise CountError(
                f"{where}: struck_rows names {len(set(self.struck_rows)):,} lines, but "
                f"lines_struck is {self.struck:,}"
            )
        if beyond := [row for row in self.struck_rows if not 1 <= row <= self.claimed]:
            raise CountError(
                f"{where}: struck_rows names row {beyond[0]:,}, but the section has "
                f"{self.claimed:,} lines"
            )

    @property
    def raw(self) -> int:
        """Lines that count: claimed and not struck."""
        return self.claimed - self.struck

    def rows(self) -> Iterator[int]:
        """Yield the rows that can be drawn, ascending."""
        if self.struck_rows is None:
            yield from range(1, self.raw + 1)
        else:
            struck = frozenset(self.struck_rows)
            yield from (n for n in range(1, self.claimed + 1) if n not in struck)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The sections of a petition with their counts of lines, in the file's order."""

    sections: tuple[SectionLines, ...]

    def raw_by_county(self) -> dict[str, int]:
        """Return lines filed and not struck, by county, in order of name."""
        raw: dict[str, int] = {}
        for each in self.sections:
            raw[each.county] = raw.get(each.county, 0) + each.raw
        return dict(sorted(raw.items()))

    def places(self, county: str) -> list[Place]:
        """Return the drawable places of a county, one per raw line."""
        return [
            (each.section, row)
            for each in self.sections
            if each.county == county
            for row in each.rows()
        ]

    @property
    def digest(self) -> str:
        """SHA-256 of the counts themselves, whatever the order or form of the file."""
        counts: list[tuple[Json, ...]] = [
            (each.county, each.section, each.claimed, each.struck, each.struck_rows)
            for each in sorted(self.sections, key=lambda s: (s.county, s.section))
        ]
        return digest(tuple(counts))

    def written(self) -> str:
        """Return the manifest as CSV."""
        noted = any(each.struck_rows for each in self.sections)
        text = io.StringIO()
        sheet = csv.writer(text, lineterminator="\n")
        sheet.writerow([each.name for each in COLUMNS[: 5 if noted else 4]])
        for each in self.sections:
            rows = ";".join(map(str, each.struck_rows or ()))
            sheet.writerow(
                [each.county, each.section, each.claimed, each.struck]
                + ([rows] if noted else [])
            )
        return text.getvalue()

    def write(self, path: Path) -> None:
        """Write the manifest as CSV, whole or not at all."""
        write_whole(path, self.written())


def read_manifest(
    path: Path, *, mapping: ColumnMapping | None = None, progress: Progress = silent
) -> Manifest:
    """Read a manifest from CSV or Parquet.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    found = read_table(path, COLUMNS, mapping=mapping, progress=progress)
    refusals = Refusals()
    found = named_counties(found, None, refusals)
    sections: dict[tuple[str, str], SectionLines] = {}
    for row in found.iter_rows(named=True):
        at, key = row["_row"], (row["county"], row["section"])
        struck = row["struck_rows"]
        if struck is not None and not ROWS.fullmatch(struck):
            refusals.add(
                "write the struck rows as numbers with semicolons: 3;7",
                row=at,
                column="struck_rows",
                value=struck,
            )
            continue
        if key in sections:
            refusals.add(
                f"{key[0]}, section {key[1]} stands here a second time; "
                "give each section once",
                row=at,
                column="section",
            )
            continue
        if row["lines_claimed"] > MOST_ROWS:
            refusals.add(
                f"no section has over {MOST_ROWS:,} lines; count them again",
                row=at,
                column="lines_claimed",
                value=str(row["lines_claimed"]),
            )
            continue
        try:
            sections[key] = _section(
                row["lines_claimed"], row["lines_struck"], struck, key
            )
        except CountError as problem:
            refusals.add(str(problem), row=at)
    refusals.raise_any(path)
    return Manifest(sections=tuple(sections.values()))


def _section(
    claimed: int, struck: int, written: str | None, key: tuple[str, str]
) -> SectionLines:
    rows: tuple[int, ...] | None = None
    if written is not None:
        rows = tuple(sorted({int(each) for each in written.split(";")}))
    elif struck == 0:
        rows = ()
    return SectionLines(
        county=key[0],
        section=key[1],
        claimed=claimed,
        struck=struck,
        struck_rows=rows,
    )


def manifest_of(lines: pl.DataFrame) -> Manifest:
    """Return the manifest of lines that were all keyed (as `read_lines` gives them).

    A section's last row is taken for its last line; rows missing before it are blank
    lines, and count as struck.

    Raises:
        InputError: a row number is far beyond the lines of its section.

    """
    _refuse_far_rows(lines)
    sections = (
        lines.group_by("county", "section", maintain_order=True)
        .agg(
            claimed=pl.col("row").max(),
            kept=pl.col("row").filter(~pl.col("struck")).sort(),
        )
        .iter_rows()
    )
    made = []
    for county, section, claimed, kept in sections:
        filled = frozenset(kept)
        struck = tuple(row for row in range(1, claimed + 1) if row not in filled)
        made.append(
            SectionLines(
                county=county,
                section=section,
                claimed=claimed,
                struck=len(struck),
                struck_rows=struck,
            )
        )
    return Manifest(sections=tuple(made))


def _refuse_far_rows(lines: pl.DataFrame) -> None:
    """Refuse a slip in a row number, which would make thousands of blank lines."""
    last, many = pl.col("row").max(), pl.len()
    far = (
        lines.group_by("county", "section", maintain_order=True)
        .agg(last=last, lines=many)
        .filter((pl.col("last") > FAR) & (pl.col("last") > FAR_TIMES * pl.col("lines")))
    )
    if far.height:
        raise InputError(
            "rows far beyond the lines of their sections; correct the row number, or "
            "key the lines before it",
            refusals=[
                Refusal(
                    problem=f"{county}, section {section} has {lines_:,} lines",
                    column="row",
                    value=str(last_row),
                )
                for county, section, last_row, lines_ in far.iter_rows()
            ],
        )
