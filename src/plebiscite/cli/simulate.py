"""`plebiscite simulate`."""

from __future__ import annotations

import click


@click.group("simulate")
def command() -> None:
    """Not written yet."""
