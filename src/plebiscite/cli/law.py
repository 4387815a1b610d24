"""`plebiscite law`."""

from __future__ import annotations

import click


@click.group("law")
def command() -> None:
    """Not written yet."""
