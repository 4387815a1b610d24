"""Voter ids written to disk, each filled up with zero bytes to the longest.

How long the longest is shows at the end alone. So each batch is filled up to the
longest so far; where a longer one came later, all are written anew.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

import polars as pl

from plebiscite.errors import InputError
from plebiscite.match.index.layout import LONGEST_ID

PART = 1 << 20
"""Ids written anew together."""


class Ids:
    """The ids of a roll, as they come; whole once the block that holds it ends well.

    Attributes:
        stride: bytes of the longest so far; at least one.

    Args:
        path: the file to write.
        kernel: does the same sooner, where there is one.

    """

    __slots__ = ("_batches", "_file", "_kernel", "_path", "stride")

    def __init__(self, path: Path, kernel: ModuleType | None) -> None:
        self._path, self._kernel = path, kernel
        self._file = path.open("wb")
        self._batches: list[tuple[int, int]] = []
        self.stride = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if kind is None and any(stride != self.stride for _, stride in self._batches):
            self._widen()

    def add(self, ids: pl.Series) -> None:
        """Write the ids of a batch of voters.

        Raises:
            InputError: one is too long, or holds a zero byte.

        """
        longest = int(str(ids.str.len_bytes().max() or 0))
        if longest > LONGEST_ID:
            raise InputError(
                f"a voter id has {longest:,} bytes, and an index keeps {LONGEST_ID}; "
                f"give ids of at most {LONGEST_ID} bytes"
            )
        self.stride = max(self.stride, longest)
        self._batches.append((len(ids), self.stride))
        self._file.write(self._filled(ids.fill_null("")))

    def _filled(self, ids: pl.Series) -> bytes:
        if self._kernel is not None:
            try:
                return bytes(self._kernel.filled(ids, self.stride))
            except ValueError:
                raise _with_zero() from None
        raw = [each.encode() for each in ids]
        if any(b"\0" in each for each in raw):
            raise _with_zero()
        return b"".join(each.ljust(self.stride, b"\0") for each in raw)

    def _widen(self) -> None:
        """Write the file anew, every id as wide as the longest."""
        old = self._path.with_name(f".{self._path.name}")
        self._path.rename(old)
        with old.open("rb") as narrow, self._path.open("wb") as wide:
            for count, stride in self._batches:
                for start in range(0, count, PART):
                    part = narrow.read(min(PART, count - start) * stride)
                    wide.writelines(
                        part[at : at + stride].ljust(self.stride, b"\0")
                        for at in range(0, len(part), stride)
                    )
        old.unlink()


def _with_zero() -> InputError:
    return InputError("a voter id holds a zero byte; give ids without")
