"""Why a line was given this voter, or none: the pattern in words, evidence in bits.

What is shown of a voter is the voter's id and in what way name and address agree, not
the name and address themselves; of a confidential voter not even the id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match import engine
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import Roll
from plebiscite.match.levels import (
    ADDRESSES,
    MIDDLES,
    NAMES,
    RARITY,
    SUFFIXES,
    UNITS,
)
from plebiscite.match.lines.alone import encode_alone, read_alone
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import as_written, tidy_part
from plebiscite.match.look.line import LineFinder
from plebiscite.match.model import Model, shipped, weights

HIDDEN = "a confidential voter"
SHOWN = 3
RANKED_TOGETHER = 5_000
HIDE = 1
"""The flag of a confidential voter's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for one voter.

    Attributes:
        voter: the id, or words where it may not be shown.
        bits: evidence in all; one bit more is twice as likely.
        parts: (what agrees or differs, in words; bits it adds).
        voter_id: the id alone; None where it may not be shown.

    """

    voter: str
    bits: float
    parts: tuple[tuple[str, float], ...]
    voter_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer for one line, and the candidates behind it, best first."""

    line_id: str
    answer: dict[str, Any]
    candidates: tuple[Evidence, ...]

    def words(self) -> list[str]:
        """Return the explanation as lines for a person."""
        said = self.answer
        head = {
            "voter": f"voter {said['voter_id']}",
            "tie": f"a tie of {said['ties']} voters",
            "none": "no voter",
        }[str(said["outcome"])]
        reason = f", if not valid: {said['reason']}" if said["reason"] else ""
        out = [
            f"{self.line_id}: {head}, probability {said['probability']:.4f}, "
            f"{said['decision']}{reason}"
        ]
        for place, each in enumerate(self.candidates):
            title = "best candidate" if place == 0 else "runner-up"
            out += ["", f"{title}: {each.voter}, {each.bits:+.1f} bits"]
            out += [f"  {bits:+6.1f}  {what}" for what, bits in each.parts]
        if len(self.candidates) > 1:
            out += ["", _why_lost(self.candidates[0], self.candidates[1])]
        if not self.candidates:
            out.append("no voter shares a name or an address with the line")
        return out

    def as_data(self) -> dict[str, Any]:
        """Return the explanation as JSON data; decimals are strings."""
        probability = f"{self.answer['probability']:.4f}"
        return {
            "line_id": self.line_id,
            **self.answer,
            "probability": probability,
            "candidates": [
                {
                    "voter": each.voter,
                    "bits": f"{each.bits:.1f}",
                    "parts": [
                        {"what": what, "bits": f"{bits:.1f}"}
                        for what, bits in each.parts
                    ],
                }
                for each in self.candidates
            ],
        }


def explain(
    line_id: str,
    lines: pl.DataFrame,
    roll: Roll,
    *,
    model: Model | None = None,
    progress: Progress = silent,
) -> Explanation:
    """Explain the outcome of one of `lines`.

    Raises:
        InputError: there is no such line.

    """
    chosen = model or shipped()
    ids = lines["line_id"].cast(pl.String)
    if not (ids == line_id).any():
        raise InputError(
            f"there is no line {line_id!r} among {lines.height:,} lines; give a "
            "line_id as it stands in the file (or county/section/row where it has none)"
        )
    index = index_for(roll, progress=progress)
    # Dittos point at the line above, so they are read before one line is kept.
    written = without_dittos(as_written(lines)).filter(ids == line_id)
    line = written.row(0, named=True)
    answer = LineFinder(index, model=chosen).match(line)
    encoded, law = encode_alone(read_alone(line), index), weights(chosen)
    near = pl.DataFrame(engine.candidates(index, encoded, law)).head(SHOWN)
    rows = near["row"].to_numpy()
    secret = (index.record["flags"][rows] & HIDE) > 0
    near = near.with_columns(
        index.ids(rows).alias("voter_id"), pl.Series("secret", secret)
    )
    hidden = set(near.filter("secret")["voter_id"])
    candidates = tuple(_evidence(row, chosen) for row in near.iter_rows(named=True))
    for column in ("voter_id", "second_voter_id"):
        if answer[column] in hidden:
            answer[column] = HIDDEN
    return Explanation(line_id=line_id, answer=answer, candidates=candidates)


