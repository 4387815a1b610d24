"""Whether the time an answer takes tells who has an account, or who is on the roll.

Two questions are asked in turn, of a real site, about somebody who exists and somebody
who does not. A rank test (Mann and Whitney 1947, in the normal approximation with its
correction for ties) says whether one kind of answer tends to come later. The share of
pairs in which the known one came later is what an attacker could use: one half is
nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from math import erfc, sqrt
from pathlib import Path
from typing import Any

from prove.frame.figure import Figure

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 60
LEAST_P = 0.001
FORGET = "from django.core.cache import cache; cache.clear()"
"""Lets the site forget failed attempts, after which it would lock them out."""
NAMED = ("first", "last", "house", "street")
ASIDE = 5
"""First answers, which warm caches up and are not counted."""


def timing(folder: Path, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield what can be learnt from the clock, on a demonstration of its own."""
    sys.path[:0] = [str(ROOT / "tests" / "web")]
    with site_in(folder) as site:
        known, unknown = site.accounts["reviewer"]["email"], "nobody@demo.invalid"
        yield told(
            "sign-in with a wrong password: an address with an account, one without",
            *in_turn(
                sign_in(site, known),
                sign_in(site, unknown),
                rounds,
                between=lambda: site.do(FORGET),
            ),
        )
        yield told(
            "a look-up on the desk: confidential voters, and names made up of theirs",
            *in_turn(*look_ups(site), rounds),
        )


@contextmanager
def site_in(folder: Path) -> Iterator[Any]:
    """Run a demonstration in `folder`."""
    from served import home_of, running

    with running(home_of(folder / "homes", folder / "home")) as site:
        yield site


def sign_in(site: Any, email: str) -> Callable[[], None]:
    """Return what tries to sign in with a wrong word, as somebody new each time."""

    def ask() -> None:
        answer = visitor.post("/sign-in/", login=email, password="not the word")  # noqa: S106
        if answer.status not in {200, 429}:
            raise RuntimeError(f"the sign-in answered {answer.status}")

    visitor = site.visitor()
    visitor.token()
    return ask


def look_ups(site: Any) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return two look-ups: of confidential voters, and of like ones who are not.

    Whoever is made up has one such voter's first name and another's surname and
    address: both kinds ask with the very same words, or a rare word would be timed.
    """
    from strangers import MEASURE_AT_WORK, confidential_voters, nobody_of

    voters = confidential_voters(site)
    clerk = site.sign_in("county")
    where = f"/county/{MEASURE_AT_WORK}/Alpine/find/"

    def asking(people: Sequence[dict[str, str]]) -> Callable[[], None]:
        turns = cycle(people)

        def ask() -> None:
            each = next(turns)
            words = " ".join(
                each[name] for name in ("first", "last", "house", "street")
            )
            if clerk.post(where, query=words).status != 200:
                raise RuntimeError("the look-up was not answered")

        return ask

    return asking(voters), asking(nobody_of(site, voters))


def in_turn(
    one: Callable[[], None],
    other: Callable[[], None],
    rounds: int,
    between: Callable[[], object] = lambda: None,
) -> tuple[list[float], list[float]]:
    """Return the seconds of each, asked in turn; `between` them is not counted."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + ASIDE):
        for which in (0, 1) if turn % 2 else (1, 0):
            began = time.perf_counter()
            (one, other)[which]()
            if turn >= ASIDE:
                spent[which].append(time.perf_counter() - began)
            between()
    return spent


def told(what: str, known: Sequence[float], unknown: Sequence[float]) -> Figure:
    """Return the figure for two rows of times."""
    share, p = ranked(known, unknown)
    middle = [1000 * sorted(each)[len(each) // 2] for each in (known, unknown)]
    return Figure(
        what=what,
        value=f"median {middle[0]:.0f} and {middle[1]:.0f} ms over {len(known)} each; "
        f"the first later in {share:.0%} of pairs, p = {p:.3f}",
        oracle="a rank test cannot tell them apart",
        reach=f"p ≥ {LEAST_P}",
        held=p >= LEAST_P,
        note="" if p >= LEAST_P else "The times differ by more than chance.",
    )


def ranked(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Return in what share of pairs `one` is the larger, and how likely by chance.

    >>> ranked([1, 2, 3], [1, 2, 3])
    (0.5, 1.0)
    >>> share, p = ranked(range(100, 140), range(40))
    >>> share, p < 1e-9
    (1.0, True)

    """
    mine, theirs = len(one), len(other)
    above = sum((a > b) + (a == b) / 2 for a in one for b in other)
    both = sorted([*one, *other])
    ties = sum(n**3 - n for n in (both.count(each) for each in set(both)))
    total = mine + theirs
    spread = sqrt(mine * theirs / 12 * (total + 1 - ties / (total * (total - 1))))
    off = abs(above - mine * theirs / 2)
    return above / (mine * theirs), erfc(off / spread / sqrt(2)) if spread else 1.0
