"""`plebiscite match`."""

from __future__ import annotations

import click


@click.group("match")
def command() -> None:
    """Not written yet."""
