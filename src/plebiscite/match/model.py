"""The model: evidence in bits for every pattern of agreement, as data.

A pattern is a name level, an address level and how common the name is; its bits are the
logarithm (base 2) of how much likelier a voter with this pattern is the signer than
that nobody on the roll is. Middle name, suffix and unit add or take a few bits. All of
it stands in a JSON file that anything may fill: `expert` writes down what one can
reckon without data, and `match fit` bends it towards labelled lines.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.match.levels import (
    ADDRESS_SATISFIED,
    ADDRESS_WHOLE,
    ADDRESSES,
    HOME_STANDS,
    MIDDLES,
    NAME_APART,
    NAME_SATISFIED,
    NAME_STANDS,
    NAME_WHOLE,
    NAMES,
    OTHER_SUFFIX,
    RARITY,
    SUFFIXES,
    UNITS,
)

FORMAT = "plebiscite match model 2"
MOST = 1e6  # bits
ANEW = "make it anew with `plebiscite match fit`"
BITS_AT_LEAST, BITS_AT_MOST = -30, 20
"""No pattern speaks louder than a million to one."""
ONE = 2**40
"""What odds of one are in the engines' whole numbers."""
CHANCE_NAMESAKES = (0.005, 0.03, 0.1, 0.5, 2.5, 20.0)
"""A typical number of chance namesakes for each rarity class."""


