"""A certificate just issued, told in the terminal with the words of its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plebiscite.cli.answer import answer, folded, leave
from plebiscite.cli.said import tell
from plebiscite.report import words
from plebiscite.rules.expression import Standing
from plebiscite.verify.find.folder import PUBLIC
from plebiscite.verify.publish.certify import Certified

COLUMNS = (
    ("filed", "raw"),
    ("looked at", "sampled"),
    ("valid", "valid"),
    ("open", "undecided"),
    ("twice", "duplicates"),
)


def say(made: Certified, folder: Path, *, as_json: bool) -> None:
    """Print the certificate and where it lies, and exit with its standing."""
    said = [
        line for part in words.certificate_lines(made.data) for line in folded(part)
    ]
    # What is to be copied stands whole on its line.
    said += ["", *_counties(made.data), "", f"public: {folder / PUBLIC}"]
    said.append(f"Publish this head of the bundle elsewhere: {made.head}")
    answer({**made.data, "bundle_head": made.head}, said, as_json=as_json)
    standing = made.certificate.standing
    if standing is Standing.UNMET and len(made.certificate.counties) == 1:
        tell(
            f"Only {made.certificate.counties[0].county} is counted here; if other "
            "counties certify lines of this petition, say --part.",
            err=True,
        )
    leave(standing)


def _counties(data: words.Certified) -> Iterator[str]:
    """Yield the counties' figures, a line each."""
    last = "projected" if data["verified"] is None else "counted"
    columns = [*COLUMNS, (last, "projected")]
    rows = [["", *(name for name, _ in columns)]]
    for county in data["counties"]:
        figures = (f"{county[key]:,}" for _, key in columns)
        rows.append([county["county"], *figures])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *cells in rows:
        figures = (
            cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)
        )
        yield "  ".join([first.ljust(widths[0]), *figures])
