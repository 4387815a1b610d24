"""A published forecast: a file that never changes, and the hash that proves it.

What is published is what was said: every chance, every quantile, what went in and its
hash, and the seed, so that anyone can run it again. The docket holds the file's hash; a
file changed by a single byte is no longer the forecast that was published.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from plebiscite.core.files import write_whole
from plebiscite.errors import InputError, RecordError
from plebiscite.forecast.hurdles.joint import Chance

FOLDER = "forecasts"
FORMAT = 1
OLDEST = timedelta(days=31)
"""A forecast from what was known longer ago leaves out too much to be published."""
KIND = "forecast_published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A published forecast as read back.

    Attributes:
        path: its file.
        published_on: the day it was handed to the docket.
        as_of: the day it knew.
        data: what it said, as `Chance.as_data` gives it.

    """

    path: Path
    published_on: date
    as_of: date
    data: Mapping[str, Any]


def refuse_after_the_fact(
    chance: Chance,
    *,
    today: date,
    known_since: Mapping[str, date],
    due: Mapping[str, date],
) -> None:
    """Refuse to publish what could have been known, or what is a supposition.

    `known_since` are events after the forecast's day, in words, with their days; `due`
    are the days on which what is forecast is settled.

    Raises:
        InputError: saying why it is none to publish.

    """
    problem = ""
    if chance.counterfactual or chance.settings:
        problem = (
            "it supposes what is not so (--set, --as-if-alive, or a counterfactual "
            "measure); write priors into the folder's hurdles.yaml and ask again"
        )
    elif chance.ladder.ended:
        problem = f"nothing is left to forecast: {chance.ladder.ended}"
    elif all(each.settled for each in chance.ladder.hurdles):
        problem = "nothing is left to forecast: every hurdle lies behind"
    elif chance.as_of > today:
        problem = f"{chance.as_of} is still to come; ask as of {today}"
    elif known_since:
        words, day = max(known_since.items(), key=lambda each: each[1])
        problem = f"it is made after the fact: {words} on {day}, after {chance.as_of}"
    elif passed := {words: day for words, day in due.items() if day < today}:
        words, day = min(passed.items(), key=lambda each: each[1])
        problem = f"it is made after the fact: {words} was on {day}"
    elif today - chance.as_of > OLDEST:
        problem = (
            f"it leaves out what became known since {chance.as_of}; ask as of {today}"
        )
    if problem:
        raise InputError(f"this forecast cannot be published: {problem}")


def freeze(
    chance: Chance, folder: Path, *, published_on: date, told: Collection[str] = ()
) -> tuple[Path, str]:
    """Write a forecast into a measure's folder, and return the file and its SHA-256.

    `told` are the files the docket tells of, as paths in the folder. One that stands
    there and was never told was cut off before that, and gives way.

    Raises:
        InputError: the same forecast stands there already, and the docket tells of it.

    """
    content = {
        "format": FORMAT,
        "published_on": published_on.isoformat(),
        "forecast": chance.as_data(),
        "inputs": dict(chance.inputs),
    }
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    name = f"{chance.as_of.isoformat()}-{chance.inputs_hash[:8]}.json"
    path = folder / FOLDER / name
    if path.exists() and f"{FOLDER}/{name}" in told:
        raise InputError(
            f"{path}: this forecast is published already; a new one needs new inputs"
        )
    write_whole(path, text)
    return path, hashlib.sha256(text.encode()).hexdigest()


def body_of(chance: Chance, path: Path, sha256: str) -> dict[str, Any]:
    """Return what the docket's event says of a frozen forecast; chances as text."""
    data = chance.as_data()
    return {
        "as_of": data["as_of"],
        "chance": str(data["joint"]["p"]),
        "shown": data["joint"]["shown"],
        "hurdles": {each["name"]: str(each["p_given"]) for each in data["hurdles"]},
        "file": f"{FOLDER}/{path.name}",
        "sha256": sha256,
        "inputs_hash": chance.inputs_hash,
    }


def thaw(path: Path, sha256: str) -> Frozen:
    """Read a published forecast back.

    Raises:
        RecordError: it is gone, was changed since, or is none.

    """
    if not path.is_file():
        raise RecordError(f"{path}: the published forecast is gone; restore it")
    raw = path.read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != sha256:
        raise RecordError(
            f"{path}: changed since it was published (SHA-256 {found[:16]}…, and the "
            f"docket says {sha256[:16]}…); restore the file that was published"
        )
    content = json.loads(raw)
    return Frozen(
        path=path,
        published_on=date.fromisoformat(content["published_on"]),
        as_of=date.fromisoformat(content["forecast"]["as_of"]),
        data=content["forecast"],
    )
