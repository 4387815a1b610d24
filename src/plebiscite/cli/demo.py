"""`plebiscite demo`."""

from __future__ import annotations

import click


@click.group("demo")
def command() -> None:
    """Not written yet."""
