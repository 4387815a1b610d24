"""Which lines are drawn: from a public seed, once, by a rule anyone can follow.

The pool of a sampled unit (a county, or the state where the law samples statewide) is
every line filed and not struck, as the committed manifest counts them. Struck and blank
rows are not in it, so they are never drawn and take nobody's place. Each line's ticket
comes from the seed and its own place; the lowest are drawn.

If future lines followed from the first seed, whoever decides when to extend a sample
could look ahead. So an extension takes a fresh seed, over the lines not drawn yet.

Source: Cal. Elec. Code § 9030(d); Cal. Code Regs. tit. 2, § 20521.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from plebiscite.core.draw import checked_seed, ticket
from plebiscite.core.files import write_whole
from plebiscite.errors import CommitmentError, InputError
from plebiscite.petition.manifest import Manifest
from plebiscite.verify.draw.commitment import (
    Commitment,
    committed_manifest,
    read_commitment,
    unsampled,
)
from plebiscite.verify.draw.drawn import Row, list_text, record_path, record_text
from plebiscite.verify.draw.ledger import Draw, held, note_draw, read_ledger

Line: TypeAlias = tuple[str, str, int]
Taken: TypeAlias = dict[str, set[Line]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an office asks for beyond what the law asks of it.

    Attributes:
        at_least: lines to draw in all, by sampled unit; the law's number if higher.
        every_line: units of which every line is drawn.
        extend: further lines to draw, by unit; None stands for all that are left.
            Anything here makes the draw an extension of an earlier one.

    """

    at_least: Mapping[str, int] = field(default_factory=dict)
    every_line: frozenset[str] = frozenset()
    extend: Mapping[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.extend and (self.at_least or self.every_line):
            raise InputError(
                "an extension says how many further lines to draw, by --extend alone"
            )
        asked = [*self.at_least.values(), *self.extend.values()]
        if any(number is not None and number < 1 for number in asked):
            raise InputError("ask for one line or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One draw and its lines.

    Attributes:
        draw: its number, seed, sizes and list.
        rows: (county, section, row, order) by unit and order; ``order`` counts from 1
            in each unit and goes on through its extensions.

    """

    draw: Draw
    rows: tuple[Row, ...]


def lowest(seed: str, pool: Iterable[Line], size: int) -> list[Line]:
    """Return the `size` lines with the lowest tickets, in drawn order."""
    order = sorted(
        (ticket(seed, county, section, row), section, row, county)
        for county, section, row in pool
    )
    return [(county, section, row) for _, section, row, county in order[:size]]


def draw_sample(
    commitment_path: Path, *, seed: str, out: Path, wish: Wish | None = None
) -> Drawn:
    """Draw from a commitment; write the list, its record and the ledger's line.

    Raises:
        CommitmentError: the seed was used, the sample is drawn already, the manifest
            was changed, or the commitment has been revised.
        InputError: the seed is no seed, more lines are asked for than there are, or
            the law records no sample, or none that could be certified.

    """
    checked_seed(seed)
    wish = wish or Wish()
    if record_path(out) == out:
        raise InputError(
            f"{out}: the list is a CSV file, and its record stands beside it under "
            f"this name; write the list to {out.with_suffix('.csv').name}"
        )
    commitment = read_commitment(commitment_path)
    if lacking := unsampled(commitment.rulebook()):
        raise InputError(
            f"{commitment.law}: no sample is recorded for that day that could be "
            f"certified (it has no {' and no '.join(map(repr, lacking))}); look at "
            "every line with `petition find --full-count`"
        )
    with held(commitment_path):
        draws = _open_for(commitment, commitment_path, seed, wish)
        _, manifest = committed_manifest(commitment, commitment_path)
        taken = replay(commitment, manifest, draws)
        sizes = (
            _extension(commitment, wish, taken) if draws else _sizes(commitment, wish)
        )
        rows = rows_of(commitment, manifest, seed, sizes, taken)
        text = list_text(rows)
        draw = Draw(
            number=len(draws) + 1,
            seed=seed,
            sizes=sizes,
            file=out.name,
            sha256=sha256(text.encode()).hexdigest(),
        )
        record = record_text(
            draw,
            digest=commitment.digest,
            commitment=commitment_path,
            folder=out.parent,
        )
        made = {record_path(out): record, out: text}
        for path, content in made.items():
            # The same bytes are those of this draw, cut off before its end.
            if path.exists() and path.read_bytes() != content.encode():
                raise InputError(f"{path} exists; write the list to a new file")
        for path, content in made.items():
            write_whole(path, content)
        # Last, so that a crash before it leaves a draw that can be made again, with the
        # same seed and thus the same lines; a list not in the ledger is not accepted.
        note_draw(commitment_path, commitment.digest, draw)
    return Drawn(draw=draw, rows=tuple(rows))


def replay(commitment: Commitment, manifest: Manifest, draws: Sequence[Draw]) -> Taken:
    """Return the lines drawn so far, by sampled unit, computed from the seeds."""
    taken: Taken = {unit: set() for unit in commitment.at_least}
    for draw in draws:
        for unit, lines in _drawn(commitment, manifest, draw.seed, draw.sizes, taken):
            taken[unit].update(lines)
    return taken


def rows_of(
    commitment: Commitment,
    manifest: Manifest,
    seed: str,
    sizes: Mapping[str, int],
    taken: Taken,
) -> list[Row]:
    """Return the rows a draw gives, by unit and order, given what was taken before."""
    return [
        (*line, order)
        for unit, lines in _drawn(commitment, manifest, seed, sizes, taken)
        for order, line in enumerate(lines, start=len(taken[unit]) + 1)
    ]


def _drawn(
    commitment: Commitment,
    manifest: Manifest,
    seed: str,
    sizes: Mapping[str, int],
    taken: Taken,
) -> list[tuple[str, list[Line]]]:
    found = []
    for unit, size in sorted(sizes.items()):
        pool = (
            (county, section, row)
            for county in commitment.counties(unit)
            for section, row in manifest.places(county)
        )
        left = (line for line in pool if line not in taken[unit])
        found.append((unit, lowest(seed, left, size)))
    return found


def _open_for(
    commitment: Commitment, path: Path, seed: str, wish: Wish
) -> tuple[Draw, ...]:
    """Return the draws so far, or refuse the one that is asked for."""
    ledger = read_ledger(path, digest=commitment.digest)
    if ledger.revised_by or (commitment.revision and commitment.revision.after_seed):
        raise CommitmentError(
            f"{path.name}: the raw counts were revised; lines are drawn from a "
            "commitment only while its counts stand, and never from one that came "
            "after a seed"
        )
    if seed in {draw.seed for draw in ledger.draws}:
        raise CommitmentError(
            f"seed {seed} was used on this commitment before; roll a fresh one"
        )
    if ledger.draws and not wish.extend:
        raise CommitmentError(
            f"the sample was drawn already, with seed {ledger.draws[0].seed}; a second "
            "one would let somebody choose between them. Draw further lines with "
            "--extend COUNTY=N and a fresh seed"
        )
    if wish.extend and not ledger.draws:
        raise CommitmentError("nothing was drawn yet; draw first, without --extend")
    named = {*wish.at_least, *wish.every_line, *wish.extend}
    if strangers := sorted(named - set(commitment.at_least)):
        raise InputError(
            f"not in the commitment: {', '.join(strangers)}; it samples "
            f"{', '.join(sorted(commitment.at_least))}"
        )
    return ledger.draws


def _sizes(commitment: Commitment, wish: Wish) -> dict[str, int]:
    sizes = {}
    for unit, least in commitment.at_least.items():
        raw = commitment.raw_of(unit)
        asked = raw if unit in wish.every_line else wish.at_least.get(unit, 0)
        sizes[unit] = _within(unit, max(least, asked), raw)
    return {unit: size for unit, size in sizes.items() if size}


def _extension(commitment: Commitment, wish: Wish, taken: Taken) -> dict[str, int]:
    sizes = {}
    for unit, further in wish.extend.items():
        left = commitment.raw_of(unit) - len(taken[unit])
        sizes[unit] = _within(unit, left if further is None else further, left)
    if not any(sizes.values()):
        raise InputError("every line of these was drawn already")
    return {unit: size for unit, size in sizes.items() if size}


def _within(unit: str, asked: int, left: int) -> int:
    if asked > left:
        raise InputError(f"{unit}: cannot draw {asked:,} lines, only {left:,} are left")
    return asked
