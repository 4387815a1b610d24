"""The ballots as they lie in their batches, and the order in which they are drawn.

A *manifest* says how many ballots each batch holds. A ballot is named by its batch and
its place in it, counted from 1 at the top: ``Alpine-3/17``.

*Without replacement* each ballot has a ticket, as each line of a petition has: the
SHA-256 of ``seed,ballots,batch,position``; the lowest come first. *With replacement*
the n-th draw is the ballot whose number is the SHA-256 of ``seed,n`` modulo the number
of ballots, counted from 0 through the manifest; the remainder favours no ballot by more
than one part in 10**60.

Unlike a petition's sample, an audit goes on in the *same* order when it needs more: the
rule settled beforehand decides whether it goes on, not a person who could look ahead.

Source: the tickets of `plebiscite.core.draw`; the numbered draws of P. B. Stark's audit
tools, after R. L. Rivest's sampler.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from itertools import accumulate, islice
from pathlib import Path

from plebiscite.core.draw import ticket
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import Column, Refusals, read_table
from plebiscite.core.table.spreadsheet import is_formula
from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Mark

BATCHES = (
    Column(name="batch", required=True),
    Column(name="ballots", kind="count", required=True),
)
RECORDS = (
    Column(name="ballot", required=True),
    Column(
        name="recorded",
        kind="choice",
        required=True,
        choices=("yes", "no", "blank"),
    ),
)
MOST = 10**9
EVERY = 500_000
LONGEST = 20
"""Digits of a ballot's place in its batch."""
PLAIN = re.compile(r"[^/,\"\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One ballot: its batch, and its place from 1 at the top."""

    batch: str
    position: int

    def __str__(self) -> str:
        return f"{self.batch}/{self.position}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How many ballots each batch holds, in the file's order."""

    batches: Mapping[str, int]

    @property
    def ballots(self) -> int:
        """All ballots."""
        return sum(self.batches.values())

    def holds(self, name: str) -> bool:
        """Tell whether a ballot of this name is in the manifest."""
        batch, _, position = name.rpartition("/")
        return (
            position.isascii()
            and position.isdecimal()
            and not position.startswith("0")
            and len(position) < LONGEST
            and int(position) <= self.batches.get(batch, 0)
        )

    def tickets(self, seed: str, progress: Progress) -> Iterator[tuple[str, str, int]]:
        """Yield (ticket, batch, position) of every ballot."""
        done, total = 0, self.ballots
        for batch, ballots in self.batches.items():
            for position in range(1, ballots + 1):
                yield ticket(seed, "ballots", batch, position), batch, position
                done += 1
                if done % EVERY == 0:
                    progress("tickets", done, total)


def drawn(
    manifest: Manifest,
    seed: str,
    *,
    replaced: bool,
    draws: int,
    progress: Progress = silent,
) -> list[Ballot]:
    """Return the first `draws` ballots in order; each but once if not replaced."""
    if not replaced:
        lowest = nsmallest(draws, manifest.tickets(seed, progress))
        return [Ballot(batch=batch, position=place) for _, batch, place in lowest]
    return list(islice(_numbered(manifest, seed), draws))


def _numbered(manifest: Manifest, seed: str) -> Iterator[Ballot]:
    names, ends = list(manifest.batches), list(accumulate(manifest.batches.values()))
    draw = 0
    while True:
        draw += 1
        number = numbered_draw(seed, draw) % ends[-1]
        at = bisect_right(ends, number)
        before = ends[at - 1] if at else 0
        yield Ballot(batch=names[at], position=number - before + 1)


def numbered_draw(seed: str, draw: int) -> int:
    """Return the number behind the n-th draw: SHA-256 of ``seed,n``.

    >>> numbered_draw("314159", 1) % 1000
    751
    """
    return int.from_bytes(sha256(f"{seed},{draw}".encode()).digest(), "big")


def read_ballots(path: Path, *, progress: Progress = silent) -> Manifest:
    """Read a manifest of ballots: ``batch,ballots``.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    found = read_table(path, BATCHES, progress=progress)
    refusals = Refusals()
    batches: dict[str, int] = {}
    for row in found.iter_rows(named=True):
        at, name, ballots = row["_row"], row["batch"], row["ballots"]
        if not PLAIN.fullmatch(name) or is_formula(name):
            refusals.add(
                "name a batch without / , or quotes, and begin it with a letter or "
                "digit",
                row=at,
                column="batch",
                value=name,
            )
        elif name in batches:
            refusals.add(
                "this batch stands here a second time; give each batch once",
                row=at,
                column="batch",
                value=name,
            )
        elif ballots > MOST:
            refusals.add(
                f"no batch has over {MOST:,} ballots; count them again",
                row=at,
                column="ballots",
                value=str(ballots),
            )
        else:
            batches[name] = ballots
    refusals.raise_any(path)
    if not sum(batches.values()):
        raise InputError("the manifest counts no ballot", path=path)
    return Manifest(batches=batches)


def read_records(
    path: Path, manifest: Manifest, *, progress: Progress = silent
) -> dict[str, Mark]:
    """Read the machine's records of the ballots: ``ballot,recorded``.

    Raises:
        InputError: anything is wrong with the file, or a ballot is not in the manifest.

    """
    refusals = Refusals()
    records: dict[str, Mark] = {}
    for row in read_table(path, RECORDS, progress=progress).iter_rows(named=True):
        name = row["ballot"]
        refuse_stranger(name, manifest, records, row["_row"], refusals)
        records[name] = Mark(row["recorded"])
    refusals.raise_any(path)
    return records


def refuse_stranger(
    name: str,
    manifest: Manifest,
    known: Mapping[str, object],
    row: int,
    refusals: Refusals,
) -> None:
    """Note a ballot that is not in the manifest, or stands in a file twice."""
    if not manifest.holds(name):
        refusals.add(
            "no such ballot in the manifest; write BATCH/POSITION, as in the list "
            "to pull",
            row=row,
            column="ballot",
            value=name,
        )
    elif name in known:
        refusals.add(
            "this ballot stands here a second time; give each ballot once, also if "
            "it was drawn twice",
            row=row,
            column="ballot",
            value=name,
        )