Pattern: TypeAlias = tuple[str, str, int]
Curve: TypeAlias = tuple[tuple[float, float], ...]
SORTS = ("rivals", "stands", "named", "other")
"""Sorts of lines, which are calibrated apart: several voters fit alike; one fits in
name and address; one fits in name alone; none fits (or kin live at the address)."""
STRAIGHT: Curve = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Evidence by pattern, and the thresholds of a decision.

    Attributes:
        patterns: (name level, address level, rarity class) -> bits.
        extras: "middle", "suffix", "unit" -> level -> bits added.
        elsewhere: bits added for a voter of another county than the line's.
        accept: least probability at which a voter is named.
        margin: bits by which the best candidate must lead, else it is a tie.
        clear: least probability at which no person need look.
        calibration: for each of `SORTS`, (raw probability, share found right) pairs,
            rising in both.
        made: how the model was made, and from what.
        evidence: pattern -> pairs seen when it was fitted: the signer's, others'.

    """

    patterns: Mapping[Pattern, float]
    extras: Mapping[str, Mapping[str, float]]
    elsewhere: float
    accept: float
    margin: float
    clear: float
    calibration: Mapping[str, Curve]
    made: Mapping[str, Any]
    evidence: Mapping[Pattern, tuple[int, int]] = field(default_factory=dict)

    def calibrated(
        self, raw: NDArray[np.float64], found: Mapping[str, NDArray[Any]]
    ) -> NDArray[np.float64]:
        """Return raw probabilities as the shares that proved right.

        `found` is what the engine said of the same lines.
        """
        sort = sorts(found)
        out = np.zeros(len(raw))
        for at, name in enumerate(SORTS):
            if (of_it := sort == at).any():
                known, right = zip(*self.calibration[name], strict=True)
                out[of_it] = np.interp(raw[of_it], known, right)
        return out.clip(0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A model in the whole numbers that the engines reckon with.

    Bits are in hundredths. Levels go by their place in `levels`, a pattern by (name,
    address, rarity) in C order.

    Attributes:
        pattern: bits of each pattern; middle, suffix, unit: bits added by level.
        elsewhere: bits added for a voter of another county.
        margin: bits by which the best candidate must lead.
        table: the odds behind -3000 to 2000 hundredths of a bit, times 2^40.
        name_satisfied, address_satisfied, address_whole, name_whole: by level, 1 where
            the law takes it for agreement, or for the very address or name.

    """

    pattern: NDArray[np.int32]
    middle: NDArray[np.int32]
    suffix: NDArray[np.int32]
    unit: NDArray[np.int32]
    elsewhere: int
    margin: int
    table: NDArray[np.uint64]
    name_satisfied: NDArray[np.uint8]
    address_satisfied: NDArray[np.uint8]
    address_whole: NDArray[np.uint8]
    name_whole: NDArray[np.uint8]

    def buffers(self) -> dict[str, Any]:
        """Return all of it by name, as the kernel takes it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def weights(model: Model) -> Weights:
    """Return a model in whole numbers."""

    def hundredths(bits: Iterable[float]) -> NDArray[np.int32]:
        return np.array([round(100 * each) for each in bits], dtype=np.int32)

    def marked(levels: Iterable[str], chosen: Collection[str]) -> NDArray[np.uint8]:
        return np.array([level in chosen for level in levels], dtype=np.uint8)

    return Weights(
        pattern=hundredths(
            model.patterns[name, home, rarity]
            for name in NAMES
            for home in ADDRESSES
            for rarity in range(len(RARITY) + 1)
        ),
        middle=hundredths(model.extras["middle"][level] for level in MIDDLES),
        suffix=hundredths(model.extras["suffix"][level] for level in SUFFIXES),
        unit=hundredths(model.extras["unit"][level] for level in UNITS),
        elsewhere=round(100 * model.elsewhere),
        margin=round(100 * model.margin),
        table=_odds_table(),
        name_satisfied=marked(NAMES, NAME_SATISFIED),
        address_satisfied=marked(ADDRESSES, ADDRESS_SATISFIED),
        address_whole=marked(ADDRESSES, ADDRESS_WHOLE),
        name_whole=marked(NAMES, NAME_WHOLE),
    )


def expert() -> Model:
    """Return the model one can reckon without data.

    The odds of a pattern are the share of signers who show it, over the number of other
    voters expected to show it by chance; both as orders of magnitude.
    """
    named = {
        "full": 12.0,
        "swapped": 11.0,
        "last_close": 10.0,
        "last_part": 9.0,
        "former": 8.0,
        "last_loose": 6.0,
        "nickname": 7.0,
        "middle": 6.0,
        "first_close": 7.0,
        "initial": 5.0,
        "two_slips": 5.0,
        "surname_only": -1.0,
        "first_only": -1.0,
        "last_differs": 0.0,
        "sibling": -4.0,
        "relative": -10.0,
        "other": -14.0,
    }
    homes = {
        "same": 0.0,
        "placeless": -1.0,
        "place_near": -1.0,
        "street_near": -1.0,
        "house_near": -1.5,
        "two_slips": -4.0,
        "place_differs": -5.0,
    }
    # Found by the name alone: the odds fall with the namesakes expected by chance.
    away = {"none": 1.5, "none_here": 6.0, "street": 4.0, "place": 0.5, "other": -2.2}
    worse = {"full": 0.0, "swapped": -4.0, "former": -4.0, "last_part": -4.0}
    worse |= {"nickname": -5.0, "last_close": -6.0, "initial": -8.0, "middle": -8.0}
    patterns = {}
    for rarity, chance in enumerate(CHANCE_NAMESAKES):
        for name in NAMES:
            for home in ADDRESSES:
                if home in homes:
                    bits = named[name] + homes[home] - rarity * 0.2
                else:
                    # That a name is rare says nothing for whoever bears another one.
                    others = max(chance, 1.0) if name in NAME_APART else chance
                    bits = away[home] - log2(others) + worse.get(name, -10.0)
                    bits = min(bits, 8.0)
                patterns[name, home, rarity] = bits
    return Model(
        patterns=patterns,
        extras={
            "middle": {"same": 5.0, "initial": 3.0, "absent": 0.0, "differs": -5.0},
            "suffix": {
                "same": 4.0,
                "absent": 0.0,
                "dropped": -1.5,
                "added": -5.0,
                "differs": -9.0,
            },
            "unit": {"same": 1.5, "absent": 0.0, "differs": -1.0},
        },
        elsewhere=-3.0,
        accept=0.6,
        margin=2.5,
        clear=0.95,
        calibration=dict.fromkeys(SORTS, STRAIGHT),
        made={"by": "expert", "from": "orders of magnitude; no data"},
    )


def shipped() -> Model:
    """Return the model that comes with plebiscite; the file says how it was made."""
    text = files("plebiscite.match").joinpath("model.json").read_text("utf-8")
    return _read(json.loads(text), Path("model.json"))


def read_model(path: Path) -> Model:
    """Read a model file.

    Raises:
        InputError: it is not a model of this format, or a pattern is missing.

    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise InputError(
            "this is not a model; make one with `plebiscite match fit`", path=path
        ) from problem
    return _read(data, path)


