"""Who lives together: spouses, grown children, parents, people who share a flat.

A household is drawn whole, so that the people at one address have ages and names that
go together: that is what makes telling voters of one address apart as hard as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plebiscite.simulate.frequency import Flags, Frequency, Real, Whole

HEAD, SPOUSE, CHILD, PARENT, MATE = range(5)
_KINDS: tuple[tuple[int, tuple[int, ...], int, int], ...] = (
    # voters of a hundred households; roles; youngest and oldest head
    (445, (HEAD,), 19, 92),
    (270, (HEAD, SPOUSE), 24, 88),
    (50, (HEAD, CHILD), 42, 80),
    (90, (HEAD, SPOUSE, CHILD), 42, 74),
    (40, (HEAD, SPOUSE, CHILD, CHILD), 44, 70),
    (15, (HEAD, CHILD, CHILD), 44, 72),
    (17, (HEAD, PARENT), 24, 62),
    (18, (HEAD, SPOUSE, PARENT), 28, 62),
    (35, (HEAD, MATE), 20, 42),
    (20, (HEAD, MATE, MATE), 20, 38),
)
_SIZES = np.array([len(roles) for _, roles, _, _ in _KINDS])
_ROLES = np.array([(*roles, 0, 0, 0, 0)[:4] for _, roles, _, _ in _KINDS])
_YOUNGEST = np.array([young for *_, young, _ in _KINDS])
_OLDEST = np.array([old for *_, old in _KINDS])
_OFTEN = Frequency([np.array([often for often, *_ in _KINDS])])
OLDEST = 99
MEN = 0.49
SAME_SEX_COUPLES = 0.03
YOUNGEST = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """People in households, each household's head first.

    Attributes:
        households: how many there are.
        household: for each person, which household, ascending from 0.
        head: for each person, where the household's head stands among the people.
        role: HEAD, SPOUSE, CHILD, PARENT or MATE.
        age: whole years, 18 to 99.
        male: whether the person's given names are drawn from boys' births.

    """

    households: int
    household: Whole
    head: Whole
    role: Whole
    age: Whole
    male: Flags


def settle(people: int, rng: np.random.Generator) -> Households:
    """Return exactly `people` people in households; the last one may be cut short."""
    kind = _OFTEN.draw(rng.random(people))
    ends = np.cumsum(_SIZES[kind])
    count = int(np.searchsorted(ends, people)) + 1
    kind = kind[:count]
    sizes = _SIZES[kind]
    sizes[-1] -= int(ends[count - 1]) - people
    household = np.repeat(np.arange(count), sizes)
    starts = np.cumsum(sizes) - sizes
    head = starts[household]
    role = _ROLES[kind[household], np.arange(people) - head]
    spread = rng.random(count)
    low, high = _YOUNGEST[kind], _OLDEST[kind]
    head_age = low + ((high - low + 1) * spread * (0.55 + 0.45 * spread)).astype(int)
    age = _ages(role, head_age[household], rng.random(people))
    male = rng.random(people) < MEN
    opposite = ~male[head]
    alike = rng.random(people) < SAME_SEX_COUPLES
    male = np.where(role == SPOUSE, opposite ^ alike, male)
    return Households(
        households=count,
        household=household,
        head=head,
        role=role,
        age=age,
        male=male,
    )


def _ages(role: Whole, head: Whole, uniform: Real) -> Whole:
    near = (9 * uniform).astype(np.int64) - 4
    child = head - 20 - (18 * uniform).astype(np.int64)
    parent = head + 19 + (15 * uniform).astype(np.int64)
    age = np.choose(role, [head, head + near, child, parent, head + near])
    clipped: Whole = np.clip(age, YOUNGEST + (role == CHILD), OLDEST)
    return clipped
