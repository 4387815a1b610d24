"""Independent second implementations: programs in Perl, written from published rules.

Perl stands wherever git does, and has whole numbers of any length, SHA-256 and JSON in
its core. Each program under `programs` was written from the law or from our published
recipe, not from our Python, and is short enough to be read by whoever doubts a number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from prove.frame.figure import Figure, Ground
from prove.second import counts, dockets, draws, votes
from prove.second.asked import Compared, compare, perl

SUBJECTS = (
    (
        "what counts come to by four laws that project, and the size of a sample",
        "project.pl",
        counts,
        "2 CCR 20530-32, Elections Code 9030-31, WAC 434-379-010, S.D.C.L. 2-1-16",
    ),
    (
        "the lines and the ballots that a seed draws, extensions too",
        "draw.pl",
        draws,
        "the recipe of tickets",
    ),
    (
        "what is said of a docket: whole, torn, changed at which line, its head",
        "docket.pl",
        dockets,
        "the recipe of the hash chain",
    ),
    (
        "standing, margin and need of a vote: majority, 55%, half, and such as 7/13",
        "vote.pl",
        votes,
        "the laws, and the definition of the margin",
    ),
)
BATCH = 1_000
LEAST_BATCHES = 10


def prove(ground: Ground) -> Iterator[Figure]:
    """Put tens of thousands of cases to the house and to the second programs."""
    if perl() is None:
        yield Figure(
            what="second programs",
            value="not run: here is no Perl with its core modules",
            oracle="a program in another language",
            held=None,
        )
        return
    share = ground.minutes * 60 / len(SUBJECTS) * (10 if ground.long else 0.8)
    for number, (what, program, subject, source) in enumerate(SUBJECTS):
        rng = Random(f"{ground.seed},{number}")
        total = Compared(cases=0, differing=0, shown=())
        ends = time.monotonic() + share
        while total.cases < LEAST_BATCHES * BATCH or time.monotonic() < ends:
            found = compare(program, subject.cases(rng, BATCH), subject.ours)
            total = Compared(
                cases=total.cases + found.cases,
                differing=total.differing + found.differing,
                shown=(*total.shown, *found.shown)[:3],
            )
            if time.monotonic() > ends + share:
                break
        yield Figure(
            what=what,
            value=f"{total.differing:,} of {total.cases:,} cases differ",
            oracle=f"prove/second/programs/{program}, written from {source}",
            reach="none differs",
            held=not total.differing,
            note="; ".join(total.shown)[:800],
        )
