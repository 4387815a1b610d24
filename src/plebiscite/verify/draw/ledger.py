"""Which seeds a commitment has been drawn with.

The ledger lies beside the commitment (``commitment.draws.jsonl``), a line for each
draw. It is what makes a second draw visible: a seed is used once, a sample is drawn
once, and every later draw only adds lines, from a fresh seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import canonical, parsed
from plebiscite.core.files import alone, write_whole
from plebiscite.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw from a commitment.

    Attributes:
        number: 1 for the sample, 2 and up for its extensions.
        seed: the public digits.
        sizes: lines drawn, by sampled unit; units without a line are left out.
        file: the name of the list drawn.
        sha256: the hash of that list's bytes.

    """

    number: int
    seed: str
    sizes: Mapping[str, int]
    file: str
    sha256: str

    def as_data(self) -> dict[str, Any]:
        """Return it as the ledger and the draw's own record hold it."""
        return {
            "draw": self.number,
            "seed": self.seed,
            "sizes": dict(sorted(self.sizes.items())),
            "drawn": {"file": self.file, "sha256": self.sha256},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What has become of a commitment.

    Attributes:
        draws: the draws from it, first to last.
        revised_by: the hash of the commitment that took its place, or None.

    """

    draws: tuple[Draw, ...] = ()
    revised_by: str | None = None


def ledger_path(commitment: Path) -> Path:
    """Return where a commitment's ledger lies, by whatever link it is named."""
    real = commitment.resolve()
    return real.with_name(f"{real.stem}.draws.jsonl")


def draw_from(data: Mapping[str, Any]) -> Draw:
    """Read a draw from its record's data.

    Raises:
        KeyError, TypeError: it is not what a draw is written as.

    """
    drawn, sizes = data["drawn"], dict(data["sizes"])
    texts = [data["seed"], drawn["file"], drawn["sha256"], *sizes]
    numbers = [data["draw"], *sizes.values()]
    if not (
        all(isinstance(each, str) for each in texts)
        and all(type(each) is int and each >= 0 for each in numbers)
    ):
        raise TypeError("a text or a number is of another kind")
    return Draw(
        number=data["draw"],
        seed=data["seed"],
        sizes=sizes,
        file=drawn["file"],
        sha256=drawn["sha256"],
    )


def read_ledger(commitment: Path, *, digest: str) -> Ledger:
    """Read the ledger of the commitment at a path; empty where nothing was drawn.

    Raises:
        RecordError: it cannot be read, or belongs to another commitment.

    """
    path = ledger_path(commitment)
    if not path.exists():
        return Ledger()
    try:
        entries = [parsed(line) for line in path.read_bytes().splitlines()]
        foreign = any(entry["commitment"] != digest for entry in entries)
        draws = [draw_from(entry) for entry in entries if "draw" in entry]
        revised = [e["revised_by"] for e in entries if "revised_by" in e]
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise RecordError(f"{path} is not a ledger of draws; restore it") from problem
    if foreign:
        raise RecordError(
            f"{path} is the ledger of another commitment; {commitment.name} was "
            "changed after it was drawn from: restore it"
        )
    return Ledger(draws=tuple(draws), revised_by=revised[-1] if revised else None)


def note_draw(commitment: Path, digest: str, draw: Draw) -> None:
    """Add a draw to the ledger."""
    _add(commitment, {"commitment": digest, **draw.as_data()})


def note_revision(commitment: Path, digest: str, revised_by: str) -> None:
    """Note that another commitment has taken the place of this one."""
    _add(commitment, {"commitment": digest, "revised_by": revised_by})


@contextmanager
def held(commitment: Path) -> Iterator[None]:
    """Keep others from drawing from a commitment while the block runs."""
    # The commitment itself is the lock: a file beside it would stay behind.
    with alone(commitment):
        yield


def seeds(draws: Sequence[Draw]) -> tuple[str, ...]:
    """Return the seeds used, first to last."""
    return tuple(draw.seed for draw in draws)


def _add(commitment: Path, entry: dict[str, Any]) -> None:
    path = ledger_path(commitment)
    before = path.read_bytes() if path.exists() else b""
    write_whole(path, before + canonical(entry) + b"\n")
