"""The parts of the proof, in the order of the report.

`minutes` is what a part gets on two cores in `make prove`; together at most 55, so that
the hour has room for setting up. One with none belongs to `make prove-long` alone, and
keeps its record when the others are made anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter of the report.

    `module` holds `prove(ground: Ground) -> Iterable[Figure]`.
    """

    name: str
    title: str
    module: str
    minutes: int
    says: str


PARTS = (
    Part(
        name="faults",
        title="Killed, torn, full and in the dark",
        module="prove.faults",
        minutes=11,
        says="Every durable write is a point at which the program is killed with -9. "
        "Then: torn writes, full and read-only disks, little memory, moved clocks, "
        "databases that die, corrupted files.",
    ),
    Part(
        name="input",
        title="Bad input",
        module="prove.input",
        minutes=8,
        says="Every reader fed with what nobody should send: found by properties, by a "
        "fuzzer that follows coverage, and by hand.",
    ),
    Part(
        name="load",
        title="Load",
        module="prove.load",
        minutes=5,
        says="Work at one, two and four times what is promised, reconciled: what was "
        "acknowledged is stored, exactly.",
    ),
    Part(
        name="soak",
        title="An hour at the desk",
        module="prove.load.soak",
        minutes=0,
        says="A county's desk at work for an hour: memory that grows would show. Only "
        "`make prove-long` has the time; PACE=1/4 asks for a share of the load.",
    ),
    Part(
        name="chances",
        title="Statistics",
        module="prove.chances",
        minutes=3,
        says="Draws, projections, audits and probabilities held to simulations whose "
        "truth is known, with their Monte Carlo error.",
    ),
    Part(
        name="second",
        title="Independent second implementations",
        module="prove.second",
        minutes=2,
        says="Where a number decides, a program in another language, written from the "
        "published rule, must say the same.",
    ),
    Part(
        name="mutants",
        title="Mutation testing and coverage",
        module="prove.mutants",
        minutes=19,
        says="The code is broken on purpose, a small change at a time; a test must "
        "notice.",
    ),
    Part(
        name="again",
        title="Reproducibility",
        module="prove.again",
        minutes=3,
        says="The same bytes elsewhere: other paths, users, time zones, locales, hash "
        "seeds, Pythons and databases.",
    ),
    Part(
        name="security",
        title="Security",
        module="prove.security",
        minutes=4,
        says="Roles, look-ups, headers, dependencies, secrets, and signers' names "
        "where none should be.",
    ),
)
