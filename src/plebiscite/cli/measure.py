"""`plebiscite measure`."""

from __future__ import annotations

import click


@click.group("measure")
def command() -> None:
    """Not written yet."""
