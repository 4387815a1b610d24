"""Is every line as likely to be drawn as any other? Over many seeds, by the real draw.

The pool has sections of every kind a manifest knows: all rows, named struck rows (in
the middle, at the edges, nearly all), struck rows of which only the number is known,
and an empty one. Held to it: that no struck row is ever drawn, that each other line is
drawn equally often, first as often as last, each pair together as often as any pair,
and that an extension treats alike all lines that were left.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plebiscite.petition.manifest import Manifest, SectionLines
from plebiscite.verify.draw.sample import rows_of
from plebiscite.vote.audit import piles
from prove.chances.luck import (
    ONE_IN_A_THOUSAND,
    chi_square_p,
    inclusion_p,
    widest_of,
)
from prove.frame.figure import Figure
from prove.second.draws import PLACE, commitment_to

SIZE, FURTHER = 14, 9
ORACLE = "chi-square of each line's count, p at least 1 in 1,000"


def _sections(county: str) -> list[SectionLines]:
    def made(name: str, claimed: int, *rows: int) -> SectionLines:
        return SectionLines(
            county=county,
            section=name,
            claimed=claimed,
            struck=len(rows),
            struck_rows=rows,
        )

    return [
        made("0001", 10),
        made("0002", 12, 5, 6),
        made("0003", 11, 1, 11),
        made("0004", 8, 1, 2, 3, 4, 5, 6, 7),
        SectionLines(county=county, section="0005", claimed=9, struck=3),
        made("0006", 3, 1, 2, 3),
    ]


def drawn_often(seeds: int, *, unit: str = "county", seed: int = 1) -> Iterator[Figure]:
    """Draw with `seeds` seeds, and extend each draw with another; yield what came."""
    counties = ("Alpine",) if unit == "county" else ("Alpine", "Mono")
    manifest = Manifest(sections=tuple(s for c in counties for s in _sections(c)))
    commitment = commitment_to(manifest, unit)
    key = "Alpine" if unit == "county" else PLACE
    pool = [
        (county, section, row)
        for county in counties
        for section, row in manifest.places(county)
    ]
    at = {line: n for n, line in enumerate(pool)}
    drawn = np.zeros((seeds, len(pool)), dtype=bool)
    first = np.zeros(len(pool))
    later = np.zeros((seeds, len(pool)), dtype=bool)
    strangers = 0
    for n in range(seeds):
        taken: dict[str, set[tuple[str, str, int]]] = {key: set()}
        for number, (size, into) in enumerate(((SIZE, drawn), (FURTHER, later))):
            digits = f"{seed}{number}{n:07d}"
            rows = rows_of(commitment, manifest, digits, {key: size}, taken)
            lines = [row[:3] for row in rows]
            strangers += sum(line not in at for line in lines)
            into[n, [at[line] for line in lines if line in at]] = True
            if not number:
                first[at[lines[0]]] += 1
                taken[key].update(lines)
    over = f"{seeds:,} seeds, {len(pool)} lines"
    where = "a county" if unit == "county" else "the state, two counties together"
    yield from _inclusion(f"lines drawn in {where}", drawn, over, SIZE)
    yield _pairs(f"pairs of lines drawn together in {where}", drawn, over)
    statistic = float(((first - seeds / len(pool)) ** 2).sum() * len(pool) / seeds)
    yield _figure(f"the line drawn first in {where}", statistic, len(pool) - 1, over)
    yield from _inclusion(f"lines of an extension in {where}", later, over, FURTHER)
    both = int((drawn & later).sum())
    yield Figure(
        what=f"struck and blank rows drawn, lines drawn twice, in {where}",
        value=f"{strangers} and {both} of {seeds * (SIZE + FURTHER):,} lines drawn",
        oracle="the manifest",
        reach="0 and 0",
        held=not strangers and not both,
        note="see prove/chances/samples.py" if strangers or both else "",
    )


def _inclusion(what: str, drawn: np.ndarray, over: str, size: int) -> Iterator[Figure]:
    counts = drawn.sum(axis=0).astype(float)
    statistic, p = inclusion_p(counts, len(drawn), size)
    yield _told(what, statistic, drawn.shape[1] - 1, p, over)


def _figure(what: str, statistic: float, freedom: int, over: str) -> Figure:
    return _told(what, statistic, freedom, chi_square_p(statistic, freedom), over)


def _told(what: str, statistic: float, freedom: int, p: float, over: str) -> Figure:
    held = p >= ONE_IN_A_THOUSAND
    return Figure(
        what=what,
        value=f"chi-square {statistic:.1f} on {freedom} degrees of freedom, "
        f"p = {p:.3f} ({over})",
        oracle=ORACLE,
        held=held,
        note="" if held else "the draw does not treat all lines alike",
    )


def _pairs(what: str, drawn: np.ndarray, over: str) -> Figure:
    seeds, pool = drawn.shape
    counts = drawn.astype(np.float32)
    together = (counts.T @ counts)[np.triu_indices(pool, 1)]
    share = SIZE * (SIZE - 1) / (pool * (pool - 1))
    farthest = float(np.abs(together - seeds * share).max())
    errors = farthest / float(np.sqrt(seeds * share * (1 - share)))
    most = widest_of(len(together))
    return Figure(
        what=what,
        value=f"{len(together):,} pairs, the farthest {errors:.2f} standard errors off "
        f"({over})",
        oracle="each pair equally often; chance passes that distance once in 1,000",
        reach=f"at most {most:.2f}",
        held=errors <= most,
        note="" if errors <= most else "the draw does not treat all pairs alike",
    )


def ballots_drawn_often(seeds: int, *, seed: int = 1) -> Iterator[Figure]:
    """Draw ballots of an audit by many seeds, with and without replacement."""
    manifest = piles.Manifest(batches={"A": 13, "B": 1, "C": 26})
    at: dict[str, int] = {}
    for batch, many in manifest.batches.items():
        at |= {f"{batch}/{n + 1}": len(at) + n for n in range(many)}
    for replaced in (True, False):
        counts = np.zeros(len(at))
        for n in range(seeds):
            for ballot in piles.drawn(
                manifest, f"{seed}{n:07d}", replaced=replaced, draws=10
            ):
                counts[at[str(ballot)]] += 1
        how = "with replacement" if replaced else "without replacement"
        over = f"{seeds:,} seeds, {len(at)} ballots"
        if replaced:
            even = counts.sum() / len(at)
            statistic = float(((counts - even) ** 2).sum() / even)
            yield _figure(f"ballots drawn {how}", statistic, len(at) - 1, over)
        else:
            statistic, p = inclusion_p(counts, seeds, 10)
            yield _told(f"ballots drawn {how}", statistic, len(at) - 1, p, over)
