"""The chapter on security, from what is cheapest to what needs a running site."""

from __future__ import annotations

from collections.abc import Iterator

from prove.frame.figure import Figure, Ground
from prove.frame.suite import suite
from prove.security.fence import fence
from prove.security.ingredients import ingredients
from prove.security.reviewed import static_checks
from prove.security.timing import timing

HELD_BY_TESTS = (
    (
        "registers and modules of supporters, which may share nothing with signers",
        ["tests/petition/test_campaign_volunteers.py"],
        "columns compared, every import walked",
    ),
    (
        "an intruder tries every route in every role, and forms of others",
        ["tests/web/test_roles.py", "tests/web/test_county_scope.py"],
        "lists of whom each route is for, written by hand",
    ),
    (
        "headers, CSRF, caches, unsafe settings, uploads without an address",
        ["tests/web/test_safety.py"],
        "the headers and refusals stated in docs/how-to/serve.md",
    ),
    (
        "accounts: links that work once, lockout, keys, second factor, the audit of "
        "reads that only grows",
        [
            "tests/web/test_accounts.py",
            "tests/journeys/test_stella_sets_up_her_second_factor.py",
        ],
        "invariants",
    ),
    (
        "what an answer says of who has an account, or is on the roll",
        ["tests/web/test_nothing_to_learn.py"],
        "the same question about somebody and nobody gets the same answer",
    ),
    (
        "signers whose names are canaries, looked for everywhere after the law's term",
        ["tests/web/test_county_purge.py", "tests/verify/test_purge.py"],
        "no canary is found, and every public number is what it was",
    ),
)


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield the figures of the chapter."""
    yield from static_checks(ground.folder)
    yield from ingredients(ground.folder)
    yield fence()
    yield from timing(ground.folder)
    for what, paths, oracle in HELD_BY_TESTS:
        found = suite(paths, ground.folder)
        yield Figure(
            what=what,
            value=found.words,
            oracle=oracle,
            held=not found.faults,
            note=found.note,
        )