def ranked(
    lines: pl.DataFrame,
    roll: Roll,
    *,
    limit: int = SHOWN,
    model: Model | None = None,
    progress: Progress = silent,
) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Yield each line's id and its best `limit` candidates, best first.

    What `explain` shows of one line, for many at once. Ditto marks point at the line
    above, so lines that stand together are given together.
    """
    chosen = model or shipped()
    index, law = index_for(roll, progress=progress), weights(chosen)
    written = without_dittos(as_written(lines))
    done = 0
    for tidy in (tidy_part(part) for part in written.iter_slices(RANKED_TOGETHER)):
        ids = lines["line_id"].cast(pl.String).slice(done, tidy.height).to_list()
        near = pl.DataFrame(engine.candidates(index, encode(tidy, index), law))
        near = near.filter(pl.int_range(pl.len()).over("line") < limit)
        rows = near["row"].to_numpy()
        near = near.with_columns(
            index.ids(rows).alias("voter_id"),
            pl.Series("secret", (index.record["flags"][rows] & HIDE) > 0),
        )
        found: dict[int, list[Evidence]] = {}
        for row in near.iter_rows(named=True):
            found.setdefault(row["line"], []).append(_evidence(row, chosen))
        for at, line_id in enumerate(ids):
            yield line_id, tuple(found.get(at, ()))
        done += tidy.height
        progress("gathering the candidates", done, lines.height)


def _evidence(row: dict[str, Any], model: Model) -> Evidence:
    """Return what speaks for one candidate, part by part."""
    name, home = [*NAMES.values()][row["name"]], [*ADDRESSES.values()][row["home"]]
    home += " (the former one)" if row["at_old"] else ""
    rarity = int(row["rarity"])
    where = "in the county" if row["in_county"] else "on the roll"
    common = f"{_expected(rarity)} of that name to be expected {where}"
    parts = [(f"{name}; {home}; {common}", row["pattern_bits"] / 100)]
    for field, levels in (("middle", MIDDLES), ("suffix", SUFFIXES), ("unit", UNITS)):
        level = [*levels][row[field]]
        if level != "absent":
            parts.append((levels[level], model.extras[field][level]))
    if not row["in_county"]:
        parts.append(("registered in another county", model.elsewhere))
    return Evidence(
        voter=HIDDEN if row["secret"] else f"voter {row['voter_id']}",
        voter_id=None if row["secret"] else row["voter_id"],
        bits=row["bits"] / 100,
        parts=tuple(parts),
    )


def _expected(rarity: int) -> str:
    """Say a rarity class in words."""
    if rarity == len(RARITY):
        return f"more than {RARITY[-1]:g} voters"
    edge = RARITY[rarity]
    return f"at most {edge:g} voter{'' if edge == 1 else 's'}"


def _why_lost(best: Evidence, second: Evidence) -> str:
    """Say why the runner-up lost, or that it did not."""
    lead = best.bits - second.bits
    if not lead:
        return "nothing tells the two apart"
    if lead < 0:
        return "the runner-up agrees in part; where somebody agrees whole, that counts"
    lost = second.parts[0][0].split("; ")
    won = best.parts[0][0].split("; ")
    differ = [theirs for mine, theirs in zip(won, lost, strict=True) if mine != theirs]
    others = [what for what, bits in second.parts[1:] if bits < 0]
    why = "; ".join([*differ, *others]) or "less agrees"
    return f"the runner-up is {lead:.1f} bits behind: {why}"
