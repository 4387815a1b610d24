"""The chapter on load: files first, then the desk, then the desk for long."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prove.frame.figure import Figure, Ground
from prove.load.batch import batch
from prove.load.desk import desk


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield the figures of the chapter; the desk takes what the files leave of it."""
    end = time.monotonic() + ground.minutes * 60
    yield from batch(ground)
    yield from desk(ground, until=end)
