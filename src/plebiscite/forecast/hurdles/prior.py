"""Priors: what somebody holds likely where nothing was measured, and who that is.

A prior is opinion, or a figure carried over from elsewhere. Each says who holds it and
where it comes from, and is marked ``elicited``: a reader can move it, and no claim of
calibration covers it. Those that ship stand in ``data/hurdles.yaml``, by what they are
of; a measure's own stand in ``hurdles.yaml`` in its folder and win.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from math import exp, isfinite, log, sqrt
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError, Refusal
from plebiscite.forecast.student import STANDARD, Array

FILE = "hurdles.yaml"
SHIPPED = Path(__file__).parent.parent / "data" / FILE
FORMAT = "1"
WRITTEN = date(2026, 11, 22)
"""The day the shipped priors were written: of an earlier day, they are hindsight."""

Shape: TypeAlias = Literal["normal", "lognormal", "logit", "fixed"]
TEXTS = ("words", "who", "from", "unit")
NUMBERS = ("centre", "spread", "within")

WIDEST, LARGEST = 100, 1e15
"""Beyond these a prior says nothing, and its ends cannot be told in numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is held likely of one quantity.

    Attributes:
        name: of what.
        shape: normal; lognormal; logit (a chance or share, normal on the log-odds);
            fixed (no spread at all).
        centre: the middle: mean of a normal, median of the others; in `unit`.
        spread: standard deviation of what we do not know, on the scale of the shape
            (points, logarithm, log-odds).
        within: standard deviation of chance itself, on the same scale.
        unit: points, USD, signatures, share.
        words: what it is, for a reader.
        who: whose judgement it is.
        source: where it stands.
        elicited: whether it is opinion; False where it was measured.
        moved: whether a reader set it.

    """

    name: str
    shape: Shape
    centre: float
    spread: float = 0.0
    within: float = 0.0
    unit: str = ""
    words: str = ""
    who: str = ""
    source: str = ""
    elicited: bool = True
    moved: bool = False

    def __post_init__(self) -> None:
        if problem := _problem(self):
            raise InputError(f"the prior {self.name!r}: {problem}")

    def located(self) -> float:
        """Return the centre on the scale of the shape."""
        if self.shape == "lognormal":
            return log(self.centre)
        if self.shape == "logit":
            return log(self.centre / (1 - self.centre))
        return self.centre

    def draws(self, ranks: Array) -> Array:
        """Return the quantity at ranks between 0 and 1, on the scale of the shape."""
        normal = np.array([STANDARD.inv_cdf(float(rank)) for rank in ranks])
        return self.located() + self.spread * normal

    def at(self, chance: float) -> float:
        """Return the value it stays below with a chance, chance itself included."""
        reach = sqrt(self.spread**2 + self.within**2)
        found = self.located() + reach * STANDARD.inv_cdf(chance)
        if self.shape == "lognormal":
            return exp(found)
        if self.shape == "logit":
            return 1 / (1 + exp(-found))
        return found

    def as_data(self) -> dict[str, Any]:
        """Return the prior as JSON data, with the range it spans nine times in ten."""
        return {
            "name": self.name,
            "words": self.words,
            "shape": self.shape,
            "centre": float(f"{self.centre:.6g}"),
            "low": float(f"{self.at(0.05):.4g}"),
            "high": float(f"{self.at(0.95):.4g}"),
            "unit": self.unit,
            "elicited": self.elicited,
            "moved": self.moved,
            "who": self.who,
            "from": self.source,
        }


Priors: TypeAlias = Mapping[str, Prior]


def shipped(consents: str = "") -> dict[str, Prior]:
    """Return the priors that ship; those of consents by the name of a kind of route."""
    content = read_plain_yaml(SHIPPED)
    found = _read(content["priors"], {}, SHIPPED)
    kinds = _read(content["consents"], {}, SHIPPED)
    fitting = [name for name in kinds if name and consents.startswith(name)]
    kind = max(fitting, key=len, default="other")
    return {**found, "consents": replace(kinds[kind], name="consents")}


def read_priors(folder: Path | None, *, consents: str = "") -> dict[str, Prior]:
    """Return the priors of a measure: the shipped ones, overlaid by its own.

    Raises:
        InputError: its ``hurdles.yaml`` is wrong; with every line that is.

    """
    found = shipped(consents)
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return found
    content = read_plain_yaml(path)
    if not isinstance(content, dict) or set(content) - {"format", "priors", "note"}:
        raise InputError(
            "it holds 'format: 1', 'priors:' and perhaps 'note:', nothing else",
            path=path,
        )
    if content.get("format") != FORMAT:
        raise InputError(
            f"its format is {content.get('format')!r}; this reads 'format: {FORMAT}'",
            path=path,
        )
    return {**found, **_read(content.get("priors"), found, path)}


def _read(written: Any, base: Mapping[str, Prior], path: Path) -> dict[str, Prior]:
    if not isinstance(written, dict):
        raise InputError("'priors' holds lines such as 'money: {centre: …}'", path=path)
    found: dict[str, Prior] = {}
    refusals: list[Refusal] = []
    for name, row in written.items():
        try:
            found[name] = _prior(name, row, _before(name, base))
        except InputError as problem:
            refusals.append(Refusal(problem=f"{name}: {problem}"))
    if refusals:
        raise InputError("some priors cannot be read", path=path, refusals=refusals)
    return found


def _before(name: str, base: Mapping[str, Prior]) -> Prior | None:
    """Return the prior that is overlaid; None where there are none as yet."""
    if base and name not in base:
        near = get_close_matches(name, base, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise InputError(f"{hint}the priors are: {', '.join(base)}")
    return base.get(name)


def _prior(name: str, row: Any, base: Prior | None) -> Prior:
    known = {"shape", *TEXTS, *NUMBERS, "elicited"}
    if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()):
        raise InputError("write it as lines such as 'centre: 350000'")
    if extra := sorted(set(row) - known):
        raise InputError(f"a prior has no {', '.join(extra)}; it has {sorted(known)}")
    if missing := [key for key in ("centre", "who", "from") if not row.get(key)]:
        raise InputError(f"it does not say {', '.join(missing)}")
    shape = row.get("shape", base.shape if base else "normal")
    if shape not in get_args(Shape):
        raise InputError(f"shape is {shape!r}; write one of {get_args(Shape)}")
    before = {key: getattr(base, key) if base else 0.0 for key in NUMBERS}
    numbers = before | {key: _number(key, row[key]) for key in NUMBERS if key in row}
    return Prior(
        name=name,
        shape=shape,
        centre=numbers["centre"],
        spread=numbers["spread"],
        within=numbers["within"],
        unit=row.get("unit", base.unit if base else ""),
        words=row.get("words", base.words if base else ""),
        who=row["who"],
        source=row["from"],
        elicited=row.get("elicited", "yes") == "yes",
    )


def _number(key: str, written: str) -> float:
    try:
        found = float(written.replace("_", ""))
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise InputError(f"{key} is {written!r}; write a number")
    return found


def _problem(prior: Prior) -> str:
    numbers = (prior.centre, prior.spread, prior.within)
    if not all(map(isfinite, numbers)):
        return "its numbers must be finite"
    if prior.spread < 0 or prior.within < 0:
        return "a spread is nought or more"
    if max(prior.spread, prior.within) > WIDEST or abs(prior.centre) > LARGEST:
        return f"a spread is at most {WIDEST:g}, and a centre {LARGEST:g}"
    if prior.shape == "lognormal" and prior.centre <= 0:
        return f"its centre is {prior.centre:g}; an amount is above zero"
    if prior.shape == "logit" and not 0 < prior.centre < 1:
        return f"its centre is {prior.centre:g}; a chance lies between 0 and 1"
    return ""
