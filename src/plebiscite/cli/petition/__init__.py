"""`plebiscite petition`."""

from __future__ import annotations

import click


@click.group("petition")
def command() -> None:
    """Not written yet."""
