"""The certificates in a measure's public folder: what was counted, county by county.

A certificate stands in ``public/``, or in a folder of its own below it, as
`plebiscite petition certify` left it, its bundle beside it. The page shows the last one
whole and names the others. A county's certificate is of its own lines: it is shown as
that, and where there is one of the whole petition, that one is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plebiscite.errors import PlebisciteError
from plebiscite.report import words
from plebiscite.report.band_line import BandLine, band_line
from plebiscite.report.certificate_text import CertificateText, certificate_text
from plebiscite.report.page.figure import Revision
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.break_even import BreakEven, break_even
from plebiscite.verify.certificate import FEWEST_SHOWN, is_statewide
from plebiscite.verify.count import CountyCount, FullCount, SampleCount

PUBLIC = "public"
FILE = "certificate.json"
BUNDLE = "bundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A certificate as a page shows it.

    Attributes:
        place: its folder, below ``public/``; "" for that folder itself.
        data: the content of ``certificate.json``.
        text: the same as headings, facts and tables.
        line: the number line of its count; None where nothing is required.
        interval: between what a count of every line would lie; None where every line
            was looked at, or where counties are out.
        break_even: what the counties still out must average; None where none is.
        head: the head of the bundle, in 64 hex digits; "" without a bundle.
        alone: the counties it is of, where lines of others are known to stand outside
            it; () where it speaks for the whole petition.

    """

    place: str
    data: Mapping[str, Any]
    text: CertificateText
    line: BandLine | None
    interval: tuple[int, int] | None
    break_even: BreakEven | None
    head: str
    alone: tuple[str, ...] = ()

    @property
    def issued(self) -> str:
        """The day it was issued, ISO; "" where nobody said."""
        return str(self.data["issued_on"] or "")

    @property
    def claims_all(self) -> bool:
        """Whether it was made as if no lines stood outside it, and some do."""
        return bool(self.alone) and not words.is_part(self.data)


def certificates(
    folder: Path, book: Rulebook, raw: Revision | None = None
) -> list[Shown]:
    """Return the certificates of a measure folder, oldest first, the final ones last.

    Those of the whole petition come after those of some counties' lines; `raw` is the
    raw count that stands, by which the two are told apart.

    A file that is no certificate of ours is left out: it may be another program's. So
    is a draft, being written or left by a crash: its folder's name begins with a dot.
    """
    found = []
    for path in sorted((folder / PUBLIC).rglob(FILE)):
        if path.parent.name == BUNDLE or is_draft(path, folder / PUBLIC):
            continue
        try:
            data = json.loads(path.read_bytes())
            shown = _shown(folder, path, data, book)
            found.append(replace(shown, alone=_alone(data, raw)))
        except (ValueError, KeyError, TypeError, PlebisciteError):
            continue
    return sorted(
        found,
        key=lambda each: (not each.alone, each.data["status"] == "final", each.issued),
    )


def _alone(data: Mapping[str, Any], raw: Revision | None) -> tuple[str, ...]:
    """Return whose lines alone a certificate is of; () for the whole petition's."""
    if is_statewide(data):
        return ()
    counties = tuple(str(each["county"]) for each in data["counties"])
    if words.is_part(data):
        return counties
    if raw is None:
        return ()
    if raw.parts is not None:
        return counties if set(raw.parts) - {*counties, *data["awaited"]} else ()
    one_of_many = len(counties) == 1 and raw.value not in {None, data["raw"]}
    return counties if one_of_many else ()


def is_draft(path: Path, within: Path) -> bool:
    """Whether a path lies in a folder, or is a file, not yet in its place."""
    return any(part.startswith(".") for part in path.relative_to(within).parts)


def _shown(folder: Path, path: Path, data: dict[str, Any], book: Rulebook) -> Shown:
    data = without_small(data)
    head = path.parent / "head.txt"
    sure = words.looked_at_every_line(data) or words.is_part(data)
    place = path.parent.relative_to(folder / PUBLIC).as_posix()
    return Shown(
        place="" if place == "." else place,
        data=data,
        text=certificate_text(data),
        line=band_line(data),
        interval=None if sure else words.interval(data),
        break_even=_break_even(data, book),
        head=head.read_text(encoding="ascii").strip() if head.exists() else "",
    )


def without_small(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a certificate without reasons found fewer than five times in a county.

    The office leaves them out itself; a certificate from elsewhere may not have.
    """
    counties = []
    for county in data["counties"]:
        reasons = county.get("reasons", {})
        kept = {code: n for code, n in reasons.items() if n >= FEWEST_SHOWN}
        lost = sum(reasons.values()) - sum(kept.values())
        withheld = county.get("reasons_withheld", 0) + lost
        counties.append({**county, "reasons": kept, "reasons_withheld": withheld})
    return {**data, "counties": counties}


def _break_even(data: Mapping[str, Any], book: Rulebook) -> BreakEven | None:
    awaited = data["awaited"]
    if not awaited or any(raw is None for raw in awaited.values()):
        return None
    try:
        return break_even(
            [_count(county) for county in data["counties"]],
            awaited,
            rulebook=book,
            required=data["required"],
        )
    except PlebisciteError:
        return None


def _count(county: Mapping[str, Any]) -> CountyCount:
    made = SampleCount if county["mode"] == "sample" else FullCount
    return made(
        county=county["county"],
        raw=county["raw"],
        sampled=county["sampled"],
        valid=county["valid"],
        duplicates=county["duplicates"],
        undecided=county["undecided"],
    )