def as_text(model: Model) -> str:
    """Return the model as the text of a model file: one pattern a line."""
    data = {
        "format": FORMAT,
        "made": dict(model.made),
        "accept": model.accept,
        "margin_bits": model.margin,
        "clear": model.clear,
        "elsewhere_bits": model.elsewhere,
        "extra_bits": {name: dict(levels) for name, levels in model.extras.items()},
        "rarity_edges": list(RARITY),
    }
    head = json.dumps(data, indent=1, ensure_ascii=False)[:-2]
    every = range(len(RARITY) + 1)
    curves = (f'  "{name}": {json.dumps(model.calibration[name])}' for name in SORTS)
    blocks = [head, ' "calibration": {\n' + ",\n".join(curves) + "\n }"]
    for title, said in (
        (
            "pattern_bits",
            lambda name, home, at: round(model.patterns[name, home, at], 2),
        ),
        ("pattern_pairs", lambda *pattern: [*model.evidence.get(pattern, (0, 0))]),
    ):
        rows = ",\n".join(
            f'  "{name}": {{\n'
            + ",\n".join(
                f'   "{home}": {[said(name, home, at) for at in every]}'
                for home in ADDRESSES
            )
            + "\n  }"
            for name in NAMES
        )
        blocks.append(f' "{title}": {{\n{rows}\n }}')
    return ",\n".join(blocks) + "\n}\n"


def _read(data: Any, path: Path) -> Model:
    """Return the model written down in `data`, refusing one that is not whole."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(
            f"a model file says 'format': {FORMAT!r}; make one with "
            "`plebiscite match fit`",
            path=path,
        )
    try:
        patterns = {
            (name, home, rarity): _number(
                _at(data["pattern_bits"], (name, home, rarity))
            )
            for name in NAMES
            for home in ADDRESSES
            for rarity in range(len(RARITY) + 1)
        }
        extras = {
            field: {
                level: _number(data["extra_bits"][field][level]) for level in levels
            }
            for field, levels in (
                ("middle", MIDDLES),
                ("suffix", SUFFIXES),
                ("unit", UNITS),
            )
        }
        return Model(
            patterns=patterns,
            extras=extras,
            elsewhere=_number(data["elsewhere_bits"]),
            accept=_number(data["accept"]),
            margin=_number(data["margin_bits"]),
            clear=_number(data["clear"]),
            calibration={name: _rising(data["calibration"][name]) for name in SORTS},
            made=data["made"],
            evidence={
                pattern: (int(yes), int(no))
                for pattern in patterns
                for yes, no in [_at(data["pattern_pairs"], pattern)]
                if yes or no
            },
        )
    except KeyError as problem:
        raise InputError(f"the model lacks {problem}; {ANEW}", path=path) from problem
    except (ArithmeticError, IndexError, TypeError, ValueError) as problem:
        raise InputError(
            f"the model is not whole ({problem}); {ANEW}", path=path
        ) from problem


def _at(table: Any, pattern: Pattern) -> Any:
    """Return what a table of the file says of a pattern."""
    name, home, rarity = pattern
    return table[name][home][rarity]


def _number(written: Any) -> float:
    """Return a number of the model, refusing those no sum comes back from."""
    number = float(written)
    if not abs(number) < MOST:  # NaN is not, either
        raise ValueError(f"{written} is no number of bits, and no share")
    return number


def _rising(points: Any) -> Curve:
    """Return the calibration: two points or more, each beyond the one before."""
    found = tuple((_number(x), _number(y)) for x, y in points)
    rises = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(found))
    if len(found) < 2 or not rises:  # noqa: PLR2004 - a line has two ends
        raise ValueError("the calibration does not rise from point to point")
    return found


def sorts(found: Mapping[str, NDArray[Any]]) -> NDArray[np.uint8]:
    """Return which of `SORTS` each line is of, given what the engine said of it."""
    named = NAME_STANDS[found["name"]] & ~OTHER_SUFFIX[found["suffix"]]
    alone = np.where(found["family_there"] == 0, np.uint8(2), np.uint8(3))
    single = np.where(HOME_STANDS[found["home"]], np.uint8(1), alone)
    some = np.where(found["rivals"] > 1, np.uint8(0), single)
    return np.where(named, some, np.uint8(3))


def odds(bits: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the odds behind hundredths of a bit, against "nobody on the roll"."""
    return np.asarray(_odds_table()[bits.clip(*_ENDS) - _ENDS[0]] / ONE, np.float64)


_ENDS = (100 * BITS_AT_LEAST, 100 * BITS_AT_MOST)


@cache
def _odds_table() -> NDArray[np.uint64]:
    """Return the odds of every number of hundredths of a bit, times `ONE`."""
    steps = range(_ENDS[0], _ENDS[1] + 1)
    return np.array([round(2 ** (at / 100) * ONE) for at in steps], dtype=np.uint64)
