"""How long steps report their progress, without knowing who listens.

A function that may take over two seconds takes a `Progress` and calls it as it goes;
the command line turns the calls into a bar with an estimate, a test into a list, and
`silent` into nothing.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives `(what, done, total)`; `done` never falls for one `what`."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Note that `done` of `total` steps of `what` are finished."""


def silent(what: str, done: int, total: int) -> None:
    """Note nothing."""
