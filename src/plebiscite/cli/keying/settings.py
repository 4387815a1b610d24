"""Which lines a folder's keying does twice: settled by its first session, and kept."""

from __future__ import annotations

import json
import secrets
from fractions import Fraction
from pathlib import Path

from plebiscite.core.draw import checked_seed
from plebiscite.core.files import PRIVATE_FILE, write_whole
from plebiscite.errors import InputError, RecordError

FILE = "keying.json"
FORMAT = 1
DIGITS = 12


def settings(folder: Path, seed: str | None, share: Fraction) -> tuple[str, Fraction]:
    """Return the seed and the share of a folder, settling them if nobody did.

    Raises:
        InputError: another seed or share was settled before, or the seed is none.
        RecordError: the folder's settings cannot be read.

    """
    path = folder / FILE
    if not path.exists():
        picked = checked_seed(seed or f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")
        kept = {"v": FORMAT, "seed": picked, "twice": str(share)}
        write_whole(path, json.dumps(kept) + "\n", mode=PRIVATE_FILE)
        return picked, share
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["v"] != FORMAT:
            raise ValueError("another format")  # noqa: TRY301
        before = str(kept["seed"]), Fraction(kept["twice"])
    except (KeyError, TypeError, ValueError) as problem:
        raise RecordError(f"{path} cannot be read; restore it") from problem
    if seed not in (None, before[0]) or share != before[1]:
        raise InputError(
            f"{folder} keys {before[1]} of its lines twice, by the seed {before[0]}; "
            "go on with these, or begin another folder"
        )
    return before
