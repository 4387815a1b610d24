"""`plebiscite roll`."""

from __future__ import annotations

import click


@click.group("roll")
def command() -> None:
    """Not written yet."""
