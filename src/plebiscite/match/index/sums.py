"""A sum over each file of an index, by which a changed or cut one is told.

Every run of the matcher holds the whole index to its sums first, so they must be quick:
the kernel takes a tenth of a second for a gigabyte, where a cryptographic hash takes
half a second. They are a guard against what disks, copies and programs do, and none
against somebody who means harm, who could change the list of the sums as well.

The file is read as rows of `LANES` numbers of eight bytes, little end first, the last
row filled up with zeros. Each lane mixes its numbers one after the other, by steps that
can all be undone: a change of one number in a lane is never missed, any other with a
chance of one in 2^64. The lanes at the end, and the file's size, are hashed by SHA-256.
"""

from __future__ import annotations

import os
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

LANES = 1024
"""Numbers of a row."""
ROW = 8 * LANES
TOGETHER = 128
"""Rows read together."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def file_sum(path: Path, *, kernel: ModuleType | None = None) -> str:
    """Return the sum of a file, in 64 hex digits; `kernel` finds the same, sooner."""
    lanes = _lanes(path) if kernel is None else kernel.lanes_of(os.fspath(path))
    return sha256(lanes + path.stat().st_size.to_bytes(8, "little")).hexdigest()


def kernel_for(engine: str | None = None) -> ModuleType | None:
    """Return the kernel; None where it was not built, or the reference is asked for."""
    if (engine or os.environ.get("PLEBISCITE_ENGINE")) == "reference":
        return None
    try:
        return import_module("plebiscite.match._kernel")
    except ModuleNotFoundError:
        return None


def _lanes(path: Path) -> bytes:
    """Return the lanes of a file behind its last row, in bytes."""
    lanes = np.arange(1, LANES + 1, dtype="<u8") * _ODD
    with path.open("rb") as file:
        while part := file.read(TOGETHER * ROW):
            filled = part + bytes(-len(part) % ROW)
            for row in np.frombuffer(filled, dtype="<u8").reshape(-1, LANES):
                lanes ^= row
                lanes *= _ODD
                lanes ^= lanes >> _HALF
    return lanes.tobytes()
