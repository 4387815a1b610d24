"""The same bytes elsewhere: other paths, users, zones, Pythons, databases, versions."""

from __future__ import annotations

from collections.abc import Iterator

from prove.again import databases, earlier, variants, wheels
from prove.frame.figure import Figure, Ground


def prove(ground: Ground) -> Iterator[Figure]:
    """Build, work and read everything twice; whatever differs is told by name."""
    ground.folder.chmod(0o755)
    for name in ("wheels", "case", "desk"):
        (ground.folder / name).mkdir()
        (ground.folder / name).chmod(0o755)
    yield from earlier.figures(ground.folder)
    yield from wheels.plain(ground.folder / "wheels")
    yield from variants.figures(ground.folder / "case")
    yield from databases.figures(ground.folder / "desk")
    yield from wheels.with_kernel(ground.folder / "wheels")
